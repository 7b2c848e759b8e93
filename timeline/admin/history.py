"""The history of a thing: who changed what, when and why; compared, and restored."""

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.editing import (
    Refused,
    difference,
    plan_to_restore,
    restore,
    saves,
    told,
)
from timeline.models import WHY_LENGTH

from .mending import change_url
from .numbers import OF_VERSIONS, number, version_in

ON_A_PAGE = 25


def moment_of(save) -> str:
    """When a save was made, in the desk's zone, which it names."""
    return timezone.localtime(save.history_date).strftime("%Y-%m-%d %H:%M %Z")


class HistoryMixin:
    """Pages of the history of a thing, in place of the admin's own."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}_{{}}".format
        one = "<path:object_id>/history/"
        return [
            path(f"{one}compare/", wrap(self.compare_view), name=name("compare")),
            path(
                f"{one}<int:version>/restore/",
                wrap(self.restore_view),
                name=name("restore"),
            ),
            *super().get_urls(),
        ]

    def page_of_history(self, page: str, row, *more) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[quote(row.pk), *more])

    def looked_up(self, request, object_id):
        """The row that a page is about; 403 for whom it is not, 404 where it is not."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def history_view(self, request, object_id, extra_context=None):
        """The saves of a thing, newest first; of a statement, those that touched it."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        root = self.root_of(row)
        part = None if root is row else row
        rows = saves(root, statement=part)
        pages = self.get_paginator(request, rows, ON_A_PAGE)
        page = pages.get_page(request.GET.get("p", 1))
        found = told(root, page.object_list, statement=part)
        may_restore = part is None and self.has_change_permission(request, row)
        context = {
            "title": _("History"),
            "saves": [
                (save, self.restore_link(row, save, root) if may_restore else "")
                for save in found
            ],
            "page": page,
            "pages": pages.get_elided_page_range(page.number),
            "newest": root.version,
            "compare_page": self.page_of_history("compare", row),
            **(extra_context or {}),
        }
        return self.answer(request, row, "history", context)

    def restore_link(self, row, save, root) -> str:
        if save.version == root.version:
            return ""
        return self.page_of_history("restore", row, save.version)

    def compare_view(self, request, object_id):
        """What differs between two states that were chosen."""
        row = self.looked_up(request, object_id)
        root = self.root_of(row)
        known = {save.saved_version: save for save in saves(root)}
        chosen = sorted(
            number(request.GET.get(name, ""), digits=OF_VERSIONS) or 0
            for name in ("one", "other")
        )
        if any(version not in known for version in chosen):
            self.message_user(
                request, _("Choose two states of the list."), messages.WARNING
            )
            return HttpResponseRedirect(self.page_of_history("history", row))
        older, newer = (known[version] for version in chosen)
        context = {
            "title": _("Compare"),
            "before": moment_of(older),
            "after": moment_of(newer),
            "changes": difference(root, *chosen),
        }
        return self.answer(request, row, "compare", context)

    def restore_view(self, request, object_id, version):
        """Shows what restoring would change, and does it."""
        row = self.looked_up(request, object_id)
        root = self.root_of(row)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        save = saves(root).filter(saved_version=version).first()
        if save is None or root is not row:
            raise Http404
        refused = []
        if request.method == "POST":
            try:
                return self.restored(request, root, save)
            except Refused as error:
                refused = error.sentences
            except IntegrityError as error:
                refused = [self.why_refused(error)]
            root = self.root_of(self.get_object(request, unquote(object_id)))
        plan = plan_to_restore(root, version)
        context = {
            "title": _("Restore"),
            "when": moment_of(save),
            "version": root.version,
            "changes": difference(root, root.version, version),
            "left_out": plan.left_out,
            "refused": refused or plan.refusals,
            "barred": bool(plan.refusals) or not (plan.removed or plan.written),
            "why": request.POST.get("why", ""),
            "why_length": WHY_LENGTH,
        }
        return self.answer(request, root, "restore", context)

    def restored(self, request, root, save):
        when = moment_of(save)
        sentence = _("Restored as it was on %(when)s.") % {"when": when}
        why = request.POST.get("why", "").strip()
        missing = restore(
            root,
            to=save.saved_version,
            version=version_in(request.POST) or 0,
            by=request.user,
            why=f"{sentence} {why}".strip(),
        )
        self.log_change(request, root, sentence)
        self.message_user(request, sentence, messages.SUCCESS)
        for line in missing:
            self.message_user(request, line, messages.WARNING)
        return HttpResponseRedirect(change_url(root))

    def answer(self, request, row, page: str, context: dict):
        """One of the pages, with what all of them show."""
        request.current_app = self.admin_site.name
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "subtitle": str(row),
            "row": row,
            "row_page": change_url(row),
            "history_page": self.page_of_history("history", row),
        }
        template = f"admin/timeline/{page}.html"
        return TemplateResponse(request, template, shared | context)

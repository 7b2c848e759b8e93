"""Merging of people and of reports: suggested, shown before it is done, and undone."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from timeline.editing import Refused
from timeline.editing.duplicates import alike, keep_apart, likely_pairs
from timeline.editing.merged import standing_for
from timeline.editing.merging import clash_sentence, merge_things, plan_to_merge
from timeline.editing.unmerging import undo_merge
from timeline.models import Merge

from .mending import change_url
from .merge_forms import MergeForm
from .numbers import number, version_in

ON_A_PAGE = 50
TOLD = 20  # rows that are named on the page that asks


class DuplicatesMixin:
    """The pages on which two things become one, or are told apart."""

    def get_urls(self):
        wrap, noun = self.admin_site.admin_view, self.opts.model_name
        name = f"timeline_{noun}_{{}}".format
        return [
            path("alike/", wrap(self.alike_view), name=name("alike")),
            path(
                "<path:object_id>/merge/",
                wrap(self.merge_view),
                name=name("merge"),
            ),
            path(
                "<path:object_id>/unmerge/",
                wrap(self.unmerge_view),
                name=name("unmerge"),
            ),
            *super().get_urls(),
        ]

    def may_merge(self, request) -> bool:
        return request.user.has_perm(f"timeline.merge_{self.opts.model_name}")

    def merging_or_denied(self, request, object_id):
        """The row that is to be merged, for whom that may be."""
        if not self.may_merge(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row

    # Suggestions

    def alike_view(self, request):
        """Pairs that are likely one; some are told apart here for good."""
        if not self.may_merge(request):
            raise PermissionDenied
        if request.method == "POST":
            self.tell_apart(request)
            return HttpResponseRedirect(request.get_full_path())
        pairs = likely_pairs(self.model, limit=ON_A_PAGE)
        return self.page_of_merging(
            request,
            "alike",
            title=_("Likely the same"),
            merge_pages=self.merge_pages(pairs),
            more=len(pairs) == ON_A_PAGE,
        )

    def merge_pages(self, pairs) -> list:
        name = f"admin:timeline_{self.opts.model_name}_merge"
        return [
            (one, other, f"{reverse(name, args=[other.pk])}?into={one.pk}")
            for one, other in pairs
        ]

    def tell_apart(self, request):
        keys = [number(request.POST.get(name, "")) for name in ("one", "other")]
        one, other = (self.model.objects.filter(pk=key).first() for key in keys)
        if one is None or other is None:
            raise Http404
        try:
            keep_apart(one, other, by=request.user)
        except Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return
        sentence = _("“%(one)s” and “%(other)s” are not suggested again.")
        told = sentence % {"one": one, "other": other}
        self.message_user(request, told, messages.SUCCESS)

    # Merging

    def merge_view(self, request, object_id):
        """Says what moves, and moves it."""
        duplicate = self.merging_or_denied(request, object_id)
        if duplicate.merged_into_id:
            told = _("“%(one)s” was merged already.") % {"one": duplicate}
            self.message_user(request, told, messages.WARNING)
            return HttpResponseRedirect(change_url(duplicate))
        if "apart" in request.POST:
            self.tell_apart(request)
            return HttpResponseRedirect(request.get_full_path())
        data = request.POST if "into" in request.POST else None
        given = data or request.GET
        form = MergeForm(
            data,
            duplicate=duplicate,
            admin_site=self.admin_site,
            initial={"into": given.get("into")},
        )
        into = self.chosen_for(duplicate, given)
        seen = into and given.get("seen") == f"{into.pk}:{into.version}"
        if data is not None and form.is_valid() and seen:
            merged = self.merged(request, duplicate, into, form)
            if merged:
                return HttpResponseRedirect(merged)
        plan = plan_to_merge(duplicate, into) if into else None
        return self.page_of_merging(
            request,
            "merge",
            title=_("Merge"),
            subtitle=str(duplicate),
            row=duplicate,
            row_page=change_url(duplicate),
            form=form,
            into=into,
            plan=plan and self.plan_told(plan, duplicate, into),
            alike=alike(duplicate),
            media=self.media + form.media,
        )

    def chosen_for(self, duplicate, given):
        key = number(given.get("into", ""))
        rows = self.model.objects.filter(merged_into=None).exclude(pk=duplicate.pk)
        return rows.filter(pk=key).first() if key else None

    def plan_told(self, plan, duplicate, into) -> dict:
        """What moves, by the things that it is part of, and what stands against it."""
        rows = [move.row for move in plan.moves]
        roots = list(dict.fromkeys(row.root for row in rows))
        return {
            "count": len(rows),
            "roots": [(root._meta.verbose_name, root) for root in roots[:TOLD]],
            "more": max(0, len(roots) - TOLD),
            "clashes": [
                (change_url(getattr(row, "statement", None) or row.root), sentence)
                for row in plan.clashes[:TOLD]
                for sentence in [clash_sentence(row, duplicate, into)]
            ],
            "kinds_differ": duplicate.kind != into.kind,
        }

    def merged(self, request, duplicate, into, form) -> str:
        """Do it; the address to go on to, or nothing where it was refused."""
        try:
            merge = merge_things(
                duplicate,
                into=into,
                version=version_in(request.POST) or 0,
                into_version=into.version,
                by=request.user,
                why=form.cleaned_data["why"],
            )
        except Refused as refused:
            form.add_error(None, refused.sentences)
            duplicate.refresh_from_db()
            return ""
        told = _("Merged “%(one)s” into “%(other)s”.")
        self.message_user(
            request, told % {"one": duplicate, "other": into}, messages.SUCCESS
        )
        self.log_change(request, duplicate, told % {"one": duplicate, "other": into})
        return self.after_merging(request, into, merge)

    def after_merging(self, request, thing, merge) -> str:
        """On to the readers' side, for who may publish; else to the thing itself."""
        if request.user.has_perm("timeline.publish_event"):
            return self.correct_page(thing)
        return change_url(thing)

    # Undoing

    def unmerge_view(self, request, object_id):
        """Says what moves back, and moves it."""
        duplicate = self.merging_or_denied(request, object_id)
        merge = Merge.objects.filter(
            noun=self.opts.model_name, duplicate=duplicate.pk, undone_at=None
        ).first()
        if merge is None:
            self.message_user(request, _("It is not merged."), messages.WARNING)
            return HttpResponseRedirect(change_url(duplicate))
        refused = []
        if request.method == "POST":
            try:
                stayed = undo_merge(merge, by=request.user)
            except Refused as error:
                refused = error.sentences
            else:
                return self.tell_undone(request, duplicate, stayed)
        return self.page_of_merging(
            request,
            "unmerge",
            title=_("Undo the merge"),
            subtitle=str(duplicate),
            row=duplicate,
            row_page=change_url(duplicate),
            merge=merge,
            into=duplicate.merged_into,
            count=len(merge.moved),
            refused=refused,
        )

    def tell_undone(self, request, duplicate, stayed):
        told = _("“%(one)s” is one of its own again.") % {"one": duplicate}
        self.message_user(request, told, messages.SUCCESS)
        self.log_change(request, duplicate, told)
        for row in stayed[:TOLD]:
            self.message_user(
                request,
                _("“%(row)s” was changed since and stays as it is.") % {"row": row},
                messages.WARNING,
            )
        address = self.after_merging(request, duplicate, None)
        return HttpResponseRedirect(address)

    def page_of_merging(self, request, template, **context):
        request.current_app = self.admin_site.name
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "list_page": reverse(f"admin:timeline_{self.opts.model_name}_changelist"),
            **context,
        }
        return TemplateResponse(request, f"admin/timeline/{template}.html", page)

    # The page of a thing that was merged, and the lists

    def get_search_results(self, request, queryset, search_term):
        """A choice offers nothing that was merged into another."""
        rows, duplicates = super().get_search_results(request, queryset, search_term)
        if request.path == reverse("admin:autocomplete"):
            rows = rows.filter(merged_into=None)
        return rows, duplicates

    def check_deletable(self, root):
        super().check_deletable(root)
        if root.merged_into_id or root.merged.exists():
            raise Refused(
                _("“%(one)s” is part of a merge: undo that first.") % {"one": root}
            )

    def merged_into(self, row):
        """What was merged into a thing, as its page names it."""
        return row.merged.all()

    def merging_context(self, request, row) -> dict:
        """What the page of a thing says of merging."""
        noun = self.opts.model_name
        page = f"admin:timeline_{noun}_{{}}".format
        return {
            "merged_into": standing_for(row) if row.merged_into_id else None,
            "merged_here": list(self.merged_into(row).order_by("pk")[:TOLD]),
            "merge_page": reverse(page("merge"), args=[row.pk]),
            "unmerge_page": reverse(page("unmerge"), args=[row.pk]),
            "may_merge": self.may_merge(request),
        }

"""What rests on this? And: correct once what readers have been told of it."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.editing import Refused
from timeline.models import Actor
from timeline.publishing.write import AT_ONCE, carriers, reissue

from .act_forms import KINDS, ActForm
from .mending import change_url
from .supporting import resting_on

TOLD = 100  # events that are named on a page


class CorrectForm(ActForm):
    """As what readers are told of it, and in which words."""

    field_order = ("kind", "note", "reason")
    kind = forms.ChoiceField(
        label=gettext_lazy("This is"), choices=KINDS[:2], widget=forms.RadioSelect
    )

    def prepare(self):
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = _(
            "Tell readers in the note what changed."
        )


class RestingMixin:
    """Pages of a person or a report: what rests on it, and who still carries it."""

    def get_urls(self):
        wrap, noun = self.admin_site.admin_view, self.opts.model_name
        pages = {"rests": self.rests_view, "correct": self.correct_view}
        return [
            *(
                path(
                    f"<path:object_id>/{page}/",
                    wrap(view),
                    name=f"timeline_{noun}_{page}",
                )
                for page, view in pages.items()
            ),
            *super().get_urls(),
        ]

    def rests_page(self, row) -> str:
        return reverse(f"admin:timeline_{self.opts.model_name}_rests", args=[row.pk])

    def correct_page(self, row) -> str:
        return reverse(f"admin:timeline_{self.opts.model_name}_correct", args=[row.pk])

    def rests_view(self, request, object_id):
        """Everything on the desk that rests on a thing, and what rests on it alone."""
        row = self.looked_up(request, object_id)
        return self.page_about(
            request, "rests", row, title=_("What rests on this?"), rests=resting_on(row)
        )

    # Correct once

    def correct_view(self, request, object_id):
        """The live events that carry old words; tells them anew."""
        if not request.user.has_perm("timeline.publish_event"):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        form = CorrectForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self.corrected(request, row, form):
            return HttpResponseRedirect(change_url(row))
        found = carriers(row)
        return self.page_about(
            request,
            "correct",
            row,
            title=_("Correct once"),
            form=form,
            count=len(found.events),
            events=[(change_url(event), event) for event in found.events[:TOLD]],
            apart=[(change_url(event), event) for event in found.apart[:TOLD]],
            more=found.more,
            at_once=AT_ONCE,
        )

    def corrected(self, request, row, form) -> bool:
        try:
            appended = reissue(row, by=request.user, **form.words())
        except Refused as refused:
            form.add_error(None, refused.sentences)
            return False
        count = len(appended)
        sentence = ngettext(
            "%d live event tells it anew.", "%d live events tell it anew.", count
        )
        self.message_user(request, sentence % count, messages.SUCCESS)
        self.log_change(request, row, _("Correct once"))
        return True

    def page_about(self, request, template, row, **context):
        request.current_app = self.admin_site.name
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "subtitle": str(row),
            "row": row,
            "row_page": change_url(row),
            **context,
        }
        return TemplateResponse(request, f"admin/timeline/{template}.html", page)

    # The page of the thing itself

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context |= {
                "rests_page": self.rests_page(obj),
                "correct_page": self.correct_page(obj)
                if request.user.has_perm("timeline.publish_event")
                else "",
                **self.merging_context(request, obj),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # Deleting is refused with the list of what rests on it

    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        may = row is not None and self.has_delete_permission(request, row)
        if may and (row.merged_into_id is None) and resting_on(row).any:
            self.message_user(request, self.sentence_for(row), messages.ERROR)
            return HttpResponseRedirect(self.rests_page(row))
        return super().delete_view(request, object_id, extra_context)

    def delete_rows(self, root, rows, *, by):
        try:
            super().delete_rows(root, rows, by=by)
        except (ProtectedError, RestrictedError) as error:
            raise Refused(self.sentence_for(root)) from error

    def sentence_for(self, row) -> str:
        """Why a thing cannot be deleted."""
        if isinstance(row, Actor):
            words = _("“%(one)s” cannot be deleted: this rests on them.")
        else:
            words = _("“%(one)s” cannot be deleted: this rests on it.")
        return words % {"one": row}

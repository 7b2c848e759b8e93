"""New from a report: an event, its report and who said what, on one page."""

import secrets

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.editing import Refused
from timeline.editing.checking import BadInput
from timeline.editing.citing import held_texts
from timeline.editing.people import called
from timeline.editing.reporting import (
    ADDING,
    from_report,
    hold_text,
    several_from_report,
)
from timeline.models import Event
from timeline.publishing.write import publish

from .asides import made_by, remember_sent
from .mending import change_url, public_url
from .report_forms import ReportForm, RowFormSet
from .saving import sentence_of
from .suggesting import kind_of, names_like, suggestions, who_is_meant

PUBLISH = "timeline.publish_event"


def may_report(user) -> bool:
    """Whether somebody may make events from reports."""
    return user.has_perms(ADDING)


def may_or_denied(request) -> None:
    if not may_report(request.user):
        raise PermissionDenied


class FromReportMixin:
    """The pages that make events from reports, and the answers to their script."""

    def get_urls(self):
        pages = {
            "from-report/": (self.from_report_view, "timeline_from_report"),
            "from-report/reading/": (self.reading_view, "timeline_report_reading"),
            "called/": (self.called_view, "timeline_called"),
            "<path:object_id>/events/": (self.events_view, "timeline_source_events"),
        }
        return [
            *(
                path(route, self.admin_site.admin_view(view), name=name)
                for route, (view, name) in pages.items()
            ),
            *super().get_urls(),
        ]

    def from_report_view(self, request):
        """One page, one save."""
        may_or_denied(request)
        may_publish = request.user.has_perm(PUBLISH)
        if event := self.made_before(request):
            return HttpResponseRedirect(change_url(event))
        if "_read" in request.POST:
            form = ReportForm(initial=read_into(request.POST), may_publish=may_publish)
        else:
            form = ReportForm(request.POST or None, may_publish=may_publish)
            if form.is_valid() and (event := self.made(request, form)):
                return HttpResponseRedirect(change_url(event))
        form.put_cursor()
        return self.page(request, "from_report", _("New from a report"), form=form)

    def events_view(self, request, object_id):
        """Many events from a report that is on the desk."""
        may_or_denied(request)
        source = self.get_object(request, unquote(object_id))
        if source is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        rows = RowFormSet(request.POST or None, form_kwargs={"source": source})
        if self.made_before(request):
            return HttpResponseRedirect(change_url(source))
        if rows.is_valid() and self.made_several(request, source, rows):
            return HttpResponseRedirect(change_url(source))
        title = _("Events from a report")
        held = next(iter(held_texts(source)), "")
        return self.page(
            request,
            "events",
            title,
            rows=rows,
            source=source,
            held=held,
            form_key=request.POST.get("form_key") or secrets.token_urlsafe(16),
        )

    def reading_view(self, request):
        """What a pasted text says, for the fields that are empty still."""
        may_or_denied(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        texts = (request.POST.get(name, "") for name in ("address", "text"))
        return JsonResponse(suggestions(*texts))

    def called_view(self, request):
        """Who is called so, and what becomes of a name that is new."""
        may_or_denied(request)
        words, part = request.GET.get("name", "")[:300], request.GET.get("part", "")
        sentence = who_is_meant(words, part)
        return JsonResponse({"names": names_like(words), "sentence": sentence})

    # Saving

    def made_before(self, request):
        """What this very form made when it was sent the first time, if it was."""
        return made_by(request.POST, Event) if request.method == "POST" else None

    def made(self, request, form):
        """Make the event; where it is refused, say so on the form."""
        known = form.known if form.cleaned_data["use_report"] else None
        new = new_names(form)
        try:
            with transaction.atomic():
                if known:
                    hold_text(known, form.report().text, by=request.user)
                report = known or form.report()
                story = form.cleaned_data.get("story")
                happening = form.happening()
                event = from_report(report, happening, by=request.user, story=story)
                remember_sent(request.POST, event)
        except BadInput as refused:
            field = refused.field if refused.field in form.fields else None
            form.add_error(field, refused.sentences)
        except Refused as refused:
            form.add_error(None, refused.sentences)
        except IntegrityError as error:
            if event := self.made_before(request):
                return event
            form.add_error(None, sentence_of(error))
        else:
            self.told(request, event, new)
            if form.cleaned_data.get("publish"):
                self.published_too(request, event)
            return event
        return None

    def told(self, request, event, new):
        """Say what was made, and what else is new with it."""
        self.log_addition(request, event, _("From a report."))
        source = event.statements.get().citations.get().source
        self.message_user(
            request,
            format_html(
                _('Added: “{}”. <a href="{}">Other events from the same report</a>'),
                event,
                f"{change_url(source).removesuffix('change/')}events/",
            ),
            messages.SUCCESS,
        )
        if new:
            names = format_html_join(", ", "{} ({})", new)
            sentence = format_html(_("New among people and organisations: {}."), names)
            self.message_user(request, sentence, messages.INFO)

    def published_too(self, request, event):
        """Publish what was just made; what bars it is said, and the draft stays."""
        try:
            publish(event, by=request.user, version=event.version)
        except Refused as refused:
            sentence = _("Saved as a draft, not published: %(why)s") % {"why": refused}
            self.message_user(request, sentence, messages.WARNING)
            return
        sentence = format_html(
            _('Published. <a href="{}">See the page</a>'), public_url(event)
        )
        self.message_user(request, sentence, messages.SUCCESS)

    def made_several(self, request, source, rows):
        """Make all of them, or none and say at which row it is refused."""
        filled = [form for form in rows.forms if form.has_changed()]
        happenings = [form.happening() for form in filled]
        try:
            with transaction.atomic():
                events = several_from_report(source, happenings, by=request.user)
                if events:
                    remember_sent(request.POST, events[0])
        except BadInput as refused:
            form = filled[refused.row]
            field = refused.field if refused.field in form.fields else None
            form.add_error(field, refused.sentences)
            return False
        except Refused as refused:
            rows.non_form_errors().extend(refused.sentences)
            return False
        except IntegrityError as error:
            if self.made_before(request):
                return True
            rows.non_form_errors().append(sentence_of(error))
            return False
        if not events:
            rows.non_form_errors().append(_("Fill in a row first."))
            return False
        for event in events:
            self.log_addition(request, event, _("From a report."))
        links = format_html_join(
            ", ", '<a href="{}">{}</a>', ((change_url(row), row) for row in events)
        )
        count = len(events)
        words = ngettext("%d event added: ", "%d events added: ", count) % count
        self.message_user(request, format_html("{}{}", words, links), messages.SUCCESS)
        return True

    def page(self, request, name, title, **context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            **context,
        }
        return TemplateResponse(request, f"admin/timeline/source/{name}.html", context)


def read_into(posted) -> dict:
    """What was typed, with what the text says in the fields that are empty."""
    typed = posted.dict()
    found = suggestions(typed.get("address", ""), typed.get("text", ""))
    filled = {name: value for name, value in found.items() if not typed.get(name)}
    if "text" in found:
        filled["text"] = found["text"]
    return {**typed, **filled, "use_report": "known" in found}


def new_names(form) -> list[tuple[str, str]]:
    """The names that are not on the desk yet, with what they will be."""
    found = []
    for part in ("publisher", "who"):
        try:
            person = called(form.cleaned_data[part])
        except Refused:  # said by the verb, at its field
            continue
        if person.name:
            found.append((person.name, kind_of(person, part)))
    return found

"""Publish and withdraw one event: the pages behind the buttons."""

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.editing import Refused, Stale
from timeline.models import Event, LiveState
from timeline.models.record import Revision, RevisionKind
from timeline.publishing.write import (
    NotReady,
    publish,
    readiness,
    withdraw,
)

from .act_forms import TITLES, PublishForm, WithdrawForm, not_live
from .mending import change_url, linked, public_url
from .preview import preview
from .standing import last_revision, moment, state_badge

LOOK_AGAIN = gettext_lazy(
    "Somebody else changed “%(event)s” after you opened this page. It now shows the "
    "newest version: look through it again, then press the button."
)


def page_of(act: str, event: Event) -> str:
    """The address of the page that asks before an act on one event."""
    return reverse(f"admin:timeline_event_{act}", args=[quote(event.pk)])


class PublishingMixin:
    """The acts on events; each is done by its verb, never inside a transaction."""

    def has_publish_permission(self, request):
        return request.user.has_perm("timeline.publish_event")

    def has_withdraw_permission(self, request):
        return request.user.has_perm("timeline.withdraw_event")

    def get_urls(self):
        wrap = self.admin_site.admin_view
        name = "timeline_event_{}".format
        one = "<path:object_id>/"
        return [
            path(f"{one}publish/", wrap(self.publish_view), name=name("publish")),
            path(f"{one}withdraw/", wrap(self.withdraw_view), name=name("withdraw")),
            *super().get_urls(),
        ]

    def publish_view(self, request, object_id):
        """Shows what would be published, and publishes it."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        event = self.get_object(request, unquote(object_id))
        if event is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        problems = readiness(event)
        barred = any(problem.bars for problem in problems)
        shown = None if barred else preview(event)
        same = bool(shown and shown.live and not shown.changes)
        form = PublishForm(
            request.POST or None,
            live=event.live_state == LiveState.LIVE and not same,
            never_minor=shown.never_minor if shown else (),
        )
        if form.is_valid() and self.done(request, event, form, self.publish_one):
            return HttpResponseRedirect(change_url(event))
        return self.ask(
            request,
            "publish",
            event=event,
            form=form,
            problems=[(problem.bars, linked(problem)) for problem in problems],
            barred=barred,
            preview=shown,
        )

    def withdraw_view(self, request, object_id):
        """Says what withdrawing does, and does it."""
        if not self.has_withdraw_permission(request):
            raise PermissionDenied
        event = self.get_object(request, unquote(object_id))
        if event is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if event.live_state != LiveState.LIVE:
            self.message_user(request, not_live(event), messages.WARNING)
            return HttpResponseRedirect(change_url(event))
        form = WithdrawForm(request.POST or None)
        if form.is_valid() and self.done(request, event, form, self.withdraw_one):
            return HttpResponseRedirect(change_url(event))
        return self.ask(request, "withdraw", event=event, form=form)

    def done(self, request, event, form, act) -> bool:
        """Do one act; where it is refused, say so on its form."""
        try:
            act(request, event, version=version_in(request), **form.words())
        except Stale:
            event.refresh_from_db()
            form.add_error(None, LOOK_AGAIN % {"event": event})
        except NotReady:
            form.add_error(None, _("Not published yet: mend what is listed first."))
        except Refused as refused:
            form.add_error(None, refused.sentences)
        else:
            return True
        return False

    def publish_one(self, request, event, *, version, **words):
        revision = publish(event, by=request.user, version=version, **words)
        if revision is None:
            sentence = _("Nothing that readers see has changed: nothing was published.")
            self.message_user(request, sentence, messages.INFO)
            return
        self.tell(request, event, revision)

    def withdraw_one(self, request, event, *, version, **words):
        revision = withdraw(event, by=request.user, version=version, **words)
        self.tell(request, event, revision)

    def tell(self, request, event, revision):
        """Say what was appended to the record, and where readers see it."""
        kind = RevisionKind(revision.kind).label
        sentence = format_html(
            _("“{}”: revision {} ({}) is in the record. {}"),
            event,
            revision.number,
            kind,
            format_html('<a href="{}">{}</a>', public_url(event), _("See the page")),
        )
        others = also_changed(revision)
        if others:
            more = ngettext(
                "%(n)d other live event changed with it: %(names)s.",
                "%(n)d other live events changed with it: %(names)s.",
                len(others),
            ) % {"n": len(others), "names": ", ".join(others)}
            sentence = format_html("{} {}", sentence, more)
        self.message_user(request, sentence, messages.SUCCESS)
        self.log_change(request, event, str(kind))

    def ask(self, request, act, *, event, **context):
        """The page that asks before one act."""
        revision = last_revision(event)
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": TITLES[act],
            "subtitle": str(event),
            "event": event,
            "state": state_badge(event),
            "is_live": event.live_state == LiveState.LIVE,
            "event_page": change_url(event),
            "public_page": public_url(event) if revision else "",
            "published_on": moment(revision.published_at) if revision else "",
            **context,
        }
        return TemplateResponse(request, f"admin/timeline/event/{act}.html", page)


def version_in(request) -> int:
    """The version that was looked at; one that never was where none is said."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def also_changed(revision: Revision) -> list[str]:
    """The titles of the other events that were re-issued in the same act."""
    rows = Revision.objects.filter(
        published_at=revision.published_at, caused_by__isnull=False
    )
    events = Event.objects.filter(public_id__in=rows.values("event_id"))
    return list(events.values_list("title", flat=True))

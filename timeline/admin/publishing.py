"""Acts on one event: each has a page that asks before it, and says what it does."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.editing import Refused, Stale, needs_another, own_sentence
from timeline.models import Event, LiveState
from timeline.models.record import Revision, RevisionKind
from timeline.publishing.write import NotReady, readiness

from .act_on_event import ActOnEvent
from .acts_of_events import ACTS, BY_NAME
from .as_readers import preview_page
from .mending import change_url, linked, public_url
from .numbers import version_in
from .preview import preview
from .standing import last_revision, moment, state_badge

LOOK_AGAIN = gettext_lazy(
    "Somebody else changed “%(event)s” after you opened this page. It now shows the "
    "newest version: look through it again, then press the button."
)
EMBARGO = "embargo"  # what an approval may wait for


def page_of(act: str, event: Event) -> str:
    """The address of the page that asks before an act on one event."""
    return BY_NAME[act].page(event)


class PublishingMixin:
    """The acts on events; each is done by its verb, never inside a transaction."""

    def has_publish_permission(self, request):
        return BY_NAME["publish"].is_for(request.user)

    def has_withdraw_permission(self, request):
        return BY_NAME["withdraw"].is_for(request.user)

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        pages = [
            path(
                f"<path:object_id>/{act.name}/",
                view,
                {"name": act.name},
                name=f"timeline_event_{act.name}",
            )
            for act in ACTS
        ]
        return [*pages, *super().get_urls()]

    def act_view(self, request, object_id, name):
        """Says what an act does, and does it."""
        act = BY_NAME[name]
        if not act.is_for(request.user):
            raise PermissionDenied
        event = self.get_object(request, unquote(object_id))
        if event is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not act.fits(event):
            self.message_user(request, act.closed % {"event": event}, messages.WARNING)
            return HttpResponseRedirect(change_url(event))
        asked = self.asked_of(request, act, event)
        form = asked["form"]
        if form.is_valid() and self.done(request, act, event, form):
            return HttpResponseRedirect(change_url(event))
        return self.ask(request, act, event=event, **asked)

    def asked_of(self, request, act: ActOnEvent, event: Event) -> dict:
        """The form of an act, and what its page shows before it."""
        data = request.POST if request.method == "POST" else None
        if act.template == "publish":
            return self.shown_before_publishing(request, act, event, data)
        return {"form": act.form(data, event=event, user=request.user)}

    def shown_before_publishing(self, request, act, event, data) -> dict:
        """What has to be mended, and what readers would see."""
        problems = readiness(event)
        if act.name == "approve":
            problems = [problem for problem in problems if problem.field != EMBARGO]
        told = [(problem.bars, linked(problem)) for problem in problems]
        if needs_another(event, request.user):
            told = [(True, own_sentence(event)), *told]
        barred = any(bars for bars, _sentence in told)
        # An embargo or a second pair of eyes keeps nobody from looking at it.
        hidden = any(row.bars and row.field != EMBARGO for row in problems)
        shown = None if hidden else preview(event)
        same = bool(shown and shown.live and not shown.changes)
        form = act.form(
            data,
            event=event,
            user=request.user,
            live=event.live_state == LiveState.LIVE and not same,
            never_minor=shown.never_minor if shown else (),
        )
        return {"form": form, "problems": told, "barred": barred, "preview": shown}

    def done(self, request, act: ActOnEvent, event, form) -> bool:
        """Do one act; where it is refused, say so on its form."""
        try:
            version = version_in(request.POST) or 0  # there is no version 0
            self.do(request, act, event, version=version, **form.words())
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

    def do(self, request, act: ActOnEvent, event, *, version, **words):
        """Call the verb of an act, and say what came of it."""
        outcome = act.verb(event, by=request.user, version=version, **words)
        if isinstance(outcome, Revision):
            self.tell(request, event, outcome)
        elif outcome is None:
            sentence = _("Nothing that readers see has changed: nothing was published.")
            self.message_user(request, sentence, messages.INFO)
        else:
            self.message_user(request, act.done % {"event": event}, messages.SUCCESS)
            self.log_change(request, event, str(act.title))

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

    def ask(self, request, act: ActOnEvent, *, event, **context):
        """The page that asks before one act."""
        revision = last_revision(event)
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": act.title,
            "subtitle": str(event),
            "act": act,
            "event": event,
            "state": state_badge(event),
            "is_live": event.live_state == LiveState.LIVE,
            "event_page": change_url(event),
            "preview_page": preview_page(event),
            "public_page": public_url(event) if revision else "",
            "published_on": moment(revision.published_at) if revision else "",
            "media": (self.media + context["form"].media).render(),
            **context,
        }
        return TemplateResponse(
            request, f"admin/timeline/event/{act.template}.html", page
        )


def also_changed(revision: Revision) -> list[str]:
    """The titles of the other events that were re-issued in the same act."""
    rows = Revision.objects.filter(
        published_at=revision.published_at, caused_by__isnull=False
    )
    events = Event.objects.filter(public_id__in=rows.values("event_id"))
    return list(events.values_list("title", flat=True))

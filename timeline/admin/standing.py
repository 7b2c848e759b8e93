"""Short words for where things stand: in the record, and among other statements."""

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.editing import is_embargoed
from timeline.models import Event, LiveState, ReviewState
from timeline.models.record import Revision

from .mending import public_url
from .support import STANDING_WORDS

CHANGED = "changed"
CHANGED_WORDS = gettext_lazy("live, with unpublished changes")


def state_of(event: Event) -> tuple[str, str]:
    """Where an event stands in the record: a word for the machine, and for people."""
    if event.has_unpublished_changes:
        return CHANGED, CHANGED_WORDS
    return event.live_state, LiveState(event.live_state).label


def state_badge(event: Event) -> str:
    """The state of an event, marked."""
    return format_html('<span class="badge badge-{}">{}</span>', *state_of(event))


def review_of(event: Event) -> str | None:
    """How far something that readers have not seen has come; None where there is none.

    What was changed after a step is still as far, but for an approval.
    """
    if event.live_state == LiveState.MERGED:
        return None
    if event.live_state == LiveState.LIVE and not event.has_unpublished_changes:
        return None
    return event.review_state


def review_badge(event: Event) -> str:
    """How far an event has come on its way to readers, marked; with its embargo."""
    state = review_of(event)
    badges = [(state, ReviewState(state).label)] if state else []
    if is_embargoed(event):
        badges.append(("embargo", _("embargo")))
    return format_html_join(" ", '<span class="badge badge-{}">{}</span>', badges)


def whole_state(event: Event) -> str:
    """Where an event stands and how far it has come, as short as can be."""
    if event.live_state == LiveState.NEVER:
        return review_badge(event)
    return format_html("{} {}", state_badge(event), review_badge(event))


def standing_badge(standing: str) -> str:
    """The standing of a statement, marked."""
    return format_html(
        '<span class="badge badge-{}">{}</span>', standing, STANDING_WORDS[standing]
    )


def last_revision(event: Event) -> Revision | None:
    """The newest act of the record on an event."""
    rows = Revision.objects.filter(event_id=event.public_id).defer("document")
    return rows.order_by("-number").first()


def moment(published_at: str) -> str:
    """An instant of the record in the desk's zone, which it names."""
    at = timezone.localtime(datetime.fromisoformat(published_at))
    return at.strftime("%Y-%m-%d %H:%M %Z")


def published_words(event: Event, *, may_publish: bool) -> str:
    """What to say after a live event was changed."""
    revision = last_revision(event)
    return format_html(
        _('Saved. Readers still see <a href="{}">what was published on {}</a>; {}'),
        public_url(event),
        moment(revision.published_at) if revision else "?",
        _("publish to show your changes.")
        if may_publish
        else _("an editor can publish your changes."),
    )

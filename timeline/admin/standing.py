"""Short words for where things stand: in the record, and among other statements."""

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.models import Event, LiveState
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

"""One act on an event, and the states of an event that acts fit."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.models import Event, LiveState, ReviewState
from timeline.publishing.write import suppress

WAITING = (ReviewState.IN_REVIEW, ReviewState.APPROVED)


@dataclass(frozen=True, slots=True)
class ActOnEvent:
    """One act: who may, when it makes sense, and what the page that asks says of it.

    `does` says what happens and what stays readable, `button` says it once more in
    short; `done` tells of an act that adds nothing to the record.
    """

    name: str
    label: str
    title: str
    does: str
    button: str
    permission: str
    form: type
    verb: Callable
    fits: Callable[[Event], bool]
    closed: str = _("This cannot be done with “%(event)s” as it stands now.")
    done: str = ""
    template: str = "act"
    danger: bool = False

    def page(self, event: Event) -> str:
        """The address of the page that asks before it."""
        return reverse(f"admin:timeline_event_{self.name}", args=[event.pk])

    def is_for(self, user) -> bool:
        return user.has_perm(self.permission)


def on_its_way(event: Event) -> bool:
    """Whether there is something on the desk that readers have not seen."""
    if event.live_state == LiveState.LIVE:
        return event.has_unpublished_changes
    return event.live_state != LiveState.MERGED


def is_waiting(event: Event) -> bool:
    return event.review_state in WAITING


def is_waiting_as_it_is(event: Event) -> bool:
    return is_waiting(event) and event.review_version == event.version


def is_approved(event: Event) -> bool:
    return event.review_state == ReviewState.APPROVED and is_waiting_as_it_is(event)


def is_live(event: Event) -> bool:
    return event.live_state == LiveState.LIVE


def is_held(event: Event) -> bool:
    return event.live_state == LiveState.HELD


def was_published(event: Event) -> bool:
    return event.live_state != LiveState.NEVER


def without_version(event, *, version, **words):
    """Suppressing names revisions, which nobody can change: no version is looked at."""
    return suppress(event, **words)

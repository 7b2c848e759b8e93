"""Merge: an event gives way to another, to which its address then leads."""

from django.db import transaction
from django.utils.translation import gettext as _

from timeline.editing import Refused, cleaned, require
from timeline.models import Event, LiveState
from timeline.models.record import Revision, RevisionKind

from .acting import (
    carry_out,
    known_in,
    live_successor,
    take,
    without,
)
from .acts import FIXED
from .log import Draft, hold_record_lock


def merge(
    event: Event, *, into: Event, by, version: int, note: str = "", reason: str = ""
) -> Revision:
    """Take a live event away for good, in favour of a live one.

    Its revisions stay readable; its statements stay with it. Raises as `publish`.
    """
    require(by, "timeline.merge_event")
    if into == event:
        raise Refused(_("An event cannot be merged into itself: choose another."))
    with transaction.atomic(durable=True):
        take(event.pk, version, fixed=FIXED, live_state=LiveState.MERGED)
        hold_record_lock()
        draft = Draft(
            event_id=event.public_id,
            slug=known_in(event, "live").slug,
            kind=RevisionKind.MERGE,
            note=cleaned(note),
            reason=cleaned(reason),
            successor=live_successor(into),
        )
        appended = carry_out(without(event.public_id), [draft], by=by)
    event.refresh_from_db()
    return appended[0]

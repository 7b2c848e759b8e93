"""Approve: an event is published as it is once it is due, without anybody waiting."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from timeline.editing import (
    Refused,
    Stale,
    cleaned,
    looked_at,
    refuse_own_drafts,
    refuse_settled,
    require,
    stepped,
)
from timeline.models import Event, EventStep, LiveState, ReviewState, StepKind
from timeline.models.record import Revision

from .acts import FIXED, NotReady, digest_of, prepared, publish_together
from .building import built_of
from .readiness import bars
from .substance import check_kind

LONGEST = EventStep._meta.get_field("note").max_length
EMBARGO = "embargo"  # what readiness calls it: the one thing that passes by itself


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one event that was due.

    `revision` is what was appended, None where readers see no change or where it was
    `refused`, for the reasons given.
    """

    event: Event
    revision: Revision | None = None
    refused: str = ""


def approve(
    event: Event,
    *,
    by,
    version: int,
    kind: str | None = None,
    note: str = "",
    reason: str = "",
) -> EventStep:
    """Let an event be published, as it is at this version, once it is due.

    It is due when it is under no embargo. `kind`, `note` and `reason` are those that it
    will be published with. Raises as `publish` does.
    """
    require(by, "timeline.publish_event")
    note, reason = cleaned(note), cleaned(reason)
    with transaction.atomic():
        looked_at(event, version)
        refuse_own_drafts([event.pk], by=by)
        refuse_settled(event)
        if event.live_state in FIXED:
            raise Refused(
                _("“%(event)s” cannot be published now: it is %(state)s.")
                % {"event": event, "state": event.get_live_state_display()}
            )
        problems = [row for row in bars(event) if row.field != EMBARGO]
        if problems:
            raise NotReady(problems)
        built = built_of([event.pk])
        workspace = prepared(built)
        change = check_kind(workspace, event.public_id, kind=kind, note=note)
        return stepped(
            event,
            StepKind.APPROVED,
            ReviewState.APPROVED,
            by,
            note=reason,
            change=change if event.live_state == LiveState.LIVE else "",
            public_note=note,
            said=digest_of(built[0]),
        )


def publish_due() -> Iterator[Outcome]:
    """Publish what is approved and due, each event in an act of its own.

    May be asked as often as one likes, and twice at once: what another has just
    published or sent back is passed over. What is refused goes back to its owner with
    the reasons, and so does not come up again by itself.
    """
    free = Q(embargo_until=None) | Q(embargo_until__lte=timezone.now())
    due = Event.objects.filter(
        free, review_state=ReviewState.APPROVED, review_version=F("version")
    )
    for event in due.order_by("review_at", "pk"):
        outcome = _publish_approved(event)
        if outcome:
            yield outcome


def _publish_approved(event: Event) -> Outcome | None:
    """One event that was approved; None where somebody else was faster."""
    step = event.steps.filter(kind=StepKind.APPROVED, version=event.version).first()
    if step is None:
        return None
    try:
        _still_may(step)
        appended = publish_together(
            [(event.pk, event.version)],
            by=None,
            kind=step.change or None,
            note=step.public_note,
            reason=_reason(step),
            only={"review_state": ReviewState.APPROVED, "review_at": step.at},
            said=step.said,
        )
    except Stale:
        return None
    except Refused as refused:
        _give_back(event, step, refused)
        return Outcome(event, refused=str(refused))
    event.refresh_from_db()
    own = (row for row in appended if row.event_id == event.public_id)
    return Outcome(event, next(own, None))


def _still_may(step: EventStep) -> None:
    """`Refused` where who approved it may no longer publish."""
    by = step.by
    if by and not (by.is_active and by.has_perm("timeline.publish_event")):
        raise Refused(
            _("%(name)s, who approved it, may not publish any more.")
            % {"name": step.by_name}
        )


def _reason(step: EventStep) -> str:
    told = _("Approved by %(name)s.") % {"name": step.by_name}
    return f"{told} {step.note}".strip()


def _give_back(event: Event, step: EventStep, refused: Refused) -> None:
    """Back to its owner, unless somebody did something with it meanwhile."""
    with transaction.atomic():
        try:
            looked_at(event, step.version)
        except Stale:
            return
        if event.review_state == ReviewState.APPROVED:
            told = _("It could not be published when it was due. %s") % refused
            note = Truncator(told).chars(LONGEST)
            stepped(event, StepKind.SENT_BACK, ReviewState.SENT_BACK, None, note=note)

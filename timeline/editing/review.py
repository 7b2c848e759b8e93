"""Review: the steps of an event on its way from a draft to its readers.

Each is taken at the version that was looked at, and none of them changes what the event
says. Publishing itself is `timeline.publishing.write`.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.models import Event, EventStep, LiveState, ReviewState, StepKind

from .recording import saves_of
from .refusing import Refused, Stale, cleaned, require
from .working import remember, this_round, write

WAITING = (ReviewState.IN_REVIEW, ReviewState.APPROVED)
CHANGE = "timeline.change_event"
PUBLISH = "timeline.publish_event"


def submit(event: Event, *, by, version: int, note: str = "") -> EventStep:
    """Hand an event to whoever reviews it; `note` is for them.

    Raises `PermissionDenied`, `Stale`, or `Refused` with sentences.
    """
    require(by, CHANGE)
    note = cleaned(note)
    with transaction.atomic():
        looked_at(event, version)
        refuse_settled(event)
        if event.review_state in WAITING and event.review_version == version:
            raise Refused(_("“%(event)s” is in review already.") % {"event": event})
        if event.owner_id is None:
            write(event, owner=by)
        return stepped(event, StepKind.SUBMITTED, ReviewState.IN_REVIEW, by, note=note)


def send_back(event: Event, *, by, version: int, note: str) -> EventStep:
    """Give an event back to its owner; `note` says why and must not be empty.

    Raises as `submit` does.
    """
    require(by, PUBLISH)
    note = cleaned(note)
    if not note:
        raise Refused(_("Say what is to be done before it is submitted again."))
    with transaction.atomic():
        looked_at(event, version)
        if event.review_state not in WAITING:
            raise Refused(_("“%(event)s” is not in review.") % {"event": event})
        return stepped(event, StepKind.SENT_BACK, ReviewState.SENT_BACK, by, note=note)


def assign(event: Event, *, by, version: int, to, note: str = "") -> EventStep:
    """Make an account the owner of an event; taking it over oneself is the same.

    Only who may publish gives an event to others. Raises as `submit` does.
    """
    require(by, CHANGE)
    if to != by:
        require(by, PUBLISH)
    if not people_who_write().filter(pk=to.pk).exists():
        raise Refused(
            _("%(name)s cannot work on events: choose somebody else.") % {"name": to}
        )
    note = cleaned(note)
    with transaction.atomic():
        looked_at(event, version)
        if event.owner == to:
            raise Refused(_("%(name)s owns it already.") % {"name": to})
        write(event, owner=to)
        told = _("To %(name)s.") % {"name": to}
        return remember(event, StepKind.ASSIGNED, by=by, note=f"{told} {note}".strip())


def set_embargo(
    event: Event, *, by, version: int, until: datetime, reason: str
) -> EventStep:
    """Keep an event from being published before an instant; `reason` says why.

    Only who may publish brings the end of an embargo forward. Raises as `submit`.
    """
    require(by, CHANGE)
    reason = cleaned(reason)
    if not reason:
        raise Refused(_("Say why it must not be published before then."))
    if until <= timezone.now():
        raise Refused(_("This moment has passed: choose a later one."))
    with transaction.atomic():
        looked_at(event, version)
        if is_embargoed(event) and until < event.embargo_until:
            require(by, PUBLISH)
        write(event, embargo_until=until, embargo_reason=reason)
        told = f"{in_words(until)}. {reason}"
        return remember(event, StepKind.EMBARGO, by=by, note=told)


def lift_embargo(event: Event, *, by, version: int, reason: str) -> EventStep:
    """End an embargo before its time; `reason` says why. Raises as `submit` does."""
    require(by, PUBLISH)
    reason = cleaned(reason)
    if not reason:
        raise Refused(_("Say why it may be published now."))
    with transaction.atomic():
        looked_at(event, version)
        if not is_embargoed(event):
            raise Refused(_("“%(event)s” is not under embargo.") % {"event": event})
        write(event, embargo_until=None, embargo_reason="")
        return remember(event, StepKind.EMBARGO_LIFTED, by=by, note=reason)


def looked_at(event: Event, version: int) -> None:
    """Read an event anew and keep it from others, to the end of the transaction.

    Raises `Stale` where somebody has saved it since this version.
    """
    rows = Event.objects.select_for_update().filter(pk=event.pk, version=version)
    if not rows.exists():
        raise Stale(event)
    event.refresh_from_db()


def stepped(event: Event, kind: str, state: str, by, **words) -> EventStep:
    """Take an event to another state of its review, and add that to its trail."""
    step = remember(event, kind, by=by, **words)
    write(
        event,
        review_state=state,
        review_version=event.version,
        review_by=by,
        review_at=step.at,
        review_note=step.note,
    )
    return step


def refuse_settled(event: Event) -> None:
    """There is no way to readers for what they see already, or never will."""
    if event.live_state == LiveState.MERGED:
        raise Refused(
            _("“%(event)s” was merged into another event.") % {"event": event}
        )
    if event.live_state == LiveState.LIVE and not event.has_unpublished_changes:
        raise Refused(
            _("Nothing in “%(event)s” has changed since it was published.")
            % {"event": event}
        )


def is_embargoed(event: Event) -> bool:
    """Whether an event must not be published yet."""
    return event.embargo_until is not None and event.embargo_until > timezone.now()


def embargo_sentence(event: Event) -> str:
    """Why an event that is under embargo is not published."""
    told = _("“%(event)s” is under embargo until %(until)s") % {
        "event": event,
        "until": in_words(event.embargo_until),
    }
    # Suppressing an event may take the reason away.
    return f"{told}: {event.embargo_reason}" if event.embargo_reason else f"{told}."


def in_words(instant: datetime) -> str:
    """An instant in the desk's zone, which it names."""
    return timezone.localtime(instant).strftime("%Y-%m-%d %H:%M %Z")


def is_own_draft(event: Event, by) -> bool:
    """Whether `by` changed what is on the desk since it was published, or submitted it.

    A change of its statements is one of the event. What somebody else has approved as
    it is now is nobody's own any more.
    """
    steps = list(this_round(event).order_by("pk"))
    if event.review_state == ReviewState.APPROVED:
        approved = [row for row in steps if row.kind == StepKind.APPROVED]
        if approved and approved[-1].by_id != by.pk:
            return False
    theirs = (StepKind.WORKED, StepKind.SUBMITTED)
    if any(row.by_id == by.pk and row.kind in theirs for row in steps):
        return True
    unread = saves_of(event).filter(saved_version__gt=event.published_version or 0)
    return unread.filter(history_user=by).exists()


def needs_another(event: Event, by) -> bool:
    """Whether the newsroom wants somebody else than `by` to publish an event.

    The command line is nobody's account, and may.
    """
    wanted = settings.DATELINE_REVIEW_NEEDS_ANOTHER and by is not None
    return wanted and is_own_draft(event, by)


def refuse_own_drafts(keys: Iterable[int], *, by) -> None:
    """Where the newsroom wants two people for each change: `Refused` by name.

    The events are kept from others until the transaction ends.
    """
    if by is None or not settings.DATELINE_REVIEW_NEEDS_ANOTHER:
        return
    rows = Event.objects.select_for_update().filter(pk__in=list(keys))
    own = [row for row in rows.order_by("pk") if needs_another(row, by)]
    if own:
        raise Refused(*(own_sentence(event) for event in own))


def own_sentence(event: Event) -> str:
    """Why somebody is not the one to publish an event."""
    return _(
        "“%(event)s” is your own draft: here, somebody else looks through it and "
        "publishes or approves it. Submit it."
    ) % {"event": event}


def people_who_write() -> QuerySet:
    """The accounts that may work on events, by name."""
    accounts = get_user_model().objects
    return accounts.with_perm(
        CHANGE, backend="django.contrib.auth.backends.ModelBackend"
    ).order_by("username")

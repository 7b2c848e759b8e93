"""Who works on an event: remembered with each save, once for each round of changes."""

from django.utils import timezone

from timeline.models import Event, EventStep, ReviewState, StepKind


def note_work(event: Event, *, by) -> None:
    """Remember that somebody changed an event, within the save itself.

    Who makes an event owns it. An approval is of what was looked at: what is changed
    after it waits for another.
    """
    if not this_round(event).filter(kind=StepKind.WORKED, by=by).exists():
        remember(event, StepKind.WORKED, by=by)
    if event.version == 1 and event.owner_id is None:
        write(event, owner=by)
    if event.review_state == ReviewState.APPROVED:
        end_approval(event)


def end_approval(event: Event) -> None:
    """What was approved, and is not as it was looked at any more, waits for another."""
    approved = Event.objects.filter(pk=event.pk, review_state=ReviewState.APPROVED)
    if approved.update(review_state=ReviewState.IN_REVIEW):
        event.review_state = ReviewState.IN_REVIEW


def this_round(event: Event):
    """The steps since an event was last published, newest first."""
    return event.steps.filter(version__gt=event.published_version or 0)


def remember(event: Event, kind: str, *, by, **words) -> EventStep:
    """Add a step to the trail of an event, at the version that it has."""
    return EventStep.objects.create(
        event=event,
        kind=kind,
        version=event.version,
        by=by,
        by_name=by.get_username() if by else "command line",
        at=timezone.now(),
        **words,
    )


def forget_words(event: Event) -> None:
    """Destroy what was said of an event in the trail of its review; the steps stay."""
    event.steps.update(note="", public_note="", said="")
    write(event, review_note="")


def write(event: Event, **columns) -> None:
    """Write what is no edit of an event: it has the same version as before."""
    Event.objects.filter(pk=event.pk).update(**columns)
    for name, value in columns.items():
        setattr(event, name, value)

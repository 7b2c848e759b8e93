"""Filing: events put under topics, into stories, and given their weight."""

from collections.abc import Iterable

from django.db.models import Max
from django.utils.translation import gettext as _

from timeline.models import Event, EventStory, EventTopic, Importance, Story, Topic

from .refusing import Refused, require
from .saving import saving

LINKS = {Story: (EventStory, "story"), Topic: (EventTopic, "topic")}


def file_under(
    event: Event,
    *,
    by,
    version: int,
    into: Iterable[Story | Topic] = (),
    out_of: Iterable[Story | Topic] = (),
) -> None:
    """Put an event into stories and under topics, and take it out of others.

    What it is in already stays where it is. Raises `PermissionDenied`, `Stale`, or
    `Refused` where nothing would change.
    """
    require(by, "timeline.change_event")
    with saving(event, version=version, by=by):
        added = [put(event, thing) for thing in into]
        gone = [take(event, thing) for thing in out_of]
        if not any((*added, *gone)):
            raise Refused(_("Nothing would change."))


def weigh(event: Event, *, by, version: int, importance: str) -> None:
    """Say how much an event matters. Raises as `file_under` does."""
    require(by, "timeline.change_event")
    with saving(event, version=version, by=by):
        if event.importance == importance:
            raise Refused(
                _("Its importance is “%s” already.") % Importance(importance).label
            )
        event.importance = importance
        event.save(update_fields=["importance"])


def put(event: Event, thing: Story | Topic) -> bool:
    """Put an event at the end of what it belongs to; whether it was not there yet."""
    links, field = LINKS[type(thing)]
    rows = links.objects.filter(event=event)
    if rows.filter(**{field: thing}).exists():
        return False
    last = rows.aggregate(last=Max("position"))["last"] or 0
    links(event=event, position=last + 1, **{field: thing}).save()
    return True


def take(event: Event, thing: Story | Topic) -> bool:
    """Take an event out of something; whether it was there."""
    links, field = LINKS[type(thing)]
    row = links.objects.filter(event=event, **{field: thing}).first()
    if row is None:
        return False
    row.delete()
    return True

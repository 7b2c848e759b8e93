"""Many events to readers: in acts of at most so many, linked ones together."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, pairwise

from timeline.editing import Refused, require
from timeline.models import Event
from timeline.models.record import Revision

from .acts import publish_together
from .building import built_ahead
from .linking import clusters, together
from .upcoming import Upcoming

AT_ONCE = 500  # events in one act, at most


@dataclass(frozen=True, slots=True)
class Published:
    """One act: the events that were published, and the rows that it appended.

    `refused` are sentences by the event that they are about.
    """

    keys: list[int]
    rows: list[Revision]
    refused: dict[int, list[str]] = field(default_factory=dict)


def publish_many(
    events: Iterable[Event],
    *,
    by,
    kind: str | None = None,
    note: str = "",
    reason: str = "",
) -> Iterator[list[Revision]]:
    """Publish many events at the versions they were read with.

    In acts of at most 500, linked ones together where they fit; yields the revisions
    of each act once it is committed. Raises as `publish` does; the acts before stay.
    """
    require(by, "timeline.publish_event")
    versions = {event.pk: event.version for event in events}
    for group in together(versions, at_most=AT_ONCE):
        yield publish_together(
            [(key, versions[key]) for key in group],
            by=by,
            kind=kind,
            note=note,
            reason=reason,
        )


def publish_keys(
    versions: dict[int, int],
    *,
    by,
    note: str = "",
    reason: str = "",
    turn: Callable[[], None] = lambda: None,
) -> Iterator[Published]:
    """Publish events by their primary keys, at the versions that were looked at.

    As `publish_many` does; but what cannot be published is left and told, and holds
    up nothing that is not linked with it. `turn` is called just before each act: it
    waits while others have theirs, and writes nothing. On SQLite the documents are
    built before that.
    """
    require(by, "timeline.publish_event")

    def act(keys: list[int], then: list[int]) -> Published:
        ahead = built_ahead(keys, upcoming.of(keys))
        turn()
        rows = publish_together(
            [(key, versions[key]) for key in keys],
            by=by,
            kind=None,
            note=note,
            reason=reason,
            ahead=ahead,
            meanwhile=partial(upcoming.begin, then),
        )
        upcoming.over()
        return Published(keys, rows)

    with Upcoming() as upcoming:
        for group, then in _groups(versions):
            try:
                yield act(group, then)
            except Refused:
                for cluster in clusters(group):
                    yield from _as_far_as_it_goes(cluster, partial(act, then=[]))


def _groups(versions: dict[int, int]) -> Iterator[tuple[list[int], list[int]]]:
    """The keys of each act, in the order given, with those of the one after it."""
    place = {key: number for number, key in enumerate(versions)}
    groups = (
        sorted(group, key=place.get) for group in together(versions, at_most=AT_ONCE)
    )
    return pairwise(chain(groups, [[]]))


def _as_far_as_it_goes(
    keys: list[int], act: Callable[[list[int]], Published]
) -> Iterator[Published]:
    """Linked events in one act, or where that is refused each by itself."""
    try:
        yield act(keys)
    except Refused as refused:
        if len(keys) == 1:
            yield Published([], [], {keys[0]: refused.sentences})
            return
        for key in keys:
            yield from _as_far_as_it_goes([key], act)

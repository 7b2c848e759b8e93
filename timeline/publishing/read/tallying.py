"""What occurs in all that a query finds, and in how many events: what filters offer.

A story as it stands is counted with every act. All else is counted in the entries
themselves, because standing and voices by a day in the past, and what one and the same
statement meets, are in no table.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import orjson

from timeline.models.record import Facet

from .asking import Query
from .offering import offered
from .paging import every
from .records import Head
from .shares import Named, Sums, share, sums_of, sums_over
from .timeline import Walk

MOST_COUNTED = 500
MOST_KEPT = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """Events by value, so many as one more filter on it would find.

    `more`: there are more events than were counted, those of the newest dates. Of a
    story as it stands it is all, with the `MOST_OFFERED` most frequent actors and
    topics. `names` holds (slug, name) of each actor and topic by id. `days` are those,
    in UTC, by which something in it had been reported, as ISO dates in their order.
    """

    events: int = 0
    more: bool = False
    actors: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    standings: Counter[str] = field(default_factory=Counter)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    days: tuple[str, ...] = ()


KEPT: dict[tuple, Tally] = {}


def tally(
    query: Query, *, at: int, head: Head, entries: Sequence[Mapping] | None = None
) -> Tally:
    """What a query finds as the record stood at sequence `at`, counted.

    `entries` are all that it finds, where they have been read already. It is counted
    once as long as the record stays as it is.
    """
    query = replace(query, page_size=0, order="-date")
    key = (query, at, head.digest)
    found = KEPT.get(key)
    if found is None:
        found = _of_a_story(query, at, head)
        if found is None:
            sums, more = _sums(query, at, head, entries)
            found = _counted(sums, more=more)
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[key] = found
    return found


def _of_a_story(query: Query, at: int, head: Head) -> Tally | None:
    """A whole story as it stands, from what is counted with every act.

    None of anything else, and where an act has been counted since `head` was read.
    """
    plain = Query(stories=query.stories[:1], page_size=0, order="-date")
    if not query.stories or query != plain or at != head.sequence:
        return None
    found = offered(*query.stories, head=head)
    if found is None:
        return None
    actors, topics, kinds, standings = (
        Counter(found.counts.get(facet))
        for facet in (Facet.ACTOR, Facet.TOPIC, Facet.KIND, Facet.STANDING)
    )
    return Tally(
        events=found.events,
        actors=actors,
        topics=topics,
        kinds=kinds,
        standings=standings,
        names=found.names,
        days=found.days,
    )


def _sums(
    query: Query, at: int, head: Head, entries: Sequence[Mapping] | None
) -> tuple[Sums, bool]:
    """What the newest that a query finds add together, and whether there are more."""
    if entries is None and query.known_at is None:
        walk = Walk(query, at=at, head=head.sequence, bodies=False)
        rows = walk.rows(MOST_COUNTED + 1)
        sums = sums_of(rows[:MOST_COUNTED], query, head)
        return sums, len(rows) > MOST_COUNTED
    if entries is None:
        entries = _entries(query, at, head)
    alike: dict = {}
    shares = [share(entry, query, alike) for entry in entries[:MOST_COUNTED]]
    return sums_over(shares), len(entries) > MOST_COUNTED


def _entries(query: Query, at: int, head: Head) -> list[dict]:
    """The newest that a query finds, as they had been reported, and one more."""
    bodies = every(
        query,
        at=at,
        head=head.sequence,
        made_for=head.site,
        limit=MOST_COUNTED + 1,
    )
    return [orjson.loads(body) for body in bodies]


def _counted(sums: Sums, *, more: bool) -> Tally:
    names = {key: name for named in (sums.actors, sums.topics) for key, name in named}
    return Tally(
        events=len(sums.sequences),
        more=more,
        actors=_by_id(sums.actors),
        topics=_by_id(sums.topics),
        kinds=sums.kinds,
        standings=sums.standings,
        names=names,
        days=tuple(sorted(sums.days)),
    )


def _by_id(named: Counter[Named]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (key, _name), count in named.items():
        found[key] += count
    return found

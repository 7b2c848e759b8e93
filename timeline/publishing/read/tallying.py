"""What occurs in all that a query finds, and in how many events: what filters offer.

Counted in the entries themselves, because standing and voices by a day in the past, and
what one and the same statement meets, are in no table.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import itemgetter

import orjson

from .asking import Query
from .paging import every
from .records import Head
from .shares import Share, share, shares_of
from .timeline import Walk

MOST_COUNTED = 500
MOST_KEPT = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """Events by value, so many as one more filter on it would find.

    `more`: there are more events than were counted, those of the newest dates.
    `names` holds (slug, name) of each actor and topic by id. `days` are those, in
    UTC, by which something in it had been reported, as ISO dates in their order.
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
        shares = _shares(query, at, head, entries)
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        found = KEPT[key] = _counted(shares)
    return found


def _shares(
    query: Query, at: int, head: Head, entries: Sequence[Mapping] | None
) -> list[Share]:
    """What each of the newest that a query finds adds, and one more."""
    if entries is None and query.known_at is None:
        walk = Walk(query, at=at, head=head.sequence, bodies=False)
        return shares_of(walk.rows(MOST_COUNTED + 1), query, head)
    if entries is None:
        entries = _entries(query, at, head)
    alike: dict = {}
    return [share(entry, query, alike) for entry in entries]


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


def _counted(shares: Sequence[Share]) -> Tally:
    counted = shares[:MOST_COUNTED]
    actors = list(chain.from_iterable(one.actors for one in counted))
    topics = list(chain.from_iterable(one.topics for one in counted))
    return Tally(
        events=len(counted),
        more=len(shares) > MOST_COUNTED,
        actors=Counter(map(itemgetter(0), actors)),
        topics=Counter(map(itemgetter(0), topics)),
        kinds=Counter(chain.from_iterable(one.kinds for one in counted)),
        standings=Counter(chain.from_iterable(one.standings for one in counted)),
        names=dict(chain(actors, topics)),
        days=tuple(sorted(set(chain.from_iterable(one.days for one in counted)))),
    )

"""What occurs in all that a query finds, and in how many events: what filters offer.

Counted in the entries themselves, because standing and voices by a day in the past, and
what one and the same statement meets, are in no table.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import orjson

from .asking import Query
from .paging import every, is_one
from .records import Head
from .searching import VOICES

MOST_COUNTED = 500
MOST_KEPT = 500
DAY = len("2026-03-03")


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
        if entries is None:
            entries = _entries(query, at, head)
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        found = KEPT[key] = _counted(query, entries)
    return found


def _entries(query: Query, at: int, head: Head) -> list[dict]:
    """The newest that a query finds, and one more."""
    bodies = every(
        query,
        at=at,
        head=head.sequence,
        made_for=head.site,
        limit=MOST_COUNTED + 1,
    )
    return [orjson.loads(body) for body in bodies]


def _counted(query: Query, entries: Sequence[Mapping]) -> Tally:
    found = Tally(
        events=min(len(entries), MOST_COUNTED), more=len(entries) > MOST_COUNTED
    )
    days: set[str] = set()
    for entry in entries[:MOST_COUNTED]:
        _count(found, entry, query)
        days.update(_days(entry))
    return replace(found, days=tuple(sorted(days)))


def _count(found: Tally, entry: Mapping, query: Query) -> None:
    actors = dict(_taking_part(entry, query))
    topics = {row["id"]: (row["slug"], row["name"]) for row in entry["topics"]}
    met = [row for row in entry["statements"] if is_one(query, row)]
    found.actors.update(actors.keys())
    found.topics.update(topics.keys())
    found.kinds.update({row["kind"] for row in met})
    found.standings.update({row["standing"] for row in met})
    found.names.update(actors | topics)


def _taking_part(entry: Mapping, query: Query) -> Iterator[tuple[str, tuple]]:
    """Who would be found in an entry by a filter beside what is asked for."""
    roles = set(query.roles)
    for row in entry["actors"]:
        if not roles or row["role"] in roles:
            yield row["id"], (row["slug"], row["name"])
    if roles:
        return
    for statement in entry["statements"]:
        for row in map(statement.get, VOICES):
            if row:
                yield row["id"], (row["slug"], row["name"])


def _days(entry: Mapping) -> Iterable[str]:
    """The days on which what an entry says was reported, first or by another."""
    for statement in entry["statements"]:
        dates = [statement["first_reported"]]
        for citation in statement["citations"]:
            dates += [citation["source"]["published"], citation["origin"]["published"]]
        for date in dates:
            latest = date and date["latest"]
            if latest and latest[DAY : DAY + 1] == "T":  # of years in four digits
                yield latest[:DAY]

"""What each entry adds to what filters offer: reckoned once, and kept in this process.

An entry never changes: what is said anew has another sequence. So what it adds is kept
by its sequence, for as long as the record goes on from the row that was its last: each
row's digest covers all rows before it, and one look at that row tells.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

import orjson

from timeline.models.record import CurrentBody, PastEntry, Revision

from .asking import Query
from .facts import days_reported
from .paging import is_one
from .records import Head
from .searching import VOICES
from .timeline import Row

MOST_KEPT = 20_000  # shares, of about a kilobyte
MOST_SUMS = 200  # queries

Named = tuple[str, tuple[str, str]]  # an id with the slug and name of what has it


class Share(NamedTuple):
    """What one entry adds: each thing once, and the days on which it was reported."""

    actors: tuple[Named, ...]
    topics: tuple[Named, ...]
    kinds: tuple[str, ...]
    standings: tuple[str, ...]
    days: tuple[str, ...]


class Sums(NamedTuple):
    """What some entries add together: in how many of them each thing is."""

    sequences: frozenset[int] = frozenset()
    actors: Counter[Named] = Counter()
    topics: Counter[Named] = Counter()
    kinds: Counter[str] = Counter()
    standings: Counter[str] = Counter()
    days: Counter[str] = Counter()


class Shares(NamedTuple):
    """Those of entries up to a row of the record, by what was asked and by sequence.

    `alike` holds each value once that many shares have, `sums` what a query found last.
    """

    sequence: int
    digest: str
    found: dict[tuple, dict[int, Share]]
    alike: dict
    sums: dict[Query, Sums]

    @property
    def are_too_many(self) -> bool:
        kept = sum(1 + len(one) for one in list(self.found.values()))
        return kept > MOST_KEPT

    @property
    def are_of_the_record(self) -> bool:
        row = Revision.objects.filter(pk=self.sequence, digest=self.digest)
        return row.exists()


_kept: list[Shares] = []  # one, or none


def forget() -> None:
    """Let go of all that is kept."""
    _kept.clear()


def sums_of(rows: Sequence[Row], query: Query, head: Head) -> Sums:
    """What entries that a query found add; what is not kept is read.

    From one act to the next few of them are others: only those are counted anew.
    """
    kept = _kept_up_to(head)
    found = kept.found.setdefault(_asked(query), {})
    for sequence, body in _bodies(row for row in rows if row.sequence not in found):
        found[sequence] = share(orjson.loads(body), query, kept.alike)
    wanted = frozenset(row.sequence for row in rows) & found.keys()
    held = kept.sums.get(query, Sums())
    if len(held.sequences ^ wanted) > len(wanted):
        held = Sums()
    parts = [Counter(part) for part in held[1:]]
    for sequences, count in (
        (held.sequences - wanted, Counter.subtract),
        (wanted - held.sequences, Counter.update),
    ):
        for part, values in zip(parts, _values(sequences, found), strict=True):
            count(part, values)
    if len(kept.sums) >= MOST_SUMS:
        kept.sums.clear()
    sums = kept.sums[query] = Sums(wanted, *(+part for part in parts))
    return sums


def sums_over(shares: Sequence[Share]) -> Sums:
    """What these shares add together."""
    found = dict(enumerate(shares))
    return Sums(frozenset(found), *map(Counter, _values(found, found)))


def _values(sequences: Iterable[int], found: Mapping[int, Share]) -> Iterator[Iterable]:
    """Everything that some entries add, by kind of thing."""
    shares = [found[sequence] for sequence in sequences]
    for place in range(len(Share._fields)):
        yield chain.from_iterable(map(itemgetter(place), shares))


def _kept_up_to(head: Head) -> Shares:
    """What is kept; nothing if the record is another one, or if it is too much."""
    kept = next(iter(_kept), None)
    if kept and kept.are_too_many:
        kept = None
    if kept and (kept.sequence, kept.digest) == (head.sequence, head.digest):
        return kept
    if kept is None or not kept.are_of_the_record:
        kept = Shares(head.sequence, head.digest, {}, {}, {})
    elif kept.sequence < head.sequence:
        kept = kept._replace(sequence=head.sequence, digest=head.digest)
    _kept[:] = [kept]
    return kept


def share(entry: Mapping, query: Query, alike: dict) -> Share:
    """What an entry, as it is sent, adds where this is asked for."""
    met = entry["statements"]
    if any(_of_a_statement(query)):
        met = [row for row in met if is_one(query, row)]
    topics = {row["id"]: (row["slug"], row["name"]) for row in entry["topics"]}
    parts = (
        dict(_taking_part(entry, query)).items(),
        topics.items(),
        {row["kind"] for row in met},
        {row["standing"] for row in met},
        sorted(days_reported(entry)),
    )
    same = alike.setdefault
    return Share(*(tuple(same(one, one) for one in part) for part in parts))


def _asked(query: Query) -> tuple:
    """That of a query which what an entry adds depends on."""
    return (*_of_a_statement(query), query.roles)


def _of_a_statement(query: Query) -> tuple:
    """What one and the same statement is to meet."""
    return (
        *(query.speakers, query.sources, query.publishers),
        *(query.statement_kinds, query.standings),
    )


def _bodies(rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """Entries as they are stored, with their sequence: those of today, or of before."""
    left = {row.sequence: row.sort_key for row in rows}
    if not left:
        return
    today = CurrentBody.objects.filter(sort_key__in=left.values())
    for sequence, body in today.values_list("sequence", "body"):
        if left.pop(sequence, None) is not None:
            yield sequence, body
    if left:
        before = PastEntry.objects.filter(sequence__in=left)
        yield from before.values_list("sequence", "body")


def _taking_part(entry: Mapping, query: Query) -> Iterator[Named]:
    """Who would be found in an entry by a filter beside what is asked for."""
    roles = set(query.roles)
    for row in entry["actors"]:
        if not roles or row["role"] in roles:
            yield row["id"], (row["slug"], row["name"])
    if roles:
        return
    for statement in entry["statements"]:
        for part in VOICES:
            if row := statement[part]:
                yield row["id"], (row["slug"], row["name"])

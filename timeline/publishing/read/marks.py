"""What an entry is at a glance: two numbers, beside each of its facts.

A filter has a bit, or one in each. An entry that it meets has them, so one without them
need not be looked up in the filter's own list: of two long lists with little in common,
one is read and hardly anything looked up in the other. The values of short lists have a
bit each in the first number; names have one among those that are left there, and one in
the second. Names share bits, which say no more than that the entry may be met (a Bloom
filter: B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, 1970).
"""

from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple
from zlib import crc32

from timeline.models.record import Facet

# Whoever changes these raises FORM: the marks are in the tables.
VALUES = {
    Facet.IMPORTANCE: ("major", "normal", "minor"),
    Facet.ROLE: ("agent", "counterpart", "affected", "host", "mentioned"),
    Facet.STANDING: ("stands", "clarified", "disputed", "corrected", "retracted"),
    Facet.KIND: (
        *("announcement", "claim", "report", "denial", "confirmation"),
        *("clarification", "commitment", "directive", "opinion"),
        *("no_response", "declined_to_comment"),
    ),
    Facet.ORIGINS: ("2", "3", "4", "5", "6", "7"),
}
NAMES = frozenset(
    (
        *(Facet.STORY, Facet.TOPIC, Facet.ACTOR, Facet.SPEAKER, Facet.SOURCE),
        *(Facet.PUBLISHER, Facet.PARTICIPATION),
    )
)
MARKED = frozenset(map(int, (*VALUES, *NAMES)))
OWN = {
    (facet, value): 1 << place
    for place, (facet, value) in enumerate(
        (facet, value) for facet, values in VALUES.items() for value in values
    )
}
SHARED_FROM = len(OWN)
BITS = 63
SHARED = BITS - SHARED_FROM


class Marks(NamedTuple):
    """Bits of both numbers; 0 where nothing is known."""

    marks: int
    names: int


NO_MARKS = Marks(0, 0)


@lru_cache(maxsize=65_536)
def mark_of(facet: int, thing: str) -> Marks:
    """The bits of a fact; none of one that has none."""
    if facet not in NAMES:
        return Marks(OWN.get((facet, thing), 0), 0)
    name = thing[1:] if facet == Facet.PARTICIPATION else thing.removeprefix("~")
    number = crc32(name.encode())
    return Marks(1 << (SHARED_FROM + number % SHARED), 1 << (number // SHARED % BITS))


def marks_of(facts: Iterable[tuple[int, str, int]]) -> Marks:
    """The bits of all facts, as (facet, thing, statement), of one entry."""
    of_values = of_names = 0
    for facet, thing in {fact[:2] for fact in facts if fact[0] in MARKED}:
        value, name = mark_of(facet, thing)
        of_values |= value
        of_names |= name
    return Marks(of_values, of_names)


def marks_for(facet: int, things: Iterable[str]) -> Marks:
    """The bits of which entries that have one of these facts have one in each number.

    A number that says nothing of one of them is 0.
    """
    found = [mark_of(facet, thing) for thing in things]
    whole = _together(found)
    return Marks(
        whole.marks if all(one.marks for one in found) else 0,
        whole.names if all(one.names for one in found) else 0,
    )


def _together(found: Iterable[Marks]) -> Marks:
    of_values, of_names = zip(NO_MARKS, *found, strict=True)
    return Marks(reduce(or_, of_values), reduce(or_, of_names))


def tells(facet: int, things: Iterable[str]) -> bool:
    """Whether an entry that has one of the bits has one of these facts for certain."""
    return all((facet, thing) in OWN for thing in things)

"""What an entry is at a glance: one number, beside each of its facts.

A filter has a bit. An entry that it meets has that bit, so one without it need not be
looked up in the filter's own list: of two long lists with little in common, one is read
and hardly anything looked up in the other. The values of short lists have a bit each;
all names share the rest, and there a bit says no more than that the entry may be met
(a Bloom filter with one hash: B. H. Bloom, Space/time trade-offs in hash coding with
allowable errors, 1970).
"""

from collections.abc import Iterable
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
OWN = {
    (facet, value): 1 << place
    for place, (facet, value) in enumerate(
        (facet, value) for facet, values in VALUES.items() for value in values
    )
}
SHARED_FROM = len(OWN)
SHARED = 63 - SHARED_FROM


def mark_of(facet: int, thing: str) -> int:
    """The bit of a fact; 0 of one that has none."""
    if facet in NAMES:
        name = thing[1:] if facet == Facet.PARTICIPATION else thing.removeprefix("~")
        return 1 << (SHARED_FROM + crc32(name.encode()) % SHARED)
    return OWN.get((facet, thing), 0)


def marks_of(facts: Iterable[tuple[int, str, int]]) -> int:
    """The bits of all facts, as (facet, thing, statement), of one entry."""
    found = 0
    for facet, thing, _ in facts:
        found |= mark_of(facet, thing)
    return found


def marks_for(facet: int, things: Iterable[str]) -> int:
    """The bits of which entries that have one of these facts have one; 0: unknown."""
    found = [mark_of(facet, thing) for thing in things]
    whole = 0
    for mark in found:
        whole |= mark
    return whole if all(found) else 0


def tells(facet: int, things: Iterable[str]) -> bool:
    """Whether an entry that has one of the bits has one of these facts for certain."""
    return all((facet, thing) in OWN for thing in things)

"""Invented things, words and dates, in which few are named often, by Zipf's law.

Everything follows from numbers: the same event and revision are always made alike, so
that nothing has to be kept between one pass over millions of them and the next.
"""

import struct
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import shake_128

from benchmarks.synthetic import WORDS as PLAIN
from timeline.dates import as_json, parse
from timeline.publishing.read.canonical import canonical
from timeline.publishing.read.rendering import dump
from timeline.publishing.read.spans import variant_of

ACTORS, OUTLETS, SOURCES, STORIES, TOPICS = 20_000, 500, 50_000, 2_000, 300
VOCABULARY = 120_000
UNDATED_EACH = 12  # one source in so many has no date
BEGUN = date(2022, 7, 1)  # the first day of the sources, and of the record
DAYS = 1461
LONGEST_LAG = 13_000  # days between what happened and the report of it
UNIT = 2.0**-32
SYLLABLES = [first + last for first in "bcdfghjklmnprstvwxyz" for last in "aeiou"]


def word(rank: int) -> str:
    """The word of a rank: plain ones first, then three syllables."""
    if rank < len(PLAIN):
        return PLAIN[rank]
    number = (rank * 617 + 3) % 1_000_000
    parts = (number // 10_000, number // 100 % 100, number % 100)
    return "".join(SYLLABLES[part] for part in parts)


WORDS = [word(rank) for rank in range(VOCABULARY)]


def draws(*key: int) -> tuple[int, ...]:
    """Sixty-four numbers below 2**32 that follow from a key."""
    return struct.unpack("<64I", shake_128(repr(key).encode()).digest(256))


def ranked(size: int, drawn: int) -> int:
    """A rank below `size`: the k-th about 1/k as often as the first."""
    return int(size ** (drawn * UNIT))


def words(drawn: tuple[int, ...]) -> str:
    return " ".join([WORDS[int(VOCABULARY ** (x * UNIT)) - 1] for x in drawn])


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in the two ways that it is written, and what is derived from it."""

    canonical: str
    sent: str
    earliest: int | None
    latest: int | None
    sort_key: int
    variant: int


@lru_cache(maxsize=400_000)
def dated(edtf: str) -> Dated:
    """The date of this text."""
    value = parse(edtf)
    shape = as_json(value)
    return Dated(
        canonical=canonical(shape),
        sent=dump(shape),
        earliest=value.earliest,
        latest=value.latest,
        sort_key=value.sort_key,
        variant=int(variant_of(value)),
    )


@lru_cache(maxsize=400_000)
def edtf(form: int, ordinal: int) -> str:
    """A date about a day, in a form below 1,000: mostly the day itself."""
    day = date.fromordinal(ordinal)
    text = day.isoformat()
    if form < 880:
        return text
    if form < 910:
        return text[:7]
    if form < 930:
        return text[:4]
    if form < 937:
        return f"{text[:3]}X"
    if form < 955:
        return f"[..{text}]"
    if form < 962:
        return ".."
    if form < 985:
        return f"{text}/{day + timedelta((2, 20, 100, 900)[form % 4])}"
    return f"{text[:4]}/" if form < 990 else f"{text[:7]}~"


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """What a source's number says of it; `dated` None where it has no date."""

    number: int
    title: str
    outlet: int
    day: int
    dated: Dated | None
    kind: str
    production: str


@lru_cache(maxsize=SOURCES)
def source(number: int) -> Source:
    """The source of a number from 1."""
    drawn = draws(7, number)
    day = BEGUN.toordinal() + drawn[0] % DAYS
    plain = number % UNDATED_EACH == 0
    return Source(
        number=number,
        title=f"Report {number} on the {words(drawn[2:6])}",
        outlet=ranked(OUTLETS, drawn[1]),
        day=day,
        dated=None if plain else dated(date.fromordinal(day).isoformat()),
        kind=("article", "article", "wire", "document", "post")[drawn[6] % 5],
        production=("human", "human", "human", "ai_assisted", "unknown")[drawn[7] % 5],
    )


def pick_source(drawn: int, *, undated: bool) -> Source:
    """A source by rank, of those with or without a date."""
    rank = ranked(SOURCES, drawn)
    if undated:
        return source(max(rank // UNDATED_EACH, 1) * UNDATED_EACH)
    return source(rank + 1 if rank % UNDATED_EACH == 0 else rank)


def happened(form: int, lag: int, reported: int) -> Dated:
    """When something happened that was reported on a day; three in a hundred later."""
    days = int(LONGEST_LAG ** (lag * UNIT)) - 1
    planned = form % 100 < 3
    day = reported + days % 700 + 1 if planned else reported - days
    return dated(edtf(form // 100 % 1000, day))

"""A timeline in groups under headings: days where much happens, else months or years.

Entries stay in their order. One with a date that is coarser than the groups around it
stands under a heading of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from timeline.dates import parse

DAY = re.compile(r"(-?\d{4})-(\d\d)-(\d\d)")
DAYS = ("second", "minute", "day")
BUSY_MONTH, BUSY_YEAR = 3, 4  # events from which on it is divided
A_DAY = 1.5  # events, on average, for days to have headings


class Place(NamedTuple):
    """The day, month or year that a date belongs under, as far as it is known."""

    year: str | None = None
    month: str | None = None
    day: str | None = None


class Group(NamedTuple):
    """Entries under one heading; `heading` is empty where no date is known."""

    heading: str
    items: list[Any]


def grouped(items: Iterable[Any], dates: Iterable[Mapping]) -> list[Group]:
    """The items in groups by their dates, which are as the record has them."""
    places = [
        place(date["earliest"], date["latest"], date["precision"]) for date in dates
    ]
    months = Counter((one.year, one.month) for one in places if one.day)
    days = Counter((one.year, one.month) for one in set(places) if one.day)
    years = Counter(one.year for one in places if one.month)

    def heading(one: Place) -> str:
        if not one.month or years[one.year] < BUSY_YEAR:
            return one.year or ""
        month = one.year, one.month
        busy = months[month] >= BUSY_MONTH
        if one.day and busy and months[month] >= A_DAY * days[month]:
            return "-".join(one)
        return "-".join(month)

    rows = groupby(
        zip(map(heading, places), items, strict=True), key=lambda row: row[0]
    )
    return [
        Group(parse(text).display if text else "", [item for _, item in found])
        for text, found in rows
    ]


@lru_cache(maxsize=2048)
def place(first: str | None, last: str | None, precision: str) -> Place:
    """Where a date belongs: by its beginning, or, where that is open, by its end."""
    known = DAY.match(first or last or "")
    if not known:
        return Place()
    year, month, day = known.groups()
    other = DAY.match(last or first)
    if other[1] != year or (not (first and last) and precision == "year"):
        return Place(year)
    if precision in DAYS and other.groups() == known.groups():
        return Place(year, month, day)
    return Place(year, month) if other[2] == month else Place(year)

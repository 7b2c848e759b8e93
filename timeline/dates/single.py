"""One calendar date, to the year, the month, a part of the year or the day.

Follows the Library of Congress text of EDTF (February 2019), levels 0 to 2. Digits may
be unspecified anywhere ("X"), and parts may be qualified ("?", "~", "%"). Bounds are
those of the stated value, also where it is approximate: how far off it may be is not
said, so nothing is added.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from timeline.dates.calendar import (
    DAY,
    LONGEST,
    days_from_civil,
    days_in_month,
    first_of_month,
)
from timeline.dates.complaints import about
from timeline.dates.errors import BadDate

_DATE = re.compile(
    r"([?~%]?)(-?[0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
_KNOWN_DIGITS = ("unknown", "millennium", "century", "decade")
_DIGITS, _DIGITS_DOWN = "0123456789", "9876543210"

# Code: first month, number of months, precision. Seasons are the meteorological ones;
# one that crosses the new year belongs to the year it begins in, so that 21 to 24
# follow one another. 21 to 24 name no hemisphere; the northern one is taken.
SUB_YEARS = {
    21: (3, 3, "season"),
    22: (6, 3, "season"),
    23: (9, 3, "season"),
    24: (12, 3, "season"),
    25: (3, 3, "season"),
    26: (6, 3, "season"),
    27: (9, 3, "season"),
    28: (12, 3, "season"),
    29: (9, 3, "season"),
    30: (12, 3, "season"),
    31: (3, 3, "season"),
    32: (6, 3, "season"),
    33: (1, 3, "quarter"),
    34: (4, 3, "quarter"),
    35: (7, 3, "quarter"),
    36: (10, 3, "quarter"),
    37: (1, 4, "quadrimester"),
    38: (5, 4, "quadrimester"),
    39: (9, 4, "quadrimester"),
    40: (1, 6, "half"),
    41: (7, 6, "half"),
}


class Stated(NamedTuple):
    """A date as it stands, with "" for what it leaves out."""

    year: str
    month: str
    day: str
    uncertain: tuple[str, ...]
    approximate: tuple[str, ...]
    earliest: int | None
    latest: int | None
    precision: str


def read_single(text: str) -> Stated:
    match = _DATE.fullmatch(text)
    if match is None:
        raise BadDate(about(text))
    before_year, year, after_year, *rest = match.groups("")
    before_month, month, after_month, before_day, day, after_day = rest
    if year == "-0000":
        raise BadDate("There is no year -0000; write 0000 for 1 BC.")
    bounds = _unspecified_bounds if "X" in text else _plain_bounds
    earliest, latest, precision = bounds(text, year, month, day)
    uncertain = approximate = ()
    marks = (before_year + after_year + after_month + after_day,)
    if marks[0] or before_month or before_day:
        marks += (before_month + after_month + after_day, before_day + after_day)
        uncertain = _parts(marks, "?%", month, day)
        approximate = _parts(marks, "~%", month, day)
    return Stated(year, month, day, uncertain, approximate, earliest, latest, precision)


def _parts(
    marks: tuple[str, ...], wanted: str, month: str, day: str
) -> tuple[str, ...]:
    """The parts under a mark: on the right it covers all before it, on the left one."""
    named = ("year", month and "month", day and "day")
    return tuple(
        name
        for name, found in zip(named, marks, strict=True)
        if name and any(mark in found for mark in wanted)
    )


def _plain_bounds(text: str, year: str, month: str, day: str) -> tuple[int, int, str]:
    number = int(year)
    if not month:
        return *_seconds(first_of_month(number, 1), first_of_month(number, 13)), "year"
    code = int(month)
    if day:
        first = days_from_civil(number, *_checked_day(text, number, code, int(day)))
        return first * DAY, first * DAY + DAY - 1, "day"
    first_month, length, precision = _months(text, code)
    first = first_of_month(number, first_month)
    after = first_of_month(number, first_month + length)
    return *_seconds(first, after), precision


def _checked_day(text: str, year: int, month: int, day: int) -> tuple[int, int]:
    if not 1 <= month <= 12:
        raise BadDate(f"{text} has no month {month:02d}; months run from 01 to 12.")
    if not 1 <= day <= days_in_month(year, month):
        raise BadDate(f"{text} is not in the calendar; check the day and the month.")
    return month, day


def _months(text: str, code: int) -> tuple[int, int, str]:
    if 1 <= code <= 12:
        return code, 1, "month"
    if code in SUB_YEARS:
        return SUB_YEARS[code]
    raise BadDate(
        f"{text} has no month {code:02d}; months run from 01 to 12, "
        "and seasons and other parts of a year from 21 to 41."
    )


def _seconds(first: int, after: int) -> tuple[int, int]:
    return first * DAY, after * DAY - 1


def _unspecified_bounds(
    text: str, year: str, month: str, day: str
) -> tuple[int | None, int | None, str]:
    """The first and the last possible day; a year of four X has no bound at all."""
    if "X" in year:
        precision = _KNOWN_DIGITS[year.lstrip("-").index("X")]
    else:
        precision = "year" if "X" in month else "month"
    months = _matching(month or "XX", 12)
    if not day and not months and "X" not in month:
        months = (int(month),)
    days = _matching(day or "XX", 31)
    _check_some_day_exists(text, year, months, days)
    if year.endswith("XXXX"):
        return None, None, precision
    if day:
        first = _edge(_years(year), months, days)
        last = _edge(_years(year, down=True), months[::-1], days[::-1])
        return first * DAY, last * DAY + DAY - 1, precision
    first_month = _months(text, months[0])[0]
    last_month, length, _ = _months(text, months[-1])
    first = first_of_month(next(_years(year)), first_month)
    after = first_of_month(next(_years(year, down=True)), last_month + length)
    return *_seconds(first, after), precision


@cache
def _matching(pattern: str, highest: int) -> tuple[int, ...]:
    """The numbers from 1 that two digits allow; there are 242 such questions."""
    pools = (_DIGITS if digit == "X" else digit for digit in pattern)
    numbers = (int(tens + units) for tens, units in product(*pools))
    return tuple(number for number in numbers if 1 <= number <= highest)


def _check_some_day_exists(
    text: str, year: str, months: tuple[int, ...], days: tuple[int, ...]
) -> None:
    impossible = not months or not days
    if not impossible and months[-1] <= 12:
        impossible = days[0] > max(LONGEST[month - 1] for month in months)
    only_leap_day = months == (2,) and days and days[0] == 29
    if impossible or (only_leap_day and year[-1] in "13579"):
        raise BadDate(f"No day in the calendar fits {text}; check its digits.")


def _years(pattern: str, *, down: bool = False) -> Iterator[int]:
    """The years a pattern allows, in order; lazily, for there may be thousands."""
    negative = pattern.startswith("-")
    digits = _DIGITS_DOWN if down != negative else _DIGITS
    pools = (digits if digit == "X" else digit for digit in pattern.lstrip("-"))
    for chosen in product(*pools):
        number = int("".join(chosen))
        if number or not negative:
            yield -number if negative else number


def _edge(years: Iterator[int], months: tuple[int, ...], days: tuple[int, ...]) -> int:
    for year in years:
        for month in months:
            length = days_in_month(year, month)
            for day in days:
                if day <= length:
                    return days_from_civil(year, month, day)
    raise BadDate("29 February is in none of these years; check the digits.")

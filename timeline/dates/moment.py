"""One time of day on one date, with its zone where one is given.

A time without a zone is read as UTC, as a date without one is read as the UTC day; its
words say that no zone was given.
"""

import re
from typing import NamedTuple

from timeline.dates.calendar import DAY, days_from_civil, days_in_month
from timeline.dates.complaints import about
from timeline.dates.errors import BadDate

_MOMENT = re.compile(
    r"(-?[0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"T(([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)"
    r"(Z|[+-][0-9]{2}(?::[0-9]{2})?)?"
)


class Moment(NamedTuple):
    """A minute or a second: its day and clock as written, its bounds in UTC."""

    day: str
    clock: str
    zone: str
    earliest: int
    latest: int
    precision: str
    uncertain: tuple[str, ...] = ()
    approximate: tuple[str, ...] = ()


def read_moment(text: str) -> Moment:
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise BadDate(about(text))
    year, month, day, clock, hour, minute, second, zone = match.groups("")
    days = _checked_days(text, year, int(month), int(day))
    if hour > "23" or minute > "59" or second > "59":
        raise BadDate(
            f"{text} has no such time; times run from 00:00:00 to 23:59:59, "
            "without leap seconds."
        )
    start = days * DAY + int(hour) * 3600 + int(minute) * 60 + int(second or 0)
    start -= _offset(zone)
    if second:
        return Moment(text.partition("T")[0], clock, zone, start, start, "second")
    return Moment(text.partition("T")[0], clock, zone, start, start + 59, "minute")


def _checked_days(text: str, year: str, month: int, day: int) -> int:
    number = int(year)
    exists = 1 <= month <= 12 and 1 <= day <= days_in_month(number, month)
    if not exists or year == "-0000":
        raise BadDate(f"{text} is not in the calendar; check the day and the month.")
    return days_from_civil(number, month, day)


def _offset(zone: str) -> int:
    """Seconds east of UTC."""
    if zone in ("", "Z"):
        return 0
    hours, _, minutes = zone[1:].partition(":")
    if hours > "18" or minutes > "59":
        raise BadDate(f"No zone is {zone} from UTC; check the offset.")
    size = int(hours) * 3600 + int(minutes or 0) * 60
    return -size if zone[0] == "-" else size

"""Newsroom phrases that name a month, or a day of one."""

from timeline.dates.calendar import (
    DAY,
    civil_from_days,
    days_from_civil,
    first_of_month,
    weekday,
    year_text,
)
from timeline.dates.counting import Anchor, month_text, span
from timeline.dates.errors import UnknownPhrase
from timeline.dates.names import WEEKDAYS, day_name
from timeline.dates.parsing import parse
from timeline.dates.phrases_of_days import number
from timeline.dates.rule import Found, Match, rule
from timeline.dates.vocabulary import MONTH_NUMBERS, SHIFTS, WEEKDAY_NUMBERS

_HALF_A_YEAR = 183  # days
_PARTS_OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


@rule("month", "A month is the whole calendar month.", "<shift> month")
def month(match: Match, anchor: Anchor) -> Found:
    return month_text(anchor.month() + SHIFTS[match["shift"]]), "month"


@rule(
    "months-ago",
    "So many months ago is the whole calendar month, counted back.",
    "<count> months? ago",
)
def months_ago(match: Match, anchor: Anchor) -> Found:
    return month_text(anchor.month() - number(match["count"])), "month"


@rule(
    "earlier-this-month",
    "Earlier this month is from the first up to the anchor's day.",
    "earlier (?:in )?this month",
)
def earlier_this_month(match: Match, anchor: Anchor) -> Found:
    first = first_of_month(*year_and_month(anchor.month()))
    return span(first, anchor.day()), "part-of-month"


@rule(
    "later-this-month",
    "Later this month is from the anchor's day up to the last of the month.",
    "later (?:in )?this month",
)
def later_this_month(match: Match, anchor: Anchor) -> Found:
    after = first_of_month(*year_and_month(anchor.month() + 1))
    return span(anchor.day(), after - 1), "part-of-month"


@rule(
    "part-of-month",
    "Early in a month is the 1st to the 10th, the middle the 11th to the 20th, and "
    "late the 21st to the end; a month without a year is the latest one, as for a "
    "named month.",
    "<part> <shift> month",
    "<part> <month>(?: (?:of )?<year>)?",
)
def part_of_month(match: Match, anchor: Anchor) -> Found:
    first, last = _PARTS_OF_MONTH[match["part"]]
    named = match.groupdict().get("month")
    if named is None:
        year, month = year_and_month(anchor.month() + SHIFTS[match["shift"]])
    else:
        month = MONTH_NUMBERS[named]
        year = year_named(match, anchor)
        if year is None:
            year = _latest_year(anchor, month, first)
    begin = days_from_civil(year, month, first)
    end = min(begin + last - first, first_of_month(year, month + 1) - 1)
    return span(begin, end), "part-of-month"


@rule(
    "named-month",
    "A named month without a year is the latest one that has begun by the anchor's "
    "day, if that was within half a year.",
    "<month>(?: (?:of )?<year>)?",
)
def named_month(match: Match, anchor: Anchor) -> Found:
    month = MONTH_NUMBERS[match["month"]]
    year = year_named(match, anchor)
    if year is None:
        year = _latest_year(anchor, month, 1)
    return f"{year_text(year)}-{month:02d}", "month"


@rule(
    "day-and-month",
    "A day and month without a year is the latest one that is not after the anchor's "
    "day, if that was within half a year.",
    "(?:<weekday> )?(?:the )?<day> (?:of )?<month>(?: (?:of )?<year>)?",
    "(?:<weekday> )?<month> (?:the )?<day>(?: (?:of )?<year>)?",
)
def day_and_month(match: Match, anchor: Anchor) -> Found:
    month, day = MONTH_NUMBERS[match["month"]], int(match["day"])
    year = year_named(match, anchor)
    if year is None:
        year = _latest_year(anchor, month, day)
    text = f"{year_text(year)}-{month:02d}-{day:02d}"
    _check_weekday(match["weekday"], parse(text).earliest // DAY)
    return text, "day"


def year_and_month(months: int) -> tuple[int, int]:
    """The year and the month, 1 to 12, that begin so many months after year 0 does."""
    return months // 12, months % 12 + 1


def year_named(match: Match, anchor: Anchor) -> int | None:
    """The year in the words, in figures or counted from the anchor's; else None."""
    if match["year"] is None:
        return None
    if match["shift"]:
        return anchor.year() + SHIFTS[match["shift"]]
    return int(match["year"])


def _latest_year(anchor: Anchor, month: int, day: int) -> int:
    """The year of the latest such day not after the anchor; refused if long ago."""
    here = anchor.day()
    year = civil_from_days(here)[0]
    if days_from_civil(year, month, day) > here:
        year -= 1
    if here - days_from_civil(year, month, day) > _HALF_A_YEAR:
        raise UnknownPhrase(
            f"The words leave the year open: {anchor.date} is more than half a year "
            "after the latest such date; enter the date with its year."
        )
    return year


def _check_weekday(named: str | None, days: int) -> None:
    found = weekday(days)
    if named and WEEKDAY_NUMBERS[named] != found:
        raise UnknownPhrase(
            f"{day_name(*civil_from_days(days))} is a {WEEKDAYS[found]}, not a "
            f"{WEEKDAYS[WEEKDAY_NUMBERS[named]]}; check the words."
        )


RULES_OF_MONTHS = (
    month,
    months_ago,
    earlier_this_month,
    later_this_month,
    part_of_month,
    named_month,
    day_and_month,
)

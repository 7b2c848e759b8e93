"""Newsroom phrases ("late last week") resolved against the date of their source."""

import re
from dataclasses import dataclass

from timeline.dates.calendar import DAY, civil_from_days, day_text, year_text
from timeline.dates.counting import Anchor, month_text
from timeline.dates.errors import UnknownPhrase
from timeline.dates.parsing import MAX_LENGTH, parse
from timeline.dates.phrases_of_days import RULES_OF_DAYS
from timeline.dates.phrases_of_months import RULES_OF_MONTHS
from timeline.dates.phrases_of_years import RULES_OF_YEARS
from timeline.dates.rule import Found
from timeline.dates.value import UncertainDate
from timeline.dates.vocabulary import plain_words

_TABLE = RULES_OF_DAYS + RULES_OF_MONTHS + RULES_OF_YEARS
_LIMIT = re.compile(r"(before|by|after) (?:the )?(.+)")
_LIMITED = ("day-and-month", "named-month", "year")

RULES = {rule.slug: rule.sentence for rule in _TABLE} | {
    "limit": "Before, by and after are counted from the day, month or year named, "
    "and the other side stays open.",
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """The date some words come to, the slug of the rule, and the span they settle."""

    date: UncertainDate
    rule: str
    precision: str


def resolve(phrase: str, anchor: UncertainDate) -> Resolution:
    """The date of a phrase said on the anchor's day.

    Raises `UnknownPhrase` for words that are not in the table and for an anchor that
    does not settle the day, month or year they are counted from, and `BadDate` for a
    day that is not in the calendar.
    """
    if len(phrase) > MAX_LENGTH:
        raise UnknownPhrase(
            f"A phrase has at most {MAX_LENGTH} characters; shorten it."
        )
    words = plain_words(phrase)
    counted_from = Anchor.of(anchor)
    slug, (edtf, precision) = _limit(words, counted_from) or _look_up(
        words, counted_from
    )
    return Resolution(parse(edtf), slug, precision)


def _look_up(words: str, anchor: Anchor) -> tuple[str, Found]:
    for rule in _TABLE:
        found = rule.read(words, anchor)
        if found is not None:
            return rule.slug, found
    raise UnknownPhrase(
        f"The words {words!a} are not in the table of phrases; enter the date itself."
    )


def _limit(words: str, anchor: Anchor) -> tuple[str, Found] | None:
    match = _LIMIT.fullmatch(words)
    if match is None:
        return None
    slug, (edtf, unit) = _look_up(match[2], anchor)
    if slug not in _LIMITED:
        raise UnknownPhrase(
            f"What {match[1]!r} is counted from must be a day, month or year by name; "
            "enter the date itself."
        )
    if match[1] == "by":
        return "limit", (f"[..{edtf}]", "open")
    if match[1] == "before":
        return "limit", (f"[..{_beside(edtf, unit, -1)}]", "open")
    return "limit", (f"[{_beside(edtf, unit, 1)}..]", "open")


def _beside(edtf: str, unit: str, step: int) -> str:
    """The day, month or year before or after."""
    day = parse(edtf).earliest // DAY
    year, month, _ = civil_from_days(day)
    if unit == "day":
        return day_text(day + step)
    if unit == "month":
        return month_text(year * 12 + month - 1 + step)
    return year_text(year + step)

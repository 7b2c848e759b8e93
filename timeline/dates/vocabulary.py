"""The words that newsroom phrases are made of, as patterns and as numbers."""

import re

from timeline.dates.names import MONTHS, WEEKDAYS

_SHORT_WEEKDAYS = {"tues": 1, "thur": 3, "thurs": 3}
WEEKDAY_NUMBERS = {name.lower(): place for place, name in enumerate(WEEKDAYS)}
WEEKDAY_NUMBERS |= {name[:3]: place for name, place in WEEKDAY_NUMBERS.items()}
WEEKDAY_NUMBERS |= _SHORT_WEEKDAYS

MONTH_NUMBERS = {name.lower(): place for place, name in enumerate(MONTHS, start=1)}
MONTH_NUMBERS |= {name[:3]: place for name, place in MONTH_NUMBERS.items()}
MONTH_NUMBERS |= {"sept": 9}

SEASON_CODES = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
SHIFTS = {"last": -1, "this": 0, "next": 1}
_NUMBERS = ("one", "two", "three", "four", "five", "six")
_NUMBERS += ("seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS = {"a": 1, "an": 1} | {
    word: number for number, word in enumerate(_NUMBERS, start=1)
}
PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3}

_ABBREVIATED = re.compile(r"(?<=[a-z])\.")
_SEPARATORS = re.compile(r",|(?<=\bmid)-|(?<=\bearly)-|(?<=\blate)-")
_PREPOSITION = re.compile(r"^(?:on|in|during) ")


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


# What stands in a pattern for {weekday} and so on; each is a named group.
SLOTS = {
    "weekday": rf"(?P<weekday>{_any_of(WEEKDAY_NUMBERS)})",
    "month": rf"(?P<month>{_any_of(MONTH_NUMBERS)})",
    "day": r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?",
    "year": r"(?P<year>[0-9]{4}|(?P<shift>last|this|next) year)",
    "shift": r"(?P<shift>last|this|next)",
    "season": r"(?P<season>spring|summer|autumn|fall)",
    "count": rf"(?P<count>[0-9]{{1,3}}|{_any_of(COUNTS)})",
    "part": r"(?P<part>early|mid|late)(?: in)?",
    "time": r"(?:morning|afternoon|evening|night)",
}


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"(?<!P)<(\w+)>", lambda slot: SLOTS[slot[1]], text))


def plain_words(phrase: str) -> str:
    """Lower case, one space between words, without commas or a leading preposition."""
    words = _ABBREVIATED.sub("", phrase.lower().replace("\N{EN DASH}", "-"))
    words = " ".join(_SEPARATORS.sub(" ", words).split())
    return _PREPOSITION.sub("", words)

"""The words for one date or one time, without what an interval or a set adds."""

from timeline.dates.calendar import DAY, civil_from_days
from timeline.dates.moment import Moment
from timeline.dates.names import (
    MONTHS,
    ORDINALS,
    SEASONS,
    day_name,
    month_name,
    ordinal,
    year_name,
)
from timeline.dates.single import Stated

_NO_YEAR = "year not known"


def name(point: Stated | Moment) -> str:
    """The point as it stands alone: "perhaps 3 March 2026", "spring 2024"."""
    if isinstance(point, Moment):
        return _name_of_moment(point)
    return _qualified(point, _name_of_stated(point))


def name_in_sentence(point: Stated | Moment) -> str:
    """The same after a preposition: "the first half of 2025"."""
    words = name(point)
    if words.startswith((*ORDINALS, "last ")):
        return f"the {words}"
    return _as_a_year(words)


def _name_of_moment(moment: Moment) -> str:
    year, month, day = moment.day.rsplit("-", 2)
    date = day_name(int(year), int(month), int(day))
    if not moment.zone:
        return f"{moment.clock} on {date} (no zone given)"
    return f"{moment.clock} UTC{moment.zone.removeprefix('Z')} on {date}"


def _qualified(date: Stated, words: str) -> str:
    """In front where a mark covers the whole date, in brackets where it does not."""
    parts = 1 + bool(date.month) + bool(date.day)
    before = "perhaps " if len(date.uncertain) == parts else ""
    before += "about " if len(date.approximate) == parts else ""
    uncertain = date.uncertain if len(date.uncertain) < parts else ()
    approximate = date.approximate if len(date.approximate) < parts else ()
    if uncertain == approximate:
        marks = ((uncertain, "uncertain and approximate"),)
    else:
        marks = ((uncertain, "uncertain"), (approximate, "approximate"))
    after = ", ".join(f"{' and '.join(who)} {what}" for who, what in marks if who)
    words = f"{before}{_as_a_year(words)}" if before else words
    return f"{words} ({after})" if after else words


def _as_a_year(words: str) -> str:
    """What may follow another word: "a year between 1000 and 1999"."""
    if words.startswith("between "):
        return f"a year {words}"
    return f"a {words}" if words == _NO_YEAR else words


def _name_of_stated(date: Stated) -> str:
    if "X" in date.year:
        return _name_with_vague_year(date)
    year = int(date.year)
    if not date.month:
        return year_name(year)
    if "X" in date.month + date.day:
        return _in_year(date, year)
    month = int(date.month)
    if month > 12:
        return _part_of_year(month, year_name(year), year)
    if not date.day:
        return month_name(year, month)
    return day_name(year, month, int(date.day))


def _part_of_year(code: int, in_year: str, year: int | None) -> str:
    """A season or other part; one that crosses the new year names both years."""
    if code >= 40:
        return f"{ORDINALS[code - 40]} half of {in_year}"
    if code >= 37:
        return f"{('first', 'second', 'last')[code - 37]} four months of {in_year}"
    if code >= 33:
        return f"{ORDINALS[code - 33]} quarter of {in_year}"
    season = SEASONS[(code - 21) % 4]
    hemisphere = "" if code < 25 else " (northern hemisphere)"
    if code >= 29:
        hemisphere = " (southern hemisphere)"
    if year is not None and code in (24, 28, 30):
        in_year = _two_years(year)
    return f"{season} {in_year}{hemisphere}"


def _part_of_vague_year(code: int, years: str) -> str:
    """Spring in the 1980s; first half of a year, year not known."""
    if code >= 33:
        return f"{_part_of_year(code, 'a year', None)}, {_in(years)}"
    if years.startswith("the "):
        return _part_of_year(code, _in(years), None)
    return f"{_part_of_year(code, 'of a year', None)}, {years}"


def _two_years(year: int) -> str:
    """2024 and 25 with a dash, or both years in full where that could mislead."""
    if year < 1000 or year % 100 == 99:
        return f"{year_name(year)} to {year_name(year + 1)}"
    return f"{year}\N{EN DASH}{(year + 1) % 100:02d}"


def _in_year(date: Stated, year: int) -> str:
    """Words for unspecified digits in the month or the day of a known year."""
    if date.month == "XX" and date.day in ("", "XX"):
        return f"a {'day' if date.day else 'month'} in {year_name(year)}"
    if date.month == "XX" and "X" not in date.day:
        return f"the {ordinal(int(date.day))} of a month in {year_name(year)}"
    if "X" not in date.month and date.day == "XX":
        return f"a day in {month_name(year, int(date.month))}"
    return _within_bounds(date)


def _name_with_vague_year(date: Stated) -> str:
    years = _vague_year(date)
    if not date.month:
        return years
    if date.earliest is not None and not _is_plain_or_blank(date):
        return _within_bounds(date)
    if not date.day and "X" not in date.month and int(date.month) > 12:
        return _part_of_vague_year(int(date.month), years)
    return f"{_day_and_month(date)}, {_in(years)}"


def _is_plain_or_blank(date: Stated) -> bool:
    return all(part == "XX" or "X" not in part for part in (date.month, date.day))


def _day_and_month(date: Stated) -> str:
    month = "" if "X" in date.month else MONTHS[int(date.month) - 1]
    if not date.day:
        return month or "a month"
    if "X" in date.day:
        return f"a day in {month}" if month else "a day"
    if month:
        return f"{int(date.day)} {month}"
    return f"the {ordinal(int(date.day))} of a month"


def _vague_year(date: Stated) -> str:
    """The 1980s, the 19th century, or the first and the last possible year."""
    digits = date.year
    if digits.endswith("XXXX"):
        return _NO_YEAR
    known = digits.rstrip("X")
    if known.isdigit() and known[0] != "0":
        if len(known) == 3 and known[2] != "0":
            return f"the {known}0s"
        if len(known) == 2:
            return f"the {ordinal(int(known) + 1)} century"
    limits = [int(digits.replace("X", digit)) for digit in "09"]
    if digits[0] == "-":
        limits = [limits[1], limits[0] or -1]
    return f"between {year_name(limits[0])} and {year_name(limits[1])}"


def _in(years: str) -> str:
    return f"in {years}" if years.startswith("the ") else years


def _within_bounds(date: Stated) -> str:
    first = civil_from_days(date.earliest // DAY)
    last = civil_from_days(date.latest // DAY)
    same_year, same_month = first[0] == last[0], first[:2] == last[:2]
    if not date.day:
        start = MONTHS[first[1] - 1] if same_year else month_name(*first[:2])
        return f"a month between {start} and {month_name(*last[:2])}"
    start = day_name(*first)
    if same_year:
        start = str(first[2]) if same_month else f"{first[2]} {MONTHS[first[1] - 1]}"
    return f"a day between {start} and {day_name(*last)}"

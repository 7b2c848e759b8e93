"""Arithmetic of the proleptic Gregorian calendar on whole numbers, for any year.

Days are counted from 1970-01-01 and seconds from its first, in UTC without leap
seconds. Year 0 is 1 BC, as in ISO 8601-1, section 4.3.2.2.
"""

from functools import lru_cache

DAY = 86_400
FIRST_YEAR, LAST_YEAR = -9999, 9999
LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    return 28 if month == 2 and not is_leap(year) else LONGEST[month - 1]


def days_from_civil(year: int, month: int, day: int) -> int:
    """The number of a day; counting years from March puts 29 February last."""
    if month <= 2:
        year -= 1
        month += 12
    leap_days = year // 4 - year // 100 + year // 400
    return year * 365 + leap_days + (153 * month - 457) // 5 + day - 719_469


def civil_from_days(days: int) -> tuple[int, int, int]:
    """The year, month and day of a day's number: the inverse of `days_from_civil`."""
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (
        day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    leap_days = year_of_era // 4 - year_of_era // 100
    day_of_year = day_of_era - 365 * year_of_era - leap_days
    shifted = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    return era * 400 + year_of_era + (month <= 2), month, day


def first_of_month(year: int, month: int) -> int:
    """The number of a month's first day; month 13 is January of the year after."""
    carried, month = divmod(month - 1, 12)
    return days_from_civil(year + carried, month + 1, 1)


def weekday(days: int) -> int:
    """0 for Monday to 6 for Sunday."""
    return (days + 3) % 7


def year_text(year: int) -> str:
    """Four digits, signed where ISO 8601 asks for it: before 0 and after 9999."""
    if 0 <= year <= LAST_YEAR:
        return f"{year:04d}"
    return f"{year:+05d}"


def day_text(days: int) -> str:
    year, month, day = civil_from_days(days)
    return f"{year_text(year)}-{month:02d}-{day:02d}"


@lru_cache(maxsize=8192)
def instant(seconds: int) -> str:
    """The UTC instant as text, such as "2026-03-03T23:59:59Z"."""
    days, rest = divmod(seconds, DAY)
    minutes, second = divmod(rest, 60)
    hour, minute = divmod(minutes, 60)
    return f"{day_text(days)}T{hour:02d}:{minute:02d}:{second:02d}Z"

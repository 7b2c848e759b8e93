"""The English names of days, months, seasons and numbers."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
SEASONS = ("spring", "summer", "autumn", "winter")
ORDINALS = ("first", "second", "third", "fourth")


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 21st and so on."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def year_name(year: int) -> str:
    """2026, AD 476 or 44 BC: year 0 is 1 BC, and an early year says its era."""
    if year <= 0:
        return f"{1 - year} BC"
    return f"AD {year}" if year < 1000 else str(year)


def day_name(year: int, month: int, day: int) -> str:
    return f"{day} {MONTHS[month - 1]} {year_name(year)}"


def month_name(year: int, month: int) -> str:
    return f"{MONTHS[month - 1]} {year_name(year)}"

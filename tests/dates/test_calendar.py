"""Whole-number arithmetic of the calendar, for any year."""

import datetime

import pytest

from timeline.dates import instant
from timeline.dates.calendar import (
    civil_from_days,
    days_from_civil,
    days_in_month,
    first_of_month,
    is_leap,
    weekday,
)

EPOCH = datetime.date(1970, 1, 1)


def test_days_agree_with_the_standard_library_where_it_has_years():
    for ordinal in range(1, datetime.date.max.toordinal(), 367):
        date = datetime.date.fromordinal(ordinal)
        days = (date - EPOCH).days

        assert days_from_civil(date.year, date.month, date.day) == days
        assert civil_from_days(days) == (date.year, date.month, date.day)
        assert weekday(days) == date.weekday()


def test_every_day_around_year_0_follows_the_one_before():
    day = days_from_civil(-5, 1, 1)
    for year in range(-5, 6):
        for month in range(1, 13):
            assert first_of_month(year, month) == day
            for number in range(1, days_in_month(year, month) + 1):
                assert days_from_civil(year, month, number) == day
                assert civil_from_days(day) == (year, month, number)
                day += 1


@pytest.mark.parametrize(
    ("year", "leap"),
    [(2024, True), (2023, False), (1900, False), (2000, True), (0, True), (-4, True)],
)
def test_leap_years(year, leap):
    assert is_leap(year) is leap


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (1_772_582_399, "2026-03-03T23:59:59Z"),
        (-62_167_219_200, "0000-01-01T00:00:00Z"),
        (-62_167_219_201, "-0001-12-31T23:59:59Z"),
        (-63_549_360_000, "-0044-03-15T00:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
        (253_402_300_800, "+10000-01-01T00:00:00Z"),
    ],
)
def test_an_instant_is_written_in_utc_and_signed_outside_four_digits(seconds, text):
    assert instant(seconds) == text

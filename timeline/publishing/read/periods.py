"""How many events of a story were when, as it is counted with every act."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

from django.db import connection

from timeline.dates.calendar import civil_from_days, first_of_month
from timeline.models.record import Period

from .records import Head
from .spans import DAY

COUNTS = """
    SELECT start, entries FROM timeline_storyperiod
    WHERE story = %s AND period = %s AND start >= %s AND start < %s
"""

Start = Callable[[int], int]  # of a day's number: that of the period's first day


def month_start(day: int) -> int:
    """The first day of the month that a day lies in."""
    year, month, _day = civil_from_days(day)
    return first_of_month(year, month)


def year_start(day: int) -> int:
    """The first day of the year that a day lies in."""
    return first_of_month(civil_from_days(day)[0], 1)


STARTS: dict[Period, Start] = {
    Period.YEAR: year_start,
    Period.MONTH: month_start,
    Period.DAY: int,
}


def periods_of(second: int) -> tuple[tuple[int, int], ...]:
    """Every period that a time lies in, each with the number of its first day."""
    return _periods_of(second // DAY)


@lru_cache(maxsize=10_000)
def _periods_of(day: int) -> tuple[tuple[int, int], ...]:
    return tuple((int(period), start(day)) for period, start in STARTS.items())


def counted(story: str, days: Sequence[int], *, head: Head) -> list[int]:
    """How many events of a story there are now between each two of these days.

    `days` are numbers from 1970-01-01, in their order. An event counts where its date
    begins, or, without a beginning, where it ends.
    """
    return _counted(story, tuple(days), head.digest)


@lru_cache(maxsize=256)
def _counted(story: str, days: tuple[int, ...], _digest: str) -> list[int]:
    counts = [0] * (len(days) - 1)
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [story, int(period_of(days)), days[0], days[-1]])
        rows = cursor.fetchall()
    for start, entries in rows:
        counts[bisect_right(days, start) - 1] += entries
    return counts


@lru_cache(maxsize=256)
def period_of(days: tuple[int, ...]) -> Period:
    """The longest period that ends wherever one of these days begins."""
    return next(
        period
        for period, start in STARTS.items()
        if all(start(day) == day for day in days)
    )

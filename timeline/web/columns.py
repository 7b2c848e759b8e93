"""How many events of a story were when: a column for each year, month or day."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from timeline.dates import parse
from timeline.dates.calendar import FIRST_YEAR, civil_from_days, first_of_month, instant
from timeline.drawing import events_told

from .band import Band
from .scale import DAY

MOST = 60
HEIGHT = 72  # pixels
FIRST_MONTH = FIRST_YEAR * 12  # before it no date has a name
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)


class Column(NamedTuple):
    """Events between two times, in seconds since 1970."""

    start: int
    end: int
    count: int = 0


def columns_of(
    edges: Sequence[int], counts: Sequence[int], *, address: Callable[[Column], str]
) -> Band:
    """So many events between each two of these times, as columns."""
    columns = [Column(*row) for row in zip(edges[:-1], edges[1:], counts, strict=True)]
    most = max(counts, default=1) or 1
    width = 100 / len(columns)
    drawing = format_html(
        '<svg width="100%" height="{}"><line class="axis" x1="0" x2="100%" y1="{}"'
        ' y2="{}"/>{}{}</svg>',
        HEIGHT + 24,
        HEIGHT + 4,
        HEIGHT + 4,
        format_html_join(
            "",
            "{}",
            (
                (drawn(one, place * width, width, most, address(one)),)
                for place, one in enumerate(columns)
                if one.count
            ),
        ),
        labels(columns),
    )
    return Band(drawing)


def edges_of(first: int, last: int) -> list[int]:
    """Where columns begin, and where the last ends: days, or so many months."""
    days = last // DAY - first // DAY + 1
    if days <= MOST:
        start = first // DAY
        return [day * DAY for day in range(start, start + days + 1)]
    begin, end = month_of(first), month_of(last)
    step = next(one for one in MONTHS if (end - begin) // one + 2 <= MOST)
    months = range(begin - begin % step, end + step + 1, step)
    return [first_of_month(0, max(month, FIRST_MONTH) + 1) * DAY for month in months]


def month_of(second: int) -> int:
    """The month of a time, counted from the year 0."""
    year, month, _day = civil_from_days(second // DAY)
    return year * 12 + month - 1


def drawn(
    column: Column, x: float, width: float, most: int, address: str
) -> SafeString:
    """A column as a link, as high as the drawing for whoever wants to touch it."""
    height = max(2, round(HEIGHT * column.count / most))
    return format_html(
        '<a href="{}"><title>{}: {}</title>'
        '<rect class="none" x="{x}%" y="4" width="{w}%" height="{}"/>'
        '<rect class="full" x="{x}%" y="{}" width="{}%" height="{}"/></a>',
        address,
        named(column),
        events_told(column.count),
        HEIGHT,
        HEIGHT + 4 - height,
        f"{width * 0.8:.2f}",
        height,
        x=f"{x:.2f}",
        w=f"{width:.2f}",
    )


def named(column: Column) -> str:
    """The time that a column stands for, in words."""
    first, last = (
        instant(second).partition("T")[0] for second in (column.start, column.end - 1)
    )
    if first == last:
        return parse(first).display
    if first.endswith("-01-01") and last.endswith("-12-31"):
        first, last = first[:-6], last[:-6]
    else:
        first, last = first[:-3], last[:-3]
    return parse(first if first == last else f"{first}/{last}").display


def labels(columns: list[Column]) -> SafeString:
    """What the first and the last column stand for, and the one between."""
    middle = len(columns) // 2
    shown: Iterable[tuple[float, str, Column]] = [
        (0, "start", columns[0]),
        (100, "end", columns[-1]),
    ]
    if len(columns) > 2:
        at = 100 * (middle + 0.5) / len(columns)
        shown = [*shown, (round(at, 1), "middle", columns[middle])]
    return format_html_join(
        "",
        '<text x="{}%" y="{}" text-anchor="{}">{}</text>',
        (
            (at, HEIGHT + 19, anchor, named(column).partition(" to ")[0])
            for at, anchor, column in shown
        ),
    )

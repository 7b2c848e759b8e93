"""The whole story on one line: its events as marks, or as columns where they are many.

A mark is a link to its event. Widths are in hundredths of the drawing and heights in
pixels, so that it fits every screen; nothing overlaps where it is as narrow as a phone.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from django.utils import dateformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from timeline.dates import UncertainDate, instant, parse
from timeline.publishing import read

from .drawn import shape
from .scale import DAY, Scale

MOST_MARKS = 60
MOST_LANES = 7
LANE = 24  # pixels: as high as a finger needs
TOUCH = 7.2  # the same across, on the narrowest drawing
EDGE = 3.6
OPEN = 6.0  # how far an open end is drawn
LABEL, LABEL_WIDE = 25.0, 9.0  # the room of a label on a phone, and elsewhere
STRIPES = mark_safe(' fill="url(#stripes)"')
WIDE = mark_safe(' class="wide"')
RADIUS = {"major": 7, "minor": 4}


class Mark(NamedTuple):
    """One event: what is drawn from where to where, on which lane from below."""

    outline: read.Outline
    shape: str
    start: float
    end: float
    lane: int = 0


class Label(NamedTuple):
    """A date below the line; `wide`: only where there is room for it."""

    text: str
    place: float
    wide: bool = False


class Band(NamedTuple):
    """What the template shows: the drawing, and what has to be said of it."""

    drawing: SafeString
    is_shortened: bool = False
    undated: int = 0


def band_of(
    outlines: list[read.Outline], *, address: Callable[[read.Outline], str]
) -> Band | None:
    """The events of a story as marks; None where they are too many side by side."""
    dates = {one.id: parse(one.date["edtf"]) for one in outlines}
    bounds = [
        bound
        for one in dates.values()
        for bound in (one.earliest, one.latest)
        if bound is not None
    ]
    undated = sum(shape(one.date) == "unknown" for one in outlines)
    if len(outlines) < 2 or not bounds:
        return None
    end = 100 - EDGE - (TOUCH * 1.5 if undated else 0)
    scale = Scale(bounds, first=EDGE, last=end)
    marks = in_lanes(placed(one, dates[one.id], scale) for one in outlines)
    lanes = 1 + max(mark.lane for mark in marks)
    if lanes > MOST_LANES:
        return None
    base = lanes * LANE + 4
    drawing = format_html(
        '<svg width="100%" height="{}"><defs><pattern id="stripes" width="4" height="4"'
        ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="hatch" d="M0 0v4"/></pattern></defs>{}{}{}{}</svg>',
        base + 20,
        line(scale.places[0] - EDGE, scale.places[-1] + EDGE, base, "axis"),
        format_html_join("", "{}", ((broken(x, base),) for x in scale.breaks)),
        format_html_join("", "{}", ((drawn(m, base, address),) for m in marks)),
        format_html_join(
            "", "{}", ((written(one, base),) for one in labels(dates, scale))
        ),
    )
    return Band(drawing, bool(scale.breaks), undated)


def placed(one: read.Outline, when: UncertainDate, scale: Scale) -> Mark:
    """An event on the line; what has no date stands beyond its end."""
    form = shape(one.date)
    if form == "unknown":
        return Mark(one, form, 100 - EDGE, 100 - EDGE)
    first, last = when.earliest, when.latest
    end = scale.at(first if last is None else last)
    start = scale.at(last if first is None else first)
    if form == "by":
        start = max(0.0, end - OPEN)
    elif form == "since":
        end = min(100.0, start + OPEN)
    return Mark(one, form, start, end)


def in_lanes(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in their order, each on the lowest lane that has room for it."""
    ends: list[float] = []
    found = []
    for mark in sorted(marks, key=lambda one: (one.start, one.end)):
        middle = (mark.start + mark.end) / 2
        start = min(mark.start, middle - TOUCH / 2)
        lane = next((n for n, end in enumerate(ends) if end <= start), len(ends))
        ends[lane : lane + 1] = [max(mark.end, middle + TOUCH / 2)]
        found.append(mark._replace(lane=lane))
    return found


def drawn(mark: Mark, base: int, address: Callable[[read.Outline], str]) -> SafeString:
    """A mark as a link, with a name, and with room for a finger."""
    y = base - 4 - mark.lane * LANE - LANE / 2
    middle = (mark.start + mark.end) / 2
    left = min(mark.start, middle - TOUCH / 2)
    room = max(mark.end, middle + TOUCH / 2) - left
    return format_html(
        '<a href="{}"><title>{}: {}</title>'
        '<rect class="none" x="{}%" y="{}" width="{}%" height="{}"/>{}</a>',
        address(mark.outline),
        mark.outline.date["display"],
        mark.outline.title,
        hundredths(left),
        int(y - LANE / 2),
        hundredths(room),
        LANE,
        form_of(mark, int(y)),
    )


def form_of(mark: Mark, y: int) -> SafeString:
    """What an event's date is drawn as."""
    middle = (mark.start + mark.end) / 2
    radius = RADIUS.get(mark.outline.importance, 5)
    if mark.shape in ("day", "moment"):
        return circle(middle, y, radius, "full")
    if mark.shape == "perhaps":
        return circle(middle, y, radius, "ring broken")
    if mark.shape == "unknown":
        return circle(middle, y, radius, "ring")
    if mark.shape == "about":
        return (
            circle(middle, y, radius + 4, "softest")
            + circle(middle, y, radius, "soft")
            + circle(middle, y, 3, "full")
        )
    if mark.shape == "about-span":
        return bar(mark, y, 12, "softest") + bar(mark, y, 6, "soft")
    if mark.shape == "lasting":
        return bar(mark, y, 6, "full")
    striped = bar(mark, y, radius + 4, "striped")
    if mark.shape == "between":
        return striped
    return striped + upright(mark.end if mark.shape == "by" else mark.start, y, radius)


def hundredths(place: float) -> str:
    """A place as it is written: to a tenth of a hundredth."""
    return f"{place:.1f}".removesuffix(".0")


def circle(x: float, y: int, radius: int, name: str) -> SafeString:
    return format_html(
        '<circle class="{}" cx="{}%" cy="{}" r="{}"/>', name, hundredths(x), y, radius
    )


def bar(mark: Mark, y: int, height: int, name: str) -> SafeString:
    """A bar from the beginning to the end of a mark, a little wide at the least."""
    width = max(mark.end - mark.start, 1.0)
    fill = STRIPES if name == "striped" else ""
    if mark.shape == "between":
        name = "striped edged"
    return format_html(
        '<rect class="{}"{} x="{}%" y="{}" width="{}%" height="{}"/>',
        name,
        fill,
        hundredths((mark.start + mark.end - width) / 2),
        y - height // 2,
        hundredths(width),
        height,
    )


def upright(x: float, y: int, radius: int) -> SafeString:
    """The closed end of a mark that is open at the other."""
    return format_html(
        '<line class="edge" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>',
        hundredths(x),
        y - radius - 3,
        y + radius + 3,
    )


def line(start: float, end: float, y: int, name: str) -> SafeString:
    return format_html(
        '<line class="{}" x1="{}%" x2="{}%" y1="{}" y2="{}"/>',
        name,
        hundredths(max(0.0, start)),
        hundredths(min(100.0, end)),
        y,
        y,
    )


def broken(x: float, base: int) -> SafeString:
    """A break of the line, where a quiet stretch is shortened."""
    return format_html(
        '<text class="break" x="{}%" y="{}" text-anchor="middle">∕∕</text>',
        hundredths(x),
        base + 4,
    )


def labels(dates: dict[str, UncertainDate], scale: Scale) -> list[Label]:
    """Dates below the line: its ends first, then the days on which most happened."""
    days = Counter(one.sort_key // DAY for one in dates.values() if known(one))
    ends = [day for day in (scale.days[0], scale.days[-1]) if day in days]
    wanted = [*ends, *(day for day, _ in days.most_common())]
    found: list[Label] = []
    if len(days) and not all(map(known, dates.values())):
        found.append(Label(_("undated"), 100.0))
    for wide, room in ((False, LABEL), (True, LABEL_WIDE)):
        for day in wanted:
            one = Label(day_shown(day), scale.at(day * DAY), wide)
            if all(apart(one, other, room) for other in found):
                found.append(one)
    return found


def known(when: UncertainDate) -> bool:
    return when.earliest is not None or when.latest is not None


def apart(one: Label, other: Label, room: float) -> bool:
    """Whether there is room for both of two labels."""
    return abs(_middle(one.place, room) - _middle(other.place, room)) >= room


def _middle(place: float, room: float) -> float:
    return min(max(place, room / 2), 100 - room / 2)


def written(label: Label, base: int) -> SafeString:
    """A label with its tick."""
    anchor = "start" if label.place < 12 else "end" if label.place > 88 else "middle"
    x = {"start": max(0, label.place - EDGE), "end": min(100, label.place + EDGE)}
    return format_html(
        '<text{} x="{}%" y="{}" text-anchor="{}">{}</text>',
        WIDE if label.wide else "",
        hundredths(x.get(anchor, label.place)),
        base + 17,
        anchor,
        label.text,
    )


def day_shown(day: int) -> str:
    """A day, short, in the reader's language."""
    text = instant(day * DAY).partition("T")[0]
    try:
        return dateformat.format(date.fromisoformat(text), "j M Y")
    except ValueError:  # before the year 1
        return parse(text).display

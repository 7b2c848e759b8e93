"""A small picture of when the events of a story were: a bar for a stretch of days.

Quiet stretches are shortened, as on the story's own page; there the axis is broken.
"""

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from .scale import Scale

WIDTH, HEIGHT = 240, 32
BARS = 48
STEP = WIDTH / BARS
SMALLEST = 6  # of one event
TALLEST = HEIGHT - 2
GAP = 3  # of the axis where it is broken


class Sparkline(NamedTuple):
    """What an SVG of this size draws: the bars are one path, and so is the axis."""

    width: int
    height: int
    bars: str
    axis: str


def sparkline(seconds: Sequence[int]) -> Sparkline | None:
    """Bars from the first of these to the last; None where there is nothing to see."""
    if not seconds:
        return None
    scale = Scale(seconds, first=STEP / 2, last=WIDTH - STEP / 2)
    counts = Counter(int(scale.at(second) // STEP) for second in seconds)
    most = max(counts.values())
    bars = (
        f"M{place * STEP + STEP / 2:.4g} {HEIGHT}v-{tall(count, most):.3g}"
        for place, count in sorted(counts.items())
    )
    return Sparkline(WIDTH, HEIGHT, "".join(bars), axis(scale.breaks))


def tall(count: int, most: int) -> float:
    """The height of a bar: by the root, so that one event beside many is seen."""
    if most == 1:
        return TALLEST / 2
    return SMALLEST + (TALLEST - SMALLEST) * (sqrt(count) - 1) / (sqrt(most) - 1)


def axis(breaks: Sequence[float]) -> str:
    """The line below the bars, in pieces."""
    ends = [0, *(end for place in breaks for end in (place - GAP, place + GAP)), WIDTH]
    pieces = zip(ends[::2], ends[1::2], strict=True)
    return "".join(f"M{low:.4g} {HEIGHT}H{high:.4g}" for low, high in pieces)

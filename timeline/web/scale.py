"""Where days stand on a line of limited length: quiet stretches are shortened.

Places are in hundredths of the line, times in seconds since 1970.
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise

DAY = 86_400
SHORTENED = 0.25  # the power of its days that a stretch is drawn with
MUCH = 10  # times as many days in as much room as elsewhere: the line is broken


class Scale:
    """Places for all times between the first and the last of those that are given."""

    def __init__(self, seconds: Iterable[int], *, first: float, last: float):
        self.days = sorted({second // DAY for second in seconds})
        gaps = [high - low for low, high in pairwise(self.days)]
        drawn = [gap**SHORTENED for gap in gaps]
        room = (last - first) / sum(drawn) if gaps else 0.0
        start = first if gaps else (first + last) / 2
        self.places = [start + room * share for share in accumulate(drawn, initial=0.0)]
        closest = max(map(_room, gaps), default=0)
        self.breaks = [
            (low + high) / 2
            for gap, (low, high) in zip(gaps, pairwise(self.places), strict=True)
            if _room(gap) * MUCH < closest
        ]

    def at(self, second: int) -> float:
        """The place of a time; what is outside stands at the end."""
        day = second // DAY
        after = bisect_right(self.days, day)
        if after == 0:
            return self.places[0]
        if after == len(self.days):
            return self.places[-1]
        low, high = self.days[after - 1], self.days[after]
        part = (day - low) / (high - low)
        return self.places[after - 1] + part * (
            self.places[after] - self.places[after - 1]
        )


def _room(gap: int) -> float:
    """The room for each day of a stretch."""
    return gap**SHORTENED / gap

"""The ranges of keys that a page is read from, in each order and direction."""

from dataclasses import dataclass

from .keys import HIGHEST, LOWEST, UNDATED_FROM

ORDERS = ("-date", "date", "-published")


@dataclass(frozen=True, slots=True)
class Range:
    """Keys above `low` and below `high`, downwards or upwards."""

    low: int
    high: int
    down: bool


def ranges(order: str, *, after: int | None, back: bool) -> list[Range]:
    """What to read, in turn, behind the key `after` (None: from the beginning).

    Undated events come last in both orders of date. `back` reads towards the
    beginning instead, from `after` outwards.
    """
    parts = _whole(order)
    if back:
        parts = [Range(part.low, part.high, not part.down) for part in reversed(parts)]
    if after is None:
        return parts
    place = next(
        index
        for index, part in enumerate(parts)
        if part.low < after < part.high or index == len(parts) - 1
    )
    first = parts[place]
    low, high = (first.low, after) if first.down else (after, first.high)
    return [Range(low, high, first.down), *parts[place + 1 :]]


def _whole(order: str) -> list[Range]:
    if order == "-published":
        return [Range(LOWEST, HIGHEST, True)]
    down = order == "-date"
    return [
        Range(LOWEST, UNDATED_FROM, down),
        Range(UNDATED_FROM, HIGHEST, down),
    ]

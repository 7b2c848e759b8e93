"""The ranges of keys that a page is read from, in each order and direction."""

from dataclasses import dataclass

from .keys import HIGHEST, LOWEST, UNDATED_FROM

ORDERS = ("-date", "date", "-published")


@dataclass(frozen=True, slots=True)
class Range:
    """Keys above `low` and below `high`, downwards or upwards.

    `back` leads towards the beginning of the list. `beyond` is a statement of the one
    entry of the range: those behind it in that direction.
    """

    low: int
    high: int
    down: bool
    back: bool = False
    beyond: int | None = None


def ranges(
    order: str, *, after: int | None, back: bool, statement: int | None = None
) -> list[Range]:
    """What to read, in turn, behind the key `after` (None: from the beginning).

    Undated events come last in both orders of date. `back` reads towards the
    beginning instead, from `after` outwards. With `statement`, the rest of the
    statements of the entry at `after` come first.
    """
    parts = _whole(order)
    if back:
        parts = [
            Range(part.low, part.high, not part.down, True) for part in reversed(parts)
        ]
    if after is None:
        return parts
    place = next(
        index
        for index, part in enumerate(parts)
        if part.low < after < part.high or index == len(parts) - 1
    )
    first = parts[place]
    low, high = (first.low, after) if first.down else (after, first.high)
    rest = [Range(low, high, first.down, back), *parts[place + 1 :]]
    if statement is None:
        return rest
    return [Range(after - 1, after + 1, first.down, back, statement), *rest]


def _whole(order: str) -> list[Range]:
    if order == "-published":
        return [Range(LOWEST, HIGHEST, True)]
    down = order == "-date"
    return [
        Range(LOWEST, UNDATED_FROM, down),
        Range(UNDATED_FROM, HIGHEST, down),
    ]

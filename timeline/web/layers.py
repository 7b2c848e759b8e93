"""Where the boxes and lines of a drawing go: layered, what others came from first.

Layers by the longest way, order by barycentres, places by the means of neighbours.
The same graph is always laid out in the same way; boxes of a layer never overlap, and
no line crosses a box.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

SWEEPS = 8
LANE = 12  # the height that is kept for a line on its way past boxes
APART = 16  # between boxes of one layer


@dataclass(slots=True)
class Item:
    """A box, or (without a name) the lane of a line that passes a layer."""

    name: str | None
    height: float
    layer: int
    y: float = 0.0  # its middle
    before: list["Item"] = field(default_factory=list)
    after: list["Item"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A line through its items, from layer to layer; `turned`: against its sense."""

    items: tuple[Item, ...]
    turned: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Layers from the first, each from its top; lines in the order they were given."""

    layers: tuple[tuple[Item, ...], ...]
    lines: tuple[Line, ...]
    height: float

    @property
    def boxes(self) -> Iterable[Item]:
        """All items that are boxes."""
        return (item for layer in self.layers for item in layer if item.name)


def arranged(heights: Mapping[str, float], edges: Sequence[tuple[str, str]]) -> Layout:
    """The layout of boxes with these heights and of lines from one to another.

    No edge may lead from a box to itself; several may join the same two.
    """
    turned = _turned(heights, edges)
    ways = [
        (end, start) if pair in turned else pair
        for pair in edges
        for start, end in [pair]
    ]
    depths = _depths(heights, ways)
    layers: list[list[Item]] = [[] for _ in range(max(depths.values(), default=0) + 1)]
    boxes = {name: Item(name, height, depths[name]) for name, height in heights.items()}
    for item in boxes.values():
        layers[item.layer].append(item)
    lines = []
    for pair, (start, end) in zip(edges, ways, strict=True):
        items = _way(boxes[start], boxes[end], layers)
        lines.append(Line(items, pair in turned))
    _order(layers)
    height = _place(layers)
    return Layout(tuple(map(tuple, layers)), tuple(lines), height)


def _turned(names: Iterable[str], edges: Sequence[tuple[str, str]]) -> set:
    """The edges that close a circle, on a walk from each name in turn."""
    onward: dict[str, list[str]] = {name: [] for name in names}
    for start, end in dict.fromkeys(edges):
        onward[start].append(end)
    begun, done, turned = set(), set(), set()
    for root in onward:
        if root in begun:
            continue
        begun.add(root)
        walk = [(root, iter(onward[root]))]
        while walk:
            name, rest = walk[-1]
            for end in rest:
                if end in begun and end not in done:
                    turned.add((name, end))
                elif end not in begun:
                    begun.add(end)
                    walk.append((end, iter(onward[end])))
                    break
            else:
                done.add(name)
                walk.pop()
    return turned


def _depths(names: Iterable[str], ways: Sequence[tuple[str, str]]) -> dict[str, int]:
    """How many steps the longest way to each name has; there are no circles."""
    depths = dict.fromkeys(names, 0)
    onward: dict[str, list[str]] = {name: [] for name in depths}
    waiting = dict.fromkeys(depths, 0)
    for start, end in ways:
        onward[start].append(end)
        waiting[end] += 1
    ready = [name for name, count in waiting.items() if not count]
    for name in ready:
        for end in onward[name]:
            depths[end] = max(depths[end], depths[name] + 1)
            waiting[end] -= 1
            if not waiting[end]:
                ready.append(end)
    return depths


def _way(start: Item, end: Item, layers: list[list[Item]]) -> tuple[Item, ...]:
    """The items of a line, with a lane of its own in each layer that it passes."""
    items = [start]
    for layer in range(start.layer + 1, end.layer):
        lane = Item(None, LANE, layer)
        layers[layer].append(lane)
        items.append(lane)
    items.append(end)
    for one, other in zip(items, items[1:], strict=False):
        one.after.append(other)
        other.before.append(one)
    return tuple(items)


def _order(layers: list[list[Item]]) -> None:
    """Bring each layer into the order in which fewest lines cross, as far as found."""
    best, fewest = [list(layer) for layer in layers], None
    for sweep in range(SWEEPS):
        places = {id(item): n for layer in layers for n, item in enumerate(layer)}
        crossing = sum(_crossings(layer, places) for layer in layers)
        if fewest is None or crossing < fewest:
            best, fewest = [list(layer) for layer in layers], crossing
        if not fewest:
            break
        forward = sweep % 2 == 0
        for layer in layers if forward else layers[::-1]:
            _by_barycentre(layer, places, "before" if forward else "after")
    layers[:] = best


def _by_barycentre(layer: list[Item], places: dict[int, int], side: str) -> None:
    def centre(item: Item) -> float:
        others = getattr(item, side)
        if not others:
            return places[id(item)]
        return fmean(places[id(other)] for other in others)

    layer.sort(key=centre)
    places |= {id(item): n for n, item in enumerate(layer)}


def _crossings(layer: list[Item], places: dict[int, int]) -> int:
    """How many pairs of lines cross behind a layer."""
    ends = [
        places[id(other)]
        for item in layer
        for other in sorted(item.after, key=lambda other: places[id(other)])
    ]
    return sum(earlier > later for n, later in enumerate(ends) for earlier in ends[:n])


def _place(layers: list[list[Item]]) -> float:
    """Give every item its place, near those that it is joined to; the whole height."""
    for layer in layers:
        _spread(layer, [0.0] * len(layer))
    for side in ("before", "after", "before", "after"):
        for layer in layers if side == "before" else layers[::-1]:
            _spread(layer, [_wish(item, side) for item in layer])
    items = [item for layer in layers for item in layer]
    top = min((item.y - item.height / 2 for item in items), default=0.0)
    for item in items:
        item.y -= top
    return max((item.y + item.height / 2 for item in items), default=0.0)


def _wish(item: Item, side: str) -> float:
    others = getattr(item, side)
    return fmean(other.y for other in others) if others else item.y


def _spread(layer: list[Item], wishes: list[float]) -> None:
    """Place items in their order, without overlap, as near as can be to their wishes.

    By least squares: neighbours that would overlap move as one block.
    """
    offsets, blocks = [], []
    at = 0.0
    for n, item in enumerate(layer):
        if n:
            at += (layer[n - 1].height + item.height) / 2 + APART
        offsets.append(at)
    for wish, offset in zip(wishes, offsets, strict=True):
        total, count = wish - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            above = blocks.pop()
            total, count = total + above[0], count + above[1]
        blocks.append((total, count))
    starts = [total / count for total, count in blocks for _ in range(count)]
    for item, start, offset in zip(layer, starts, offsets, strict=True):
        item.y = start + offset

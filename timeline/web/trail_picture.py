"""A trail as a picture: boxes for who had it, lines for the way it went.

It reads from where it began, in the direction of the language.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import get_language_bidi, ngettext

from .layers import Item, Layout, Line, arranged
from .lettering import wrapped
from .trail_graph import Edge, Graph, Node
from .words import LEGEND, TAKEN, words

MOST_BOXES = 30
MOST_LINES = 120
WIDE = 152  # a box
GAP = 44  # between layers
COUNTED_GAP = 60
NARROWEST = 350  # what a telephone has room for
INNER = 9  # from the edge of a box to its text
LARGE, SMALL = 14, 12
LEADS = {LARGE: 17, SMALL: 15}
NAME_LINES, NOTE_LINES = 3, 2
PORT = 17  # between the ends of lines at a box
HEAD = 6


@dataclass(frozen=True, slots=True)
class Label:
    """A box's lines as (text, size, class), and how high they make it."""

    lines: tuple[tuple[str, int, str], ...]
    height: int


def picture(graph: Graph) -> dict | None:
    """What a template draws of a graph; None where nothing came from anywhere."""
    if not graph.edges:
        return None
    graph, whole = drawn(graph), graph
    labels = {key: label(node) for key, node in graph.nodes.items()}
    layout = arranged(
        _heights(labels, graph.edges),
        [(edge.giver, edge.taker) for edge in graph.edges],
    )
    return Drawing(graph, layout, labels).told() | {
        "left_out": len(whole.nodes) - len(graph.nodes),
        "lines_left_out": len(whole.edges) - len(graph.edges),
    }


def drawn(graph: Graph) -> Graph:
    """As much of a graph as a picture can bear: what most statements went through."""
    nodes = dict(list(graph.nodes.items())[:MOST_BOXES])
    joined = [
        edge for edge in graph.edges if edge.giver in nodes and edge.taker in nodes
    ]
    edges = sorted(joined, key=lambda edge: (-edge.count, edge))[:MOST_LINES]
    return Graph(nodes, tuple(sorted(edges)), graph.counted, graph.more)


def label(node: Node) -> Label:
    """The text of a box, in lines that it has room for."""
    room = WIDE - 2 * INNER
    name = wrapped(node.name, size=LARGE, room=room / 1.08, lines=NAME_LINES)
    lines = [(text, LARGE, "name") for text in name]
    for note, kind in node.notes:
        told = wrapped(note, size=SMALL, room=room, lines=NOTE_LINES)
        lines += [(text, SMALL, kind) for text in told]
    return Label(tuple(lines), sum(LEADS[size] for _text, size, _kind in lines) + 14)


def _heights(labels: dict[str, Label], edges: tuple[Edge, ...]) -> dict[str, int]:
    """How high each box has to be for its text and for the lines that end there."""
    ends: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for edge in edges:
        ends[edge.giver][0] += 1
        ends[edge.taker][1] += 1
    return {
        key: max(made.height, (sum(ends[key]) + 1) * PORT)
        for key, made in labels.items()
    }


@dataclass(slots=True)
class Drawing:
    """A laid out graph, from layers to the numbers of a picture."""

    graph: Graph
    layout: Layout
    labels: dict[str, Label]

    @property
    def gap(self) -> int:
        """The room between two layers."""
        return COUNTED_GAP if self.graph.counted else GAP

    @property
    def width(self) -> int:
        """The width of the whole, with a margin for strokes."""
        layers = len(self.layout.layers)
        return layers * WIDE + (layers - 1) * self.gap + 2

    def told(self) -> dict:
        """The parts of the picture, for a template."""
        ports = self.ports()
        return {
            "width": self.width,
            "is_wide": self.width > NARROWEST,
            "height": round(self.layout.height) + 2,
            "boxes": [self.box(item) for item in self.layout.boxes],
            "lines": [
                self.line(edge, line, number, ports)
                for number, (edge, line) in enumerate(
                    zip(self.graph.edges, self.layout.lines, strict=True)
                )
            ],
        }

    def ports(self) -> dict[tuple[int, int], float]:
        """Where each line, by number, leaves its first item (0) and meets its last."""
        sides: dict[tuple[str, int], list] = defaultdict(list)
        for number, line in enumerate(self.layout.lines):
            for end, (item, beside) in enumerate(
                ((line.items[0], line.items[1]), (line.items[-1], line.items[-2]))
            ):
                sides[item.name, end].append((beside.y, number, item))
        found = {}
        for (_name, end), lines in sides.items():
            for place, (_y, number, item) in enumerate(sorted(lines, key=_by_place)):
                share = (place + 1) / (len(lines) + 1)
                found[number, end] = item.y + (share - 0.5) * item.height
        return found

    def box(self, item: Item) -> dict:
        """A box with its text; its bar stands where reading begins."""
        node, made = self.graph.nodes[item.name], self.labels[item.name]
        left, top = self.left(item), round(item.y - item.height / 2) + 1
        used = sum(LEADS[size] for _text, size, _kind in made.lines)
        at, lines = top + (round(item.height) - used) // 2 - 4, []
        for text, size, kind in made.lines:
            at += LEADS[size]
            lines.append({"text": text, "kind": kind, "y": at})
        return {
            "x": left,
            "y": top,
            "width": WIDE,
            "height": round(item.height),
            "start": left + (WIDE - INNER if get_language_bidi() else INNER),
            "bar": left + WIDE - 4 if get_language_bidi() else left,
            "kind": kinds_of(node),
            "has_bar": bool(node.origin),
            "address": node.address,
            "lines": lines,
        }

    def line(self, edge: Edge, line: Line, number: int, ports: dict) -> dict:
        """A line through its lanes, with a head where it ends, and its number."""
        points = [(self.side(line.items[0], 1), ports[number, 0])]
        for lane in line.items[1:-1]:
            points += [(self.side(lane, 0), lane.y), (self.side(lane, 1), lane.y)]
        points.append((self.side(line.items[-1], 0), ports[number, 1]))
        if line.turned:
            points.reverse()
        (near, _y), (end, y) = points[-2:]
        sense = 1 if end > near else -1
        y = round(y) + 1
        return {
            "kind": edge.how,
            "path": _path([*points[:-1], (end - sense * HEAD, points[-1][1])]),
            "head": f"M{end} {y}l{-sense * HEAD} -3v6z",
            "title": edge_words(self.graph, edge),
            "count": str(edge.count) if self.graph.counted else "",
            "count_x": end - sense * (HEAD + 8),
            "count_y": y - 4,
        }

    def left(self, item: Item) -> int:
        """The left edge of an item; the first layer is where reading begins."""
        at = item.layer * (WIDE + self.gap) + 1
        return self.width - at - WIDE if get_language_bidi() else at

    def side(self, item: Item, side: int) -> int:
        """An item's edge where lines come in (0) or go out (1)."""
        turned = get_language_bidi()
        return self.left(item) + (WIDE if bool(side) != turned else 0)


def kinds_of(node: Node) -> str:
    """The classes of a box."""
    marks = {"hollow": node.hollow, "here": node.here}
    found = [node.origin, *(kind for kind, is_so in marks.items() if is_so)]
    return " ".join(filter(None, found))


def _by_place(end: tuple) -> tuple:
    return end[:2]


def _path(points: list[tuple[int, float]]) -> str:
    """A line through points: straight past boxes, bent between layers."""
    told, before = [], None
    for number, (x, exact) in enumerate(points):
        y = round(exact) + 1
        if before is None:
            told.append(f"M{x} {y}")
        elif number % 2 == 0 or y == before[1]:
            told.append(f"L{x} {y}")
        else:
            middle = (before[0] + x) // 2
            told.append(f"C{middle} {before[1]} {middle} {y} {x} {y}")
        before = x, y
    return "".join(told)


def edge_words(graph: Graph, edge: Edge) -> str:
    """A line of the picture in words."""
    told = words(TAKEN, edge.how) % {
        "taker": graph.nodes[edge.taker].name,
        "giver": graph.nodes[edge.giver].name,
    }
    if not graph.counted:
        return told
    number = ngettext("%(count)d statement", "%(count)d statements", edge.count)
    return f"{told} · {number % {'count': edge.count}}"


def legend(graph: Graph) -> list[dict]:
    """What the kinds of lines that occur mean."""
    kinds = dict.fromkeys(sorted(edge.how for edge in graph.edges))
    return [{"kind": kind, "words": words(LEGEND, kind)} for kind in kinds]

"""A trail as a nested list: what began it, and below each who took it from there."""

from .trail_graph import Edge, Graph
from .words import TAKEN_BY, words

DEEPEST = 12


def listed(graph: Graph) -> list[dict]:
    """The same as rows of a nested list, each edge once.

    `opens`: a list begins with it, `stays`: one follows within it, `closes`: so many
    end after it. What was told before is named again, without what follows it.
    """
    onward: dict[str, list[Edge]] = {key: [] for key in graph.nodes}
    for edge in graph.edges:
        onward[edge.giver].append(edge)
    rows: list[dict] = []
    told: set[str] = set()
    taken = {edge.taker for edge in graph.edges}
    starts = [key for key in graph.nodes if key not in taken]
    for start in [*starts, *graph.nodes]:
        if start in told:
            continue
        walk: list[tuple[str, Edge | None, int]] = [(start, None, 0)]
        while walk:
            key, edge, depth = walk.pop()
            again = key in told
            told.add(key)
            rows.append(_row(graph, key, edge, depth, again=again))
            if not again:
                deeper = min(depth + 1, DEEPEST)
                walk += [(one.taker, one, deeper) for one in onward[key][::-1]]
    return _nested(rows)


def _row(graph: Graph, key: str, edge: Edge | None, depth: int, *, again: bool) -> dict:
    node = graph.nodes[key]
    return {
        "how": words(TAKEN_BY, edge.how) if edge else "",
        "count": edge.count if edge and graph.counted else None,
        "name": node.name,
        "address": node.address,
        "notes": [] if again else node.notes,
        "again": again and bool(edge),
        "from": graph.nodes[edge.giver].name if edge and depth == DEEPEST else "",
        "depth": depth,
    }


def _nested(rows: list[dict]) -> list[dict]:
    depths = [row["depth"] for row in rows]
    for row, before, after in zip(rows, [0, *depths], [*depths[1:], 0], strict=False):
        row["opens"] = row["depth"] > before
        row["stays"] = after > row["depth"]
        row["closes"] = range(row["depth"] - after)
    return rows

"""Trails as pages show them: a picture, what its lines mean, and the same as a list."""

from collections.abc import Mapping

from timeline.publishing.read import Told

from .trail_graph import Graph, of_event, of_statement
from .trail_list import listed
from .trail_picture import legend, picture


def trail_shown(graph: Graph) -> dict | None:
    """What a template tells of a graph; None where nothing was taken from anywhere."""
    if not graph.edges:
        return None
    return {
        "picture": picture(graph),
        "legend": legend(graph),
        "rows": listed(graph),
        "counted": graph.counted,
        "more": graph.more,
    }


def with_trails(entry: Mapping, told: Told) -> dict:
    """An entry as a page shows it, each of its statements with its trail."""
    return {
        **entry,
        "statements": [
            {**row, "trail": trail_shown(of_statement(told, row["id"]))}
            if row["id"] in told.trails
            else row
            for row in entry["statements"]
        ],
    }


def trail_of_event(told: Told) -> dict | None:
    """The trails of all its statements in one."""
    return trail_shown(of_event(told))

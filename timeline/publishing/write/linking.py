"""Groups of events that are published in one act."""

from collections.abc import Iterable, Iterator

from timeline.models import RelatedEvent, StatementLink


def together(keys: Iterable[int], *, at_most: int) -> Iterator[list[int]]:
    """The keys in groups of at most so many, linked events in one group if they fit."""
    group: list[int] = []
    for cluster in clusters(keys):
        for start in range(0, len(cluster), at_most):
            part = cluster[start : start + at_most]
            if len(group) + len(part) > at_most:
                yield group
                group = []
            group = group + part
    if group:
        yield group


def clusters(keys: Iterable[int]) -> list[list[int]]:
    """The keys of events, grouped by the links among them, in the order given."""
    parent = {key: key for key in keys}

    def root(key: int) -> int:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in links():
        if one in parent and other in parent:
            parent[root(one)] = root(other)
    grouped: dict[int, list[int]] = {}
    for key in parent:
        grouped.setdefault(root(key), []).append(key)
    return list(grouped.values())


def links() -> Iterator[tuple[int, int]]:
    """Every pair of events on the desk that a link joins."""
    yield from StatementLink.objects.values_list(
        "statement__event_id", "target__event_id"
    ).iterator()
    yield from RelatedEvent.objects.values_list("event_id", "target_id").iterator()

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


def clusters(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys of events, grouped by the links among them, in the order given."""
    keys = dict.fromkeys(keys)
    linked = _linked(keys)
    for key in keys:
        if key not in linked:
            yield [key]
        elif group := linked[key]:
            yield [*group]
            group.clear()  # once, where its first one is


def _linked(keys: dict[int, None]) -> dict[int, list[int]]:
    """Those of the keys that links join, each with the group that it is in.

    Most events are linked with none: nothing is kept of these.
    """
    parent: dict[int, int] = {}

    def root(key: int) -> int:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in links():
        if one in keys and other in keys:
            parent.setdefault(one, one)
            parent.setdefault(other, other)
            parent[root(one)] = root(other)
    groups: dict[int, list[int]] = {}
    found = {key: groups.setdefault(root(key), []) for key in parent}
    for key in keys if parent else ():
        if key in found:
            found[key].append(key)
    return found


def links() -> Iterator[tuple[int, int]]:
    """Every pair of events on the desk that a link joins."""
    yield from StatementLink.objects.values_list(
        "statement__event_id", "target__event_id"
    ).iterator()
    yield from RelatedEvent.objects.values_list("event_id", "target_id").iterator()

"""The order of a feed: events and those that were taken away, the newest act first."""

from collections.abc import Iterable, Iterator
from heapq import merge


def newest_first(entries: Iterable[dict], gone: Iterable[dict]) -> Iterator[dict]:
    """Both in one; entries stay in the order that they come in."""
    taken_away = sorted(gone, key=acted, reverse=True)
    return merge(entries, taken_away, key=acted, reverse=True)


def acted(item: dict) -> str:
    """The instant of the newest act on an event, which sorts as text."""
    return item.get("revision", item)["published_at"]

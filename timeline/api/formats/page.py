"""Plain JSON: a page of a list, with the pages around it."""

from collections.abc import Iterable, Iterator

from .base import About, json_text


def write(items: Iterable[dict], about: About) -> Iterator[str]:
    """The page, an entry at a time."""
    around = json_text({"next": about.next_url, "previous": about.previous_url})
    yield f'{around[:-1]},"results":['
    comma = ""
    for item in items:
        yield f"{comma}{json_text(item)}"
        comma = ","
    yield "]}"

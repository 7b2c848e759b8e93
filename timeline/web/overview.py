"""The whole story at a glance: as marks, or, where there are many, as columns."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

import orjson

from timeline.dates import parse
from timeline.drawing import language, path_of, where
from timeline.publishing import read

from .band import MOST_MARKS, Band, band_of
from .columns import Column, columns_of, edges_of
from .kept import Kept
from .listing import OLDEST_FIRST, Listing, addresses
from .places import Place
from .scale import DAY

MOST_KEPT = 4 * 2**20  # bytes

_marks: Kept[Band] = Kept(most=MOST_KEPT, size=lambda band: 2 * len(band.drawing))


def overview_of(
    listing: Listing,
    story: Mapping,
    query: read.Query,
    *,
    head: read.Head,
    at: int,
    path: str,
    kept: Iterable[tuple[str, str]] = (),
) -> Band | None:
    """All events that a query finds in a story; None where a picture says nothing.

    `kept` are the parameters that the query was read from. What is on the page is
    linked to there, the rest where it is.
    """
    whole = replace(query, order="-date") == read.Query(stories=(story["id"],))
    whole = whole and at == head.sequence
    events = story["counts"]["events"] if whole else 0
    if events <= MOST_MARKS:
        found = outlines_of(listing, query, at=at, head=head)
        band = as_marks(found, frozenset(entry["id"] for entry in listing.items))
        if band or len(found) < 2 or not whole:
            return band
    first, last = story["from"], story["until"]
    if not whole or not first or not last:
        return None
    edges = edges_of(parse(first).earliest, parse(last).latest)
    days = [second // DAY for second in edges]
    counts = read.counted(story["id"], days, head=head)
    oldest_first = query.order == OLDEST_FIRST
    return as_columns(path, tuple(kept), oldest_first, tuple(edges), tuple(counts))


def outlines_of(
    listing: Listing, query: read.Query, *, at: int, head: read.Head
) -> list[read.Outline]:
    """The events that a query finds: from the page itself, where it has them all."""
    if not (listing.previous or listing.following):
        return [read.outline(entry) for entry in listing.items]
    query = replace(query, order="-date", page_size=0)
    return read.outlines(query, at=at, head=head, limit=MOST_MARKS + 1)


def as_marks(found: list[read.Outline], here: frozenset[str]) -> Band | None:
    """The events as marks; those on this page are linked to in it."""
    if len(found) > MOST_MARKS:
        return None
    shown = orjson.dumps([list(one) for one in found])
    key = shown, here, where()

    def address(one: read.Outline) -> str:
        if one.id in here:
            return f"#{one.id}"
        return path_of("event", one.slug)

    band = _marks.get(key)
    if band is None and (band := band_of(found, address=address)):
        _marks.put(key, band)
    return band


@lru_cache(maxsize=256)
def _as_columns(
    path: str,
    kept: tuple[tuple[str, str], ...],
    oldest_first: bool,
    edges: tuple[int, ...],
    counts: tuple[int, ...],
    _language: str | None,
) -> Band:
    address = addresses(path, kept)

    def address_of(one: Column) -> str:
        second = one.start if oldest_first else one.end
        return address(Place((read.from_second(second), 0)))

    return columns_of(edges, counts, address=address_of)


def as_columns(*shown) -> Band:
    """The events as columns, each a link to the page that begins with it."""
    return _as_columns(*shown, language())

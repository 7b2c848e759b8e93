"""Pages of a list, with plain links to the pages around them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from timeline.publishing import read

from .places import Place, read_token, token

NEWEST_FIRST, OLDEST_FIRST = "-date", "date"


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page holds; the rest are addresses, None where there is nothing."""

    items: list
    address: str
    previous: str | None = None
    following: str | None = None


def timeline_page(
    query: read.Query, *, head: read.Head, path: str, asked: Mapping[str, str]
) -> Listing:
    """A page of the timeline, parsed; `asked` are the parameters of the request."""
    query = replace(query, order=asked_order(asked))
    about = f"{path} {query.order}"
    place = read_token(asked.get("page", ""), about)
    page = _timeline(query, head, place)
    if place.key is not None and not page.bodies:
        place, page = Place(), _timeline(query, head, Place())
    address = _addresses(path, about, query.order)
    return Listing(
        items=[json.loads(body) for body in page.bodies],
        address=address(place),
        previous=address(Place(page.first, back=True)) if page.more_before else None,
        following=address(Place(page.last)) if page.more_after else None,
    )


def asked_order(asked: Mapping[str, str]) -> str:
    """Newest first, unless the other order is asked for."""
    return OLDEST_FIRST if asked.get("order") == OLDEST_FIRST else NEWEST_FIRST


def turned(path: str, order: str) -> str:
    """The address of the same list in the other order."""
    return path if order == OLDEST_FIRST else f"{path}?order={OLDEST_FIRST}"


def things_page(noun: str, *, path: str, limit: int, asked: Mapping) -> Listing:
    """A page of all things of one noun, by slug."""
    place = read_token(asked.get("page", ""), path)
    rows, more = _things(noun, place, limit)
    if place.key is not None and not rows:
        place = Place()
        rows, more = _things(noun, place, limit)
    before, after = (more, True) if place.back else (place.key is not None, more)
    address = _addresses(path, path, NEWEST_FIRST)
    return Listing(
        items=rows,
        address=address(place),
        previous=address(Place(rows[0].slug, back=True)) if before and rows else None,
        following=address(Place(rows[-1].slug)) if after and rows else None,
    )


def _timeline(query: read.Query, head: read.Head, place: Place) -> read.Page:
    return read.page(
        query,
        at=head.sequence,
        head=head.sequence,
        made_for=head.site,
        after=tuple(place.key) if isinstance(place.key, list | tuple) else None,
        back=place.back,
    )


def _things(noun: str, place: Place, limit: int) -> tuple[list, bool]:
    rows = read.things(noun, after=place.key, limit=limit + 1, back=place.back)
    more, rows = len(rows) > limit, rows[:limit]
    return (rows[::-1] if place.back else rows), more


def _addresses(path: str, about: str, order: str) -> Callable[[Place], str]:
    """A function from a place in a list to its address."""

    def address(place: Place) -> str:
        parts = {"order": order} if order == OLDEST_FIRST else {}
        if place.key is not None:
            parts["page"] = token(about, place)
        return f"{path}?{urlencode(parts)}" if parts else path

    return address

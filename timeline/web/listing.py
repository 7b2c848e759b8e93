"""Pages of a list, with plain links to the pages around them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from timeline.publishing import read

from .parsed import parsed
from .places import Place, read_token, token

NEWEST_FIRST, OLDEST_FIRST = "-date", "date"


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page holds; the rest are addresses, None where there is nothing.

    `bodies` are entries as they are sent, where the items are entries.
    """

    items: list
    address: str
    previous: str | None = None
    following: str | None = None
    bodies: list[str | bytes] = field(default_factory=list)


def timeline_page(
    query: read.Query,
    *,
    head: read.Head,
    path: str,
    asked: Mapping[str, str],
    kept: Iterable[tuple[str, str]] | None = None,
    at: int | None = None,
) -> Listing:
    """A page of the timeline, parsed; `asked` are the parameters of the request.

    `kept` are those that the query was read from; without them only the order is
    read, here. It shows the record as it stood at sequence `at`, or as it is now.
    """
    if kept is None:
        query = replace(query, order=asked_order(asked))
        kept = [("order", OLDEST_FIRST)] if query.order == OLDEST_FIRST else []
    at = head.sequence if at is None else at
    place = read_token(asked.get("page", ""), with_parameters(path, kept))
    page = _timeline(query, head, at, place)
    leads_on = page.more_before if place.back else page.more_after
    if place.key is not None and not page.bodies and not leads_on:
        place, page = Place(), _timeline(query, head, at, Place())
    address = addresses(path, kept)
    return Listing(
        items=[parsed(body) for body in page.bodies],
        bodies=page.bodies,
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
    address = addresses(path)
    return Listing(
        items=rows,
        address=address(place),
        previous=address(Place(rows[0].slug, back=True)) if before and rows else None,
        following=address(Place(rows[-1].slug)) if after and rows else None,
    )


def _timeline(query: read.Query, head: read.Head, at: int, place: Place) -> read.Page:
    return read.page(
        query,
        at=at,
        head=head.sequence,
        made_for=head.site,
        after=tuple(place.key) if isinstance(place.key, list | tuple) else None,
        back=place.back,
    )


def _things(noun: str, place: Place, limit: int) -> tuple[list, bool]:
    rows = read.things(noun, after=place.key, limit=limit + 1, back=place.back)
    more, rows = len(rows) > limit, rows[:limit]
    return (rows[::-1] if place.back else rows), more


def addresses(
    path: str, kept: Iterable[tuple[str, str]] = ()
) -> Callable[[Place], str]:
    """A function from a place in a list to its address."""
    about = with_parameters(path, kept)

    def address(place: Place) -> str:
        if place.key is None:
            return about
        return with_parameters(path, [*kept, ("page", token(about, place))])

    return address


def with_parameters(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The address of a path with parameters."""
    pairs = list(pairs)
    return f"{path}?{urlencode(pairs)}" if pairs else path

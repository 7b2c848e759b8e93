"""Cursors, and the addresses of the pages around a page."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer

from .renderers import as_text

SALT = "timeline.api.cursor"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list, to read on from; `back` reads towards the beginning.

    `sequence` is that of the walk's first page, `key` the entry that the page lies
    behind or before, `list` a digest of the list and its filter.
    """

    sequence: int
    key: list[int] | int | str
    back: bool
    list: str


def digest_of(*query) -> str:
    """What binds a cursor to its list: a short digest of the normalised query."""
    return hashlib.sha256(as_text(query).encode()).hexdigest()[:16]


def cursor_to(place: Place) -> str:
    """The cursor of a place; the same place always has the same one."""
    value = [place.sequence, place.key, place.back, place.list]
    return _signer().sign_object(value)


def place_at(cursor: str) -> Place | None:
    """The place of a cursor; None where this site never gave it out."""
    try:
        return Place(*_signer().unsign_object(cursor))
    except BadSignature:
        return None


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")


def address(path: str, parameters: list[tuple[str, str]] = ()) -> str:
    """The address of something in the feed, by its path there."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{settings.SITE_URL}/api/v1/{path}{query}"

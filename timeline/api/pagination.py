"""Cursors, and the addresses of the pages around a page."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.core.signing import BadSignature, Signer

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
    return hashlib.sha256(orjson.dumps(query)).hexdigest()[:16]


def cursor_to(place: Place) -> str:
    """The cursor of a place; the same place always has the same one.

    What `Signer.sign_object` gives, at a fifth of the time: most pages hold two.
    """
    value = orjson.dumps([place.sequence, place.key, place.back, place.list])
    text = urlsafe_b64encode(value).rstrip(b"=")
    signature = hmac.digest(_key(settings.SECRET_KEY), text, "sha256")
    return f"{text.decode()}.{urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def place_at(cursor: str) -> Place | None:
    """The place of a cursor; None where this site never gave it out."""
    try:
        return Place(*_signer().unsign_object(cursor))
    except BadSignature:
        return None


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hashlib.sha256(f"{SALT}signer{secret}".encode()).digest()


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")


def address(path: str, parameters: list[tuple[str, str]] = ()) -> str:
    """The address of something in the feed, by its path there."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{settings.SITE_URL}/api/v1/{path}{query}"

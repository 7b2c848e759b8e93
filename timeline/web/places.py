"""Where a page begins: small signed tokens that work on one list alone.

Pages for people always show the record as it is now, so a token holds a key and no
moment. It is signed so that only keys that were given out come back.
"""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

SIGNER = "timeline.web.places"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Place:
    """What a page follows (`back`: precedes); without a key, the beginning."""

    key: tuple[int, int] | str | None = None
    back: bool = False


def token(about: str, place: Place) -> str:
    """The token of a place in the list that `about` names."""
    return _signer(about).sign_object([place.key, place.back])


def read_token(text: str, about: str) -> Place:
    """The place of a token; the beginning where no such list gave it out."""
    if not text or len(text) > LONGEST:
        return Place()
    try:
        key, back = _signer(about).unsign_object(text)
    except (BadSignature, ValueError):
        return Place()
    return Place(key, back)


def _signer(about: str) -> Signer:
    return Signer(salt=f"{SIGNER}:{about}")

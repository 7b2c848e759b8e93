"""Canonical JSON (RFC 8785) and the digests of the record."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping

FIRST_PREVIOUS = "0" * 64
CHAINED = (
    "previous",
    "sequence",
    "id",
    "number",
    "kind",
    "published_at",
    "successor",
    "content",
)
SAFE_INTEGER = 2**53 - 1


def canonical(value) -> str:
    """`value` as canonical JSON: NFC, keys sorted, no spaces, integers only.

    Keys are ASCII here, where code points and the UTF-16 units that RFC 8785
    (3.2.3) sorts by agree. TypeError for a float or a key that is not ASCII,
    ValueError for half of a surrogate pair (3.2.2.2).
    """
    text = json.dumps(
        _checked(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    text.encode()  # raises where a character is not one
    return text


def _checked(value):
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, int):
        if abs(value) > SAFE_INTEGER:
            raise TypeError(f"{value} is too large for JSON's integers.")
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) and key.isascii() for key in value):
            raise TypeError("The keys of a document are ASCII text.")
        return {key: _checked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_checked(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no place in a document.")


def content_digest(salt: str, text: str) -> str:
    """sha256 over the salt's hex digits, as ASCII, and the canonical text."""
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def row_digest(row: Mapping) -> str:
    """The digest of a row of the record, over what it chains (`CHAINED`)."""
    chained = canonical({name: row[name] for name in CHAINED})
    return hashlib.sha256(chained.encode()).hexdigest()


def words_of_act(*, slug, note, caused_by, suppresses) -> str:
    """What `content` covers in a row without a document: its own words."""
    return canonical(
        {"slug": slug, "note": note, "caused_by": caused_by, "suppresses": suppresses}
    )

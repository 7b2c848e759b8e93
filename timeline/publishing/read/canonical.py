"""Canonical JSON (RFC 8785) and the digests of the record."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from operator import itemgetter
from typing import Any

import orjson

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
SCALARS = frozenset((str, int, bool, type(None)))
SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
# In JSON text: a name with another character in it, or what looks like one.
OTHER_KEY = re.compile(r'[^\x00-\x7f][^"]*":')


def canonical(value) -> str:
    """`value` as canonical JSON: NFC, keys sorted, no spaces, integers only.

    Keys are ASCII here, where code points and the UTF-16 units that RFC 8785
    (3.2.3) sorts by agree. TypeError for a float or a key that is not ASCII,
    ValueError for half of a surrogate pair (3.2.2.2).
    """
    text = _as_it_is(value)
    return _with_care(value) if text is None else text


def spoken(value, seen: dict | None = None) -> tuple[str, Any]:
    """The same, and what it says: `value` itself where nothing had to be changed.

    `seen` keeps the things that several values hold, so that each is looked at once.
    """
    text = _as_it_is(value, seen)
    if text is not None:
        return text, value
    text = _with_care(value)
    return text, orjson.loads(text)


def _as_it_is(value, seen: dict | None = None) -> str | None:
    """Canonical JSON of what needs no change; None where it has to be looked at."""
    seen = {} if seen is None else seen
    if not _is_plain(value, seen):
        seen.clear()  # what is in it may not be plain
        return None
    try:
        written = orjson.dumps(value, option=SORTED)
    except TypeError:
        return None
    text = written.decode()
    if len(text) < len(written) and not _is_normal(text):  # not all of it is ASCII
        return None
    return text


def _is_normal(text: str) -> bool:
    """Whether JSON text is in NFC, and so is all that it holds; its names are ASCII."""
    return unicodedata.is_normalized("NFC", text) and not OTHER_KEY.search(text)


def _is_plain(value, seen: dict[int, dict]) -> bool:
    """Whether a value is made of nothing but what both ways write alike.

    What has a web name may be in many: it is looked at once, and kept by its place in
    memory, with itself so that no other takes that.
    """
    waiting = [value] if type(value) not in SCALARS else []
    for one in waiting:  # which grows meanwhile
        kind = type(one)
        if kind is list:
            if not one:
                continue
        elif kind is dict:
            if "slug" in one:
                if id(one) in seen:
                    continue
                seen[id(one)] = one
            one = tuple(one.values())
        else:
            return False
        if several := _several(tuple(map(type, one))):
            waiting += several(one)
    return True


@lru_cache(maxsize=4096)
def _several(kinds: tuple[type, ...]) -> Callable[[Sequence], Sequence] | None:
    """What takes those of some values, of these kinds, that are no scalars, if any."""
    places = [at for at, kind in enumerate(kinds) if kind not in SCALARS]
    if not places:
        return None
    if len(places) > 1:
        return itemgetter(*places)
    return itemgetter(slice(places[0], places[0] + 1))


def _with_care(value) -> str:
    """The same, value by value: slower, and what is wrong is found where it is."""
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
    chained = {name: row[name] for name in CHAINED}
    if SCALARS.issuperset(map(type, chained.values())):
        with suppress(TypeError):  # told in its own words below
            text = orjson.dumps(chained, option=SORTED)
            if text.isascii():
                return hashlib.sha256(text).hexdigest()
    return hashlib.sha256(canonical(chained).encode()).hexdigest()


def words_of_act(*, slug, note, caused_by, suppresses) -> str:
    """What `content` covers in a row without a document: its own words."""
    return canonical(
        {"slug": slug, "note": note, "caused_by": caused_by, "suppresses": suppresses}
    )

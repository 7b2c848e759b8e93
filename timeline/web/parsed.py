"""Entries as they are sent, parsed once and kept in this process."""

from collections.abc import Mapping
from functools import cached_property
from hashlib import blake2b

import orjson
from django.conf import settings

from .entries import linked_ids
from .kept import Kept
from .words import MADE_WITH_AI

MOST_KEPT = 48 * 2**20  # bytes
SIZE = 5  # times its text, about, is what an entry and its key take up


class Entry(dict):
    """An entry as it is sent, with what every page asks of it.

    `digest` tells it from every other. Whoever asks next is given the same, so nothing
    in it may be changed.
    """

    def __init__(self, body: str | bytes):
        super().__init__(orjson.loads(body))
        text = body.encode() if isinstance(body, str) else body
        self.digest = blake2b(text, digest_size=16).digest()

    @cached_property
    def elsewhere(self) -> tuple[str, ...]:
        """The statements of other entries that its own link to or from, by id."""
        linked = linked_ids([self])
        if linked:
            linked -= {statement["id"] for statement in self["statements"]}
        return tuple(sorted(linked))

    @cached_property
    def made_with_ai(self) -> tuple[str, ...]:
        """The sources in it that were made with AI, by id."""
        return tuple(made_with_ai(self))


def made_with_ai(entry: Mapping) -> list[str]:
    """The sources of an entry that were made with AI, by id."""
    cited = [
        citation[part]
        for statement in entry["statements"]
        for citation in statement["citations"]
        for part in ("source", "via", "read_in")
        if citation[part]
    ]
    return sorted({one["id"] for one in cited if one["production"] in MADE_WITH_AI})


_kept: Kept[tuple[Entry, int]] = Kept(most=MOST_KEPT, size=lambda one: one[1] * SIZE)


def parsed(body: str | bytes) -> Entry:
    """The entry that is sent as this text."""
    found = _kept.get(body)
    if found is None:
        found = Entry(body), len(body)
        if not settings.DEBUG:
            _kept.put(body, found)
    return found[0]


def forget() -> None:
    """Let go of all that is kept."""
    _kept.clear()

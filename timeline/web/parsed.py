"""Entries as they are sent, parsed once and kept in this process."""

from collections.abc import Mapping

import orjson
from django.conf import settings

from .entries import linked_ids
from .kept import Kept
from .words import MADE_WITH_AI

MOST_KEPT = 48 * 2**20  # bytes
SIZE = 5  # times its text, about, is what an entry and its key take up


class Entry(dict):
    """An entry as it is sent, with what every page asks of it.

    `elsewhere` and `made_with_ai` are as the functions of these names have them. `key`
    tells it from every other: the digest of its revision, and the hash of its
    text among the few texts that one revision is sent as. Whoever asks next is given
    the same, so nothing in it may be changed.
    """

    def __init__(self, body: str | bytes):
        super().__init__(orjson.loads(body))
        self.key = self["revision"]["digest"], len(body), hash(body)
        self.elsewhere = elsewhere(self)
        self.made_with_ai = made_with_ai(self)


def elsewhere(entry: Mapping) -> list[str]:
    """The statements of other entries that those of one link to or from, by id."""
    linked = linked_ids([entry])
    if linked:
        linked -= {statement["id"] for statement in entry["statements"]}
    return sorted(linked)


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

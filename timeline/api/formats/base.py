"""What a format is, what it may say of the list it writes, and how its text is sent."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID, uuid5

EVENTS, STATEMENTS = "events", "statements"
BOTH = frozenset({EVENTS, STATEMENTS})

# Chosen once, and never to change: every permanent id is reckoned from it.
NAMESPACE = UUID("f8200ca0-ab58-4a49-bef3-37bdbbbf9e6f")
CHUNK = 32 * 1024
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# What XML 1.0 has no place for (section 2.2); iCalendar, mail and terminals neither.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Half a character: no encoding has it.
LONE_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class About:
    """What a format may say of the list it writes; addresses are absolute.

    `gone`: events that were lately withdrawn, merged or suppressed, each with `id`,
    `slug`, `url`, `html_url`, `title`, `kind`, `note`, `successor` (a slug or None) and
    `published_at`.
    """

    kind: str  # EVENTS or STATEMENTS
    title: str
    description: str
    self_url: str  # this answer
    html_url: str  # the page for people
    next_url: str | None
    previous_url: str | None
    updated: str | None  # instant of the newest act
    publisher: str
    contact: str  # an address of mail or of the web
    licence_name: str
    licence_url: str
    site: str
    gone: tuple[dict, ...] = ()
    known_at: str | None = None
    as_of: str | None = None


Writer = Callable[[Iterable[dict], About], Iterator[str]]


def every(edtf: str) -> bool:
    """Whether a format that can hold every date can hold this one."""
    return True


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, its types, the lists it can hold and how it is written.

    `whole`: it is the whole answer, streamed, instead of a page. `newest_first`: unless
    an order is asked for, what was published last comes first, so that what is updated
    resurfaces. `holds` tells by a date's EDTF text whether the format has a place for
    an event of that date; what it has no place for is left out.
    """

    name: str
    media_type: str
    write: Writer
    parameters: str = ""
    lists: frozenset[str] = BOTH
    whole: bool = False
    newest_first: bool = False
    by_accept: bool = True
    extension: str = ""
    holds: Callable[[str], bool] = every

    @property
    def content_type(self) -> str:
        """The header `Content-Type`."""
        return f"{self.media_type}; {self.parameters}".removesuffix("; ")

    @property
    def leaves_out(self) -> bool:
        """Whether there are dates that it has no place for."""
        return self.holds is not every

    def filename(self, kind: str) -> str:
        """What the answer is saved as; empty where it is for reading at once."""
        return f"{kind}.{self.extension}" if self.extension else ""

    def left_out(self, dates: Iterable[str]) -> int:
        """Of events with these dates, EDTF texts, how many it has no place for."""
        return sum(not self.holds(edtf) for edtf in dates)


def permanent(identifier: str) -> UUID:
    """The id of an event or statement as formats want one: unique, and never to change.

    It follows from the event's own id alone, which is drawn at random, and goes with it
    to another address or another copy of the record; a `tag:` or an address would end
    with the domain in it. RFC 9562, section 5.5.
    """
    return uuid5(NAMESPACE, identifier)


def printable(text: str) -> str:
    """The text, with a mark where a character is that no text may hold."""
    return UNPRINTABLE.sub(REPLACEMENT, text)


def encodable(text: str) -> str:
    """The text, with a mark for every half of a character."""
    return LONE_SURROGATES.sub(REPLACEMENT, text)


def json_text(value) -> str:
    """Compact JSON that can be sent."""
    return encodable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def without_nothing(fields: dict) -> dict:
    """The fields that say something."""
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def in_chunks(texts: Iterable[str]) -> Iterator[str]:
    """The same texts, joined to pieces worth sending."""
    held, length = [], 0
    for text in texts:
        held.append(text)
        length += len(text)
        if length >= CHUNK:
            yield "".join(held)
            held, length = [], 0
    if held:
        yield "".join(held)

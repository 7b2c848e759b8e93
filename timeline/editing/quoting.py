"""The words of a report: what of them is quoted, and where they stand in its text."""

import re
from dataclasses import dataclass

from timeline.models import Mode

from .passages import fold

LONGEST = 300  # characters of a passage with the words around it
AROUND = 32  # of the words before, or after
MARKS = '“”"„«»″'
OPENING, CLOSING = "“„«", "”»"
QUOTED = re.compile(r"[“„«\"″]([^“”„«»\"″]+)[”“»«\"″]")
ENDS = (".", "!", "?", "…")
WHOLE_WORDS = re.compile(rf".{{1,{LONGEST}}}(?=\s|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said: the words quoted, if any, and how they are told."""

    quote: str
    mode: str


@dataclass(frozen=True, slots=True)
class Place:
    """A passage with as much around it as tells it from others like it."""

    prefix: str
    exact: str
    suffix: str


def spoken(words: str, text: str) -> Spoken:
    """What of these words is quoted, by the marks in them or around them."""
    pieces = [piece.strip(" ,") for piece in QUOTED.findall(words)]
    rest = QUOTED.sub("", words).strip(" ,.")
    if pieces and not rest:
        return whole(" ".join(pieces))
    if pieces:
        return Spoken(" … ".join(pieces), Mode.PARTIAL_QUOTE)
    bare = words.strip(f"{MARKS} ,\n")
    if bare != words.strip() or stands_in_marks(words, text):
        return whole(bare)
    return Spoken("", Mode.PARAPHRASE)


def whole(quote: str) -> Spoken:
    """A quote that is a sentence of its own is quoted in full."""
    full = quote[:1].isupper() and (quote.endswith(ENDS) or len(quote.split()) > 3)
    return Spoken(quote, Mode.DIRECT_QUOTE if full else Mode.PARTIAL_QUOTE)


def stands_in_marks(words: str, text: str) -> bool:
    """Whether the words are within quotation marks where they stand in a text.

    Of words that are in no text, nothing else is known: they count as quoted.
    """
    start = text.find(words)
    if start < 0:
        return True
    paragraph = text.rfind("\n", 0, start) + 1
    before = text[paragraph:start]
    opened = sum(before.count(mark) for mark in OPENING)
    closed = sum(before.count(mark) for mark in CLOSING)
    straight = sum(before.count(mark) for mark in '"″')
    return opened > closed or straight % 2 == 1


def place_of(words: str, text: str, *, at: int | None = None) -> Place | None:
    """Where words stand in a text; None where they are not there, or more than once.

    `at` says which of several places it is: the place where they were selected. A
    long passage is held by its beginning.
    """
    exact = first_words(words)
    wanted, held = fold(exact), fold(text)
    if not wanted or wanted not in held:
        return None
    if held.find(wanted) == held.rfind(wanted):
        return Place("", exact, "")
    if at is None or text[at : at + len(exact)] != exact:
        return None
    prefix, suffix = around(text, at, at + len(exact), LONGEST - len(exact))
    wanted = fold(f"{prefix}{exact}{suffix}")
    unique = held.find(wanted) == held.rfind(wanted)
    return Place(prefix, exact, suffix) if unique else None


def around(text: str, start: int, end: int, room: int) -> tuple[str, str]:
    """The words before and after, together no longer than there is room for."""
    each = min(AROUND, room // 2)
    return text[max(0, start - each) : start], text[end : end + each]


def first_words(words: str) -> str:
    """As much as a passage holds, whole words of it."""
    words = words.strip()
    head = WHOLE_WORDS.match(words)
    return head[0] if head else words[:LONGEST]

"""What a pasted article says of itself: its title, its date, who published it.

All of it is a suggestion to an editor. Nothing is fetched.
"""

import re
from dataclasses import dataclass

from trafilatura import extract
from trafilatura.metadata import extract_metadata

from timeline.dates import BadDate, UncertainDate, read_typed

MOST = 1_000_000  # characters that are looked at
TOP = 40  # lines among which a plain text says when and by whom it was published
SHORT = 120  # characters of a line that is about the article and not of it
TITLE = 300
PAGE = re.compile(
    r"\s*<(?:!doctype|html|head|body|article|main|section|div|p|meta)\b", re.I
)
MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|ust|ember|ober)?\.?"
)
DAYS = (
    r"\d{4}-\d\d-\d\d",
    rf"\d{{1,2}} {MONTH},? \d{{4}}",
    rf"{MONTH} \d{{1,2}},? \d{{4}}",
)
DAY = re.compile(rf"\b(?:{'|'.join(DAYS)})\b", re.I)
PUBLISHED = re.compile(r"\b(?:published|posted|released)\b", re.I)
LATER = re.compile(r"\b(?:updated|modified|accessed|retrieved)\b", re.I)
PUBLISHER = re.compile(r"published by (?P<name>[^|·\d]{2,100}?)(?: on\b.*)?", re.I)
NO_TITLE = re.compile(r"(?:by|photo|published|posted|updated|image|source)\b", re.I)


@dataclass(frozen=True, slots=True)
class Article:
    """What a text says of itself; empty where it does not."""

    text: str
    title: str = ""
    publisher: str = ""
    published: UncertainDate | None = None
    said: str = ""  # the words in which it says when
    address: str = ""


def read_article(pasted: str) -> Article:
    """What a pasted text, or the source of a web page, says of itself."""
    pasted = pasted[:MOST].replace("\r\n", "\n").replace("\r", "\n")
    return from_page(pasted) if PAGE.match(pasted) else from_text(pasted)


def from_page(page: str) -> Article:
    """From the source of a web page: its own data on itself, and its text."""
    text = extract(page, include_comments=False) or page
    told = extract_metadata(page)
    if told is None:
        return from_text(text)
    said = told.date or ""
    return Article(
        text=text,
        title=one_line(told.title or "")[:TITLE],
        publisher=one_line(told.sitename or ""),
        published=day_in(said),
        said=said,
        address=told.url or "",
    )


def from_text(text: str) -> Article:
    """From plain text: the lines at its top that are about it."""
    lines = [one_line(line) for line in text.split("\n", TOP * 4)[: TOP * 4]]
    top = [line for line in lines if line][:TOP]
    said = date_line(top)
    return Article(
        text=text,
        title=title_in(top)[:TITLE],
        publisher=publisher_in(top),
        published=day_in(said),
        said=said,
    )


def title_in(lines: list[str]) -> str:
    """The first line that reads like a title; else the first of all."""
    for line in lines:
        if len(line.split()) > 3 and not NO_TITLE.match(line) and not DAY.search(line):
            return line
    return lines[0] if lines else ""


def publisher_in(lines: list[str]) -> str:
    """Who is said to have published it."""
    found = (PUBLISHER.fullmatch(line) for line in lines if len(line) <= SHORT)
    return next((match["name"].strip(" .,-") for match in found if match), "")


def date_line(lines: list[str]) -> str:
    """The words in which a short line says a day; one that says “published” first."""
    dated = [
        (line, match[0])
        for line in lines
        if len(line) <= SHORT and not LATER.search(line) and (match := DAY.search(line))
    ]
    dated.sort(key=lambda found: not PUBLISHED.search(found[0]))
    return dated[0][1] if dated else ""


def day_in(words: str) -> UncertainDate | None:
    """The day that some words name, where they name one by themselves."""
    try:
        return read_typed(words).date if words else None
    except BadDate:
        return None


def one_line(text: str) -> str:
    return " ".join(text.split())

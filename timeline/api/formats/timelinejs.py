"""TimelineJS 3: events on a line of time, each as exactly as its date is known.

A slide needs a start. Where not even the year of it is known (`[..2026-03-03]`, a
decade, no date) none is made up: such events are listed in words on the title slide.

TimelineJS shows texts as HTML. It makes links of what looks like an address without
escaping it again, so `autolink` is off; and it decodes `display_date` and `group` once
before it shows them as HTML, so these are escaped twice.
"""

from collections.abc import Iterable, Iterator

from django.utils.html import escape

from . import markup, sentences
from .base import About, json_text, without_nothing
from .days import Parts, end_of, start_of

FIELDS = ("year", "month", "day", "hour", "minute", "second")
NOT_PLACED = "Without a start that is known to the year, and so not on the line:"


def write(entries: Iterable[dict], about: About) -> Iterator[str]:
    """The whole, at once: the title slide comes first and tells what is left out."""
    placed, unplaced = [], []
    for entry in entries:
        is_placed = start_of(entry["date"]["edtf"])
        (placed if is_placed else unplaced).append(entry)
    yield json_text(
        {
            "scale": "human",
            "title": title(about, unplaced),
            "events": [slide(entry) for entry in placed],
        }
    )


def title(about: About, unplaced: list[dict]) -> dict:
    """The first slide: what this is, its terms, and what has no place on the line."""
    told = [sentences.described(about), sentences.terms(about)]
    told += [NOT_PLACED] if unplaced else []
    text = "".join(map(markup.of_sentence, told)) + markup.of_unplaced(unplaced)
    return {
        "text": {"headline": escape(about.title), "text": text},
        "autolink": False,
    }


def slide(entry: dict) -> dict:
    """An event with a start, and an end where it lasted until one that is known."""
    edtf = entry["date"]["edtf"]
    return without_nothing(
        {
            "unique_id": entry["id"],
            "start_date": dated(start_of(edtf)),
            "end_date": dated(end_of(edtf)) or None,
            "display_date": decoded_once(sentences.dated(entry["date"])),
            "text": {
                "headline": escape(sentences.headed(entry)),
                "text": markup.of_event(entry, dated=False),
            },
            "group": group(entry),
            "autolink": False,
        }
    )


def dated(parts: Parts) -> dict[str, int]:
    """The parts by their names; the rest is left open."""
    return dict(zip(FIELDS, parts, strict=False))


def group(entry: dict) -> str:
    """The row that an event stands in: that of its first story."""
    return decoded_once(entry["stories"][0]["title"]) if entry["stories"] else ""


def decoded_once(text: str) -> str:
    """Text for a field that TimelineJS decodes before it shows it as HTML."""
    return escape(str(escape(text)))

"""An event as a fragment of HTML, in which all that anybody wrote is escaped."""

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from . import sentences

NOTHING = SafeString("")


def of_event(entry: dict, *, dated: bool = True) -> str:
    """What an event says: act, date, summary, statements, origins, where to read on."""
    return _joined(
        [
            _paragraph(sentences.noted(entry["revision"])),
            _paragraph(sentences.dated(entry["date"]) if dated else ""),
            _paragraph(entry["summary"]),
            _statements(entry),
            _paragraph(sentences.counted(entry["origins"])),
            _read_on(entry["html_url"], "Sources and earlier versions"),
        ]
    )


def of_gone(gone: dict, *, site: str) -> str:
    """What is left to say of an event that was taken away, and what stands for it."""
    successor = gone["successor"] and f"{site}/events/{gone['successor']}/"
    return _joined(
        [
            _paragraph(sentences.noted(gone) or sentences.ACTS.get(gone["kind"], "")),
            _read_on(successor, "Read this instead") if successor else NOTHING,
        ]
    )


def of_unplaced(entries: Iterable[dict]) -> str:
    """A list of events that have no place on a line of time, with their dates."""
    rows = [
        (sentences.dated(row["date"]), _link(row["html_url"], sentences.headed(row)))
        for row in entries
    ]
    listed = format_html_join("", "<li>{}: {}</li>", rows)
    return format_html("<ul>{}</ul>", listed) if rows else NOTHING


def of_sentence(text: str) -> str:
    """A paragraph."""
    return _paragraph(text)


def _statements(entry: dict) -> SafeString:
    """The statements; of one that no longer stands, also what took its place."""
    told = {row["id"]: row for row in entry["statements"]}
    items = _joined(_statement(row, told) for row in entry["statements"])
    return format_html("<ul>{}</ul>", items) if items else NOTHING


def _statement(row: dict, told: dict[str, dict]) -> SafeString:
    if sentences.has_fallen(row):
        return format_html(
            "<li><strong>{}.</strong> <s>{}</s>{}</li>",
            sentences.standing(row),
            _said(row),
            _replaced(row, told),
        )
    mark = sentences.standing(row)
    marked = format_html("<strong>{}.</strong> ", mark) if mark else NOTHING
    return format_html("<li>{}{}</li>", marked, _said(row))


def _said(row: dict) -> SafeString:
    quote = row["quote"]
    return format_html(
        '{}: <bdi lang="{}">{}</bdi>{}',
        _isolated(row["attribution"]),
        row["language"],
        row["text"],
        _quoted(quote) if quote else NOTHING,
    )


def _quoted(quote: dict) -> SafeString:
    return format_html(
        ' <bdi lang="{}">{}</bdi>', quote["language"], sentences.quoted(quote)
    )


def _replaced(row: dict, told: dict[str, dict]) -> SafeString:
    """What corrected or retracted a statement: its words, or else where they are."""
    felling = [link for link in row["linked_by"] if link["kind"] in sentences.FELLED_BY]
    known = [told[link["statement"]] for link in felling if link["statement"] in told]
    if not known:
        return format_html(" {}", _link(row["html_url"], "See what replaced it"))
    return format_html_join("", "<br>Instead: {}", ((_said(other),) for other in known))


def _paragraph(text: str) -> SafeString:
    if not text:
        return NOTHING
    lines = format_html_join(mark_safe("<br>"), "{}", ((x,) for x in text.splitlines()))
    return format_html('<p dir="auto">{}</p>', lines)


def _isolated(text: str) -> SafeString:
    """Text that cannot turn the direction of what stands beside it."""
    return format_html("<bdi>{}</bdi>", text)


def _read_on(address: str, words: str) -> SafeString:
    return format_html("<p>{}</p>", _link(address, words))


def _link(address: str, words: str) -> SafeString:
    return format_html('<a href="{}"><bdi>{}</bdi></a>', address, words)


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(map(conditional_escape, parts)))

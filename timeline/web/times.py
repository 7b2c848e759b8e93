"""Dates and times as a page shows them: in words, with their zone."""

import re

from timeline.dates import parse

# What the `datetime` attribute of HTML may hold; an EDTF text may be much more.
MONTH = r"(0[1-9]|1[0-2])"
CLOCK = r"T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)"
FOR_MACHINES = re.compile(rf"(?!0000)\d{{4}}(-{MONTH}(-\d\d({CLOCK})?)?)?")


def shown(date: dict | None) -> dict | None:
    """A date of the record: its wording, and the words of the report it came from."""
    if date is None:
        return None
    edtf, words = date["edtf"], date["words"]
    told_anew = words and plain(words) != plain(date["display"])
    return {
        "display": date["display"],
        "machine": for_machines(edtf),
        "words": words if told_anew else None,
        "anchor": date["anchor"],
    }


def for_machines(edtf: str) -> str | None:
    """A date as the `datetime` attribute of HTML has it, where it can."""
    return edtf if FOR_MACHINES.fullmatch(edtf) else None


def without_words(date: dict | None) -> dict | None:
    """The same, for where a report's own way of dating itself is beside the point."""
    if date is None:
        return None
    return {
        "display": date["display"],
        "machine": for_machines(date["edtf"]),
        "words": None,
        "anchor": date["anchor"],
    }


def plain(words: str) -> str:
    """A wording without what makes no difference."""
    return words.casefold().removeprefix("the ")


def instant_shown(published_at: str) -> dict:
    """An instant of the record, to the minute: "14:05 UTC on 3 March 2026".

    HTML has no place for more than three digits of a second.
    """
    minute = f"{published_at[:16]}Z"
    return {"display": parse(minute).display, "machine": f"{published_at[:23]}Z"}


def span(first: str | None, last: str | None) -> str:
    """The days from one UTC instant to another, in words; empty where neither is."""
    begin, end = (part.partition("T")[0] if part else "" for part in (first, last))
    if begin and end:
        return parse(f"{begin}/{end}").display
    return parse(f"[{begin}..{end}]").display if begin or end else ""

"""Which format a reader gets: the one that is named, else the best that is accepted."""

import re
from functools import lru_cache
from typing import NamedTuple

from django.utils.http import parse_header_parameters

from . import atom, ics, jsonfeed, jsonld, page, table, timelinejs
from .base import EVENTS, Format
from .days import has_start, is_exact

ONLY_EVENTS = frozenset({EVENTS})

# The first is what who accepts anything gets.
ALL = (
    Format("json", "application/json", page.write),
    Format(
        "jsonfeed",
        "application/feed+json",
        jsonfeed.write,
        lists=ONLY_EVENTS,
        newest_first=True,
    ),
    Format(
        "atom",
        "application/atom+xml",
        atom.write,
        parameters="charset=utf-8",
        lists=ONLY_EVENTS,
        newest_first=True,
    ),
    Format(
        "ics",
        "text/calendar",
        ics.write,
        parameters="charset=utf-8",
        lists=ONLY_EVENTS,
        whole=True,
        extension="ics",
        holds=is_exact,
    ),
    Format(
        "csv",
        "text/csv",
        table.write,
        parameters="charset=utf-8; header=present",
        whole=True,
        extension="csv",
    ),
    # It has no type of its own.
    Format(
        "timelinejs",
        "application/json",
        timelinejs.write,
        lists=ONLY_EVENTS,
        by_accept=False,
        holds=has_start,
    ),
    Format("jsonld", "application/ld+json", jsonld.write),
)
FORMATS = {one.name: one for one in ALL}
LONGEST_ACCEPT = 1000
QUALITY = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")


def names(kind: str) -> tuple[str, ...]:
    """The formats that a list, "events" or "statements", can be had in."""
    return tuple(one.name for one in ALL if kind in one.lists)


def chosen(accept: str, name: str | None, *, kind: str) -> Format | None:
    """The format to answer in; None where there is none that would do.

    `name` is the parameter `format` and decides alone; else `accept`, the header, does
    (RFC 9110, section 12.5.1). What is longer than any browser sends is not read.
    """
    if name is not None:
        found = FORMATS.get(name)
        return found if found and kind in found.lists else None
    return accepted(accept[:LONGEST_ACCEPT], kind)


@lru_cache(maxsize=256)
def accepted(accept: str, kind: str) -> Format | None:
    """The format that is accepted most; of equals, the first."""
    offered = [one for one in ALL if kind in one.lists and one.by_accept]
    ranges = [read for text in accept.split(",") if (read := read_range(text))]
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda one: quality(one.media_type, ranges))
    return best if quality(best.media_type, ranges) else None


class Range(NamedTuple):
    """One of the types that a reader accepts, and how gladly, from 0 to 1."""

    type: str
    quality: float

    def fits(self, media_type: str) -> bool:
        main = media_type.partition("/")[0]
        return self.type in (media_type, f"{main}/*", "*/*")

    def closeness(self) -> tuple[bool, bool]:
        """How closely it says what it means."""
        return self.type != "*/*", not self.type.endswith("/*")


def read_range(text: str) -> Range | None:
    """A part of the header `Accept`; None for an empty one."""
    media_type, parameters = parse_header_parameters(text.strip())
    if not media_type:
        return None
    given = parameters.get("q", "1")
    return Range(media_type, float(given) if QUALITY.fullmatch(given) else 1.0)


def quality(media_type: str, ranges: list[Range]) -> float:
    """How gladly a type is taken: what the range says that means it most closely."""
    fitting = [one for one in ranges if one.fits(media_type)]
    return max(fitting, key=Range.closeness).quality if fitting else 0.0

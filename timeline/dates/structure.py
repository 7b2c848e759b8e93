"""The form of a date's text: one date, an interval, a set, or not known."""

from typing import NamedTuple

from timeline.dates.complaints import about
from timeline.dates.errors import BadDate
from timeline.dates.moment import Moment, read_moment
from timeline.dates.single import Stated, read_single

# From the finest to the coarsest. What is named in words of another kind counts as the
# finest unit that is fully known: 1985-04-XX is precise to the month, 156X-12-25 to the
# decade. Of several dates, the coarsest counts.
PRECISIONS = (
    "second",
    "minute",
    "day",
    "month",
    "season",
    "quarter",
    "quadrimester",
    "half",
    "year",
    "decade",
    "century",
    "millennium",
    "unknown",
)
_RANK = {precision: rank for rank, precision in enumerate(PRECISIONS)}

Point = Stated | Moment


class Unknown(NamedTuple):
    """ ".." alone: nothing is known of the date."""

    earliest: None = None
    latest: None = None
    precision: str = "unknown"
    uncertain: bool = False
    approximate: bool = False


class Stretch(NamedTuple):
    """From one date to another: an interval, or a range within a set.

    An end that is None is `open_as` "..", open, or "", not known.
    """

    first: Point | None
    last: Point | None
    open_as: str
    earliest: int | None
    latest: int | None
    precision: str
    uncertain: bool
    approximate: bool


class Several(NamedTuple):
    """A set: one of its members ("[") or all of them ("{")."""

    kind: str
    members: tuple[Point | Stretch, ...]
    earliest: int | None
    latest: int | None
    precision: str
    uncertain: bool
    approximate: bool


Node = Unknown | Stated | Moment | Stretch | Several


def read(text: str) -> Node:
    """The form of `text`; raises `BadDate`."""
    if not text:
        raise BadDate("Write a date, or .. for a date that is not known.")
    if text == "..":
        return Unknown()
    if text[0] in "[{" and text[-1] in "]}":
        return _set(text)
    if "/" in text:
        return _interval(text)
    return _point(text)


def _point(text: str) -> Point:
    return read_moment(text) if "T" in text else read_single(text)


def _interval(text: str) -> Stretch:
    _refuse_sets_as_ends(text)
    if text.count("/") > 1:
        raise BadDate("An interval has one / between its start and its end.")
    start, end = text.split("/")
    if start in ("", "..") and end in ("", ".."):
        raise BadDate(
            "An interval needs a start or an end; write .. if both are unknown."
        )
    return _stretch(
        None if start in ("", "..") else _point(start),
        None if end in ("", "..") else _point(end),
        start if start in ("", "..") else end,
    )


def _refuse_sets_as_ends(text: str) -> None:
    if any(bracket in text for bracket in "[]{}"):
        raise BadDate(
            "A set cannot be an end of an interval; write the interval in plain dates, "
            "or one set around a range, as in [..2026-03-03]."
        )


def _stretch(first: Point | None, last: Point | None, open_as: str) -> Stretch:
    ends = tuple(end for end in (first, last) if end is not None)
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if earliest is not None and latest is not None and latest < earliest:
        raise BadDate("The end comes before the start; write the earlier date first.")
    return Stretch(first, last, open_as, earliest, latest, *_common(ends))


def _common(nodes: tuple) -> tuple[str, bool, bool]:
    """The coarsest precision, and whether any is uncertain or approximate."""
    return (
        max((node.precision for node in nodes), key=_RANK.__getitem__),
        any(node.uncertain for node in nodes),
        any(node.approximate for node in nodes),
    )


def _set(text: str) -> Several:
    kind, inside = text[0], text[1:-1]
    if any(bracket in inside for bracket in "[]{}") and "/" in text:
        _refuse_sets_as_ends(text)
    if text[-1] != {"[": "]", "{": "}"}[kind] or any(c in inside for c in "[]{}"):
        raise BadDate(about("[]"))
    if "/" in inside:
        raise BadDate("A set holds dates and ranges like 1670..1672, not intervals.")
    texts = inside.split(",")
    for place, member in enumerate(texts):
        _check_open_ends(member, place == 0, place == len(texts) - 1)
    members = tuple(map(_member, texts))
    starts = [member.earliest for member in members]
    ends = [member.latest for member in members]
    return Several(
        kind,
        members,
        None if None in starts else min(starts),
        None if None in ends else max(ends),
        *_common(members),
    )


def _check_open_ends(member: str, is_first: bool, is_last: bool) -> None:
    if not member or member == "..":
        raise BadDate("A set needs a date on each side of a comma, and at least one.")
    if (member.startswith("..") and not is_first) or (
        member.endswith("..") and not is_last
    ):
        raise BadDate("In a set, an open start comes first and an open end comes last.")


def _member(text: str) -> Point | Stretch:
    if ".." not in text:
        return _point(text)
    ends = text.split("..")
    if len(ends) != 2:
        raise BadDate("A range has one start and one end, as in 1670..1672.")
    first, last = (_point(end) if end else None for end in ends)
    return _stretch(first, last, "..")

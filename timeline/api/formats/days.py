"""How exactly a date may be said where only calendar dates can be: never more than is
known.
"""

import re
from datetime import UTC, date, datetime, timedelta

from timeline.dates import UncertainDate, instant, parse

Parts = tuple[int, ...]  # year, month, day, hour, minute, second; as many as are known
Span = tuple[date, date | None]  # start and end, which is after the last; both `date`
# for days or both `datetime` in UTC for moments

POINT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d(?::\d\d)?)?)?")
INSTANT = re.compile(r"(.+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
TO_THE_DAY = 3


def ends(edtf: str) -> tuple[UncertainDate | None, UncertainDate | None] | None:
    """The start and the end of what lasted; None for what happened at one time.

    An end that is open or not known is None.
    """
    if "/" not in edtf:
        return None
    first, last = edtf.split("/")
    return _end(first), _end(last)


def _end(text: str) -> UncertainDate | None:
    return None if text in ("", "..") else parse(text)


def shared(when: UncertainDate) -> Parts:
    """What every time that the date may mean has in common, from the year down.

    (2026, 2) for `[2026-02-26..2026-02-28]`; () where not even the year is known.
    A time without a zone is known to the day.
    """
    if when.earliest is None or when.latest is None:
        return ()
    first, last = _parts(when.earliest), _parts(when.latest)
    common = 0
    while common < len(first) and first[common] == last[common]:
        common += 1
    match = POINT.fullmatch(when.edtf)
    if match is None or match[3] is None:
        common = min(common, TO_THE_DAY)
    return first[:common]


def _parts(seconds: int) -> Parts:
    return tuple(map(int, INSTANT.fullmatch(instant(seconds)).groups()))


def is_doubtful(when: UncertainDate) -> bool:
    """Whether it is marked as uncertain or approximate: its bounds may be wrong."""
    return when.uncertain or when.approximate


def exact(edtf: str) -> Span | None:
    """The days or moments of an exact date; None for every other.

    Exact is a day, a moment with its zone, or a time from one such to another of its
    kind, without marks, in the years 1 to 9999. A time without a zone is known to the
    day. The end of a single moment is None, and of a day that nothing comes after.
    """
    first, slash, last = edtf.partition("/")
    start, end = _point(first), _point(last if slash else first)
    if start is None or end is None or type(start) is not type(end):
        return None
    if isinstance(start, datetime):
        return start, (end if end > start else None)
    try:
        return start, end + ONE_DAY
    except OverflowError:
        return None if slash else (start, None)


def _point(text: str) -> date | datetime | None:
    match = POINT.fullmatch(text)
    if match is None:
        return None
    day, _, zone = match.groups()
    try:
        if zone is None:
            return date.fromisoformat(day)
        return EPOCH + timedelta(seconds=parse(text).earliest)
    except (ValueError, OverflowError):
        return None  # before year 1 or after 9999


def is_exact(edtf: str) -> bool:
    """Whether the date can be said to the day or the moment."""
    return exact(edtf) is not None


def start_of(edtf: str) -> Parts:
    """What is known of the start, or of the one time; () if nothing."""
    span = ends(edtf)
    if span is None:
        return shared(parse(edtf))
    return shared(span[0]) if span[0] else ()


def end_of(edtf: str) -> Parts:
    """What is known of the end of what lasted; () if nothing, or if it did not last."""
    span = ends(edtf)
    return shared(span[1]) if span and span[1] else ()


def has_start(edtf: str) -> bool:
    """Whether at least the year of the start, or of the one time, is known."""
    return bool(start_of(edtf))


def iso(parts: Parts) -> str | None:
    """A date or time in UTC of ISO 8601, no more exact than the parts.

    None outside the years 1 to 9999, and for nothing.
    """
    if not parts or not 1 <= parts[0] <= 9999:
        return None
    year, *rest = parts
    day = "-".join([f"{year:04d}", *(f"{part:02d}" for part in rest[:2])])
    clock = ":".join(f"{part:02d}" for part in rest[2:])
    return f"{day}T{clock}Z" if clock else day


def whole_day(when: dict | None) -> str | None:
    """A date of the record in ISO 8601; None where it lasted or is in doubt."""
    if when is None or when["uncertain"] or when["approximate"]:
        return None
    return None if "/" in when["edtf"] else iso(shared(parse(when["edtf"])))

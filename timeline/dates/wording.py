"""The words for a date, fit for print: "by 3 March 2026", "1 to 3 March 2026"."""

from functools import lru_cache

from timeline.dates.moment import Moment
from timeline.dates.names import MONTHS
from timeline.dates.single import Stated
from timeline.dates.structure import Point, Several, Stretch, Unknown, read
from timeline.dates.wording_single import name, name_in_sentence

NOT_KNOWN = "date not known"


@lru_cache(maxsize=4096)
def describe(edtf: str) -> str:
    """The words for an EDTF text; raises `BadDate`."""
    node = read(edtf)
    if isinstance(node, Unknown):
        return NOT_KNOWN
    if isinstance(node, Stretch):
        return _interval(node)
    if isinstance(node, Several):
        return _one_of(node) if node.kind == "[" else _all_of(node)
    return name(node)


def _interval(stretch: Stretch) -> str:
    if stretch.first is None:
        missing = ", start not known" if stretch.open_as == "" else ""
        return f"until {name_in_sentence(stretch.last)}{missing}"
    if stretch.last is None:
        if stretch.open_as == "":
            return f"from {name_in_sentence(stretch.first)}, end not known"
        return f"since {name_in_sentence(stretch.first)}"
    first, last = _ends(stretch)
    return first if first == last else f"{first} to {last}"


def _one_of(several: Several) -> str:
    if len(several.members) > 1:
        return _listed([_choice(member) for member in several.members], "or")
    (only,) = several.members
    if isinstance(only, Stretch) and only.first is None:
        return _by(only.last)
    return _choice(only)


def _choice(member: Point | Stretch) -> str:
    if not isinstance(member, Stretch):
        return name_in_sentence(member)
    if member.first is None:
        return f"{name(member.last)} or earlier"
    if member.last is None:
        return f"{name(member.first)} or later"
    first, last = _ends(member)
    return first if first == last else f"between {first} and {last}"


def _by(last: Point) -> str:
    """By a day; by the end of what is longer than a day."""
    words = name_in_sentence(last)
    return f"by the end of {words}" if _is_long(last) else f"by {words}"


def _is_long(point: Point) -> bool:
    """A month or more, all of it meant and nothing doubtful."""
    if isinstance(point, Moment) or point.day or "X" in point.month:
        return False
    if "X" in point.year:
        return not point.month and name(point).startswith("the ")
    return not (point.uncertain or point.approximate)


def _all_of(several: Several) -> str:
    return _listed([_every(member) for member in several.members], "and")


def _every(member: Point | Stretch) -> str:
    if not isinstance(member, Stretch):
        return name_in_sentence(member)
    if member.first is None:
        return f"{name(member.last)} and all{_units(member)} before"
    if member.last is None:
        return f"{name(member.first)} and all{_units(member)} after"
    first, last = _ends(member)
    if first == last:
        return first
    unit = _units(member).rstrip("s")
    return f"every{unit} from {first} to {last}" if unit else f"{first} to {last}"


def _units(stretch: Stretch) -> str:
    plain = stretch.precision in ("day", "month", "year")
    return f" {stretch.precision}s" if plain else ""


def _listed(words: list[str], conjunction: str) -> str:
    """Items joined by commas; a comma also stands before an item that has "or"."""
    *others, last = words
    if not others:
        return last
    inner = any(f" {joint} " in item for item in words for joint in ("or", "and"))
    comma = "," if inner else ""
    return f"{', '.join(others)}{comma} {conjunction} {last}"


def _ends(stretch: Stretch) -> tuple[str, str]:
    """Both ends, the first without the month or year that it shares with the last."""
    first, last = stretch.first, stretch.last
    full = name_in_sentence(first), name_in_sentence(last)
    if _are_on_one_day(first, last):
        return first.clock, full[1]
    if not (_is_plain(first) and _is_plain(last)) or first.year != last.year:
        return full
    if bool(first.day) != bool(last.day) or not first.month or not last.month:
        return full
    if first[:3] == last[:3]:
        return full
    month = "" if first.day and first.month == last.month else _month(first)
    return f"{first.day.lstrip('0')} {month}".strip(), full[1]


def _are_on_one_day(first: Point, last: Point) -> bool:
    """Whether both are times, of one day and zone, that differ and name their zone."""
    if not (isinstance(first, Moment) and isinstance(last, Moment)):
        return False
    return first.day == last.day and first.zone == last.zone != "" and first != last


def _month(date: Stated) -> str:
    return MONTHS[int(date.month) - 1]


def _is_plain(point: Point) -> bool:
    """A day, month or year with every digit known and no mark."""
    return (
        not isinstance(point, Moment)
        and point.precision in ("day", "month", "year")
        and "X" not in point.year + point.month + point.day
        and not point.uncertain
        and not point.approximate
    )

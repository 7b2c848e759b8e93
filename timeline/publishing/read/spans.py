"""Where a range of dates must be looked for, in the order of sort keys.

An entry lies under its earliest bound, or, without one, under its latest. What began
before a range may reach into it: how far before depends on how long it lasted, and so
long entries are listed a second time by their length (`Variant`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from timeline.dates import UncertainDate
from timeline.models.record import Variant

from .keys import LOWEST, UNDATED_FROM, from_second

DAY = 86_400
SPANS = ((Variant.NONE, DAY), (Variant.MONTH, 31 * DAY), (Variant.YEAR, 366 * DAY))
MOST_ORIGINS = 20
BEHIND = "~"
ROLES = ("agent", "counterpart", "affected", "host", "mentioned")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Keys above `low` and below `high`, of the entries that a variant lists."""

    variant: int
    low: int
    high: int


def role_key(role: str, actor: str) -> str:
    """One name for a role and who has it."""
    return f"{ROLES.index(role)}{actor}"


def behind_key(name: str) -> str:
    """The name of a source, or of a publisher, that stands behind what is cited."""
    return f"{BEHIND}{name}"


def plain_key(name: str) -> str:
    """The source or publisher itself that `behind_key` gave this name, or any other."""
    return name.removeprefix(BEHIND)


def variant_of(date: UncertainDate) -> Variant:
    """How a date is listed beside its place."""
    if date.latest is None:
        return Variant.NONE if date.earliest is None else Variant.LONG
    if date.earliest is None:
        return Variant.OPEN
    length = date.latest - date.earliest
    return next((kind for kind, span in SPANS if length <= span), Variant.LONG)


@dataclass(frozen=True, slots=True)
class Moments:
    """Seconds from `first` to `last`, both included; None: without end."""

    variant: int
    first: int | None
    last: int | None


def moments(since: int | None, until: int | None, *, loose: bool) -> list[Moments]:
    """Where all dates lie that may be (`loose`), or are, between two seconds.

    Others may lie there too: the bounds of each are looked at again. None lies in two.
    """
    if not loose or since is None:
        found = [Moments(Variant.NONE, since, until)]
    else:
        near = since - DAY
        found = [Moments(Variant.NONE, near, until)]
        found += [Moments(kind, since - span, near - 1) for kind, span in SPANS[1:]]
        found.append(Moments(Variant.LONG, None, near - 1))
    if loose and until is not None:
        found.append(Moments(Variant.OPEN, until + 1, None))
    return found


def stretches(since: int | None, until: int | None, *, loose: bool) -> list[Stretch]:
    """The same in sort keys, of all entries that have any date."""
    return [
        Stretch(
            part.variant,
            LOWEST if part.first is None else from_second(part.first),
            UNDATED_FROM if part.last is None else from_second(part.last + 1),
        )
        for part in moments(since, until, loose=loose)
    ]


def known_by(parts: list[Stretch], second: int) -> Iterator[Stretch]:
    """The same, without what is dated after a second and was not known before.

    Some have nothing between their ends.
    """
    after = from_second(second + 1)
    for part in parts:
        if part.variant != Variant.NONE or part.high <= after:
            yield part
            continue
        if part.low < after:
            yield Stretch(part.variant, part.low, after)
        dated = min(part.high, UNDATED_FROM)
        yield Stretch(Variant.EARLY, max(part.low, after - 1), dated)
        yield Stretch(part.variant, max(part.low, UNDATED_FROM), part.high)

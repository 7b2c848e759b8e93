"""The two ways back in time of a page: what had been reported, and what it showed."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.dates import parse
from timeline.drawing import grouped
from timeline.publishing import read

from .asking import Asked, Pair, end_shown
from .listing import with_parameters

MOST_STEPS = 120  # of the slider
MOST_LINKED = 8


class Day(NamedTuple):
    """A day on which something was reported, with the page as it was known then."""

    machine: str
    display: str
    address: str
    is_shown: bool


class Known(NamedTuple):
    """What a page says, and offers, of what had been reported by a day."""

    day: str
    display: str
    days: list[Day]
    previous: Day | None
    following: Day | None
    steps: str
    kept: list[Pair]
    now: str
    sentence: str
    undated: str


class Stood(NamedTuple):
    """What a page says of the moment whose record it shows."""

    day: str
    display: str
    kept: list[Pair]
    now: str


def known_shown(
    asked: Asked, path: str, found: read.Tally, *, at: int, head: read.Head
) -> Known:
    """The days of a page, and how much had been reported by the one it shows.

    `found` is what is shown, counted.
    """
    query = asked.query
    whole = found
    if query.known_at:
        whole = read.tally(replace(query, known_at=None), at=at, head=head)
    day = query.known_at.edtf if query.known_at else ""
    kept = asked.without("known_at")
    days = _Days(whole.days, day, path, kept)
    return Known(
        day=day,
        display=query.known_at.display if query.known_at else "",
        days=days.linked(),
        previous=days.before(),
        following=days.after(),
        steps=" ".join(thinned(whole.days, MOST_STEPS)),
        kept=kept,
        now=with_parameters(path, kept),
        sentence=sentence(found, whole, query),
        undated=undated_shown(query, at=at, head=head) if day else "",
    )


def stood_shown(asked: Asked, path: str) -> Stood:
    """The moment of a page in words, and the way back to now."""
    kept = asked.without("as_of")
    return Stood(
        day=asked.as_of.date().isoformat() if asked.as_of else "",
        display=end_shown(asked.as_of) if asked.as_of else "",
        kept=kept,
        now=with_parameters(path, kept),
    )


class _Days:
    """The days of a page, and where among them it is."""

    def __init__(self, days: Sequence[str], day: str, path: str, kept: list[Pair]):
        self.days, self.day, self.path, self.kept = days, day, path, kept

    def linked(self) -> list[Day]:
        """Those that are shown as links: all of a few, or else those around."""
        if len(self.days) <= MOST_LINKED:
            return [self._day(day) for day in self.days]
        ends = {self.days[0], self.days[-1]}
        place = bisect_left(self.days, self.day) if self.day else len(self.days)
        first = max(0, min(place, len(self.days)) - MOST_LINKED // 2)
        near = self.days[first : first + MOST_LINKED - len(ends)]
        return [self._day(day) for day in sorted(ends.union(near))]

    def before(self) -> Day | None:
        """The last day before the one that is shown, or before now."""
        place = bisect_left(self.days, self.day) if self.day else len(self.days)
        return self._day(self.days[place - 1]) if place else None

    def after(self) -> Day | None:
        if not self.day:
            return None
        place = bisect_right(self.days, self.day)
        return self._day(self.days[place]) if place < len(self.days) else None

    def _day(self, day: str) -> Day:
        address = with_parameters(self.path, [*self.kept, ("known_at", day)])
        return Day(day, parse(day).display, address, day == self.day)


def thinned(days: Sequence[str], most: int) -> list[str]:
    """At most so many of the days, evenly chosen, with the first and the last."""
    if len(days) <= most:
        return list(days)
    last = len(days) - 1
    return [days[step * last // (most - 1)] for step in range(most)]


def sentence(found: read.Tally, whole: read.Tally, query: read.Query) -> str:
    """How many of the events had been reported, by when."""
    counts = {"found": grouped(found.events), "whole": grouped(whole.events)}
    if query.known_at is None and not whole.events:
        return _("No event meets all that is asked for.")
    if query.known_at is None:
        told = ngettext(
            "%(whole)s event, with all that has been reported.",
            "%(whole)s events, with all that has been reported.",
            whole.events,
        )
        if whole.more:
            told = _("More than %(whole)s events, with all that has been reported.")
        return told % counts
    counts["day"] = query.known_at.display
    # What stood then may have fallen since: today's events need not hold those of then.
    changes_with_time = query.standings or query.sources or query.publishers
    if found.more or whole.more or changes_with_time:
        told = ngettext(
            "By %(day)s, %(found)s event had been reported.",
            "By %(day)s, %(found)s events had been reported.",
            found.events,
        )
        if found.more:
            told = _("By %(day)s, more than %(found)s events had been reported.")
        return told % counts
    told = ngettext(
        "By %(day)s, %(found)s of %(whole)s event had been reported.",
        "By %(day)s, %(found)s of %(whole)s events had been reported.",
        whole.events,
    )
    return told % counts


def undated_shown(query: read.Query, *, at: int, head: read.Head) -> str:
    """What nobody can place: how many statements have no dated report."""
    count, more = read.undated(query, at=at, head=head)
    if not count:
        return ""
    if more:
        told = _(
            "At least %(count)d statements are on no such page:"
            " none of their reports has a date."
        )
    else:
        told = ngettext(
            "%(count)d statement is on no such page: none of its reports has a date.",
            "%(count)d statements are on no such page:"
            " none of their reports has a date.",
            count,
        )
    return told % {"count": count}

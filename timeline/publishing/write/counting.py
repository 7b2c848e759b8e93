"""How many current entries and statements each fact is true of, kept as they change."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import Model

from timeline.models.record import (
    Facet,
    FactCount,
    StoryFact,
    StoryPeriod,
    StoryThing,
)
from timeline.publishing.read.keys import second_of
from timeline.publishing.read.periods import periods_of

from .filling import add_up
from .finding import (
    ACTOR,
    KIND,
    REPORTED,
    STANDING,
    STATEMENT,
    STORY,
    TOPIC,
    UNCOUNTED,
    Facts,
)
from .sending import write

OFFERED = frozenset((ACTOR, TOPIC, KIND, STANDING))
ASKED = frozenset(map(int, Facet)) - UNCOUNTED  # none of those of ranges of dates
WITH_ALL_STATEMENTS = (STORY, TOPIC)
ALL_STATEMENTS = (STATEMENT, "")
NO_MORE = """
    DELETE FROM timeline_factcount WHERE facet = %s AND thing = %s AND entries = 0
"""
NOT_BESIDE = """
    DELETE FROM timeline_storything WHERE story = %s AND thing = %s AND entries = 0
"""
NOTHING_THEN = """
    DELETE FROM timeline_storyperiod
    WHERE story = %s AND period = %s AND start = %s AND entries = 0
"""
NOT_TRUE = """
    DELETE FROM timeline_storyfact
    WHERE story = %s AND facet = %s AND thing = %s AND entries = 0
"""
BOUNDS = """
    SELECT MIN(e.earliest), MAX(e.latest)
    FROM timeline_currentfact f JOIN timeline_currententry e ON e.sort_key = f.sort_key
    WHERE f.facet = %s AND f.thing = %s
"""


class Shown(NamedTuple):
    """What is counted of an entry: its facts, and the ids of all that it names.

    `days` are those on which it was reported, `begun` the periods that it begins in.
    """

    facts: Facts
    names: Iterable[str]
    days: Iterable[str]
    begun: Iterable[tuple[int, int]]


class InStories(NamedTuple):
    """What is counted of the entries that are in the same stories."""

    beside: Counter
    begun: Counter
    offered: Counter


class Tally:
    """How many entries a fact is true of, and statements; and in each story."""

    def __init__(self):
        self.entries, self.statements = Counter(), Counter()
        self.by_stories: dict[tuple[str, ...], InStories] = {}

    def add(self, shown: Shown, times: int = 1) -> None:
        """Count an entry as often as there are such; -1 times where it is gone."""
        asked = [fact for fact in shown.facts if fact[0] in ASKED]
        once = {(facet, thing) for facet, thing, _place in asked}
        each = [(facet, thing) for facet, thing, place in asked if place]
        said = each.count(ALL_STATEMENTS)
        each += [fact for fact in once if fact[0] in WITH_ALL_STATEMENTS] * said
        _count(self.entries, once, times)
        _count(self.statements, each, times)
        if stories := [thing for facet, thing in once if facet == STORY]:
            counts = self.in_stories(stories)
            offered = [fact for fact in once if fact[0] in OFFERED]
            offered += [(REPORTED, day) for day in shown.days]
            _count(counts.beside, shown.names, times)
            _count(counts.begun, shown.begun, times)
            _count(counts.offered, offered, times)

    def in_stories(self, stories: Iterable[str]) -> InStories:
        """What is counted of the entries that are in these stories and no other."""
        key = tuple(sorted(stories))
        if key not in self.by_stories:
            self.by_stories[key] = InStories(Counter(), Counter(), Counter())
        return self.by_stories[key]

    def facts(self) -> list[tuple[int, str, int, int]]:
        """Facet, thing, entries and statements."""
        return [
            (*fact, self.entries[fact], self.statements[fact])
            for fact in sorted(self.entries.keys() | self.statements.keys())
            if self.entries[fact] or self.statements[fact]
        ]

    def beside(self) -> list[tuple]:
        """Story, thing and how many entries of the story name it."""
        return self._in_stories(lambda counts: counts.beside, lambda thing: (thing,))

    def begun(self) -> list[tuple]:
        """Story, period, its start and how many entries of the story begin then."""
        return self._in_stories(lambda counts: counts.begun)

    def offered(self) -> list[tuple]:
        """Story, facet, thing and how many entries of the story it is true of."""
        return self._in_stories(lambda counts: counts.offered)

    def _in_stories(self, chosen: Callable, key: Callable = tuple) -> list[tuple]:
        every: Counter = Counter()
        for stories, counts in self.by_stories.items():
            for one, number in chosen(counts).items():
                for story in stories:
                    every[story, *key(one)] += number
        return [(*one, number) for one, number in sorted(every.items()) if number]


def _count(counter: Counter, found: Iterable, times: int) -> None:
    if times == 1:
        counter.update(found)  # which is quicker
        return
    for one in found:
        counter[one] += times


def count(removed: Iterable[Shown], added: Iterable[Shown]) -> Tally:
    """Bring the counts up to entries that are no longer shown, and those that are.

    Gives by how much they changed.
    """
    tally = Tally()
    for one in removed:
        tally.add(one, -1)
    for one in added:
        tally.add(one)
    rows = tally.facts()
    add_up(FactCount, ("facet", "thing", "entries", "statements"), rows)
    _take_away(NO_MORE, (row[:3] for row in rows))
    _add_up(StoryThing, ("story", "thing", "entries"), tally.beside(), NOT_BESIDE)
    columns = ("story", "period", "start", "entries")
    _add_up(StoryPeriod, columns, tally.begun(), NOTHING_THEN)
    columns = ("story", "facet", "thing", "entries")
    _add_up(StoryFact, columns, tally.offered(), NOT_TRUE)
    return tally


def _add_up(model: type[Model], columns: tuple, rows: list, delete: str) -> None:
    add_up(model, columns, rows)
    _take_away(delete, rows)


def _take_away(delete: str, rows: Iterable[tuple]) -> None:
    """Take those away of which nothing may be left."""
    for *key, more in rows:
        if more < 0:
            write(delete, key)


def begun_in(key: int) -> tuple[tuple[int, int], ...]:
    """The periods that an entry with this sort key begins in; none without a date."""
    second = second_of(key)
    return () if second is None else periods_of(second)


def bounds_of(facet: Facet, thing: str) -> tuple[int | None, int | None]:
    """The first and the last second of the entries that a fact is true of."""
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS, [int(facet), thing])
        return cursor.fetchone()

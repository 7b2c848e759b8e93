"""How many current entries and statements each fact is true of, kept as they change."""

from collections import Counter
from collections.abc import Iterable

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

from .deriving import (
    ACTOR,
    KIND,
    NAMES,
    REPORTED,
    STANDING,
    STATEMENT,
    STORY,
    TOPIC,
    UNFILTERED,
)
from .filling import add_up
from .past import Facts
from .sending import write

Days = Iterable[str]
OFFERED = frozenset((ACTOR, TOPIC, KIND, STANDING))
ASKED = frozenset(map(int, Facet)) - UNFILTERED
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


def count(
    removed: Iterable[tuple[int, Facts, Days]], added: Iterable[tuple[int, Facts, Days]]
) -> None:
    """Bring the counts up to entries that are no longer shown, and those that are.

    Of each its sort key, its facts and the days on which it was reported.
    """
    entries, statements, beside, begun = Counter(), Counter(), Counter(), Counter()
    offered = Counter()
    for sign, group in ((-1, removed), (1, added)):
        for key, facts, days in group:
            true = _count_one(facts, sign, entries, statements)
            if stories := [thing for facet, thing in true if facet == STORY]:
                _count_beside(stories, facts, sign, beside)
                _count_begun(stories, key, sign, begun)
                _count_offered(stories, true, days, sign, offered)
    rows = [
        (facet, thing, entries[facet, thing], statements[facet, thing])
        for facet, thing in sorted(entries.keys() | statements.keys())
        if entries[facet, thing] or statements[facet, thing]
    ]
    add_up(FactCount, ("facet", "thing", "entries", "statements"), rows)
    _take_away(NO_MORE, (row[:3] for row in rows))
    _add_up(StoryThing, ("story", "thing", "entries"), beside, NOT_BESIDE)
    _add_up(StoryPeriod, ("story", "period", "start", "entries"), begun, NOTHING_THEN)
    _add_up(StoryFact, ("story", "facet", "thing", "entries"), offered, NOT_TRUE)


def _add_up(model: type[Model], columns: tuple, counts: Counter, delete: str) -> None:
    rows = [(*key, more) for key, more in sorted(counts.items()) if more]
    add_up(model, columns, rows)
    _take_away(delete, rows)


def _take_away(delete: str, rows: Iterable[tuple]) -> None:
    """Take those away of which nothing may be left."""
    for *key, more in rows:
        if more < 0:
            write(delete, key)


def _count_one(
    facts: Facts, sign: int, entries: Counter, statements: Counter
) -> set[tuple[int, str]]:
    """One entry: each fact once, and once for each statement that it is true of.

    `sign` is by how much: 1, -1, or how many such entries there are.
    Gives what is true of it, as (facet, thing).
    """
    asked = [fact for fact in facts if fact[0] in ASKED]
    once = {(facet, thing) for facet, thing, _place in asked}
    each = [(facet, thing) for facet, thing, place in asked if place]
    said = each.count(ALL_STATEMENTS)
    each += [fact for fact in once if fact[0] in WITH_ALL_STATEMENTS] * said
    for counted, found in ((entries, once), (statements, each)):
        if sign == 1:
            counted.update(found)  # which is quicker
        else:
            for fact in found:
                counted[fact] += sign
    return once


def _count_beside(stories: list[str], facts: Facts, sign: int, beside: Counter) -> None:
    """One entry: each thing that it names, in each of its stories."""
    named = [fact[1] for fact in facts if fact[0] == NAMES]
    for story in stories:
        for thing in named:
            beside[story, thing] += sign


def _count_begun(stories: list[str], key: int, sign: int, begun: Counter) -> None:
    """One entry: the periods that it begins in, in each of its stories."""
    for period in begun_in(key):
        for story in stories:
            begun[story, *period] += sign


def _count_offered(
    stories: list[str], true: set, days: Days, sign: int, offered: Counter
) -> None:
    """One entry: what a page of each of its stories offers to narrow it by."""
    found = [fact for fact in true if fact[0] in OFFERED]
    found += [(REPORTED, day) for day in days]
    for story in stories:
        for facet, thing in found:
            offered[story, facet, thing] += sign


def begun_in(key: int) -> tuple[tuple[int, int], ...]:
    """The periods that an entry with this sort key begins in; none without a date."""
    second = second_of(key)
    return () if second is None else periods_of(second)


def bounds_of(facet: Facet, thing: str) -> tuple[int | None, int | None]:
    """The first and the last second of the entries that a fact is true of."""
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS, [int(facet), thing])
        return cursor.fetchone()

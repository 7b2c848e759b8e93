"""How many current entries and statements each fact is true of, kept as they change."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection

from timeline.models.record import Facet, FactCount, StoryThing

from .deriving import UNFILTERED
from .filling import add_up
from .past import Facts
from .sending import write

WITH_ALL_STATEMENTS = (Facet.STORY, Facet.TOPIC)
NO_MORE = """
    DELETE FROM timeline_factcount WHERE facet = %s AND thing = %s AND entries = 0
"""
NOT_BESIDE = """
    DELETE FROM timeline_storything WHERE story = %s AND thing = %s AND entries = 0
"""
BOUNDS = """
    SELECT MIN(e.earliest), MAX(e.latest)
    FROM timeline_currentfact f JOIN timeline_currententry e ON e.sort_key = f.sort_key
    WHERE f.facet = %s AND f.thing = %s
"""


def count(removed: Iterable[Facts], added: Iterable[Facts]) -> None:
    """Bring the counts up to entries that are no longer shown, and those that are."""
    entries, statements, beside = Counter(), Counter(), Counter()
    for sign, group in ((-1, removed), (1, added)):
        for facts in group:
            _count_one(facts, sign, entries, statements)
            _count_beside(facts, sign, beside)
    rows = [
        (facet, thing, entries[facet, thing], statements[facet, thing])
        for facet, thing in sorted(entries.keys() | statements.keys())
        if entries[facet, thing] or statements[facet, thing]
    ]
    add_up(FactCount, ("facet", "thing", "entries", "statements"), rows)
    together = [(*pair, more) for pair, more in sorted(beside.items()) if more]
    add_up(StoryThing, ("story", "thing", "entries"), together)
    for row in rows:
        if row[2] < 0:
            write(NO_MORE, row[:2])
    for row in together:
        if row[2] < 0:
            write(NOT_BESIDE, row[:2])


def _count_one(facts: Facts, sign: int, entries: Counter, statements: Counter) -> None:
    """One entry: each fact once, and once for each statement that it is true of."""
    said = sum(1 for facet, _thing, _place in facts if facet == Facet.STATEMENT)
    seen = set()
    for facet, thing, place in facts:
        if facet in UNFILTERED or facet >= 100:
            continue
        if (facet, thing) not in seen:
            seen.add((facet, thing))
            entries[facet, thing] += sign
            if facet in WITH_ALL_STATEMENTS:
                statements[facet, thing] += sign * said
        if place:
            statements[facet, thing] += sign


def _count_beside(facts: Facts, sign: int, beside: Counter) -> None:
    """One entry: each thing that it names, in each of its stories."""
    stories = [thing for facet, thing, _place in facts if facet == Facet.STORY]
    if stories:
        named = [thing for facet, thing, _place in facts if facet == Facet.NAMES]
        for story in stories:
            for thing in named:
                beside[story, thing] += sign


def bounds_of(facet: Facet, thing: str) -> tuple[int | None, int | None]:
    """The first and the last second of the entries that a fact is true of."""
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS, [int(facet), thing])
        return cursor.fetchone()

"""How many current events and statements concern an actor, a story or a topic."""

from collections.abc import Iterable, Iterator

from django.db import connection

from timeline.models.record import Facet, NamedThing

AT_ONCE = 500
ACTORS = """
    SELECT thing, COUNT(DISTINCT sort_key),
           SUM(CASE WHEN statement > 0 THEN 1 ELSE 0 END)
    FROM timeline_currentfact WHERE facet = %s AND thing IN ({things}) GROUP BY thing
"""
EVENTS = """
    SELECT f.thing, COUNT(*), MIN(e.earliest), MAX(e.latest)
    FROM timeline_currentfact f JOIN timeline_currententry e ON e.sort_key = f.sort_key
    WHERE f.facet = %s AND f.thing IN ({things}) GROUP BY f.thing
"""
STATEMENTS = """
    SELECT f.thing, COUNT(*)
    FROM timeline_currentfact f
    JOIN timeline_currentstatement s ON s.sort_key = f.sort_key
    WHERE f.facet = %s AND f.thing IN ({things}) GROUP BY f.thing
"""
UPDATE = """
    UPDATE timeline_namedthing
    SET events = %s, statements = %s, earliest = %s, latest = %s WHERE thing = %s
"""


def recount(touched: Iterable[str]) -> None:
    """Count again for these ids; those of sources are passed over."""
    named = NamedThing.objects.filter(noun__in=("actor", "story", "topic"))
    for part in _parts(sorted(touched)):
        rows = list(named.filter(pk__in=part).defer("body"))
        _count_actors([row for row in rows if row.noun == "actor"])
        _count_groups([row for row in rows if row.noun == "story"], Facet.STORY)
        _count_groups([row for row in rows if row.noun == "topic"], Facet.TOPIC)
        _write(rows)


def _write(rows: list[NamedThing]) -> None:
    values = [
        (row.events, row.statements, row.earliest, row.latest, row.thing)
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(UPDATE, values)


def _count_actors(rows: list[NamedThing]) -> None:
    counts = {key: found for key, *found in _ask(ACTORS, Facet.ACTOR, rows)}
    for row in rows:
        row.events, row.statements = counts.get(row.thing, (0, 0))


def _count_groups(rows: list[NamedThing], facet: Facet) -> None:
    """`earliest` and `latest`, in seconds, are the bounds of all their events."""
    events = {key: found for key, *found in _ask(EVENTS, facet, rows)}
    statements = dict(_ask(STATEMENTS, facet, rows))
    for row in rows:
        row.events, row.earliest, row.latest = events.get(row.thing, (0, None, None))
        row.statements = statements.get(row.thing, 0)


def _ask(sql: str, facet: Facet, rows: list[NamedThing]) -> list[tuple]:
    if not rows:
        return []
    things = [row.thing for row in rows]
    holes = ", ".join(["%s"] * len(things))
    with connection.cursor() as cursor:
        cursor.execute(sql.format(things=holes), [int(facet), *things])
        return cursor.fetchall()


def _parts(things: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(things), AT_ONCE):
        yield things[start : start + AT_ONCE]

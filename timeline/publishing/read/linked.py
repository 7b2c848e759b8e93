"""Statements by id, many at a time: those that others link to, or rest on."""

from collections.abc import Iterable

import orjson
from django.db import connection

from .known import known_entries
from .rendering import moved

EVENT = ("id", "slug", "url", "html_url", "title", "date")
STAND = """
    SELECT body FROM timeline_currentbody WHERE sort_key IN (
        SELECT sort_key FROM timeline_currentstatement
        WHERE statement_id IN ({statements})
    )
"""
STOOD = """
    SELECT e.sequence, b.body
    FROM timeline_currententry e JOIN timeline_currentbody b ON b.sort_key = e.sort_key
    WHERE e.event_id IN ({events}) AND e.sequence <= %s
    UNION ALL
    SELECT sequence, body FROM timeline_pastentry
    WHERE event_id IN ({events}) AND sequence <= %s AND until_sequence > %s
"""


def statements_by_id(
    ids: Iterable[str], *, made_for: str, site: str
) -> dict[str, dict]:
    """Statements of current entries, each with its event, in one query."""
    wanted = set(ids)
    if not wanted:
        return {}
    holes = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(STAND.format(statements=holes), [*wanted])
        rows = cursor.fetchall()
    bodies = (moved(body, made_for=made_for, site=site) for (body,) in rows)
    return _statements(bodies, wanted)


def statements_then(
    ids: Iterable[str],
    events: Iterable[str],
    *,
    at: int,
    by: int | None,
    made_for: str,
    site: str,
) -> dict[str, dict]:
    """Statements of these events as the record stood at sequence `at`.

    With `by`, those that had been reported by that second, as they were known.
    """
    wanted, events = set(ids), list(events)
    if not wanted or not events:
        return {}
    holes = ", ".join(["%s"] * len(events))
    with connection.cursor() as cursor:
        cursor.execute(STOOD.format(events=holes), [*events, at, *events, at, at])
        rows = cursor.fetchall()
    if by is None:
        bodies = [moved(body, made_for=made_for, site=site) for _, body in rows]
    else:
        bodies = known_entries(rows, by=by, at=at, site=site, made_for=made_for)
    return _statements(filter(None, bodies), wanted)


def _statements(bodies: Iterable[str], wanted: set[str]) -> dict[str, dict]:
    found = {}
    for body in bodies:
        entry = orjson.loads(body)
        event = {part: entry[part] for part in EVENT}
        for statement in entry["statements"]:
            if statement["id"] in wanted:
                found[statement["id"]] = {**statement, "event": event}
    return found

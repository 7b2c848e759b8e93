"""What was done with events, act by act, and the texts that acts left and replaced."""

from collections.abc import Iterable
from typing import NamedTuple

import orjson
from django.db import connection

from timeline.models.record import (
    CORRECTING,
    CurrentBody,
    CurrentEntry,
    Facet,
    KnownEvent,
    NamedThing,
    Revision,
)

from .naming import PRIVATE

NAMED = ("slug", "title")


class Version(NamedTuple):
    """One act on an event.

    `slug` and `state` are the event's of today, `before` the sequence of the text that
    this act found, `readable` whether its own text, if it had one, is still there.
    """

    sequence: int
    event_id: str
    number: int
    kind: str
    note: str
    caused_by: str | None
    successor: str | None
    published_at: str
    slug: str
    state: str
    readable: bool
    before: int | None


class Text(NamedTuple):
    """What an event said in one of its revisions."""

    number: int
    document: dict


SELECT = """
    SELECT r.sequence, r.event_id, r.number, r.kind, r.note, r.caused_by, r.successor,
           r.published_at, k.slug, k.state, r.salt IS NOT NULL,
           (SELECT b.sequence FROM timeline_revision b
            WHERE b.event_id = r.event_id AND b.number < r.number
                  AND b.document IS NOT NULL
            ORDER BY b.number DESC LIMIT 1)
    FROM timeline_revision r JOIN timeline_knownevent k ON k.event_id = r.event_id
"""
KINDS = ", ".join(f"'{kind}'" for kind in CORRECTING)
# As the condition of an index of the record, so that the rest is never looked at.
CORRECTIONS = f"r.kind IN ({KINDS}) AND (k.state <> 'held' OR r.kind = 'hold')"
OF_STORY = """
    r.event_id IN (
        SELECT e.event_id FROM timeline_currentfact f
        JOIN timeline_currententry e ON e.sort_key = f.sort_key
        WHERE f.facet = %s AND f.thing = %s
        UNION
        SELECT e.event_id FROM timeline_pastfact f
        JOIN timeline_pastentry e ON e.sort_key = f.sort_key
             AND e.sequence = f.sequence
        WHERE f.facet = %s AND f.thing = %s
    )
"""


def corrections(
    *, limit: int, story: str = "", after: int | None = None, back: bool = False
) -> list[Version]:
    """Acts that correct, take away or bring back, the newest first.

    `after`: behind this sequence in that order, with `back` before it, nearest first.
    `story` is an id. Of an event that is on hold now, the hold alone.
    """
    where, values = [CORRECTIONS], []
    if story:
        where.append(OF_STORY)
        values += [int(Facet.STORY), story] * 2
    if after is not None:
        where.append(f"r.sequence {'>' if back else '<'} %s")
        values.append(after)
    order = "ASC" if back else "DESC"
    return _found(" AND ".join(where), values, f"r.sequence {order}", limit)


def versions(event_id: str, *, limit: int) -> list[Version]:
    """The acts on an event, the newest first."""
    return _found("r.event_id = %s", [event_id], "r.number DESC", limit)


def version(event_id: str, number: int) -> Version | None:
    """One act on an event."""
    where = "r.event_id = %s AND r.number = %s"
    found = _found(where, [event_id, number], "r.number", 1)
    return found[0] if found else None


def last_correction(event_id: str) -> Version | None:
    """The newest correction of an event."""
    where = "r.event_id = %s AND r.kind = 'correction'"
    found = _found(where, [event_id], "r.number DESC", 1)
    return found[0] if found else None


def texts(sequences: Iterable[int]) -> dict[int, Text]:
    """The texts of these rows of the record, of those that have one.

    A related event that is on hold now has no title in them.
    """
    rows = Revision.objects.filter(pk__in=set(sequences), document__isnull=False)
    found = rows.values_list("sequence", "number", "document")
    told = {key: Text(number, orjson.loads(text)) for key, number, text in found}
    related = [row for one in told.values() for row in one.document["related"]]
    keys = {row["id"] for row in related}
    held = KnownEvent.objects.filter(pk__in=keys, state="held") if keys else ()
    held = {row.pk for row in held}
    for row in related:
        row["title"] = None if row["id"] in held else row["title"]
    return told


def private_actors(documents: Iterable[dict]) -> set[str]:
    """The ids of those whom these documents name and who are private persons now."""
    named = {row["id"] for one in documents for row in one["entities"]["actors"]}
    rows = NamedThing.objects.filter(pk__in=named).values_list("thing", "body")
    return {key for key, body in rows if orjson.loads(body).get(PRIVATE)}


def titles(event_ids: Iterable[str]) -> dict[str, dict]:
    """The slugs and titles of live events, by id."""
    keys = set(event_ids)
    if not keys:
        return {}
    places = CurrentEntry.objects.filter(event_id__in=keys).values("sort_key")
    bodies = CurrentBody.objects.filter(pk__in=places).values_list("body", flat=True)
    entries = map(orjson.loads, bodies)
    return {entry["id"]: {key: entry[key] for key in NAMED} for entry in entries}


def _found(where: str, values: list, order: str, limit: int) -> list[Version]:
    sql = f"{SELECT} WHERE {where} ORDER BY {order} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, limit])
        return [Version(*row) for row in cursor.fetchall()]

"""What the page of a story offers as filters: counted with every act, read at once."""

from typing import NamedTuple

import orjson
from django.db import connection

from timeline.models.record import Facet

from .records import Head

MOST_OFFERED = 60  # of actors, and of topics
# One statement: no act comes between its parts. It says itself what record it read.
# SQLite finds a partial index by its condition, word by word.
MOST = """
    SELECT o.facet, o.thing, o.entries, n.slug, n.body FROM (
        SELECT facet, thing, entries FROM timeline_storyfact
        WHERE story = %s AND facet = {facet:d} AND facet IN (2, 3)
        ORDER BY entries DESC, thing DESC LIMIT {most}
    ) o JOIN timeline_namedthing n ON n.thing = o.thing
"""
OFFERED = f"""
    SELECT 0, (SELECT digest FROM timeline_revision ORDER BY sequence DESC LIMIT 1),
           (SELECT entries FROM timeline_factcount
            WHERE facet = {Facet.STORY:d} AND thing = %s),
           NULL, NULL
    UNION ALL
    SELECT {Facet.REPORTED:d}, {{joined}}(thing, ','), 0, NULL, NULL
    FROM timeline_storyfact WHERE story = %s AND facet = {Facet.REPORTED:d}
    UNION ALL
    SELECT facet, thing, entries, NULL, NULL FROM timeline_storyfact
    WHERE story = %s AND facet IN ({Facet.KIND:d}, {Facet.STANDING:d})
    UNION ALL
    SELECT * FROM ({MOST.format(facet=Facet.ACTOR, most=MOST_OFFERED)}) actors
    UNION ALL
    SELECT * FROM ({MOST.format(facet=Facet.TOPIC, most=MOST_OFFERED)}) topics
"""
JOINED = {"sqlite": "group_concat", "postgresql": "string_agg"}


class Offered(NamedTuple):
    """How many events a story has; counts by facet; (slug, name) by id; days."""

    events: int
    counts: dict[int, dict[str, int]]
    names: dict[str, tuple[str, str]]
    days: tuple[str, ...]


def offered(story: str, *, head: Head) -> Offered | None:
    """What a story offers as the record stands at `head`.

    Of actors and topics those that most events have; of as many, the higher ids. None
    where the record has gone on from there meanwhile: the counts are of today.
    """
    asked = OFFERED.format(joined=JOINED[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(asked, [story] * 5)
        (_, digest, events, *_), (_, days, *_), *rows = cursor.fetchall()
    if digest != head.digest:
        return None
    counts: dict[int, dict[str, int]] = {}
    names = {}
    for facet, thing, entries, slug, body in rows:
        counts.setdefault(facet, {})[thing] = entries
        if body:
            names[thing] = slug, orjson.loads(body)["name"]
    days = sorted(days.split(",")) if days else ()
    return Offered(events or 0, counts, names, tuple(days))

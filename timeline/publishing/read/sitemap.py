"""What has a page of its own, in parts of a bounded size: for search engines."""

from collections.abc import Iterator

import orjson
from django.db import connection

from timeline.models.record import KnownEvent, NamedThing

from .naming import PRIVATE

PART = 5000
THINGS = ("story", "topic", "actor", "source")
EVENTS = """
    SELECT k.slug, r.published_at FROM timeline_knownevent k
    JOIN timeline_revision r ON r.sequence = k.sequence
    WHERE k.ordinal > %s AND k.ordinal <= %s AND k.state = 'live' ORDER BY k.ordinal
"""
NAMED = """
    SELECT n.slug, r.published_at, n.body FROM (
        SELECT thing FROM timeline_namedthing WHERE noun = %s
        ORDER BY slug, thing LIMIT %s OFFSET %s
    ) part
    JOIN timeline_namedthing n ON n.thing = part.thing
    JOIN timeline_revision r ON r.sequence = n.sequence ORDER BY n.slug
"""


def parts_of_site() -> dict[str, int]:
    """How many parts there are of the pages of each noun."""
    last = KnownEvent.objects.order_by("-ordinal").values_list("ordinal", flat=True)
    counts = {"event": last.first() or 0}
    for noun in THINGS:
        counts[noun] = NamedThing.objects.filter(noun=noun).count()
    return {noun: -(-count // PART) for noun, count in counts.items()}


def part_of_site(noun: str, number: int) -> Iterator[tuple[str, str]]:
    """The slug of each page of a part (from 1), and the instant of its last change."""
    first = (number - 1) * PART
    with connection.cursor() as cursor:
        if noun == "event":
            cursor.execute(EVENTS, [first, first + PART])
            yield from cursor.fetchall()
            return
        cursor.execute(NAMED, [noun, PART, first])
        for slug, published_at, body in cursor.fetchall():
            if not orjson.loads(body).get(PRIVATE):
                yield slug, published_at

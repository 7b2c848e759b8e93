"""What a list of stories shows of each: its last change, and when its events were."""

from collections.abc import Iterable
from functools import lru_cache

import orjson
from django.db import connection
from django.db.models import OuterRef, Subquery

from timeline.models.record import CurrentBody, CurrentFact, Facet, NamedThing

from .keys import FIRST_SECOND, PLACES, UNDATED_FROM
from .records import Head
from .rendering import moved

MOST_PLACED = 200
NEWEST = """
    SELECT * FROM (
        SELECT thing, sort_key FROM timeline_currentfact
        WHERE facet = %s AND thing = %s AND sort_key < %s
        ORDER BY sort_key DESC LIMIT %s
    ) u
"""


def last_changed(
    stories: Iterable[str], *, made_for: str, site: str
) -> dict[str, dict]:
    """The entry of each story, of those that stand, that was published last."""
    facts = CurrentFact.objects.filter(facet=Facet.STORY, thing=OuterRef("thing"))
    last = Subquery(facts.order_by("-sequence").values("sort_key")[:1])
    things = NamedThing.objects.filter(pk__in=list(stories))
    places = dict(things.annotate(place=last).values_list("thing", "place"))
    rows = CurrentBody.objects.filter(pk__in=set(places.values()) - {None})
    entries = {
        row.sort_key: orjson.loads(moved(row.body, made_for=made_for, site=site))
        for row in rows
    }
    return {key: entries[at] for key, at in places.items() if at in entries}


def seconds_of(stories: Iterable[str], *, head: Head) -> dict[str, tuple[int, ...]]:
    """When the newest dated events of each story were, in seconds since 1970.

    The earliest bound of each, or its latest; `MOST_PLACED` of a story at most. They
    are read once as long as the record stays as it is.
    """
    return _seconds_of(tuple(stories), head.digest)


@lru_cache(maxsize=32)
def _seconds_of(stories: tuple[str, ...], _digest: str) -> dict[str, tuple[int, ...]]:
    if not stories:
        return {}
    values = [
        value
        for story in stories
        for value in (int(Facet.STORY), story, UNDATED_FROM, MOST_PLACED)
    ]
    found: dict[str, list[int]] = {story: [] for story in stories}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([NEWEST] * len(stories)), values)
        for story, key in cursor.fetchall():
            found[story].append(key // PLACES + FIRST_SECOND)
    return {story: tuple(sorted(seconds)) for story, seconds in found.items()}

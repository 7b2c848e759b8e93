"""What a list of stories shows of each: its last change, and when its events were."""

from collections.abc import Iterable
from functools import lru_cache

import orjson
from django.db import connection

from timeline.models.record import CurrentBody, Facet

from .keys import FIRST_SECOND, PLACES, UNDATED_FROM
from .records import Head
from .rendering import moved
from .tables import LISTED

MOST_PLACED = 200
NEWEST = """
    SELECT * FROM (
        SELECT thing, sort_key FROM timeline_currentfact
        WHERE facet = %s AND thing = %s AND sort_key < %s
        ORDER BY sort_key DESC LIMIT %s
    ) u
"""
LAST = f"""
    SELECT * FROM (
        SELECT f.thing, f.sort_key FROM timeline_currentfact f
        WHERE f.facet = %s AND f.thing = %s AND {LISTED.format(f="f")}
        ORDER BY f.sequence DESC LIMIT 1
    ) u
"""


def last_changed(
    stories: Iterable[str], *, made_for: str, site: str
) -> dict[str, dict]:
    """The entry of each story, of those that stand, that was published last."""
    places = _last_places(list(stories))
    rows = CurrentBody.objects.filter(pk__in=set(places.values()))
    entries = {
        row.sort_key: orjson.loads(moved(row.body, made_for=made_for, site=site))
        for row in rows
    }
    return {key: entries[at] for key, at in places.items() if at in entries}


def _last_places(stories: list[str]) -> dict[str, int]:
    """The sort key of the entry of each story that was published last."""
    if not stories:
        return {}
    values = [value for story in stories for value in (int(Facet.STORY), story)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([LAST] * len(stories)), values)
        return dict(cursor.fetchall())


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

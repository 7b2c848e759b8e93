"""A story at a glance: when each of its events was, or how many were when."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import orjson
from django.db import connection

from timeline.models.record import Facet

from .asking import Query
from .keys import from_second
from .paging import every
from .records import Head

MOST_COUNTED = 300  # events in one column; more are not told apart
COUNT = """
    SELECT {place}, COUNT(*) FROM (
        SELECT 1 FROM timeline_currentfact
        WHERE facet = %s AND thing = %s AND sort_key > %s AND sort_key < %s LIMIT %s
    ) u{place}
"""


class Outline(NamedTuple):
    """An event by its name, its date as the record has it, and its importance."""

    id: str
    slug: str
    title: str
    importance: str
    date: dict


def outlines(query: Query, *, at: int, head: Head, limit: int) -> list[Outline]:
    """The first events that a query finds, as the record stood at sequence `at`.

    They are read once as long as the record stays as it is.
    """
    return _outlines(query, at, head.sequence, head.digest, head.site, limit)


@lru_cache(maxsize=256)
def _outlines(
    query: Query, at: int, head: int, _digest: str, made_for: str, limit: int
) -> list[Outline]:
    bodies = every(query, at=at, head=head, made_for=made_for, limit=limit)
    return [outline(orjson.loads(body)) for body in bodies]


def outline(entry: Mapping) -> Outline:
    """What is shown of an entry, as it is sent, at a glance."""
    return Outline(*(entry[name] for name in Outline._fields))


def counted(story: str, seconds: Sequence[int], *, head: Head) -> list[int]:
    """How many events of a story there are now between each two of these seconds.

    An event counts where its date begins, or, without a beginning, where it ends.
    """
    return _counted(story, tuple(seconds), head.digest)


@lru_cache(maxsize=256)
def _counted(story: str, seconds: tuple[int, ...], _digest: str) -> list[int]:
    keys = [from_second(second) for second in seconds]
    texts, values = [], []
    for place, (low, high) in enumerate(zip(keys, keys[1:], strict=False)):
        texts.append(COUNT.format(place=place))
        values += [int(Facet.STORY), story, low, high, MOST_COUNTED]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(texts), values)
        found = dict(cursor.fetchall())
    return [found.get(place, 0) for place in range(len(keys) - 1)]

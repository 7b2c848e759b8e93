"""A story at a glance: when each of its events was."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import orjson

from .asking import Query
from .paging import every
from .records import Head


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

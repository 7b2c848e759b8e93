"""What sources say of how they were made."""

from collections.abc import Iterable
from typing import NamedTuple

import orjson
from django.db import connection

BODIES = "SELECT thing, body FROM timeline_namedthing WHERE thing IN"


class OwnWords(NamedTuple):
    """How a report says that it was made, and in which language it says so."""

    text: str
    language: str


def own_words(sources: Iterable[str]) -> dict[str, OwnWords]:
    """What these sources say of how they were made, by id; most say nothing."""
    wanted = list(sources)
    if not wanted:
        return {}
    holes = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(f"{BODIES} ({holes})", wanted)
        bodies = [(thing, orjson.loads(body)) for thing, body in cursor.fetchall()]
    return {
        thing: OwnWords(body["production_words"], body["language"] or "")
        for thing, body in bodies
        if body.get("production_words")
    }

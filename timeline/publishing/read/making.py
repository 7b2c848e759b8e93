"""What sources say of how they were made."""

from collections.abc import Iterable
from typing import NamedTuple

import orjson

from timeline.models.record import NamedThing


class OwnWords(NamedTuple):
    """How a report says that it was made, and in which language it says so."""

    text: str
    language: str


def own_words(sources: Iterable[str]) -> dict[str, OwnWords]:
    """What these sources say of how they were made, by id; most say nothing."""
    wanted = list(sources)
    if not wanted:
        return {}
    rows = NamedThing.objects.filter(pk__in=wanted).values_list("thing", "body")
    bodies = ((thing, orjson.loads(body)) for thing, body in rows)
    return {
        thing: OwnWords(body["production_words"], body["language"] or "")
        for thing, body in bodies
        if body.get("production_words")
    }

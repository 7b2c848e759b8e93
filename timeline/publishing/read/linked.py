"""Statements by id, many at a time: those that others link to, or rest on."""

import json
from collections.abc import Iterable

from timeline.models.record import CurrentBody, CurrentStatement

from .rendering import moved

EVENT = ("id", "slug", "url", "html_url", "title", "date")


def statements_by_id(
    ids: Iterable[str], *, made_for: str, site: str
) -> dict[str, dict]:
    """Statements of current entries, each with its event, in one query."""
    wanted = set(ids)
    if not wanted:
        return {}
    places = CurrentStatement.objects.filter(pk__in=wanted)
    found = {}
    for row in CurrentBody.objects.filter(pk__in=places.values("sort_key")):
        entry = json.loads(moved(row.body, made_for=made_for, site=site))
        event = {part: entry[part] for part in EVENT}
        for statement in entry["statements"]:
            if statement["id"] in wanted:
                found[statement["id"]] = {**statement, "event": event}
    return found

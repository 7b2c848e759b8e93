"""Where else the record says what is to be suppressed, and what only that text named.

Whole texts are looked through, for nothing else has every word of the past: with
millions of revisions it takes minutes.
"""

import json
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q

from timeline.models.record import CurrentStatement, Revision, ThingName
from timeline.publishing.read.documents import document_of
from timeline.publishing.read.spans import plain_key

from .deriving import names
from .finding import facts_naming

AT_ONCE = 100  # things that are looked for in one reading
# On SQLite the words of deleted rows stay in the index until its parts are merged.
MERGED = "INSERT INTO {index}({index}) VALUES('optimize')"
INDEXES = ("timeline_currentsearch_index", "timeline_pastsearch_index")


def rows_naming(event_id: str, *, titles: set[str], slug: str | None) -> list[Revision]:
    """The rows of other events that carry a title, or the web name, of an event."""
    if not titles and slug is None:
        return []
    mark = f'"{event_id}"'
    named = Q(document__contains=mark) | Q(caused_by__contains=mark)
    rows = Revision.objects.exclude(event_id=event_id).exclude(salt=None)
    return [
        row
        for row in rows.filter(named).iterator()
        if _names(row, event_id, titles, slug)
    ]


def _names(row: Revision, event_id: str, titles: set[str], slug: str | None) -> bool:
    related = (document_of(row) or {"related": []})["related"]
    about = [item for item in related if item["id"] == event_id]
    if any(item["title"] in titles or item["slug"] == slug for item in about):
        return True
    return causes(row, event_id) and json.loads(row.caused_by)["slug"] == slug


def causes(row: Revision, event_id: str) -> bool:
    """Whether a row says that an act on this event caused it."""
    return bool(row.caused_by) and json.loads(row.caused_by)["id"] == event_id


def forget_names(documents: Iterable[dict]) -> None:
    """Forget every id and web name that only these texts gave.

    To be asked once they are gone. The names of events stay, for their rows do. Those
    of what was merged into another lead to that by now, and go by themselves.
    """
    given: dict[str, set[tuple[str, str]]] = {}
    for document in documents:
        for noun, name, thing in names(document):
            if noun != "event":
                given.setdefault(thing, set()).add((noun, name))
    lost = given.keys() - set(_named_now(set(given)))
    lost -= _named_once(lost)
    ThingName.objects.filter(thing__in=lost).delete()
    for noun, name in sorted(set().union(*map(given.get, lost))):
        ThingName.objects.filter(noun=noun, name=name, former=True).delete()


def _named_now(things: set[str]) -> Iterable[str]:
    """Those of these things that a current entry names."""
    found = facts_naming(things).values_list("thing", flat=True).distinct()
    yield from map(plain_key, found)
    statements = CurrentStatement.objects.filter(pk__in=things)
    yield from statements.values_list("pk", flat=True)


def _named_once(things: set[str]) -> set[str]:
    """Those of these things that a text of the record still names."""
    found, wanted = set(), sorted(things)
    for start in range(0, len(wanted), AT_ONCE):
        marks = [f'"id":"{thing}"' for thing in wanted[start : start + AT_ONCE]]
        anywhere = reduce(or_, (Q(document__contains=mark) for mark in marks))
        for row in Revision.objects.filter(anywhere).iterator():
            found |= {thing for _noun, _name, thing in names(document_of(row))}
    return found


def forget_words() -> None:
    """Let the indexes of words go of those that no entry has any more."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for index in INDEXES:
                cursor.execute(MERGED.format(index=index))

"""The documents of the record, parsed."""

from collections.abc import Iterable

import orjson
from django.db import connection

from timeline.models.record import CurrentEntry, KnownEvent, Revision

DOCUMENTS = """
    SELECT sequence, document FROM timeline_revision
    WHERE document IS NOT NULL AND sequence IN
"""


def document_of(revision: Revision) -> dict | None:
    """A revision's document; None where it has none or it was suppressed."""
    return orjson.loads(revision.document) if revision.document else None


def documents_at(sequences: Iterable[int]) -> dict[int, dict]:
    """The documents of revisions, by sequence; suppressed ones are left out."""
    sequences = list(sequences)
    if not sequences:
        return {}
    holes = ", ".join(["%s"] * len(sequences))
    with connection.cursor() as cursor:
        cursor.execute(f"{DOCUMENTS} ({holes})", sequences)
        return {sequence: orjson.loads(text) for sequence, text in cursor.fetchall()}


def current_document(event_id: str) -> dict | None:
    """The document of a live event, by its id; None where it is not live."""
    entry = CurrentEntry.objects.filter(event_id=event_id).first()
    return document_of(Revision.objects.get(pk=entry.sequence)) if entry else None


def known_event(event_id: str) -> KnownEvent | None:
    """Where an event stands in the record; None if it was never published."""
    return KnownEvent.objects.filter(pk=event_id).first()

"""Making anew, from the record alone, everything that is derived from it."""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentSaid,
    CurrentSearch,
    CurrentStatement,
    FactCount,
    KnownEvent,
    NamedThing,
    PastEntry,
    PastFact,
    PastSaid,
    PastSearch,
    Rendering,
    Revision,
    StoryFact,
    StoryPeriod,
    StoryThing,
    ThingFact,
    ThingName,
)
from timeline.publishing.read.documents import document_of
from timeline.publishing.read.rendering import FORM

from .entries import apply
from .log import hold_record_lock
from .sending import kept_back

DERIVED = (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentSaid,
    CurrentSearch,
    CurrentStatement,
    FactCount,
    KnownEvent,
    NamedThing,
    PastEntry,
    PastFact,
    PastSaid,
    PastSearch,
    Rendering,
    StoryFact,
    StoryPeriod,
    StoryThing,
    ThingFact,
    ThingName,
)
AT_ONCE = 500


def rebuild() -> int:
    """Empty the derived tables and fill them again, for today's `SITE_URL`.

    In one transaction, during which nothing is published and readers see what was.
    Returns the number of revisions read.
    """
    with transaction.atomic(durable=True):
        hold_record_lock()
        return refill(site=settings.SITE_URL)


def refill(*, site: str) -> int:
    """The rebuild itself, in the caller's transaction and under its lock."""
    for model in DERIVED:
        model.objects.all().delete()
    Rendering.objects.create(pk=1, site=site, form=FORM)
    read = 0
    for revisions in _batches():
        documents = {row.sequence: document_of(row) for row in revisions}
        with kept_back():
            apply(revisions, {key: doc for key, doc in documents.items() if doc})
        read += len(revisions)
    return read


def made_for() -> str | None:
    """The site that the entries were rendered for; None where there are none yet."""
    row = Rendering.objects.first()
    return row.site if row else None


def is_stale() -> bool:
    """Whether the entries were rendered for another `SITE_URL` or by older code."""
    row = Rendering.objects.first()
    return row is not None and (row.site, row.form) != (settings.SITE_URL, FORM)


def _batches() -> Iterator[list[Revision]]:
    """The record in order, in parts in which no event occurs twice."""
    part: list[Revision] = []
    seen: set[str] = set()
    for row in Revision.objects.order_by("sequence").iterator(chunk_size=AT_ONCE):
        if len(part) == AT_ONCE or row.event_id in seen:
            yield part
            part, seen = [], set()
        part.append(row)
        seen.add(row.event_id)
    if part:
        yield part

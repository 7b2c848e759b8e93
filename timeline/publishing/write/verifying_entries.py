"""Whether the tables that are read say what the record makes of them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentSaid,
    CurrentStatement,
    KnownEvent,
    Rendering,
    Revision,
)
from timeline.publishing.read.documents import document_of

from .deriving import derive
from .log import hold_record_lock
from .rebuilding import DERIVED, made_for, refill
from .states import Stand

AT_ONCE = 500
PLACED = ("sort_key", "earliest", "latest", "known_from", "whole_from")
MEND = "run rebuild_timeline."


def entry_faults(stands: dict[str, Stand], unreadable: set[int]) -> Iterator[str]:
    """Where the current entries are not what the record makes of them.

    `stands` has every event of the record, `unreadable` the rows without a document
    that could be shown.
    """
    entries = {row.event_id: row for row in CurrentEntry.objects.iterator()}
    keys = {row.sort_key for row in entries.values()}
    shown = []
    for event, stand in stands.items():
        entry = entries.pop(event, None)
        if stand.state != "live":
            if entry:
                yield f"Event {event} is shown although it is gone: {MEND}"
        elif entry is None or entry.sequence != stand.sequence:
            yield f"Event {event} is not shown as published: {MEND}"
        elif entry.sequence not in unreadable:
            shown.append(entry)
    for event in entries:
        yield f"Event {event} is shown but was never published: {MEND}"
    found_by = _sums_of_facts()
    for start in range(0, len(shown), AT_ONCE):
        yield from _shown_faults(shown[start : start + AT_ONCE], found_by)
    if strays := len(found_by.keys() - keys):
        yield f"Filters find what is not shown, at {strays} places: {MEND}"


def _sums_of_facts() -> dict[int, int]:
    """What all facts of each entry come to, by its sort key.

    They lie in the order in which filters ask for them, and are read once.
    """
    found: dict[int, int] = defaultdict(int)
    columns = ("sort_key", "facet", "thing", "statement", "marks", "names")
    rows = CurrentFact.objects.values_list(*columns)
    for key, *fact in rows.iterator(chunk_size=10 * AT_ONCE):
        found[key] += hash(tuple(fact))
    return found


def _shown_faults(
    entries: list[CurrentEntry], found_by: dict[int, int]
) -> Iterator[str]:
    site = made_for() or settings.SITE_URL
    revisions = Revision.objects.in_bulk([entry.sequence for entry in entries])
    known = KnownEvent.objects.in_bulk([entry.event_id for entry in entries])
    held = _held([entry.sort_key for entry in entries])
    for entry in entries:
        revision, event = revisions[entry.sequence], known.get(entry.event_id)
        rows = derive(
            revision,
            document_of(revision),
            ordinal=event.ordinal if event else 1,
            site=site,
        )
        if any(getattr(entry, name) != getattr(rows, name) for name in PLACED):
            yield f"{revision.slug} has a wrong place or date: {MEND}"
        bodies, statements, said = (part[entry.sort_key] for part in held)
        if bodies != [(entry.sequence, rows.body)]:
            yield f"What is shown of {revision.slug} was changed: {MEND}"
        facts = sum(hash((*fact, *rows.marks)) for fact in rows.facts)
        if found_by[entry.sort_key] != facts:
            yield f"Filters find {revision.slug} wrongly: {MEND}"
        if statements != [(entry.event_id, *row) for row in rows.statements]:
            yield f"The statements of {revision.slug} were changed: {MEND}"
        if said != [(*row.values(), entry.sequence) for row in rows.said]:
            yield f"When it was said in {revision.slug} was changed: {MEND}"


def _held(keys: list[int]) -> tuple[dict, dict, dict]:
    """What the tables hold under these sort keys: bodies, statements, said."""
    bodies = CurrentBody.objects.filter(pk__in=keys)
    statements = CurrentStatement.objects.filter(sort_key__in=keys)
    said = CurrentSaid.objects.filter(sort_key__in=keys)
    return (
        _by_key(bodies.values_list("sort_key", "sequence", "body")),
        _by_key(
            statements.order_by("position").values_list(
                "sort_key", "event_id", "statement_id", "slug", "standing", "position"
            )
        ),
        _by_key(
            said.order_by("statement").values_list(
                "sort_key",
                "statement",
                "moment",
                "variant",
                "earliest",
                "latest",
                "sequence",
            )
        ),
    )


def _by_key(rows) -> dict[int, list[tuple]]:
    found = defaultdict(list)
    for key, *row in rows:
        found[key].append(tuple(row))
    return found


def verify_derived() -> Iterator[str]:
    """A sentence for every derived table that a rebuild would make otherwise.

    Rebuilds them all in a transaction that is then undone: nothing is published
    meanwhile, and it takes as long as a rebuild.
    """
    with transaction.atomic(durable=True):
        hold_record_lock()
        before = _fingerprints()
        refill(site=made_for() or settings.SITE_URL)
        after = _fingerprints()
        transaction.set_rollback(True)
    for table in before:
        if before[table] != after[table]:
            yield f"The table {table} is not what the record makes of it: {MEND}"


def _fingerprints() -> dict[str, str]:
    """A digest of each derived table's rows, but for counted keys and the site."""
    return {
        model._meta.db_table: _fingerprint(model)
        for model in DERIVED
        if model is not Rendering
    }


def _fingerprint(model) -> str:
    names = [field.attname for field in model._meta.concrete_fields]
    names = [name for name in names if name not in ("id", "pk")]
    digest = hashlib.sha256()
    rows = model.objects.order_by(*names).values_list(*names)
    for row in rows.iterator(chunk_size=AT_ONCE):
        digest.update(repr(row).encode())
    return digest.hexdigest()

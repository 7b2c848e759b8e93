"""What readers saw once: entries from the sequence that showed them until another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import orjson
from django.db import connection

from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentSaid,
    CurrentSearch,
    CurrentStatement,
    KnownEvent,
    PastEntry,
    PastFact,
    PastSaid,
    PastSearch,
    Revision,
    RevisionKind,
)
from timeline.publishing.read.documents import document_of, documents_at
from timeline.publishing.read.facts import days_reported
from timeline.publishing.read.marks import marks_of
from timeline.publishing.read.words import stored

from .deriving import Rows, derive
from .filling import delete_each
from .finding import UNFILTERED, Facts, all_facts, named_by
from .states import suppressed_by

KEEP_WORDS = """
    INSERT INTO timeline_pastsearch (sequence, words)
    SELECT e.sequence, s.words
    FROM timeline_currentsearch s JOIN timeline_currententry e USING (sort_key)
    WHERE s.sort_key IN ({holes})
"""
# Kinds of row that show what the desk says; the others show it again, or nothing.
MADE_AT_THE_DESK = (
    RevisionKind.PUBLICATION,
    RevisionKind.UPDATE,
    RevisionKind.CORRECTION,
    RevisionKind.MINOR,
)


@dataclass(slots=True)
class Retired:
    """An entry that is no longer shown, its facts, and when it was reported."""

    entry: CurrentEntry
    facts: Facts
    days: set[str]

    @property
    def names(self) -> set[str]:
        """The ids of all things that it named."""
        return named_by(self.facts)


def retire(
    entries: list[CurrentEntry], until: dict[str, int], shown: Mapping[int, dict]
) -> dict[str, Retired]:
    """Move current entries to the past.

    `until` has, by event, the sequence from which the entry no longer stands, `shown`
    what is at hand of the documents that they were made of, by sequence.
    """
    keys = [entry.sort_key for entry in entries]
    if not keys:
        return {}
    facts, bodies = _facts_of(entries, shown), _bodies_at(keys)
    _keep(entries, facts, bodies, until)
    for model in (CurrentEntry, CurrentBody, CurrentSearch):
        model.objects.filter(pk__in=keys).delete()
    for model in (CurrentStatement, CurrentSaid):
        model.objects.filter(sort_key__in=keys).delete()
    delete_each(
        CurrentFact,
        ("facet", "thing", "sort_key"),
        sorted({(*fact[:2], key) for key in keys for fact in facts[key]}),
    )
    return {
        entry.event_id: Retired(
            entry,
            facts[entry.sort_key],
            days_reported(orjson.loads(bodies[entry.sort_key])),
        )
        for entry in entries
    }


def _facts_of(entries: list[CurrentEntry], shown: Mapping[int, dict]) -> dict:
    """The facts of these entries by sort key: they follow from their documents.

    Where that was destroyed in this very act, the whole table is looked through.
    """
    missing = [row.sequence for row in entries if row.sequence not in shown]
    documents = {**shown, **documents_at(missing)}
    found = {
        row.sort_key: all_facts(documents[row.sequence])
        for row in entries
        if row.sequence in documents
    }
    lost = [row.sort_key for row in entries if row.sort_key not in found]
    return {**found, **_facts_at(lost)} if lost else found


def _facts_at(keys: list[int]) -> dict[int, Facts]:
    found: dict[int, Facts] = {key: set() for key in keys}
    rows = CurrentFact.objects.filter(sort_key__in=keys)
    for key, *fact in rows.values_list("sort_key", "facet", "thing", "statement"):
        found[key].add(tuple(fact))
    return found


def _bodies_at(keys: list[int]) -> dict[int, str]:
    rows = CurrentBody.objects.filter(pk__in=keys)
    return dict(rows.values_list("sort_key", "body"))


def _keep(
    entries: list[CurrentEntry],
    facts: dict[int, Facts],
    bodies: dict[int, str],
    until: dict[str, int],
) -> None:
    keys = [entry.sort_key for entry in entries]
    PastEntry.objects.bulk_create(
        PastEntry(
            sequence=entry.sequence,
            asserted=entry.asserted,
            event_id=entry.event_id,
            earliest=entry.earliest,
            latest=entry.latest,
            known_from=entry.known_from,
            whole_from=entry.whole_from,
            sort_key=entry.sort_key,
            until_sequence=until[entry.event_id],
            body=bodies[entry.sort_key],
        )
        for entry in entries
    )
    PastFact.objects.bulk_create(
        fact
        for entry in entries
        for fact in _past_facts(
            facts[entry.sort_key], entry.sort_key, entry.sequence, until[entry.event_id]
        )
    )
    said = CurrentSaid.objects.filter(sort_key__in=keys).values()
    ends = {entry.sort_key: until[entry.event_id] for entry in entries}
    PastSaid.objects.bulk_create(
        PastSaid(until_sequence=ends[row["sort_key"]], **row) for row in said
    )
    with connection.cursor() as cursor:
        holes = ", ".join(["%s"] * len(keys))
        cursor.execute(KEEP_WORDS.format(holes=holes), keys)


def _past_facts(facts: Facts, key: int, sequence: int, until: int):
    marks = marks_of(facts)._asdict()
    for facet, thing, statement in facts:
        if facet not in UNFILTERED:
            yield PastFact(
                facet=facet,
                thing=thing,
                sort_key=key,
                statement=statement,
                sequence=sequence,
                until_sequence=until,
                **marks,
            )


def forget(event_ids: Iterable[str], *, sequences: Iterable[int] | None = None) -> None:
    """Take entries of the past away: all of these events', or only of `sequences`."""
    entries = PastEntry.objects.filter(event_id__in=list(event_ids))
    if sequences is not None:
        entries = entries.filter(sequence__in=list(sequences))
    places = list(entries.values_list("sort_key", "sequence"))
    for key, sequence in places:
        for model in (PastFact, PastSaid):
            model.objects.filter(sort_key=key, sequence=sequence).delete()
    PastSearch.objects.filter(pk__in=[sequence for _, sequence in places]).delete()
    entries.delete()


def recall(event_id: str, *, before: int, site: str) -> None:
    """Put every past entry of an event back, from the record before a sequence.

    Rows that were suppressed have no text left, and stay away.
    """
    known = KnownEvent.objects.get(pk=event_id)
    held = set(
        PastEntry.objects.filter(event_id=event_id).values_list("sequence", flat=True)
    )
    for row, until, asserted in lifetimes(event_id, before=before):
        if row.document is None or row.sequence in held:
            continue
        rows = derive(row, document_of(row), ordinal=known.ordinal, site=site)
        _put_back(row, rows, until, asserted)


def _put_back(row: Revision, rows: Rows, until: int, asserted: int) -> None:
    PastEntry.objects.create(
        sequence=row.sequence,
        asserted=asserted,
        event_id=row.event_id,
        earliest=rows.earliest,
        latest=rows.latest,
        known_from=rows.known_from,
        whole_from=rows.whole_from,
        sort_key=rows.sort_key,
        until_sequence=until,
        body=rows.body,
    )
    PastFact.objects.bulk_create(
        _past_facts(rows.facts, rows.sort_key, row.sequence, until)
    )
    PastSaid.objects.bulk_create(
        PastSaid(
            sort_key=rows.sort_key,
            sequence=row.sequence,
            until_sequence=until,
            **said,
        )
        for said in rows.said
    )
    words = stored(rows.words, vendor=connection.vendor)
    PastSearch.objects.create(sequence=row.sequence, words=words)


def lifetimes(event_id: str, *, before: int) -> Iterator[tuple[Revision, int, int]]:
    """Each row of an event that showed something, until when, and what asserted it.

    Of what was over at the sequence `before`.
    """
    shown, asserted = None, 0
    rows = Revision.objects.filter(event_id=event_id, sequence__lte=before)
    for row in rows.order_by("sequence"):
        if row.kind == RevisionKind.SUPPRESSION and not _ends(row, shown):
            continue
        if shown:
            yield shown, row.sequence, asserted
        shown = row if shows(row) else None
        if row.kind in MADE_AT_THE_DESK and not row.caused_by:
            asserted = row.sequence


def shows(row: Revision) -> bool:
    """Whether a row is of a kind that shows something."""
    return row.kind in MADE_AT_THE_DESK or row.kind == RevisionKind.RELEASE


def _ends(row: Revision, shown: Revision | None) -> bool:
    """Whether a suppression takes away what was shown."""
    return shown is not None and shown.sequence in suppressed_by(row)

"""The tables that are read, kept in step with the record as it grows."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Max

from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentStatement,
    DeclaredLink,
    Facet,
    KnownEvent,
    NamedThing,
    PastEntry,
    PastFact,
    Rendering,
    Revision,
    RevisionKind,
    ThingName,
)
from timeline.publishing.read.documents import document_of
from timeline.publishing.read.rendering import FORM

from .counting import recount
from .deriving import Rows, derive, names, thing
from .document import Declared

GONE = {
    RevisionKind.WITHDRAWAL: "withdrawn",
    RevisionKind.MERGE: "merged",
    RevisionKind.SUPPRESSION: "suppressed",
}


def apply(revisions: list[Revision], documents: dict[int, dict]) -> None:
    """Bring what is read up to these revisions, the newest of the record.

    No event occurs twice among them. `documents` are the parsed ones by sequence.
    """
    site = rendered_for()
    known = know(revisions)
    past = retire(revisions)
    fresh = {
        row.sequence: derive(
            row,
            documents[row.sequence],
            ordinal=known[row.event_id].ordinal,
            site=site,
        )
        for row in revisions
        if row.sequence in documents
    }
    latest = {row.event_id: row for row in revisions}
    current = [row for row in latest.values() if row.sequence in fresh]
    show(current, fresh, past)
    place(known, latest, fresh)
    name(revisions, documents)
    count(current, fresh, past, site)


def rendered_for() -> str:
    """The site that bodies are made for; said beside them when it is not yet."""
    row, _ = Rendering.objects.get_or_create(
        pk=1, defaults={"site": settings.SITE_URL, "form": FORM}
    )
    return row.site


def know(revisions: list[Revision]) -> dict[str, KnownEvent]:
    """The events of these revisions; one never seen before takes the next place."""
    ids = list(dict.fromkeys(row.event_id for row in revisions))
    known = {row.event_id: row for row in KnownEvent.objects.filter(pk__in=ids)}
    last = KnownEvent.objects.aggregate(last=Max("ordinal"))["last"] or 0
    for event in ids:
        if event not in known:
            last += 1
            known[event] = KnownEvent(event_id=event, ordinal=last)
    return known


def retire(revisions: list[Revision]) -> dict[str, CurrentEntry]:
    """Move the entries that these revisions replace to the past; return them."""
    until: dict[str, int] = {}
    for row in revisions:
        until.setdefault(row.event_id, row.sequence)
    entries = list(CurrentEntry.objects.filter(event_id__in=until))
    keys = [entry.sort_key for entry in entries]
    bodies = dict(
        CurrentBody.objects.filter(pk__in=keys).values_list("sort_key", "body")
    )
    facts = list(CurrentFact.objects.filter(sort_key__in=keys).values())
    sequence_of = {entry.sort_key: entry.sequence for entry in entries}
    PastEntry.objects.bulk_create(
        PastEntry(
            sequence=entry.sequence,
            asserted=entry.asserted,
            event_id=entry.event_id,
            earliest=entry.earliest,
            latest=entry.latest,
            sort_key=entry.sort_key,
            until_sequence=until[entry.event_id],
            body=bodies[entry.sort_key],
        )
        for entry in entries
    )
    PastFact.objects.bulk_create(
        PastFact(sequence=sequence_of[row["sort_key"]], **row) for row in facts
    )
    for model in (CurrentEntry, CurrentBody):
        model.objects.filter(pk__in=keys).delete()
    for model in (CurrentFact, CurrentStatement):
        model.objects.filter(sort_key__in=keys).delete()
    return {entry.event_id: entry for entry in entries}


def asserted(row: Revision, past: dict[str, CurrentEntry]) -> int:
    """The newest revision of the event that was made from the desk."""
    if row.caused_by and row.event_id in past:
        return past[row.event_id].asserted
    return row.sequence


def show(current: list[Revision], fresh: dict[int, Rows], past) -> None:
    """Write the entries that readers see from now on."""
    pairs = [(row, fresh[row.sequence]) for row in current]
    CurrentEntry.objects.bulk_create(
        CurrentEntry(
            sort_key=rows.sort_key,
            sequence=row.sequence,
            asserted=asserted(row, past),
            event_id=row.event_id,
            earliest=rows.earliest,
            latest=rows.latest,
        )
        for row, rows in pairs
    )
    CurrentBody.objects.bulk_create(
        CurrentBody(sort_key=rows.sort_key, sequence=row.sequence, body=rows.body)
        for row, rows in pairs
    )
    CurrentFact.objects.bulk_create(
        CurrentFact(facet=facet, thing=key, sort_key=rows.sort_key, statement=place)
        for _, rows in pairs
        for facet, key, place in sorted(rows.facts)
    )
    _show_statements(pairs)


def _show_statements(pairs: list[tuple[Revision, Rows]]) -> None:
    """Say where each statement is; the newest row that has it is right.

    Two have it for a moment where a rebuild reads an act in parts: one that moves a
    statement to another event.
    """
    placed = {
        key: CurrentStatement(
            statement_id=key,
            slug=slug,
            standing=standing,
            event_id=row.event_id,
            sort_key=rows.sort_key,
            position=place,
        )
        for row, rows in pairs
        for key, slug, standing, place in rows.statements
    }
    CurrentStatement.objects.bulk_create(
        placed.values(),
        update_conflicts=True,
        unique_fields=["statement_id"],
        update_fields=["slug", "standing", "event_id", "sort_key", "position"],
    )


def place(known: dict[str, KnownEvent], latest, fresh: dict[int, Rows]) -> None:
    """Say where each event stands now."""
    for event, row in latest.items():
        entry = known[event]
        entry.slug, entry.number, entry.sequence = row.slug, row.number, row.sequence
        entry.state = GONE.get(row.kind, "live")
        entry.successor = row.successor
        rows = fresh.get(row.sequence)
        entry.sort_key = rows.sort_key if rows else None
    KnownEvent.objects.bulk_create(
        known.values(),
        update_conflicts=True,
        unique_fields=["event_id"],
        update_fields=["slug", "state", "number", "sequence", "sort_key", "successor"],
    )


def name(revisions: Iterable[Revision], documents: dict[int, dict]) -> None:
    """Remember every id and slug that the record gives to a thing."""
    found: dict[tuple[str, str], str] = {}
    for row in revisions:
        if row.sequence in documents:
            for noun, text, key in names(documents[row.sequence]):
                found[noun, text] = key
    ThingName.objects.bulk_create(
        (
            ThingName(noun=noun, name=text, thing=key)
            for (noun, text), key in sorted(found.items())
        ),
        update_conflicts=True,
        unique_fields=["noun", "name"],
        update_fields=["thing"],
    )


def declare(declared: dict[str, list[Declared]]) -> None:
    """Keep the links that events declare, those to what is not live among them.

    An event of which readers see no change may declare others than before.
    """
    DeclaredLink.objects.filter(event_id__in=declared).delete()
    DeclaredLink.objects.bulk_create(
        DeclaredLink(
            event_id=event,
            statement=link.statement,
            kind=link.kind,
            target=link.target,
            position=link.position,
        )
        for event, links in declared.items()
        for link in links
    )


def count(current: list[Revision], fresh: dict[int, Rows], past, site: str) -> None:
    """Say of every thing these entries name, or named, what the newest of them says."""
    touched = _named_before(past)
    newest: dict[str, tuple[int, dict]] = {}
    for row in current:
        since = asserted(row, past)
        for entity in fresh[row.sequence].entities:
            touched.add(entity["id"])
            if entity["id"] not in newest or newest[entity["id"]][0] < since:
                newest[entity["id"]] = since, entity
    retell(touched, newest, site)
    recount(touched)


def _named_before(past: dict[str, CurrentEntry]) -> set[str]:
    sequences = [entry.sequence for entry in past.values()]
    rows = PastFact.objects.filter(
        sequence__in=sequences, facet=Facet.NAMES
    ).values_list("thing", flat=True)
    return set(rows)


def retell(touched: set[str], newest: dict[str, tuple[int, dict]], site: str) -> None:
    """Write each thing as the newest current entry that names it says it is."""
    held = {row.thing: row for row in NamedThing.objects.filter(pk__in=touched)}
    for key in sorted(touched):
        told, row = newest.get(key), held.get(key)
        if row and (not told or told[0] < row.sequence):
            told = _standing_entity(key, row, told)
        if told is None:
            NamedThing.objects.filter(pk=key).delete()
            held.pop(key, None)
        elif row is None or row.sequence != told[0]:
            held[key] = _named(told, site, row)
    NamedThing.objects.bulk_create(
        held.values(),
        update_conflicts=True,
        unique_fields=["thing"],
        update_fields=["noun", "slug", "sequence", "body"],
    )


def _standing_entity(key: str, row: NamedThing, told):
    """The (sequence, entity) that holds now, where an entry that named it has gone."""
    naming = CurrentFact.objects.filter(facet=Facet.NAMES, thing=key)
    entries = CurrentEntry.objects.filter(sort_key__in=naming.values("sort_key"))
    if entries.filter(asserted=row.sequence).exists():
        return row.sequence, None
    newest = entries.order_by("-asserted").first()
    if newest is None:
        return None
    if told and told[0] >= newest.asserted:
        return told
    document = document_of(Revision.objects.get(pk=newest.sequence))
    entities = (item for kind in document["entities"].values() for item in kind)
    return newest.asserted, next(item for item in entities if item["id"] == key)


def _named(told: tuple[int, dict], site: str, row: NamedThing | None) -> NamedThing:
    sequence, entity = told
    key, noun, slug, body = thing(entity, site=site)
    row = row or NamedThing(thing=key)
    row.noun, row.slug, row.sequence, row.body = noun, slug, sequence, body
    return row

"""The tables that are read, kept in step with the record as it grows."""

from django.conf import settings
from django.db import connection
from django.db.models import Max

from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentSaid,
    CurrentSearch,
    CurrentStatement,
    DeclaredLink,
    KnownEvent,
    Rendering,
    Revision,
    RevisionKind,
)
from timeline.publishing.read.rendering import FORM
from timeline.publishing.read.words import stored

from .counting import count
from .deriving import Rows, derive
from .document import Declared
from .given_names import name
from .past import (
    MADE_AT_THE_DESK,
    Retired,
    forget,
    recall,
    retire,
)
from .states import stand_at, suppressed_by
from .telling import retell


def apply(revisions: list[Revision], documents: dict[int, dict]) -> None:
    """Bring what is read up to these revisions, the newest of the record.

    No event occurs twice among them. `documents` are the parsed ones by sequence.
    """
    site = rendered_for()
    known = know(revisions)
    past = retire(replaced(revisions))
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
    current = [row for row in revisions if row.sequence in fresh]
    since = {row.sequence: asserted(row, past) for row in current}
    show(current, fresh, since)
    place(known, revisions, fresh)
    hide_and_bring_back(revisions, site)
    name(revisions, documents)
    count(
        [row.facts for row in past.values()],
        [fresh[row.sequence].facts for row in current],
    )
    retell(
        past,
        [(row.sequence, since[row.sequence], fresh[row.sequence]) for row in current],
        site,
    )


def replaced(revisions: list[Revision]) -> dict[str, int]:
    """The events whose current entries these rows end, with where they end.

    One that only takes the text of earlier revisions away ends nothing.
    """
    suppressing = {
        row.event_id: suppressed_by(row)
        for row in revisions
        if row.kind == RevisionKind.SUPPRESSION
    }
    shown = CurrentEntry.objects.filter(event_id__in=suppressing)
    kept = {
        event
        for event, sequence in shown.values_list("event_id", "sequence")
        if sequence not in suppressing[event]
    }
    return {row.event_id: row.sequence for row in revisions if row.event_id not in kept}


def hide_and_bring_back(revisions: list[Revision], site: str) -> None:
    """What holds, releases and suppressions do to what readers once saw."""
    for row in revisions:
        if row.kind == RevisionKind.HOLD:
            forget([row.event_id])
        elif row.kind == RevisionKind.RELEASE:
            recall(row.event_id, before=row.sequence, site=site)
        elif row.kind == RevisionKind.SUPPRESSION:
            forget([row.event_id], sequences=suppressed_by(row))


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


def asserted(row: Revision, past: dict[str, Retired]) -> int:
    """The newest revision of the event that was made from the desk."""
    if row.kind in MADE_AT_THE_DESK and not row.caused_by:
        return row.sequence
    if row.event_id in past:
        return past[row.event_id].entry.asserted
    made = Revision.objects.filter(
        event_id=row.event_id,
        kind__in=MADE_AT_THE_DESK,
        caused_by=None,
        sequence__lt=row.sequence,
    )
    return made.aggregate(last=Max("sequence"))["last"] or row.sequence


def show(
    current: list[Revision], fresh: dict[int, Rows], since: dict[int, int]
) -> None:
    """Write the entries that readers see from now on."""
    pairs = [(row, fresh[row.sequence]) for row in current]
    CurrentEntry.objects.bulk_create(
        CurrentEntry(
            sort_key=rows.sort_key,
            sequence=row.sequence,
            asserted=since[row.sequence],
            event_id=row.event_id,
            earliest=rows.earliest,
            latest=rows.latest,
            known_from=rows.known_from,
            whole_from=rows.whole_from,
        )
        for row, rows in pairs
    )
    CurrentBody.objects.bulk_create(
        CurrentBody(sort_key=rows.sort_key, sequence=row.sequence, body=rows.body)
        for row, rows in pairs
    )
    CurrentFact.objects.bulk_create(
        CurrentFact(
            facet=facet,
            thing=key,
            sort_key=rows.sort_key,
            statement=place,
            sequence=row.sequence,
            **rows.marks._asdict(),
        )
        for row, rows in pairs
        for facet, key, place in sorted(rows.facts)
    )
    _show_statements(pairs)
    _show_words(pairs)


def _show_words(pairs: list[tuple[Revision, Rows]]) -> None:
    """Write what entries can be found by, and when what they hold was said."""
    vendor = connection.vendor
    CurrentSearch.objects.bulk_create(
        CurrentSearch(sort_key=rows.sort_key, words=stored(rows.words, vendor=vendor))
        for _, rows in pairs
    )
    CurrentSaid.objects.bulk_create(
        CurrentSaid(sort_key=rows.sort_key, sequence=row.sequence, **said)
        for row, rows in pairs
        for said in rows.said
    )


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


def place(
    known: dict[str, KnownEvent], revisions: list[Revision], fresh: dict[int, Rows]
) -> None:
    """Say where each event stands now."""
    for row in revisions:
        event, stand = known[row.event_id], stand_at(row)
        event.slug, event.number = row.slug, row.number
        event.state, event.sequence = stand.state, stand.said_by
        event.successor = stand.successor
        if row.kind == RevisionKind.SUPPRESSION and stand.state == "live":
            continue  # what is shown stays
        rows = fresh.get(row.sequence)
        event.sort_key = rows.sort_key if rows else None
    KnownEvent.objects.bulk_create(
        known.values(),
        update_conflicts=True,
        unique_fields=["event_id"],
        update_fields=["slug", "state", "number", "sequence", "sort_key", "successor"],
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

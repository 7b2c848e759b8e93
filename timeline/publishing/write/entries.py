"""The tables that are read, kept in step with the record as it grows."""

from collections.abc import Container, Mapping
from operator import attrgetter
from types import MappingProxyType

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
    Noun,
    Revision,
    RevisionKind,
)
from timeline.publishing.read.marks import Marks
from timeline.publishing.read.words import stored

from .before import Before, before
from .counting import Shown, begun_in, count
from .deriving import Rows, found_by, show
from .document import Declared
from .filling import delete, insert
from .finding import in_order
from .given_names import NO_NAMES, name
from .naming import HeldNames
from .past import (
    MADE_AT_THE_DESK,
    Retired,
    forget,
    recall,
    retire,
)
from .rows import row_of, values_of
from .states import stand_at, suppressed_by
from .telling import retell

ENTRY = (
    *("sort_key", "sequence", "asserted", "event_id"),
    *("earliest", "latest", "known_from", "whole_from"),
)
FACT = ("facet", "thing", "sort_key", "statement", "sequence", *Marks._fields)
SAID = ("statement", "moment", "variant", "earliest", "latest")
STATEMENT = (*("statement_id", "slug", "standing", "event_id", "sort_key", "position"),)
STATEMENTS = Noun.STATEMENT.value
EMPTY: Mapping = MappingProxyType({})
KNOWN = tuple(field.column for field in KnownEvent._meta.concrete_fields)


def apply(
    revisions: list[Revision],
    documents: dict[int, dict],
    shown: Mapping[int, dict] = EMPTY,
    *,
    names: HeldNames = NO_NAMES,
    stood: Before | None = None,
    memo: dict | None = None,
) -> None:
    """Bring what is read up to these revisions, the newest of the record.

    No event occurs twice among them. `documents` are the parsed ones by sequence,
    `shown` those at hand of what they replace, `names` as in `name`; `stood` is what
    stood before them, with their events and with what `documents` name; `memo` is as
    in `derive`.
    """
    stood = stood or before((row.event_id for row in revisions), documents.values())
    past = end(revisions, stood.entries, shown)
    stood.told.add_missing(set().union(*(row.names for row in past.values())))
    known, memo = know(revisions, stood), memo or {}
    name(revisions, documents, names)
    current = [row for row in revisions if row.sequence in documents]
    fresh = _derived(current, documents, known, stood.site, memo)
    since = {row.sequence: asserted(row, past) for row in current}
    write(current, fresh, since, names)
    place(known, revisions, fresh)
    hide_and_bring_back(revisions, stood.site)
    tally = count(
        (_counted(row, row.entry.sort_key) for row in past.values()),
        (_counted(rows, rows.sort_key) for rows in fresh.values()),
    )
    retell(
        past,
        [(row.sequence, since[row.sequence], fresh[row.sequence]) for row in current],
        stood,
        tally,
        memo,
    )


def _derived(
    current: list[Revision], documents: dict, known: dict, site: str, memo: dict
) -> dict[int, Rows]:
    """What is derived of these revisions, by sequence.

    Facts, the most there is to write, are written as soon as they are there.
    """
    fresh = {
        row.sequence: found_by(
            documents[row.sequence], ordinal=known[row.event_id].ordinal, memo=memo
        )
        for row in current
    }
    by_key = sorted(
        ((rows.sort_key, sequence, *rows.marks), rows.facts)
        for sequence, rows in fresh.items()
    )
    insert(CurrentFact, FACT, in_order(by_key))
    for row in current:
        document = documents[row.sequence]
        show(fresh[row.sequence], row, document, site=site, memo=memo)
    return fresh


def _counted(one: Rows | Retired, key: int) -> Shown:
    return Shown(one.facts, one.names, one.days, begun_in(key))


def end(
    revisions: list[Revision],
    entries: list[CurrentEntry],
    shown: Mapping[int, dict],
) -> dict[str, Retired]:
    """End those of the current entries that these rows replace; gives them by event."""
    until = replaced(revisions)
    return retire([row for row in entries if row.event_id in until], until, shown)


def replaced(revisions: list[Revision]) -> dict[str, int]:
    """The events whose current entries these rows end, with where they end.

    One that only takes the text of earlier revisions away ends nothing.
    """
    suppressing = {
        row.event_id: suppressed_by(row)
        for row in revisions
        if row.kind == RevisionKind.SUPPRESSION
    }
    kept = {
        event
        for event, sequence in values_of(
            CurrentEntry, "event_id, sequence", "event_id", suppressing
        )
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


def know(revisions: list[Revision], stood: Before) -> dict[str, KnownEvent]:
    """The events of these revisions; one never seen before takes the next place."""
    events = dict.fromkeys(row.event_id for row in revisions)
    known = {row.event_id: row for row in stood.known if row.event_id in events}
    last = stood.ordinal
    for event in events:
        if event not in known:
            last += 1
            known[event] = row_of(KnownEvent, event_id=event, ordinal=last)
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


def write(
    current: list[Revision],
    fresh: dict[int, Rows],
    since: dict[int, int],
    names: HeldNames,
) -> None:
    """Write the entries that readers see from now on; their facts are there."""
    pairs = [(row, fresh[row.sequence]) for row in current]
    insert(
        CurrentEntry,
        ENTRY,
        (
            (
                *(rows.sort_key, row.sequence, since[row.sequence], row.event_id),
                *(rows.earliest, rows.latest, rows.known_from, rows.whole_from),
            )
            for row, rows in pairs
        ),
    )
    insert(
        CurrentBody,
        ("sort_key", "sequence", "body"),
        ((rows.sort_key, row.sequence, rows.body) for row, rows in pairs),
    )
    _show_statements(pairs, names)
    _show_words(pairs)


def _show_words(pairs: list[tuple[Revision, Rows]]) -> None:
    """Write what entries can be found by, and when what they hold was said."""
    vendor = connection.vendor
    insert(
        CurrentSearch,
        ("sort_key", "words"),
        ((rows.sort_key, stored(rows.words, vendor=vendor)) for _, rows in pairs),
    )
    insert(
        CurrentSaid,
        ("sort_key", "sequence", *SAID),
        (
            (rows.sort_key, row.sequence, *(said[column] for column in SAID))
            for row, rows in pairs
            for said in rows.said
        ),
    )


def _show_statements(pairs: list[tuple[Revision, Rows]], names: HeldNames) -> None:
    """Say where each statement is; the newest row that has it is right.

    One that the record had given no name to is nowhere yet.

    Two have it for a moment where a rebuild reads an act in parts: one that moves a
    statement to another event.
    """
    placed = {
        key: (key, slug, standing, row.event_id, rows.sort_key, place)
        for row, rows in pairs
        for key, slug, standing, place in rows.statements
    }
    new = [key for key in placed if names.is_new(STATEMENTS, key)]
    insert(CurrentStatement, STATEMENT, map(placed.pop, new))
    insert(CurrentStatement, STATEMENT, placed.values(), unless=("statement_id",))


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
    values = attrgetter(*KNOWN)
    new = [values(row) for row in known.values() if row._state.adding]
    insert(KnownEvent, KNOWN, new)
    others = [values(row) for row in known.values() if not row._state.adding]
    insert(KnownEvent, KNOWN, others, unless=("event_id",))


def declare(declared: dict[str, list[Declared]], *, before: Container[str]) -> None:
    """Keep the links that events declare, those to what is not live among them.

    An event of which readers see no change may declare others than `before`, which has
    those that declared any.
    """
    delete(DeclaredLink, "event_id", (event for event in declared if event in before))
    insert(
        DeclaredLink,
        ("event_id", "statement", "kind", "target", "position"),
        (
            (event, link.statement, link.kind, link.target, link.position)
            for event, links in declared.items()
            for link in links
        ),
    )

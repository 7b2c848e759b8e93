"""The tables that are read, kept in step with the record as it grows."""

from collections.abc import Mapping
from operator import attrgetter
from types import MappingProxyType

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
from timeline.publishing.read.marks import Marks
from timeline.publishing.read.rendering import FORM
from timeline.publishing.read.words import stored

from .counting import Shown, begun_in, count
from .deriving import Rows, derive
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
from .rows import Plain, Wanted, row_of, rows_of_each, values_of
from .states import stand_at, suppressed_by
from .telling import retell

ENTRY = (
    *("sort_key", "sequence", "asserted", "event_id"),
    *("earliest", "latest", "known_from", "whole_from"),
)
FACT = ("facet", "thing", "sort_key", "statement", "sequence", *Marks._fields)
SAID = ("statement", "moment", "variant", "earliest", "latest")
STATEMENT = (*("statement_id", "slug", "standing", "event_id", "sort_key", "position"),)
EMPTY: Mapping = MappingProxyType({})
LAST_ORDINAL = Plain("SELECT MAX(ordinal) FROM timeline_knownevent")
KNOWN = tuple(field.column for field in KnownEvent._meta.concrete_fields)


def apply(
    revisions: list[Revision],
    documents: dict[int, dict],
    shown: Mapping[int, dict] = EMPTY,
    *,
    names: HeldNames = NO_NAMES,
) -> None:
    """Bring what is read up to these revisions, the newest of the record.

    No event occurs twice among them. `documents` are the parsed ones by sequence,
    `shown` those at hand of what they replace, `names` as in `name`.
    """
    site, known, past = end(revisions, shown)
    memo: dict = {}
    current = [row for row in revisions if row.sequence in documents]
    fresh = {
        row.sequence: _derived(row, documents, known, site, memo) for row in current
    }
    by_key = sorted(
        ((rows.sort_key, sequence, *rows.marks), rows.facts)
        for sequence, rows in fresh.items()
    )
    insert(CurrentFact, FACT, in_order(by_key))
    since = {row.sequence: asserted(row, past) for row in current}
    show(current, fresh, since)
    place(known, revisions, fresh)
    hide_and_bring_back(revisions, site)
    name(revisions, documents, names)
    count(
        (_counted(row, row.entry.sort_key) for row in past.values()),
        (_counted(rows, rows.sort_key) for rows in fresh.values()),
    )
    retell(
        past,
        [(row.sequence, since[row.sequence], fresh[row.sequence]) for row in current],
        site,
        memo,
    )


def _derived(
    row: Revision, documents: dict, known: dict, site: str, memo: dict
) -> Rows:
    ordinal = known[row.event_id].ordinal
    return derive(row, documents[row.sequence], ordinal=ordinal, site=site, memo=memo)


def _counted(one: Rows | Retired, key: int) -> Shown:
    return Shown(one.facts, one.names, one.days, begun_in(key))


def end(
    revisions: list[Revision], shown: Mapping[int, dict]
) -> tuple[str, dict[str, KnownEvent], dict[str, Retired]]:
    """End the entries that these rows replace.

    Gives the site that bodies are made for, the events and what was ended, by event.
    """
    ids, until = {row.event_id for row in revisions}, replaced(revisions)
    said, known, last, entries = rows_of_each(
        Wanted(Rendering, "id", [1], "site"),
        Wanted(KnownEvent, "event_id", ids),
        LAST_ORDINAL,
        Wanted(CurrentEntry, "event_id", until),
    )
    site = said[0][0] if said else rendered_anew()
    past = retire(entries, until, shown)
    return site, know(revisions, known, last[0][0] or 0), past


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


def rendered_anew() -> str:
    """Say which site bodies are made for, where none were."""
    return Rendering.objects.create(pk=1, site=settings.SITE_URL, form=FORM).site


def know(
    revisions: list[Revision], held: list[KnownEvent], last: int
) -> dict[str, KnownEvent]:
    """The events of these revisions; one never seen before takes the next place."""
    known = {row.event_id: row for row in held}
    for event in dict.fromkeys(row.event_id for row in revisions):
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


def show(
    current: list[Revision], fresh: dict[int, Rows], since: dict[int, int]
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
    _show_statements(pairs)
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


def _show_statements(pairs: list[tuple[Revision, Rows]]) -> None:
    """Say where each statement is; the newest row that has it is right.

    Two have it for a moment where a rebuild reads an act in parts: one that moves a
    statement to another event.
    """
    placed = {
        key: (key, slug, standing, row.event_id, rows.sort_key, place)
        for row, rows in pairs
        for key, slug, standing, place in rows.statements
    }
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


def declare(declared: dict[str, list[Declared]]) -> None:
    """Keep the links that events declare, those to what is not live among them.

    An event of which readers see no change may declare others than before.
    """
    delete(DeclaredLink, "event_id", declared)
    insert(
        DeclaredLink,
        ("event_id", "statement", "kind", "target", "position"),
        (
            (event, link.statement, link.kind, link.target, link.position)
            for event, links in declared.items()
            for link in links
        ),
    )

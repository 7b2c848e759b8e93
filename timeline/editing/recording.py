"""Recording: what a save leaves of every row it touches is written down once.

A recording listens to the rows that are written while it is open, and ends with one
row of history for each, and one for every thing they are part of. All of them carry
the version that the save gave that thing, so that a thing as a whole can be read as
any of its saves left it.
"""

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils import timezone

from timeline.models import (
    WHY_LENGTH,
    Actor,
    ActorIdentifier,
    ActorName,
    Affiliation,
    Citation,
    Event,
    EventStory,
    EventTopic,
    Participation,
    RelatedEvent,
    Source,
    SourceByline,
    SourceLink,
    SourceSnapshot,
    Statement,
    StatementLink,
    Story,
    Topic,
    listener,
    values_of,
)

# What each thing is saved together with, every row after what it belongs to.
PARTS = {
    Event: (
        Participation,
        Statement,
        Citation,
        StatementLink,
        EventStory,
        EventTopic,
        RelatedEvent,
    ),
    Actor: (ActorName, Affiliation, ActorIdentifier),
    Source: (SourceLink, SourceByline, SourceSnapshot),
    Story: (),
    Topic: (),
}
AT_ONCE = 500  # rows in one statement


@dataclass(frozen=True, slots=True)
class Note:
    """What was done to a row, and what it holds since."""

    kind: str
    root: tuple
    version: int | None
    values: dict


class Recording:
    """The rows that were written since it was opened, the last state of each."""

    def __init__(self, by, why: str):
        self.by, self.why, self.at = by, why[:WHY_LENGTH], timezone.now()
        self.notes: dict[tuple, Note] = {}

    def note(self, row, kind: str) -> None:
        """Take down one row as it is now; what came and went was never there."""
        key = type(row), row.pk
        made_here = key in self.notes and self.notes[key].kind == "+"
        if made_here and kind == "-":
            del self.notes[key]
            return
        self.notes[key] = Note(
            "+" if made_here else kind,
            root_key(row),
            getattr(row, "version", None),
            values_of(row),
        )

    def write(self) -> None:
        """Write down what was noted, in the transaction that it was done in."""
        keys = defaultdict(set)
        for note in self.notes.values():
            model, key = note.root
            keys[model].add(key)
        versions = {}
        for model, wanted in keys.items():
            versions |= self._write_roots(model, wanted)
        rows = defaultdict(list)
        for (model, _key), note in self.notes.items():
            if model not in PARTS:
                rows[model].append(self.row(model, note, versions[note.root]))
        for model, several in rows.items():
            put(model, several)

    def _write_roots(self, model, keys: set[int]) -> dict[tuple, int]:
        """One row for each thing that was saved; the version of each."""
        held = model._base_manager.in_bulk(keys)
        rows, versions = [], {}
        for key in sorted(keys):
            note = self.notes.get((model, key))
            if key in held:
                kind = note.kind if note else "~"
                values, version = values_of(held[key]), held[key].version
            elif note:
                kind, values, version = "-", note.values, note.version
            else:
                continue
            root = (model, key)
            versions[root] = version
            rows.append(self.row(model, Note(kind, root, None, values), version))
        put(model, rows)
        return versions

    def row(self, model, note: Note, version: int):
        """The row of history for one note."""
        return model.history.model(
            **note.values,
            root_id=note.root[1],
            saved_version=version,
            history_type=note.kind,
            history_date=self.at,
            history_user=self.by,
            by_name=self.by.get_username() if self.by else "",
            history_change_reason=self.why,
        )


@contextmanager
def recording(*, by=None, why: str = ""):
    """Write down what is written inside, as done by `by` (None: a command).

    To be opened inside the transaction of the writes. One inside another is part of
    it; what fails inside is forgotten.
    """
    if outer := listener.get():
        before = dict(outer.notes)
        try:
            yield outer
        except BaseException:
            outer.notes = before
            raise
        return
    inner = Recording(by, why)
    token = listener.set(inner)
    try:
        yield inner
    finally:
        listener.reset(token)
    inner.write()


def catch_up(root, *, version: int) -> None:
    """Write down what the history lacks of a thing as it stands at `version`.

    So it is with what is older than its history, or was written past it. To be asked
    before the writes of a save, when the thing is already kept from others.
    """
    model, key = type(root), root.pk
    newest = saves_of(root).aggregate(last=Max("saved_version"))["last"]
    if newest == version:
        return
    record = Recording(None, "")
    [now] = model._base_manager.filter(pk=key)
    record.at = now.changed_at
    row = record.row(model, Note("~", (model, key), None, values_of(now)), version)
    put(model, [row])
    for part in PARTS[model]:
        put(part, _lacking(record, part, root, newest or 0, version))


def _lacking(record: Recording, model, root, newest: int, version: int) -> list:
    """Rows of history for what was written of one kind of rows since `newest`."""
    known = {row.id: row for row in rows_at(model, root.pk, newest)}
    held = {row.pk: values_of(row) for row in rows_of(model, root)}
    where = (type(root), root.pk)
    notes = [
        Note("~" if key in known else "+", where, None, values)
        for key, values in held.items()
        if key not in known or kept_in(known[key]) != values
    ]
    gone = [
        Note("-", where, None, kept_in(row))
        for key, row in known.items()
        if key not in held
    ]
    return [record.row(model, note, version) for note in [*notes, *gone]]


def put(model, rows: list) -> None:
    if rows:
        model.history.model.objects.bulk_create(rows, batch_size=AT_ONCE)


def root_key(row) -> tuple:
    """The thing that a row is saved as part of: its model and primary key."""
    parent = getattr(type(row), "PARENT", "")
    if not parent:
        return type(row), row.pk
    field = row._meta.get_field(parent)
    if getattr(field.related_model, "PARENT", ""):
        return root_key(getattr(row, parent))
    return field.related_model, getattr(row, field.attname)


def path_to_root(model) -> str:
    """The lookup from a row to what it is saved as part of, as `statement__event`."""
    parent = model.PARENT
    above = model._meta.get_field(parent).related_model
    return f"{parent}__{path_to_root(above)}" if hasattr(above, "PARENT") else parent


def rows_of(model, root) -> QuerySet:
    """The rows of one kind that are part of a thing now."""
    return model._base_manager.filter(**{path_to_root(model): root.pk})


def saves_of(root) -> QuerySet:
    """The saves of a thing, as rows of its own history."""
    return type(root).history.model.objects.filter(root_id=root.pk)


def rows_at(model, root_id: int, version: int) -> QuerySet:
    """Rows of history for what there was of one kind as of a version of the whole."""
    every = model.history.model.objects
    until = every.filter(root_id=root_id, saved_version__lte=version).order_by()
    last = until.values("id").annotate(last=Max("history_id")).values("last")
    return every.filter(history_id__in=last).exclude(history_type="-")


def kept_in(row) -> dict:
    """What a row of history kept of its row, by column."""
    fields = type(row).tracked_fields
    return {field.attname: getattr(row, field.attname) for field in fields}

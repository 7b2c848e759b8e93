"""`export_story`: stories as files that `import_story` and `loaddata` read.

The same desk gives the same bytes: everything stands in an order of its own, and what
is empty or as it is by default is left out.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO

from django.db import connection
from django.db.models import BooleanField, DateTimeField
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from timeline.models import (
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
)
from timeline.models.record import KnownEvent

from .gathering import (
    AT_ONCE,
    Gathered,
    chunks,
    first_of,
    listed,
    table_of,
)
from .shapes import BY_MODEL, Part, Shape
from .staging import ask, run

FIRST = ("public_id", "slug", "key", "position")
# Model by model: what is part of a thing, with the column that says of which.
PARTS = {
    Actor: ((ActorName, "actor_id"), (ActorIdentifier, "actor_id")),
    Source: (
        (SourceByline, "source_id"),
        (SourceLink, "source_id"),
        (SourceSnapshot, "source_id"),
    ),
    Event: (
        (Participation, "event_id"),
        (EventStory, "event_id"),
        (EventTopic, "event_id"),
    ),
}


@dataclass(slots=True)
class Told:
    """What an export says besides the file: sentences about what is not in it."""

    sentences: list[str] = field(default_factory=list)


class Export:
    """Everything that some stories are made of, by primary key; or the whole desk."""

    def __init__(self, slugs: Iterable[str] | None):
        self.gathered = Gathered(slugs)
        self.told = Told()

    @property
    def keys(self) -> dict[type, set[int]]:
        """The primary keys of everything that is written, by noun."""
        return self.gathered.keys

    def write(self, out: TextIO) -> int:
        """Write the file; how many objects it has. `NoSuchStory` before a byte is."""
        count = 0
        with snapshot():
            self.gathered.gather()
            if self.gathered.slugs is not None:
                self._tell_left_out()
            for one in self.objects():
                out.write(",\n" if count else "[\n")
                text = json.dumps(one, ensure_ascii=False, indent=1)
                out.write("\n".join(f" {line}" for line in text.split("\n")))
                count += 1
        out.write("\n]\n" if count else "[]\n")
        return count

    def _tell_left_out(self) -> None:
        count = sum(
            1
            for model in (RelatedEvent, StatementLink)
            for _one in self._links(model, inside=False)
        )
        if count:
            told = _("%(count)d link(s) to events of other stories are left out.")
            self.told.sentences.append(told % {"count": count})
        rows = ask(
            f"SELECT id FROM {table_of(Event)} WHERE live_state = 'live'"
            " AND published_version <> version"
        )
        count = len(first_of(rows) & self.keys[Event])
        if count:
            told = _(
                "%(count)d live event(s) have changes that are not published: they "
                "are in the file as they are on the desk, and are not marked to be "
                "published."
            )
            self.told.sentences.append(told % {"count": count})

    def objects(self) -> Iterator[dict]:
        """Every object, each after what it names as far as that goes."""
        for model in (Topic, Story, Actor, Source, Event):
            for some in _in_order(model, self.keys[model]):
                found = {row["id"]: row for row in _rows(BY_MODEL[model], "id", some)}
                for key in some:
                    yield self._marked(model, found[key])
                for part, column in PARTS.get(model, ()):
                    yield from _objects(BY_MODEL[part], column, some)
            if model is Source:
                for some in _in_order(Actor, self.keys[Actor]):
                    yield from _objects(BY_MODEL[Affiliation], "actor_id", some)
        for some in _in_order(Event, self.keys[Event]):
            yield from self._statements(some)
        for model in (RelatedEvent, StatementLink):
            yield from self._links(model, inside=True)

    def _marked(self, model: type, row: dict) -> dict:
        one = _object(BY_MODEL[model], row)
        if model is Event and row["live_state"] == "live":
            if row["published_version"] == row["version"]:
                one = {"model": one["model"], "publish": True, "fields": one["fields"]}
        elif model is Story and row["id"] in self.gathered.stubs:
            one = {"model": one["model"], "stub": True, "fields": one["fields"]}
        return one

    def _statements(self, events: list[int]) -> Iterator[dict]:
        statements = _rows(BY_MODEL[Statement], "event_id", events)
        cited: dict[int, list[dict]] = {}
        keys = [row["id"] for row in statements]
        for some in chunks(keys):
            for row in _rows(BY_MODEL[Citation], "statement_id", some):
                cited.setdefault(row["statement_id"], []).append(row)
        for row in statements:
            yield _object(BY_MODEL[Statement], row)
            for citation in cited.get(row["id"], ()):
                yield _object(BY_MODEL[Citation], citation)

    def _links(self, model: type, *, inside: bool) -> Iterator[dict]:
        """Links from these events, or their statements; to one another, or not."""
        shape = BY_MODEL[model]
        for some in _in_order(Event, self.keys[Event]):
            keys, home = some, "target_id"
            if model is StatementLink:
                asked = f"SELECT id FROM {table_of(Statement)} WHERE event_id IN "
                keys = sorted(first_of(ask(asked + listed(some))))
                home = "target_event"
            column = f"{shape.parent}_id"
            rows = [row for part in chunks(keys) for row in _rows(shape, column, part)]
            for row in sorted(rows, key=lambda row: _place(shape, row)):
                if (row[home] in self.keys[Event]) is inside:
                    yield _object(shape, row)


@contextmanager
def snapshot() -> Iterator[None]:
    """Read the desk as it is at one moment; nobody has to wait for it."""
    run("BEGIN")
    try:
        if connection.vendor == "postgresql":
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
    finally:
        run("ROLLBACK")


def _in_order(model: type, keys: set[int]) -> Iterator[list[int]]:
    """The keys in parts, by web name, which alone is the same on every desk.

    Events that are marked come first, as they were first published: those of one date
    stay in this order for readers.
    """
    place, more = "0", ""
    if model is Event:
        more = f" LEFT JOIN {table_of(KnownEvent)} k ON k.event_id = t.public_id"
        more += " AND t.live_state = 'live' AND t.published_version = t.version"
        place = f"COALESCE(k.ordinal, {2**62})"
    found = [
        row
        for some in chunks(keys)
        for row in ask(
            f"SELECT {place}, t.slug, t.id FROM {table_of(model)} t{more}"
            f" WHERE t.id IN {listed(some)}"
        )
    ]
    ordered = [key for _place, _slug, key in sorted(found)]
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def _rows(shape: Shape, column: str, keys: list[int]) -> list[dict]:
    """Rows with the web names of what they refer to, in an order all desks have."""
    own = [field.column for field in shape.model._meta.concrete_fields]
    wanted = [f"t.{name}" for name in own]
    joins = []
    for part in shape.references:
        other = f"r_{part.name}"
        table = BY_MODEL[part.target].table
        joins.append(f"LEFT JOIN {table} {other} ON {other}.id = t.{part.field.column}")
        wanted.append(f"{other}.slug")
        own.append(part.columns[0])
    if shape.model is StatementLink:
        wanted.append("r_target.event_id")
        own.append("target_event")
    rows = ask(
        f"SELECT {', '.join(wanted)} FROM {shape.table} t {' '.join(joins)}"
        f" WHERE t.{column} IN {listed(keys)}"
    )
    found = [dict(zip(own, row, strict=True)) for row in rows]
    return sorted(found, key=lambda row: _place(shape, row))


def _place(shape: Shape, row: dict) -> tuple:
    """Where a row stands: among those of its thing as the desk has them."""
    if shape.parent:
        return row[f"{shape.parent}_slug"], row["position"], row["id"]
    return (row["slug"],)


def _objects(shape: Shape, column: str, keys: list[int]) -> Iterator[dict]:
    for row in _rows(shape, column, keys):
        yield _object(shape, row)


def _object(shape: Shape, row: dict) -> dict:
    """A row as the format has it."""
    fields = {}
    for part in ordered(shape):
        value = _value(part, row)
        if part.blank is None or (value,) != part.blank[:1]:
            fields[part.name] = value
    return {"model": shape.label, "fields": _plain(fields)}


def ordered(shape: Shape) -> list[Part]:
    """The fields in the order of the file: first what tells an object apart."""
    first = [shape.parent, *FIRST] if shape.parent else list(FIRST)
    place = {name: number for number, name in enumerate(first)}
    return sorted(shape.parts, key=lambda part: place.get(part.name, len(place)))


def _value(part: Part, row: dict):
    if part.target:
        slug = row[part.columns[0]]
        return None if slug is None else [slug]
    value = row[part.columns[0]]
    if isinstance(part.field, BooleanField):
        return bool(value)
    if isinstance(part.field, DateTimeField) and isinstance(value, str):
        return parse_datetime(value).replace(tzinfo=UTC)
    return value


def _plain(fields: dict) -> dict:
    return {
        name: value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        if isinstance(value, datetime)
        else value
        for name, value in fields.items()
    }

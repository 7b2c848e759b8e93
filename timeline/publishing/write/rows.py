"""Rows by plain SQL, read by hand.

Every act asks the same questions of the same tables. What the ORM needs to make them
up anew each time was most of what publishing one event took (`benchmarks.writers`).
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import orjson
from django.db import connection, connections
from django.db.models import Model
from django.db.models.base import ModelState

from .copying import array
from .sending import Question, ask

AT_ONCE = 10_000  # values in one statement
# Columns that no document is made of: a row that is asked for one reads it then.
APART = frozenset(("loaded_version", "notes", "created_at", "changed_at"))


class Wanted(NamedTuple):
    """Rows of a model by the values of one column; `more` is SQL.

    They come as objects, or as tuples of `columns` where these are named.
    """

    model: type[Model]
    column: str
    keys: Iterable
    columns: str = ""
    more: str = ""

    def questions(self) -> list[Question]:
        """What to ask, in parts that a statement can hold; none without keys."""
        keys = sorted(set(self.keys) - {None})
        columns, table = self.columns or _columns_of(self.model), self.model._meta
        more = self.more if self.columns else f"{self.more} ORDER BY {_order(table)}"
        asked = f"SELECT {columns} FROM {table.db_table} WHERE "
        parts = [keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE)]
        among = [among_these(self.column, part) for part in parts]
        return [(f"{asked}{test}{more}", [value]) for test, value in among]

    def made(self, rows: Iterable[tuple]) -> list:
        """What the database gave, as it is wanted."""
        if self.columns:
            return list(rows)
        names, converting = _reading(self.model, connection.vendor)
        using = connections[connection.alias]
        return [
            _row(self.model, names, _converted(row, converting, using), using.alias)
            for row in rows
        ]


def among_these(column: str, keys: list) -> tuple[str, str]:
    """A test whether a column has one of these values, and the one value that it takes.

    A test with a hole for each is made up, taken apart and understood anew each time.
    """
    if connection.vendor == "postgresql":
        kind = "bigint" if isinstance(keys[0], int) else "text"
        return f"{column} = ANY(%s::{kind}[])", array(keys)
    value = orjson.dumps(keys).decode()
    return f"{column} IN (SELECT value FROM json_each(%s))", value


class Plain(NamedTuple):
    """A question of another kind, with its values."""

    text: str
    values: Sequence = ()

    def questions(self) -> list[Question]:
        """What to ask: this."""
        return [self]

    def made(self, rows: Iterable[tuple]) -> list[tuple]:
        """What the database gave."""
        return list(rows)


def rows_of_each(*wanted: Wanted | Plain) -> list[list]:
    """The rows of each, all asked for at once."""
    questions = [one.questions() for one in wanted]
    answers = iter(ask(*(question for some in questions for question in some)))
    return [
        one.made(row for _question in some for row in next(answers))
        for one, some in zip(wanted, questions, strict=True)
    ]


def rows_of(model: type[Model], column: str, keys: Iterable) -> list:
    """The rows whose `column` is one of the keys.

    In the order of their places where they have any, else of their primary keys.
    """
    return rows_of_each(Wanted(model, column, keys))[0]


def values_of(
    model: type[Model], columns: str, column: str, keys: Iterable, *, more: str = ""
) -> list[tuple]:
    """Columns of these rows as the database gives them; `more` is SQL."""
    return rows_of_each(Wanted(model, column, keys, columns, more))[0]


def _order(table) -> str:
    placed = any(field.column == "position" for field in table.concrete_fields)
    return f"position, {table.pk.column}" if placed else table.pk.column


@cache
def _columns_of(model: type[Model]) -> str:
    return ", ".join(field.column for field in _fields_of(model))


def _fields_of(model: type[Model]) -> list:
    return [one for one in model._meta.concrete_fields if one.column not in APART]


@cache
def _reading(model: type[Model], vendor: str) -> tuple[list[str], list[tuple]]:
    """The names of a row's fields, and what makes this database's values theirs.

    As (place, expression, function), in the order in which they are called.
    """
    fields = _fields_of(model)
    columns = [field.get_col(model._meta.db_table) for field in fields]
    return [field.attname for field in fields], [
        (place, column, convert)
        for place, column in enumerate(columns)
        for convert in (
            *connection.ops.get_db_converters(column),
            *column.get_db_converters(connection),
        )
    ]


def row_of(model: type[Model], /, **values) -> Model:
    """A new row with these values, without asking anybody's signals.

    The rest are the fields' defaults, which must be the same for every row.
    They took a tenth of what publishing many events takes.
    """
    row = model.__new__(model)
    row.__dict__ = {**_defaults(model), **values}
    row._state = ModelState()
    return row


@cache
def _defaults(model: type[Model]) -> dict:
    return {field.attname: field.get_default() for field in model._meta.concrete_fields}


def _row(model: type[Model], names: list[str], values: Sequence, alias: str) -> Model:
    """The same as `from_db` makes it."""
    row = model.__new__(model)
    row.__dict__ = dict(zip(names, values, strict=True))
    state = row._state = ModelState()
    state.adding, state.db = False, alias
    return row


def _converted(row: tuple, converting: list[tuple], using) -> Sequence:
    """What the database gave as the fields have it; of no value nothing is made."""
    if not converting:
        return row
    row = list(row)
    for place, column, convert in converting:
        if row[place] is not None:
            row[place] = convert(row[place], column, using)
    return row


def wholes_of(model: type[Model], keys: Iterable, *names: str) -> list:
    """The rows with these primary keys, each with what belongs to it by these names.

    `whole.name.all()` then gives a list.
    """
    keys = set(keys)
    wholes, *parts = rows_of_each(
        Wanted(model, model._meta.pk.column, keys),
        *(_belonging(model, name, keys) for name in names),
    )
    _share_out(wholes, zip(names, parts, strict=True))
    return wholes


def parts_of(wholes: list[Model], *names: str) -> list[list]:
    """What belongs to these rows by each of the names; kept with each of them."""
    if not wholes:
        return [[] for _name in names]
    model, keys = type(wholes[0]), [whole.pk for whole in wholes]
    parts = rows_of_each(*(_belonging(model, name, keys) for name in names))
    _share_out(wholes, zip(names, parts, strict=True))
    return parts


def _belonging(model: type[Model], name: str, keys: Iterable) -> Wanted:
    relation = model._meta.get_field(name)
    return Wanted(relation.related_model, relation.field.column, keys)


def _share_out(wholes: list[Model], parts: Iterable[tuple[str, list]]) -> None:
    """Let each whole know its parts, by their names.

    Not the parts their whole: what goes in circles is tidied up late, and slowly.
    """
    if not wholes:
        return
    by_key = {whole.pk: whole for whole in wholes}
    for name, rows in parts:
        column = wholes[0]._meta.get_field(name).field.attname
        held = {key: [] for key in by_key}
        for part in rows:
            held[part.__dict__[column]].append(part)
        for key, whole in by_key.items():
            keep_parts(whole, name, held[key])


def all_held(wholes: Iterable[Model], name: str) -> list:
    """What belongs to all of these rows, as it was read."""
    return [part for whole in wholes for part in held(whole, name)]


def keep_parts(whole: Model, name: str, parts: list) -> None:
    """Say what belongs to a row: nobody asks the database again."""
    whole.__dict__.setdefault("_prefetched_objects_cache", {})[name] = parts


def held(whole: Model, name: str) -> list:
    """What belongs to a row, as it was read."""
    return whole._prefetched_objects_cache[name]


def point(rows: Iterable[Model], *names: str, at: dict[int, Model]) -> None:
    """Let these foreign keys of the rows lead to the things in `at`, by primary key."""
    if not rows:
        return
    for name in names:
        field = next(iter(rows))._meta.get_field(name)
        column, place = field.attname, field.cache_name
        for row in rows:
            key = row.__dict__[column]
            if key is None or key in at:
                row._state.fields_cache[place] = at.get(key)


def point_on(*links: tuple[list, str]) -> None:
    """Let rows of which nothing is held yet lead to what they name."""
    links = [(rows, name) for rows, name in links if rows]
    found = rows_of_each(
        *(
            Wanted(
                rows[0]._meta.get_field(name).related_model, "id", keys_of(rows, name)
            )
            for rows, name in links
        )
    )
    for (rows, name), named in zip(links, found, strict=True):
        point(rows, name, at={row.pk: row for row in named})


def named_by(row: Model, name: str) -> Model | None:
    """The thing that a foreign key of a row was let lead to."""
    return row._state.fields_cache[name]


def named_by_each(whole: Model, parts: str, name: str) -> list[Model]:
    """The things that what belongs to a row was let lead to."""
    return [named_by(part, name) for part in held(whole, parts)]


def keys_of(rows: Iterable[Model], *names: str) -> set[int]:
    """The primary keys that these foreign keys hold."""
    columns = [f"{name}_id" for name in names]
    return {row.__dict__[column] for row in rows for column in columns} - {None}

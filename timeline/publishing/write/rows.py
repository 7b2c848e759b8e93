"""Rows by plain SQL, read and written by hand.

Every act asks the same questions of the same tables. What the ORM needs to make them
up anew each time was most of what publishing one event took (`benchmarks.writers`).
"""

from collections.abc import Iterable, Iterator
from functools import cache

from django.db import connection
from django.db.models import Model

AT_ONCE = 10_000  # values in one statement
MANY = 100  # rows that are quicker copied than inserted
PLACED = "position, id"


def rows_of(
    model: type[Model], column: str, keys: Iterable, *, order: str = ""
) -> list:
    """The rows whose `column` is one of the keys, in the order of these columns.

    By default in that of their primary keys.
    """
    asked = f"{_columns_of(model)} FROM {model._meta.db_table} WHERE {column}"
    order = order or model._meta.pk.column
    return [
        row
        for text, part in _parts(f"SELECT {asked} IN ", keys, f" ORDER BY {order}")
        for row in model._base_manager.raw(text, part)
    ]


def values_of(
    model: type[Model], columns: str, column: str, keys: Iterable, *, more: str = ""
) -> list[tuple]:
    """Columns of these rows as the database gives them; `more` is SQL."""
    asked = f"SELECT {columns} FROM {model._meta.db_table} WHERE {column} IN "
    with connection.cursor() as cursor:
        found = []
        for text, part in _parts(asked, keys, more):
            cursor.execute(text, part)
            found += cursor.fetchall()
        return found


def _parts(asked: str, keys: Iterable, more: str) -> Iterator[tuple[str, list]]:
    keys = sorted({key for key in keys if key is not None})
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        yield f"{asked}({', '.join(['%s'] * len(part))}){more}", part


@cache
def _columns_of(model: type[Model]) -> str:
    return ", ".join(field.column for field in model._meta.concrete_fields)


def insert(
    model: type[Model],
    columns: tuple[str, ...],
    rows: Iterable[tuple],
    *,
    unless: tuple[str, ...] = (),
) -> None:
    """Write new rows; those that there are by the columns `unless` are overwritten."""
    rows = list(rows)
    if connection.vendor == "postgresql" and not unless and len(rows) >= MANY:
        _copy(model, columns, rows)
        return
    holes = f"({', '.join(['%s'] * len(columns))})"
    asked = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES "
    more = _overwriting(columns, unless) if unless else ""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite" and len(rows) > 1:
            cursor.executemany(asked + holes + more, rows)
            return
        size = AT_ONCE // len(columns)
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            cursor.execute(
                f"{asked}{', '.join([holes] * len(part))}{more}",
                [value for row in part for value in row],
            )


def _copy(model: type[Model], columns: tuple[str, ...], rows: list[tuple]) -> None:
    """Write new rows by PostgreSQL's `COPY`, in the transaction that goes on."""
    asked = f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.cursor.copy(asked) as to:
        for row in rows:
            to.write_row(row)


def _overwriting(columns: tuple[str, ...], unless: tuple[str, ...]) -> str:
    others = (column for column in columns if column not in unless)
    changes = ", ".join(f"{column} = excluded.{column}" for column in others)
    return f" ON CONFLICT ({', '.join(unless)}) DO UPDATE SET {changes}"


def delete(model: type[Model], column: str, keys: Iterable) -> None:
    """Take these rows away."""
    with connection.cursor() as cursor:
        asked = f"DELETE FROM {model._meta.db_table} WHERE {column} IN "
        for text, part in _parts(asked, keys, ""):
            cursor.execute(text, part)


def parts_of(wholes: Iterable[Model], name: str) -> list:
    """The rows that belong to these, by the name they have there; kept with each.

    `whole.name.all()` then gives a list. They are in the order of their places.
    """
    wholes = {whole.pk: whole for whole in wholes}
    if not wholes:
        return []
    relation = next(iter(wholes.values()))._meta.get_field(name)
    field = relation.field
    held = {key: [] for key in wholes}
    parts = rows_of(relation.related_model, field.column, wholes, order=PLACED)
    for part in parts:
        key = getattr(part, field.attname)
        setattr(part, field.name, wholes[key])
        held[key].append(part)
    for key, whole in wholes.items():
        keep_parts(whole, name, held[key])
    return parts


def keep_parts(whole: Model, name: str, parts: list) -> None:
    """Say what belongs to a row: nobody asks the database again."""
    if not hasattr(whole, "_prefetched_objects_cache"):
        whole._prefetched_objects_cache = {}
    whole._prefetched_objects_cache[name] = parts


def held(whole: Model, name: str) -> list:
    """What belongs to a row, as it was read."""
    return whole._prefetched_objects_cache[name]


def point(rows: Iterable[Model], *names: str, at: dict[int, Model]) -> None:
    """Let these foreign keys of the rows lead to the things in `at`, by primary key."""
    if not rows:
        return
    fields = [next(iter(rows))._meta.get_field(name) for name in names]
    for row in rows:
        for field in fields:
            key = getattr(row, field.attname)
            if key is None or key in at:
                setattr(row, field.name, at.get(key))

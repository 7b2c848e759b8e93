"""Rows by plain SQL, written by hand."""

import sqlite3
from collections.abc import Iterable
from functools import cache, partial
from itertools import chain

from django.db import connection
from django.db.models import Model

from .copying import array, copy_by
from .rows import AT_ONCE, among_these
from .sending import MANY, carry_out, write

FEW = 50  # values that are put into the text one by one
VALUES = 30_000  # in one statement of SQLite, where it takes as many


def insert(
    model: type[Model],
    columns: tuple[str, ...],
    rows: Iterable[tuple],
    *,
    unless: tuple[str, ...] = (),
) -> None:
    """Write new rows; those that there are by the columns `unless` are overwritten."""
    more = _overwriting(model, columns, unless) if unless else ""
    _insert(model, columns, list(rows), more)


def update(model: type[Model], columns: tuple[str, ...], rows: list[tuple]) -> None:
    """Give rows that there are other values; the first column is their key."""
    table, (key, *others) = model._meta.db_table, columns
    if not rows:
        return
    if connection.vendor == "sqlite":
        sets = ", ".join(f"{column} = ?" for column in others)
        text = f"UPDATE {table} SET {sets} WHERE {key} = ?"
        _each(text, [(*values, name) for name, *values in rows])
        return
    sets = ", ".join(f"{column} = told.{column}" for column in others)
    unpacked, values = _unpacked(model, columns, rows)
    write(
        f"UPDATE {table} SET {sets} FROM {unpacked}"
        f" AS told({', '.join(columns)}) WHERE {table}.{key} = told.{key}",
        values,
    )


def add_up(model: type[Model], columns: tuple[str, ...], rows: list[tuple]) -> None:
    """Write rows, or add their numbers to those that there are.

    `columns` are those of the primary key, then numbers.
    """
    table, keys = (
        model._meta.db_table,
        [field.column for field in model._meta.pk_fields],
    )
    sums = ", ".join(
        f"{column} = {table}.{column} + excluded.{column}"
        for column in columns
        if column not in keys
    )
    more = f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sums}"
    _insert(model, columns, rows, more)


def _insert(model, columns: tuple[str, ...], rows: list[tuple], more: str) -> None:
    is_large = connection.vendor == "postgresql" and len(rows) * len(columns) > FEW
    if is_large and not more and len(rows) >= MANY:
        kinds = {column: _kinds(model)[column] for column in columns}
        task = partial(copy_by, table=model._meta.db_table, kinds=kinds, rows=rows)
        carry_out(task, rows=len(rows))
        return
    holes = f"({', '.join(['%s'] * len(columns))})"
    asked = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
    if connection.vendor == "sqlite" and len(rows) > 1:
        _by_the_thousand(asked, len(columns), rows, more)
    elif is_large:
        unpacked, values = _unpacked(model, columns, rows)
        write(f"{asked}SELECT * FROM {unpacked}{more}", values)
    elif rows:
        write(
            f"{asked}VALUES {', '.join([holes] * len(rows))}{more}",
            [value for row in rows for value in row],
        )


def _by_the_thousand(asked: str, width: int, rows: list[tuple], more: str) -> None:
    """Write new rows into SQLite, many with one statement: one by one takes twice that.

    Past Django's cursors, which make up the text of each statement anew.
    """
    hole = f"({', '.join('?' * width)})"

    def task(raw: sqlite3.Connection) -> None:
        taken = raw.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        size = max(1, min(VALUES, taken) // width)
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            text = f"{asked}VALUES {', '.join([hole] * len(part))}{more}"
            raw.execute(text, list(chain.from_iterable(part)))

    carry_out(task, rows=len(rows))


def _each(text: str, rows: list[tuple]) -> None:
    """Carry out a statement of SQLite with each of these values."""
    carry_out(lambda raw: raw.executemany(text, rows), rows=len(rows))


def _unpacked(
    model: type[Model], columns: tuple[str, ...], rows: list[tuple]
) -> tuple[str, list[str]]:
    """Rows as a table of PostgreSQL's, and its values: an array for each column."""
    return _unpacking(model, columns), [*map(array, zip(*rows, strict=True))]


@cache
def _unpacking(model: type[Model], columns: tuple[str, ...]) -> str:
    """As many arrays as columns, as a table; each with the type of its column."""
    kinds = _kinds(model)
    return f"unnest({', '.join(f'%s::{kinds[column]}[]' for column in columns)})"


@cache
def _kinds(model: type[Model]) -> dict[str, str]:
    """The types of its columns in PostgreSQL.

    Without their lengths: a cast would cut a text to it, and say nothing.
    """
    return {
        field.column: field.db_type(connection).partition("(")[0]
        for field in model._meta.concrete_fields
    }


@cache
def _overwriting(
    model: type[Model], columns: tuple[str, ...], unless: tuple[str, ...]
) -> str:
    """Overwrite rows that say something else; the others are left as they are."""
    table, others = model._meta.db_table, [one for one in columns if one not in unless]
    changes = ", ".join(f"{column} = excluded.{column}" for column in others)
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    changed = " OR ".join(f"{table}.{one} {differs} excluded.{one}" for one in others)
    return f" ON CONFLICT ({', '.join(unless)}) DO UPDATE SET {changes} WHERE {changed}"


def delete_each(
    model: type[Model], columns: tuple[str, ...], rows: list[tuple]
) -> None:
    """Take the rows away that have one of these values in each of the columns."""
    table = model._meta.db_table
    if not rows:
        return
    if connection.vendor == "sqlite":
        where = " AND ".join(f"{column} = ?" for column in columns)
        _each(f"DELETE FROM {table} WHERE {where}", rows)
        return
    where = " AND ".join(f"{table}.{column} = gone.{column}" for column in columns)
    unpacked, values = _unpacked(model, columns, rows)
    write(
        f"DELETE FROM {table} USING {unpacked} AS gone({', '.join(columns)})"
        f" WHERE {where}",
        values,
    )


def delete(model: type[Model], column: str, keys: Iterable) -> None:
    """Take these rows away."""
    keys = sorted(set(keys))
    for start in range(0, len(keys), AT_ONCE):
        test, value = among_these(column, keys[start : start + AT_ONCE])
        write(f"DELETE FROM {model._meta.db_table} WHERE {test}", [value])

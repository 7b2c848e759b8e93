"""Rows in bulk into the tables of the record: SQLite's and PostgreSQL's own fast ways.

What slows a fill down (indexes, constraints, triggers) is taken away before and made
again after. The database is to be empty, and of no worth: a crash leaves a ruin.
"""

import os
from contextlib import suppress

from django.db import connection

from timeline.models.record import (
    CurrentFact,
    CurrentSearch,
    PastFact,
    PastSearch,
)

SORTED = (CurrentFact, PastFact)  # their primary key is an order that no pass has
INDEXED = (CurrentSearch, PastSearch)
NULL = "\\N"


def columns(model) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def into(models):
    """The way into these tables of the database that is configured."""
    way = ToSQLite if connection.vendor == "sqlite" else ToPostgreSQL
    return way(models)


class Rows:
    """Rows that wait to be written; `of(model)` is a list to add tuples to."""

    def __init__(self, models):
        self.models = list(models)
        self.waiting = {model: [] for model in self.models}
        self.vendor = connection.vendor
        connection.ensure_connection()
        self.begin()

    def of(self, model) -> list[tuple]:
        return self.waiting[model]

    def flush(self) -> None:
        for model, rows in self.waiting.items():
            if rows:
                self.write(model, rows)
                rows.clear()


class ToSQLite(Rows):
    """Without journal or syncing; facts by way of a second file that sorts them."""

    def begin(self):
        self.raw = connection.connection
        self.raw.isolation_level = None
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "cache_size = -3000000",
            "temp_store = FILE",
            "threads = 2",
            "locking_mode = EXCLUSIVE",
        ):
            self.raw.execute(f"PRAGMA {pragma}")
        self.staging = f"{connection.settings_dict['NAME']}-staging"
        with suppress(FileNotFoundError):
            os.remove(self.staging)
        self.raw.execute("ATTACH ? AS staging", [self.staging])
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            self.raw.execute(f"PRAGMA staging.{pragma}")
        self.again = self.take_away()
        self.raw.execute("BEGIN")
        self.inserts = {model: self.insert_into(model) for model in self.models}

    def take_away(self) -> list[str]:
        tables = {model._meta.db_table for model in self.models}
        rows = self.raw.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master"
            " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        ).fetchall()
        rows = [row for row in rows if row[2] in tables]
        for kind, name, _table, _sql in rows:
            self.raw.execute(f"DROP {kind} {name}")
        return [row[3] for row in sorted(rows)]

    def insert_into(self, model) -> str:
        table, names = model._meta.db_table, columns(model)
        if model in SORTED:
            self.raw.execute(f"CREATE TABLE staging.{table} ({', '.join(names)})")
            table = f"staging.{table}"
        holes = ", ".join("?" * len(names))
        return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({holes})"

    def write(self, model, rows) -> None:
        self.raw.executemany(self.inserts[model], rows)

    def finish(self) -> None:
        self.flush()
        for model in SORTED:
            table, names = model._meta.db_table, columns(model)
            self.raw.execute(
                f"INSERT INTO {table} ({', '.join(names)})"
                f" SELECT {', '.join(names)} FROM staging.{table}"
                f" ORDER BY {', '.join(names)}"
            )
        for model in INDEXED:
            name = f"{model._meta.db_table}_index"
            self.raw.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
        for sql in self.again:
            self.raw.execute(sql)
        self.raw.execute("COMMIT")
        self.raw.execute("DETACH staging")
        os.remove(self.staging)
        self.raw.execute("ANALYZE")
        self.raw.execute("PRAGMA locking_mode = NORMAL")
        self.raw.execute("PRAGMA journal_mode = WAL")
        connection.close()


class ToPostgreSQL(Rows):
    """COPY into tables that were emptied in the same transaction, before their keys."""

    def begin(self):
        self.cursor = connection.connection.cursor()
        self.cursor.execute("BEGIN")
        self.cursor.execute("SET LOCAL maintenance_work_mem = '2GB'")
        names = [model._meta.db_table for model in self.models]
        self.cursor.execute(f"TRUNCATE {', '.join(names)}")
        self.again = [sql for name in names for sql in self.take_away(name)]

    def take_away(self, table: str) -> list[str]:
        self.cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid), contype FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('p', 'u')",
            [table],
        )
        found = []
        for name, definition, _ in sorted(self.cursor.fetchall(), key=lambda r: r[2]):
            self.cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            found.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        self.cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", [table]
        )
        for name, definition in self.cursor.fetchall():
            self.cursor.execute(f'DROP INDEX "{name}"')
            found.append(definition)
        return found

    def write(self, model, rows) -> None:
        names = ", ".join(columns(model))
        copy = f"COPY {model._meta.db_table} ({names}) FROM STDIN (FREEZE)"
        lines = [
            "\t".join([NULL if value is None else str(value) for value in row])
            for row in rows
        ]
        with self.cursor.copy(copy) as target:
            target.write("\n".join(lines))
            target.write("\n")

    def finish(self) -> None:
        self.flush()
        for sql in self.again:
            self.cursor.execute(sql)
        for model in self.models:
            self.count_on(model)
        self.cursor.execute("COMMIT")
        self.cursor.execute("VACUUM ANALYZE")
        connection.close()

    def count_on(self, model) -> None:
        """Numbers that the database gives come after those that were given here."""
        table, key = model._meta.db_table, model._meta.pk.column
        if key is None:
            return
        self.cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key])
        if sequence := self.cursor.fetchone()[0]:
            self.cursor.execute(
                f"SELECT setval(%s, MAX({key})) FROM {table}", [sequence]
            )

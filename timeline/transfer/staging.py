"""Tables beside the desk that hold what a file says until all of it is checked.

They are temporary: nobody else sees them, and they go with the connection. On
PostgreSQL they are filled by `COPY`.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from operator import itemgetter

from django.db import connection
from django.db.models import BooleanField, DateTimeField, IntegerField

from timeline.models import Statement
from timeline.publishing.write.copying import copy

from .shapes import SHAPES, Shape

AT_ONCE = 2_000  # rows
# Besides what the file says: its place in it, the row of the desk that it is or will
# be, whether that is new or changed, and what it is part of.
OWN = (
    *(("stub", "boolean"), ("marked", "boolean"), ("pk", "bigint")),
    *(("fresh", "boolean"), ("changed", "boolean")),
)
PLACE = itemgetter(0)
# Of so many rows PostgreSQL guesses well enough from their size. Of fewer it guesses
# too many, and would read all of the desk for them.
FEW = 500, 5_000
FILLED = ("n", "stub", "marked")


def type_of(field) -> str:
    """The type of a staged column."""
    if isinstance(field, BooleanField):
        return "boolean"
    if isinstance(field, DateTimeField):
        return field.db_type(connection)
    return "bigint" if isinstance(field, IntegerField) else "text"


def columns_of(shape: Shape) -> list[tuple[str, str]]:
    """The columns of a staged table, with their types."""
    columns = [("n", _place()), *OWN, ("root", _root(shape))]
    for part in shape.parts:
        if part.target:
            columns += [(part.columns[0], "text"), (part.field.column, "bigint")]
        else:
            found = {field.column: field for field in shape.model._meta.concrete_fields}
            columns += [(name, type_of(found[name])) for name in part.columns]
    return columns


def _place() -> str:
    """Of an object among all; on SQLite rows lie in its order, and need no index."""
    return "integer PRIMARY KEY" if connection.vendor == "sqlite" else "bigint"


def _root(shape: Shape) -> str:
    """What an object is saved as part of: itself, or what it belongs to."""
    if is_within_statement(shape):
        return "bigint"
    root = shape.named[shape.parent].field.column if shape.parent else "pk"
    return f"bigint GENERATED ALWAYS AS ({root}) STORED"


def is_within_statement(shape: Shape) -> bool:
    """Whether objects of a model belong to a statement, and so to its event."""
    return bool(shape.parent) and shape.named[shape.parent].target is Statement


class Staging:
    """The staged tables of one import, while it lasts."""

    def __init__(self):
        self.waiting: dict[Shape, list] = {shape: [] for shape in SHAPES}
        self.counts = dict.fromkeys(SHAPES, 0)
        # The columns that any object fills; in the others all are left blank.
        self.given: dict[Shape, set[str]] = {one: always_given(one) for one in SHAPES}
        self.said: dict[Shape, list[str]] = {}  # those that are in the tables yet
        self.beside: set[Shape] = set()  # of which the desk has rows, these or others
        self.there: set[Shape] = set()  # of which some rows are on the desk already
        self.doubled: set[Shape] = set()  # of which a web name is in the files twice
        self.begun = False

    def __enter__(self):
        self._drop()
        # Of the temporary tables alone, until something else is read.
        self.begun = connection.vendor == "sqlite" and not connection.in_atomic_block
        if self.begun:
            run("BEGIN")
        return self

    def __exit__(self, *problem):
        if self.begun:
            run("ROLLBACK")
        self._drop()

    def _drop(self) -> None:
        drop([name for shape in SHAPES for name in (shape.stage, shape.said)])

    def make(self, shape: Shape) -> None:
        """Make the table of objects that are resolved."""
        create(shape.stage, columns_of(shape))

    def add(self, shape: Shape, rows: Iterable[tuple], names: Iterable[str]) -> None:
        """Keep objects that nothing is wrong with by themselves: `FILLED`, values.

        `names` are the fields that they have.
        """
        for name in names:
            self.given[shape].update(shape.named[name].columns)
        waiting = self.waiting[shape]
        waiting += rows
        if len(waiting) >= AT_ONCE:
            self._write(shape)

    def finish(self) -> None:
        """Write what is left."""
        for shape in SHAPES:
            self._write(shape)
        if self.begun:
            run("COMMIT")
            self.begun = False
        for shape in SHAPES:
            if connection.vendor == "postgresql" and self._is_misjudged(shape):
                run(f"ANALYZE {shape.said}")

    def _is_misjudged(self, shape: Shape) -> bool:
        fewest, most = FEW
        is_small = sum(self.counts.values()) < fewest
        return self.counts[shape] > (0 if is_small else most)

    def _write(self, shape: Shape) -> None:
        rows, self.waiting[shape] = self.waiting[shape], []
        if not rows:
            return
        self._widen(shape)
        self.counts[shape] += len(rows)
        rows.sort(key=PLACE)
        every, columns = (*FILLED, *shape.columns), self.said[shape]
        if columns != [*every]:  # fewer, or in the order in which they came
            rows = map(itemgetter(*map(every.index, columns)), rows)
        kinds = dict(columns_of(shape))
        if connection.vendor == "postgresql":
            copy(shape.said, {name: kinds[name] for name in columns}, rows)
            return
        times = [n for n, name in enumerate(columns) if kinds[name] == "datetime"]
        connection.connection.executemany(
            f"INSERT INTO {shape.said} ({', '.join(columns)})"
            f" VALUES ({', '.join(['?'] * len(columns))})",
            with_times(rows, times) if times else rows,
        )

    def _widen(self, shape: Shape) -> None:
        """Make the table of what is said, or add the columns that come in only now."""
        given = self.given[shape]
        if shape not in self.said:
            self.said[shape] = [
                *FILLED,
                *(one for one in shape.columns if one in given),
            ]
            kinds = dict(columns_of(shape))
            create(shape.said, [(name, kinds[name]) for name in self.said[shape]])
        elif len(given) > len(self.said[shape]) - len(FILLED):
            kinds = dict(columns_of(shape))
            for name in sorted(given.difference(self.said[shape])):
                run(
                    f"ALTER TABLE {shape.said} ADD COLUMN {name} {kinds[name]}"
                    f" DEFAULT {literal(shape.blank[name])}"
                )
                self.said[shape].append(name)


def always_given(shape: Shape) -> set[str]:
    """The columns that are blank in a way that SQL has no plain word for."""
    return {
        name
        for name, value in shape.blank.items()
        if not isinstance(value, str | int | None)
    }


def literal(value: str | int | None) -> str:
    """A value in SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + str(value).replace("'", "''") + "'"
    return str(value).upper()  # a number, or true or false


def create(table: str, columns: Iterable[tuple[str, str]]) -> None:
    """Make a temporary table."""
    listed = ", ".join(f"{name} {kind}" for name, kind in columns)
    run(f"CREATE TEMPORARY TABLE {table} ({listed})")


def drop(tables: list[str]) -> None:
    """Take temporary tables away, those that there are."""
    held = "relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relname"
    if connection.vendor == "sqlite":
        held = "name FROM sqlite_temp_master WHERE name"
    there = ask(f"SELECT {held} IN ({', '.join(['%s'] * len(tables))})", tables)
    if there:
        at_once = connection.vendor == "postgresql"  # SQLite drops one at a time
        names = [f"pg_temp.{name}" if at_once else f"temp.{name}" for (name,) in there]
        for some in [", ".join(names)] if at_once else names:
            run(f"DROP TABLE {some}")


def with_times(rows: Iterable[tuple], places: list[int]) -> Iterator[tuple]:
    """Rows with the times in them as SQLite has them."""
    for row in rows:
        if any(row[place] is not None for place in places):
            yield tuple(map(stored, row))
        else:
            yield row


def stored(value):
    """A time as Django keeps it on SQLite."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    return value


def run(sql: str, values: Iterable = ()) -> int:
    """Carry out one statement; how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values) or None)
        return cursor.rowcount


def ask(sql: str, values: Iterable = ()) -> list[tuple]:
    """The rows that one statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values) or None)
        return cursor.fetchall()

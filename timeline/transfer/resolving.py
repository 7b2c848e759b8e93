"""From what staged objects name to the rows of the desk that they are and mean.

All of it is done by the database, for all objects of a model at once.
"""

from typing import NamedTuple

from django.db import connection

from timeline.models import Event

from .shapes import BY_MODEL, SHAPES, Part, Shape
from .staging import Staging, ask, is_within_statement, literal, run

NOUNS = tuple(shape for shape in SHAPES if not shape.is_child)
CHILDREN = tuple(shape for shape in SHAPES if shape.is_child)


def differs() -> str:
    """The comparison that takes two empty values for the same."""
    return "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"


def resolve(staging: Staging) -> None:
    """Say of every staged object which row it is, or will be, and what it changes.

    What nouns name comes before them, and all nouns before what belongs to them.
    """
    staging.beside = filled_on_desk()
    for shape in (*NOUNS, *CHILDREN):
        if staging.counts[shape]:
            staging.make(shape)
            _place(shape, staging)
            _look_at(shape, staging)
    for shape in staging.there:
        run(f"DELETE FROM {shape.stage} WHERE stub AND NOT fresh")
        _compare(shape)


def filled_on_desk() -> set[Shape]:
    """The models of which there are any rows, asked at once."""
    asked = ", ".join(f"EXISTS (SELECT 1 FROM {shape.table})" for shape in SHAPES)
    (found,) = ask(f"SELECT {asked}")
    return {shape for shape, is_filled in zip(SHAPES, found, strict=True) if is_filled}


def _look_at(shape: Shape, staging: Staging) -> None:
    """Note what is asked of placed objects later; what is asked more is made quick."""
    by_hashes = connection.vendor == "postgresql"  # SQLite joins by indexes alone
    if shape in staging.beside or not by_hashes:
        run(f"CREATE INDEX {shape.stage}_pk ON {shape.stage} (pk)")
    there = f"SELECT 1 FROM {shape.stage} WHERE NOT fresh LIMIT 1"
    if shape in staging.beside and ask(there):
        staging.there.add(shape)
    if shape.is_child:  # named by nothing
        return
    if not by_hashes:
        run(f"CREATE INDEX {shape.stage}_key ON {shape.stage} (slug)")
    if ask(f"SELECT 1 FROM {shape.stage} GROUP BY slug HAVING COUNT(*) > 1 LIMIT 1"):
        staging.doubled.add(shape)


def _place(shape: Shape, staging: Staging) -> None:
    """Give each object the key that it will have; what is there has its own.

    And the primary keys of what it names, in the files or on the desk.
    """
    given = staging.said[shape]
    ways = [
        _way(part, shape, staging)
        for part in shape.references
        if part.columns[0] in given
    ]
    same = "t.slug = s.slug"
    if shape.is_child:
        parent = shape.named[shape.parent].field.column
        (way,) = (one for one in ways if one.column == parent)
        same = f"t.{parent} = {way.value} AND t.key = s.key"
    there, join = "CAST(NULL AS bigint)", ""
    if shape in staging.beside:
        there, join = "t.id", f"LEFT JOIN {shape.table} t ON {same}"
    root = [way.root for way in ways if way.root]
    left = [name for name in shape.columns if name not in given]
    columns = ", ".join((*given, *left))
    values = ", ".join((*given, *(literal(shape.blank[name]) for name in left)))
    named = ", ".join((*(way.column for way in ways), *(["root"] if root else [])))
    asked = ", ".join(
        (
            *(f"{way.value} AS {way.column}" for way in ways),
            *(f"{one} AS root" for one in root),
        )
    )
    run(
        f"INSERT INTO {shape.stage} ({columns}, {_listed(named)}pk, fresh, changed)"
        f" SELECT {values}, {_listed(named)}COALESCE(there, {_next_key(shape.table)}),"
        " there IS NULL, there IS NULL FROM ("
        f"SELECT s.*, {_listed(asked)}{there} AS there FROM {shape.said} s"
        f" {' '.join(way.join for way in ways)} {join} ORDER BY s.n) found"
    )


def _listed(columns: str) -> str:
    return f"{columns}, " if columns else ""


def _next_key(table: str) -> str:
    """The primary key of a new row, as SQL; on SQLite behind all that ever were."""
    if connection.vendor == "postgresql":
        return f"nextval((SELECT pg_get_serial_sequence('{table}', 'id')::regclass))"
    ever = f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"
    return f"COALESCE(({ever}), 0) + n"


class Way(NamedTuple):
    """How the value of a reference is found: a join, and what it gives, as SQL.

    `root` is what the object is saved as part of, where that is a step further.
    """

    column: str
    join: str
    value: str
    root: str = ""


def _way(part: Part, shape: Shape, staging: Staging) -> Way:
    """From a web name to a primary key: as it is staged, or else as it is on the desk.

    Where the files have a name twice, which is a fault, the first of them is meant.
    """
    target, column = BY_MODEL[part.target], part.field.column
    is_root = is_within_statement(shape) and part.name == shape.parent
    slug = f"s.{part.columns[0]}"
    joins, keys, events = [], [], []
    if staging.counts[target]:
        staged, rows = f"staged_{column}", target.stage
        if target in staging.doubled:
            first = f"SELECT MIN(n) FROM {target.stage} GROUP BY slug"
            rows = f"(SELECT * FROM {target.stage} WHERE n IN ({first}))"
        joins.append(f"LEFT JOIN {rows} {staged} ON {staged}.slug = {slug}")
        keys.append(f"{staged}.pk")
        event = f"CASE WHEN {staged}.stub AND NOT {staged}.fresh THEN NULL"
        events.append(f"{event} ELSE {staged}.event_id END")  # of a stub, the desk's
    if target in staging.beside:
        held = f"held_{column}"
        joins.append(f"LEFT JOIN {target.table} {held} ON {held}.slug = {slug}")
        keys.append(f"{held}.id")
        events.append(f"{held}.event_id")
    root = first_of(events) if is_root else ""
    return Way(column, " ".join(joins), first_of(keys), root)


def first_of(values: list[str]) -> str:
    """SQL for the first of these that is not empty."""
    nothing = "CAST(NULL AS bigint)"
    return f"COALESCE({', '.join(values)}, {nothing})" if values else nothing


def _compare(shape: Shape) -> None:
    """Say of what is there already whether the file says something else."""
    other = " OR ".join(
        f"t.{column} {differs()} {shape.stage}.{column}" for column in shape.compared
    )
    run(
        f"UPDATE {shape.stage} SET changed = TRUE FROM {shape.table} t"
        f" WHERE t.id = {shape.stage}.pk AND NOT {shape.stage}.fresh AND ({other})"
    )


def root_of(shape: Shape) -> Shape:
    """The noun that a model's rows are saved as part of."""
    while shape.parent:
        shape = BY_MODEL[shape.named[shape.parent].target]
    return shape


def parts_of(root: Shape, staging: Staging) -> list[Shape]:
    """The staged models whose rows are saved as part of a noun; itself first."""
    found = [shape for shape in SHAPES if root_of(shape) is root]
    return [shape for shape in found if staging.counts[shape]]


ROOTS = tuple(shape for shape in SHAPES if not shape.parent)
EVENT = BY_MODEL[Event]

"""From what staged objects name to the rows of the desk that they are and mean.

All of it is done by the database, for all objects of a model at once.
"""

from django.db import connection

from timeline.models import Event, Statement

from .shapes import BY_MODEL, SHAPES, Shape
from .staging import Staging, ask, run

NOUNS = tuple(shape for shape in SHAPES if not shape.is_child)
CHILDREN = tuple(shape for shape in SHAPES if shape.is_child)


def differs() -> str:
    """The comparison that takes two empty values for the same."""
    return "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"


def resolve(staging: Staging) -> None:
    """Say of every staged object which row it is, or will be, and what it changes."""
    for shape in NOUNS:
        if staging.counts[shape]:
            _known_by(shape, f"t.slug = {shape.stage}.slug")
    for shape in SHAPES:
        if staging.counts[shape] and shape.references:
            _refer(shape, staging)
    for shape in CHILDREN:
        if staging.counts[shape]:
            parent = shape.named[shape.parent].field.column
            _known_by(
                shape,
                f"t.{parent} = {shape.stage}.{parent} AND t.key = {shape.stage}.key",
            )
    for shape in SHAPES:
        if staging.counts[shape]:
            _root(shape, staging)
            run(f"DELETE FROM {shape.stage} WHERE stub AND NOT fresh")
            _compare(shape)


def _known_by(shape: Shape, same: str) -> None:
    """Find the rows that are there; the others get the key that they will have."""
    run(
        f"UPDATE {shape.stage} SET pk = t.id, fresh = FALSE, changed = FALSE"
        f" FROM {shape.table} t WHERE {same}"
    )
    if connection.vendor == "postgresql":
        key = f"nextval(pg_get_serial_sequence('{shape.table}', 'id'))"
    else:
        key = f"{_last_key(shape.table)} + n"
    run(
        f"UPDATE {shape.stage} SET pk = {key}, fresh = TRUE, changed = TRUE"
        " WHERE pk IS NULL"
    )
    run(f"CREATE INDEX {shape.stage}_pk ON {shape.stage} (pk)")


def _last_key(table: str) -> int:
    """The highest primary key that a table ever had, on SQLite."""
    ever = ask("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    return ever[0][0] if ever else 0


def _refer(shape: Shape, staging: Staging) -> None:
    """Fill in the primary keys of what is named, in the files or on the desk.

    `+ 0`, or PostgreSQL takes the first row of an index on the key that has the web
    name: it looks at half of all rows each time.
    """
    found = []
    for part in shape.references:
        target, slug = BY_MODEL[part.target], f"{shape.stage}.{part.columns[0]}"
        ways = [f"(SELECT MIN(t.id + 0) FROM {target.table} t WHERE t.slug = {slug})"]
        if staging.counts[target]:
            ways.insert(
                0, f"(SELECT MIN(t.pk + 0) FROM {target.stage} t WHERE t.slug = {slug})"
            )
        way = ways[0] if len(ways) == 1 else f"COALESCE({', '.join(ways)})"
        found.append(f"{part.field.column} = {way}")
    run(f"UPDATE {shape.stage} SET {', '.join(found)}")


def _root(shape: Shape, staging: Staging) -> None:
    """Say what each object is saved as part of."""
    if not shape.parent:
        run(f"UPDATE {shape.stage} SET root = pk")
        return
    parent = shape.named[shape.parent]
    if parent.target is not Statement:
        run(f"UPDATE {shape.stage} SET root = {parent.field.column}")
        return
    above, statement = BY_MODEL[Statement], f"{shape.stage}.{parent.field.column}"
    ways = [f"(SELECT event_id FROM {above.table} t WHERE t.id = {statement})"]
    if staging.counts[above]:
        ways.insert(
            0,
            f"(SELECT MIN(event_id + 0) FROM {above.stage} t WHERE t.pk = {statement})",
        )
    way = ways[0] if len(ways) == 1 else f"COALESCE({', '.join(ways)})"
    run(f"UPDATE {shape.stage} SET root = {way}")


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

"""From what staged objects name to the rows of the desk that they are and mean.

All of it is done by the database, for all objects of a model at once.
"""

from django.db import connection

from timeline.models import Event, Statement

from .shapes import BY_MODEL, SHAPES, Shape
from .staging import Staging, ask, is_within_statement, run

NOUNS = tuple(shape for shape in SHAPES if not shape.is_child)
CHILDREN = tuple(shape for shape in SHAPES if shape.is_child)


def differs() -> str:
    """The comparison that takes two empty values for the same."""
    return "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"


def resolve(staging: Staging) -> None:
    """Say of every staged object which row it is, or will be, and what it changes.

    What nouns name comes before them, and all nouns before what belongs to them.
    """
    for shape in (*NOUNS, *CHILDREN):
        if staging.counts[shape]:
            _place(shape, staging)
    for shape in staging.there:
        run(f"DELETE FROM {shape.stage} WHERE stub AND NOT fresh")
        _compare(shape)


def _place(shape: Shape, staging: Staging) -> None:
    """Give each object the key that it will have; what is there has its own."""
    changes = [
        f"pk = {_next_key(shape.table)}",
        "fresh = TRUE",
        "changed = TRUE",
        *_named(shape, staging),
    ]
    run(f"UPDATE {shape.stage} SET {', '.join(changes)}")
    same = f"t.slug = {shape.stage}.slug"
    if shape.is_child:
        parent = shape.named[shape.parent].field.column
        same = f"t.{parent} = {shape.stage}.{parent} AND t.key = {shape.stage}.key"
    found = run(
        f"UPDATE {shape.stage} SET pk = t.id, fresh = FALSE, changed = FALSE"
        f" FROM {shape.table} t WHERE {same}"
    )
    if found:
        staging.there.add(shape)
    run(f"CREATE INDEX {shape.stage}_pk ON {shape.stage} (pk)")


def _next_key(table: str) -> str:
    """The primary key of a new row, as SQL; on SQLite behind all that ever were."""
    if connection.vendor == "postgresql":
        asked = "SELECT pg_get_serial_sequence(%s, 'id')"
        return f"nextval('{ask(asked, [table])[0][0]}'::regclass)"
    ever = ask("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    return f"{ever[0][0] if ever else 0} + n"


def _named(shape: Shape, staging: Staging) -> list[str]:
    """The primary keys of what is named, in the files or on the desk, as SQL.

    And of what an object is saved as part of, where that is a step further.
    """
    found = []
    for part in shape.references:
        slug = f"{shape.stage}.{part.columns[0]}"
        way = _way(part.target, slug, staging, column="pk", held="id")
        found.append(f"{part.field.column} = {way}")
    if is_within_statement(shape):
        slug = f"{shape.stage}.{shape.named[shape.parent].columns[0]}"
        way = _way(Statement, slug, staging, column="event_id", held="event_id")
        found.append(f"root = {way}")
    return found


def _way(model, slug: str, staging: Staging, *, column: str, held: str) -> str:
    """A value of what bears a web name: as staged, or else as it is on the desk.

    `+ 0`, or PostgreSQL takes the first row of an index on the value that has the web
    name: it looks at half of all rows each time.
    """
    target = BY_MODEL[model]
    ways = [f"(SELECT MIN(t.{held} + 0) FROM {target.table} t WHERE t.slug = {slug})"]
    if staging.counts[target]:
        other = " AND NOT (t.stub AND NOT t.fresh)" if column != "pk" else ""
        staged = f"{target.stage} t WHERE t.slug = {slug}{other}"
        ways.insert(0, f"(SELECT MIN(t.{column} + 0) FROM {staged})")
    return ways[0] if len(ways) == 1 else f"COALESCE({', '.join(ways)})"


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

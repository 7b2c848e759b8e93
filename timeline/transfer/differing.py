"""What files say otherwise than the desk, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass

from .checking import named
from .converting import shortened
from .resolving import parts_of
from .shapes import BY_MODEL, SHAPES, Part, Shape
from .staging import Staging, ask


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one object: what it is here, and in the files.

    `here` is None where the object is new; `field` is then empty.
    """

    thing: str
    field: str
    here: str | None
    there: str


def differences(
    staging: Staging, *, root: tuple[Shape, int] | None = None
) -> Iterator[Difference]:
    """Everything that is new or other, or only that within one thing."""
    shapes = parts_of(root[0], staging) if root else SHAPES
    for shape in shapes:
        if staging.counts[shape]:
            yield from _new(shape, root)
            yield from _other(shape, root)


def _new(shape: Shape, root) -> Iterator[Difference]:
    only = " AND s.root = %s" if root else ""
    for (name,) in ask(
        f"SELECT {named(shape)} FROM {shape.stage} s WHERE s.fresh{only} ORDER BY s.n",
        [root[1]] if root else [],
    ):
        yield Difference(_called(shape, name), "", None, "")


def _other(shape: Shape, root) -> Iterator[Difference]:
    only = " AND s.root = %s" if root else ""
    parts = [part for part in shape.parts if part.field.column in shape.compared]
    joins, here, there = [], [], []
    for part in parts:
        one, other, join = _both(part)
        here.append(one)
        there.append(other)
        joins.append(join)
    rows = ask(
        f"SELECT {named(shape)}, {', '.join([*here, *there])} FROM {shape.stage} s"
        f" JOIN {shape.table} t ON t.id = s.pk {' '.join(joins)}"
        f" WHERE s.changed AND NOT s.fresh{only} ORDER BY s.n",
        [root[1]] if root else [],
    )
    for name, *values in rows:
        half = len(parts)
        for part, one, other in zip(parts, values[:half], values[half:], strict=True):
            if one != other:
                yield Difference(
                    _called(shape, name), part.name, told(one), told(other)
                )


def _both(part: Part) -> tuple[str, str, str]:
    """SQL for a field as it is here and as the files have it, and what it needs."""
    if not part.target:
        return f"t.{part.field.column}", f"s.{part.field.column}", ""
    other, column = f"r_{part.name}", part.field.column
    table = BY_MODEL[part.target].table
    join = f"LEFT JOIN {table} {other} ON {other}.id = t.{column}"
    return f"{other}.slug", f"s.{part.columns[0]}", join


def told(value) -> str:
    """A value, as a message shows it."""
    return "–" if value is None or value == "" else shortened(value)


def _called(shape: Shape, name: str) -> str:
    return f"{shape.model._meta.verbose_name} “{shortened(name)}”"

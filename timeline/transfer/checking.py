"""What is wrong with staged objects, all of it at once, asked of the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext as _

from timeline.models import Actor, Source, SourceSnapshot

from .converting import shortened
from .shapes import BY_MODEL, SHAPES, Shape
from .staging import Staging, ask

MERGEABLE = (Actor, Source)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one object; `n` is its place among all that were read."""

    n: int
    name: str
    field: str
    sentence: str


def faults(staging: Staging, bad: dict[Shape, set[str]]) -> Iterator[Fault]:
    """Everything that is wrong with the objects, with one another and with the desk.

    `bad` are the web names of objects that something is wrong with by themselves: what
    refers to them is not told again.
    """
    for shape in SHAPES:
        if staging.counts[shape]:
            yield from _twice(shape)
            yield from _other_ids(shape)
            yield from _missing(shape, bad)
            yield from _merged(shape)
            yield from _against_rules(shape)
            yield from _against_uniqueness(shape)
            if shape.model is SourceSnapshot:
                yield from _altered(shape)


def named(shape: Shape) -> str:
    """SQL for what an object is called."""
    if not shape.is_child:
        return "s.slug"
    return f"s.{shape.parent}_slug || ', ' || s.key"


def _found(shape: Shape, rest: str, *more: str) -> list[tuple]:
    """(n, name, ...) of the staged objects that the rest of a question finds."""
    columns = ", ".join(("s.n", named(shape), *more))
    return ask(f"SELECT {columns} FROM {shape.stage} s {rest} ORDER BY s.n")


def _twice(shape: Shape) -> Iterator[Fault]:
    """Objects of one natural key."""
    keys = (f"{shape.parent}_slug", "key") if shape.is_child else ("slug",)
    field = "key" if shape.is_child else "slug"
    for n, name in _doubled(shape, keys):
        told = _("The files have this twice: take one of them out, or rename it.")
        yield Fault(n, name, field, told)


def _doubled(shape: Shape, columns: Iterable[str], only: str = "") -> list[tuple]:
    """Staged objects that say in these columns what one before them says."""
    columns = list(columns)
    listed = ", ".join(columns)
    filled = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    same = " AND ".join(f"s.{column} = d.{column}" for column in columns)
    where = f"{filled}{f' AND {only}' if only else ''}"
    return _found(
        shape,
        f"JOIN (SELECT {listed}, MIN(n) AS first FROM {shape.stage} WHERE {where}"
        f" GROUP BY {listed} HAVING COUNT(*) > 1) d ON {same} AND s.n > d.first"
        + (f" WHERE s.n IN (SELECT n FROM {shape.stage} WHERE {only})" if only else ""),
    )


def _other_ids(shape: Shape) -> Iterator[Fault]:
    """Permanent ids that are another's, here or in the files."""
    if "public_id" not in shape.named:
        return
    for n, name in _doubled(shape, ["public_id"]):
        told = _("Another object of the files has this permanent id: leave one out.")
        yield Fault(n, name, "public_id", told)
    rest = (
        f"JOIN {shape.table} t ON t.id = s.pk WHERE NOT s.fresh"
        " AND s.public_id <> t.public_id"
    )
    for n, name, here in _found(shape, rest, "t.public_id"):
        told = _(
            "On this desk this web name belongs to another thing, with the permanent "
            "id %(id)s: give yours another web name, or leave its id out."
        )
        yield Fault(n, name, "public_id", told % {"id": here})
    rest = f"JOIN {shape.table} t ON t.public_id = s.public_id WHERE t.id <> s.pk"
    for n, name, here in _found(shape, rest, "t.slug"):
        told = _("On this desk this permanent id belongs to “%(name)s”.")
        yield Fault(n, name, "public_id", told % {"name": here})


def _missing(shape: Shape, bad: dict[Shape, set[str]]) -> Iterator[Fault]:
    """What is named and is nowhere."""
    for part in shape.references:
        slug, target = part.columns[0], BY_MODEL[part.target]
        rest = f"WHERE s.{slug} IS NOT NULL AND s.{part.field.column} IS NULL"
        for n, name, wanted in _found(shape, rest, f"s.{slug}"):
            if wanted in bad[target]:
                continue
            told = _(
                "There is no %(noun)s “%(name)s”, in the files or on this desk: add "
                "it, or correct the name."
            )
            noun = target.model._meta.verbose_name
            yield Fault(
                n, name, part.name, told % {"noun": noun, "name": shortened(wanted)}
            )


def _merged(shape: Shape) -> Iterator[Fault]:
    """What is named and was merged into another."""
    for part in shape.references:
        if part.target not in MERGEABLE:
            continue
        table = BY_MODEL[part.target].table
        rest = (
            f"JOIN {table} t ON t.id = s.{part.field.column}"
            f" JOIN {table} o ON o.id = t.merged_into_id"
        )
        for n, name, one, other in _found(shape, rest, "t.slug", "o.slug"):
            told = _("“%(one)s” was merged into “%(other)s”: name that.")
            yield Fault(n, name, part.name, told % {"one": one, "other": other})


def _against_rules(shape: Shape) -> Iterator[Fault]:
    """Objects that the constraints of the database would refuse, by its own words."""
    rules = [
        (constraint, sql)
        for constraint in shape.model._meta.constraints
        if isinstance(constraint, CheckConstraint) and (sql := _rule(shape, constraint))
    ]
    if not rules:
        return
    broken = [f"(NOT ({sql}))" for _constraint, sql in rules]
    rest = f"WHERE {' OR '.join(broken)}"
    for n, name, *which in _found(shape, rest, *broken):
        for (constraint, _sql), is_broken in zip(rules, which, strict=True):
            if is_broken:
                field = next(iter(fields_in(constraint.condition)))
                sentence = str(constraint.violation_error_message)
                yield Fault(n, name, field, sentence)


def _rule(shape: Shape, constraint: CheckConstraint) -> str:
    """The SQL of a rule; empty where it is about what no file says."""
    if not set(fields_in(constraint.condition)) <= shape.names:
        return ""
    with connection.cursor():
        editor = connection.schema_editor()
        return constraint._get_check_sql(shape.model, editor)


def fields_in(condition) -> Iterator[str]:
    """The names of the fields that a condition is about."""
    if isinstance(condition, Q):
        for child in condition.children:
            if isinstance(child, tuple):
                yield child[0].partition("__")[0]
                if isinstance(child[1], F):
                    yield child[1].name
            else:
                yield from fields_in(child)
    elif isinstance(condition, F):
        yield condition.name
    elif hasattr(condition, "get_source_expressions"):
        for one in condition.get_source_expressions():
            yield from fields_in(one)


def _against_uniqueness(shape: Shape) -> Iterator[Fault]:
    """Objects that would be there twice in another way than by their names."""
    keys = {shape.parent, "key"}
    for constraint in shape.model._meta.constraints:
        if not isinstance(constraint, UniqueConstraint):
            continue
        if set(constraint.fields) == keys:
            continue
        columns = [shape.named[name].field.column for name in constraint.fields]
        only = ""
        if constraint.condition:
            editor = connection.schema_editor()
            only = constraint._get_condition_sql(shape.model, editor)
        told = sentence_of(constraint)
        field = constraint.fields[-1]
        for n, name in _doubled(shape, columns, only):
            yield Fault(n, name, field, told)
        for n, name in _on_the_desk(shape, columns, only):
            yield Fault(n, name, field, told)


def _altered(shape: Shape) -> Iterator[Fault]:
    """Held texts that are there with other words."""
    rest = f"JOIN {shape.table} t ON t.id = s.pk WHERE t.text <> s.text"
    for n, name in _found(shape, rest):
        told = _("A held text is never altered: give this one a key of its own.")
        yield Fault(n, name, "text", told)


def sentence_of(constraint: UniqueConstraint) -> str:
    """What a constraint says where it has words of its own."""
    told = str(constraint.violation_error_message)
    if "%(name)s" not in told:
        return told
    return _("The same is said twice of one thing: take one of them out.")


def _on_the_desk(shape: Shape, columns: list[str], only: str) -> list[tuple]:
    """Staged objects that say what another row of the desk says, which stays so."""
    same = " AND ".join(f"t.{column} = s.{column}" for column in columns)
    rows = f"(SELECT * FROM {shape.table} WHERE {only})" if only else shape.table
    staged = f" AND s.n IN (SELECT n FROM {shape.stage} WHERE {only})" if only else ""
    return _found(
        shape,
        f"JOIN {rows} t ON {same} WHERE t.id <> s.pk{staged} AND NOT EXISTS"
        f" (SELECT 1 FROM {shape.stage} o WHERE o.pk = t.id)",
    )

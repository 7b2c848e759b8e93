"""What is wrong with staged objects, all of it at once, asked of the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import CheckConstraint, Model, UniqueConstraint
from django.utils.translation import gettext as _

from timeline.models import Actor, Source, SourceSnapshot

from .converting import shortened
from .rules import fields_in, rules_of
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
    with_merged = {BY_MODEL[model] for model in MERGEABLE if _has_merged(model)}
    for shape in SHAPES:
        if staging.counts[shape]:
            rules = rules_of(shape)
            is_suspect = _is_suspect(shape, rules)
            if shape.is_child or shape in staging.doubled:
                yield from _twice(shape)
            yield from _other_ids(shape, staging)
            if is_suspect:
                yield from _missing(shape, bad)
            yield from _merged(shape, with_merged)
            if is_suspect:
                yield from _against_rules(shape, rules)
            yield from _against_uniqueness(shape, staging)
            if shape.model is SourceSnapshot and shape in staging.there:
                yield from _altered(shape)


def _has_merged(model: type[Model]) -> bool:
    """Whether anything on the desk was merged into another."""
    table = BY_MODEL[model].table
    return bool(ask(f"SELECT 1 FROM {table} WHERE merged_into_id IS NOT NULL LIMIT 1"))


def _is_suspect(shape: Shape, rules: list[tuple[CheckConstraint, str]]) -> bool:
    """Whether any object names what is nowhere, or breaks a rule: asked at once."""
    wrong = [
        f"({part.columns[0]} IS NOT NULL AND {part.field.column} IS NULL)"
        for part in shape.references
    ]
    wrong += [f"NOT ({sql})" for _constraint, sql in rules]
    asked = f"SELECT 1 FROM {shape.stage} WHERE {' OR '.join(wrong)} LIMIT 1"
    return bool(wrong and ask(asked))


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


def _other_ids(shape: Shape, staging: Staging) -> Iterator[Fault]:
    """Permanent ids that are another's, here or in the files."""
    if "public_id" not in shape.named:
        return
    for n, name in _doubled(shape, ["public_id"]):
        told = _("Another object of the files has this permanent id: leave one out.")
        yield Fault(n, name, "public_id", told)
    if shape not in staging.beside:
        return
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


def _merged(shape: Shape, with_merged: set[Shape]) -> Iterator[Fault]:
    """What is named and was merged into another."""
    for part in shape.references:
        if BY_MODEL[part.target] not in with_merged:
            continue
        table = BY_MODEL[part.target].table
        rest = (
            f"JOIN {table} t ON t.id = s.{part.field.column}"
            f" JOIN {table} o ON o.id = t.merged_into_id"
        )
        for n, name, one, other in _found(shape, rest, "t.slug", "o.slug"):
            told = _("“%(one)s” was merged into “%(other)s”: name that.")
            yield Fault(n, name, part.name, told % {"one": one, "other": other})


def _against_rules(
    shape: Shape, rules: list[tuple[CheckConstraint, str]]
) -> Iterator[Fault]:
    """Objects that the constraints of the database would refuse, by its own words."""
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


def _against_uniqueness(shape: Shape, staging: Staging) -> Iterator[Fault]:
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
        if shape in staging.beside:
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

"""The rules of the database that staged objects may break.

Most rules are about one text: how long it is, whether it is filled, whether it is of a
list. Texts are read by the same rules (`converting`), so that none is staged that
breaks one, and those need not be asked of the database as well. It keeps them itself
when rows are written.
"""

from collections.abc import Iterator

from django.db import connection
from django.db.models import CharField, CheckConstraint, F, Field, Q, TextField
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from timeline.models import UncertainDateField

from .shapes import Shape


def rules_of(shape: Shape) -> list[tuple[CheckConstraint, str]]:
    """The rules that are about what files say, with their SQL."""
    editor = connection.schema_editor()
    return [
        (constraint, constraint._get_check_sql(shape.model, editor))
        for constraint in shape.model._meta.constraints
        if isinstance(constraint, CheckConstraint)
        and not is_kept_by_reading(shape, constraint.condition)
        and set(fields_in(constraint.condition)) <= shape.names
    ]


def is_kept_by_reading(shape: Shape, condition) -> bool:
    """Whether no text breaks this rule that was read without fault, or left out."""
    match condition:
        case LessThanOrEqual(lhs=Length(source_expressions=[F(name=name)]), rhs=most):
            found = extremes(shape, name)
            return bool(found) and max(map(len, found)) <= most
        case Q(negated=True, children=[(str(name), "")]):
            found = extremes(shape, name)
            return bool(found) and all(found)
        case Q(negated=False, children=[(str(name), list(values))]):
            name, _, lookup = name.partition("__")
            found = extremes(shape, name)
            return bool(found) and lookup == "in" and found <= set(values)
    return False


def extremes(shape: Shape, name: str) -> set[str]:
    """All texts of a closed list, or the shortest and the longest that a field takes.

    None of what is no text, and where it may be of any length.
    """
    part = shape.named.get(name)
    if part is None or not is_text(part.field) or not part.field.max_length:
        return set()
    field = part.field
    found = {str(value) for value, _label in field.choices or ()}
    if not found:
        found = {"" if field.blank else "x", "x" * field.max_length}
    return found | {str(value) for value in part.blank or () if value is not None}


def is_text(field: Field) -> bool:
    """Whether a field is read by `converting.text`."""
    return isinstance(field, CharField | TextField) and not isinstance(
        field, UncertainDateField
    )


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

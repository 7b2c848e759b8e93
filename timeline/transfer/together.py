"""Many values of one field at once: from those of JSON to what is staged.

As `converting`, and some five times as fast. Where not everything is plainly right,
`Wrong` is raised without a reason: one by one, each value says what is wrong with it.
"""

from collections.abc import Callable, Sequence
from unicodedata import is_normalized

from django.db.models import Field

from .converting import (
    SAFE_INTEGER,
    UNSTORABLE,
    Convert,
    Wrong,
    is_plain_text,
    rule_of,
)

Columns = Sequence[Sequence]  # each with a value for each that was given
Together = Callable[[Sequence], Columns]


def each(convert: Convert) -> Together:
    """Values of which the same come again and again, or of which there are few."""

    def together(values: Sequence) -> Columns:
        return tuple(zip(*map(convert, values), strict=True))

    return together


def texts(field: Field) -> Together:
    choices = {str(value) for value, _label in field.choices or ()}
    longest, rule, may_be_empty = field.max_length, rule_of(field), field.blank
    fits = rule.pattern.search if rule else None

    def together(values: Sequence) -> Columns:
        require(set(map(type, values)) == {str})
        if choices:
            require(choices.issuperset(values))
            return (values,)
        require(are_storable(values))
        require(may_be_empty or all(values))
        require(not longest or max(map(len, values)) <= longest)
        require(not fits or all(map(fits, filter(None, values))))
        return (values,)

    return together


def are_storable(values: Sequence[str]) -> bool:
    """Whether every text can be stored as it is.

    A line end composes with nothing, so that what stands between two is judged alone.
    """
    joined = "\n".join(values)
    if is_plain_text(joined.replace("\n", "")):
        return True
    return is_normalized("NFC", joined) and not UNSTORABLE.search(joined)


def with_keys(texts: Together, key_of: Callable[[str], str]) -> Together:
    def together(values: Sequence) -> Columns:
        (found,) = texts(values)
        return found, list(map(key_of, found))

    return together


def numbers(values: Sequence) -> Columns:
    require(set(map(type, values)) == {int})
    require(min(values) >= 0 and max(values) <= SAFE_INTEGER)
    return (values,)


def references(values: Sequence) -> Columns:
    require(set(map(type, values)) == {list} and set(map(len, values)) == {1})
    names = [name for (name,) in values]
    require(set(map(type, names)) == {str} and are_storable(names))
    return (names,)


def require(is_so: bool) -> None:
    """Go on only where this is so."""
    if not is_so:
        raise Wrong

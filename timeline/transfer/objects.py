"""What an object of a file is besides its fields: model, marks, and nothing else."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from .decoding import Twice
from .shapes import BY_LABEL, EVENT_LABEL, Shape

PLAIN = frozenset(("model", "fields"))
NO_MARKS, MARKS = (None, None), frozenset((bool, type(None)))
KEYS = frozenset(("model", "fields", "publish", "stub", "pk"))


def label_of(value) -> str:
    """What an object says that it is."""
    model = value.get("model") if isinstance(value, dict) else None
    return model.lower() if isinstance(model, str) else ""


def wrong_around(value, shape: Shape | None) -> list[tuple[str, str]]:
    """What is wrong with an object besides its fields."""
    plain = type(value) is dict and value.keys() == PLAIN
    if plain and shape is not None and type(value["fields"]) is dict:
        return []
    if not isinstance(value, dict):
        return [("", _("This has to be an object, with “model” and “fields”."))]
    found = [
        (one.name, _("This stands twice in one object: take one of them out."))
        for one in (value, value.get("fields"))
        if isinstance(one, Twice)
    ]
    if shape is None:
        names = ", ".join(sorted(BY_LABEL))
        told = _("There is no such model. There are: %(names)s.")
        found.append(("model", told % {"names": names}))
    if not isinstance(value.get("fields"), dict):
        found.append(("fields", _("This has to be an object with the fields.")))
    if value.get("pk") is not None:
        told = _("Numbers of rows differ from desk to desk: leave it out.")
        found.append(("pk", told))
    for name in ("publish", "stub"):
        if name in value and type(value[name]) is not bool:
            found.append((name, _("This has to be true or false.")))
    if "publish" in value and shape is not None and shape.label != EVENT_LABEL:
        found.append(("publish", _("Only events are published.")))
    found += [
        (name, _("There is no such key: take it out."))
        for name in sorted(value.keys() - KEYS)
    ]
    return found


def alike(values: Iterable, first: int) -> Iterable[list[tuple[int, object]]]:
    """Objects with their places, from `first` on: those that say the same kinds of
    things together, what is no such object by itself."""
    found: dict[object, list] = {}
    for n, value in enumerate(values, start=first):
        found.setdefault(_kind_of(value) or n, []).append((n, value))
    return found.values()


def _kind_of(value) -> tuple | None:
    """All that is to be known of an object but the values of its fields."""
    if type(value) is not dict or "pk" in value:
        return None
    model, fields = value.get("model"), value.get("fields")
    if len(value) == len(PLAIN) and type(fields) is dict and type(model) is str:
        return model, tuple(fields)
    marks = value.get("publish"), value.get("stub")
    if type(fields) is not dict or type(model) is not str:
        return None
    if marks != NO_MARKS and not MARKS.issuperset(map(type, marks)):
        return None
    return model, tuple(value), *marks, tuple(fields)

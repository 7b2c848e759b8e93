"""How two states of a thing differ, field by field and row by row, in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, DateTimeField, ForeignKey, Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from timeline.dates import RULES, BadDate, parse
from timeline.models import Statement, UncertainDateField

from .recording import kept_in

State = dict[type, dict]
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
# What a row is and whose, rather than what it says.
NOT_TOLD = {"id", "public_id", "key"}
# Of a row that came or went it says nothing.
NOT_TOLD_OF_WHOLE = {*NOT_TOLD, "position", "slug", "language"}
NAMING = ("title", "name", "text", "role")  # the first of these names a thing
LONGEST = 80


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field, and what it said before and after, as a person reads it."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one row: to the thing itself, or to one that is part of it."""

    kind: str
    noun: str
    row: str
    model: type
    key: int
    parent: int | None
    fields: tuple[FieldChange, ...]

    @property
    def of_itself(self) -> bool:
        return not self.noun

    def is_of(self, statement: Statement) -> bool:
        """Whether it is about a statement, or about where that was found."""
        if self.model is Statement:
            return self.key == statement.pk
        return self.model.PARENT == "statement" and self.parent == statement.pk


class Names:
    """What the rows name, found in a few queries; also what has gone since."""

    def __init__(self, rows: Iterable):
        wanted = defaultdict(set)
        for row in rows:
            for field in type(row).tracked_fields:
                if isinstance(field, ForeignKey):
                    wanted[field.related_model].add(getattr(row, field.attname))
        self.found = {
            model: find(model, keys - {None}) for model, keys in wanted.items()
        }

    def thing(self, model, key):
        """What a key stands for; something without a name where nobody knows."""
        held = self.found.get(model, {})
        return held[key] if key in held else nameless(model, key)

    def title(self, row) -> str:
        """A row by its own words, as the desk shows it."""
        if row.erased:
            return _("(no longer kept)")
        model = row.instance_type
        shown = model(**kept_in(row))
        for field in type(row).tracked_fields:
            key = getattr(row, field.attname)
            if isinstance(field, ForeignKey) and key is not None:
                setattr(shown, field.name, self.thing(field.related_model, key))
        words = Truncator(str(shown)).chars(LONGEST)
        if getattr(model, "PARENT", "") == "statement":
            return f"{Truncator(str(shown.statement)).chars(LONGEST)} · {words}"
        return words


def find(model, keys: set) -> dict:
    """Things by primary key; what was deleted as its last save left it."""
    held = model._base_manager.in_bulk(keys)
    missing = keys - held.keys()
    if not missing:
        return held
    rows = model.history.model.objects.filter(id__in=missing).order_by()
    last = rows.values("id").annotate(last=Max("history_id")).values("last")
    for row in model.history.model.objects.filter(history_id__in=last):
        held[row.id] = model(**kept_in(row))
        held[row.id].is_gone = True
    return held


def nameless(model, key):
    """A thing of which nothing is known any more."""
    thing = model(pk=key)
    for name in NAMING:
        if hasattr(thing, name):
            setattr(thing, name, _("(deleted)"))
            break
    thing.is_gone = True
    return thing


def differences(before: State, after: State, names: Names) -> list[Change]:
    """What changed from one state to another, the thing itself first."""
    models = list(dict.fromkeys([*before, *after]))
    return [
        change
        for model in models
        for change in _of_model(
            model, before.get(model, {}), after.get(model, {}), names
        )
    ]


def _of_model(model, before: dict, after: dict, names: Names) -> Iterable[Change]:
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        if one is other:
            continue
        fields = tuple(field_changes(one, other, names))
        if one is not None and other is not None and not fields:
            continue
        row = other or one
        parent = getattr(model, "PARENT", "")
        yield Change(
            kind=CHANGED if one and other else ADDED if other else REMOVED,
            noun=str(model._meta.verbose_name) if parent else "",
            row=names.title(row) if parent else "",
            model=model,
            key=key,
            parent=getattr(row, f"{parent}_id") if parent else None,
            fields=fields,
        )


def field_changes(one, other, names: Names) -> Iterable[FieldChange]:
    """The fields in which two states of a row differ; where one is None, all it has."""
    row = other or one
    parent = getattr(row.instance_type, "PARENT", "")
    left_out = NOT_TOLD if one and other else NOT_TOLD_OF_WHOLE
    for field in type(row).tracked_fields:
        if field.name in left_out or field.name == parent:
            continue
        before, after = (shown(state, field, names) for state in (one, other))
        if before != after:
            yield FieldChange(field.name, str(field.verbose_name), before, after)


def shown(state, field, names: Names) -> str:
    """What a state of a row says in a field; nothing where there was no row."""
    if state is None:
        return ""
    value = getattr(state, field.attname)
    if state.erased and value in ("", None):
        return _("(no longer kept)")
    return words(field, value, names)


def words(field, value, names: Names | None = None) -> str:
    """What a field holds, as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        thing = names.thing(field.related_model, value)
        told = Truncator(str(thing)).chars(LONGEST)
        return _("%s (deleted)") % told if hasattr(thing, "is_gone") else told
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, BooleanField):
        return _("yes") if value else ""
    if isinstance(field, DateTimeField):
        return date_format(timezone.localtime(value), "Y-m-d H:i T")
    if isinstance(field, UncertainDateField):
        return date_in_words(str(value))
    if field.name.endswith("_rule"):
        return str(RULES.get(value, value))
    return str(value)


def date_in_words(text: str) -> str:
    """A date as it reads, and as it was typed."""
    try:
        return f"{parse(text).display} ({text})"
    except BadDate:
        return text

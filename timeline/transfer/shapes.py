"""The format of a story's file, as it follows from the models of the desk.

Each object is `{"model": ..., "fields": {...}}`, an event also with `"publish"`, and
anything with `"stub"`: made where it is missing, and else left as it is. What an object
refers to is named by its natural key, `["slug"]`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import BooleanField, DateTimeField, Field, ForeignKey, Model
from django.utils.translation import gettext as _

from timeline.models import (
    Actor,
    ActorIdentifier,
    ActorName,
    AddressKey,
    Affiliation,
    Citation,
    Event,
    EventStory,
    EventTopic,
    NameKey,
    Participation,
    RelatedEvent,
    Source,
    SourceByline,
    SourceLink,
    SourceSnapshot,
    Statement,
    StatementLink,
    Story,
    Topic,
    UncertainDateField,
)

from .converting import (
    Convert,
    Wrong,
    converter,
    date,
    kept,
    number,
    reference,
    shortened,
    text,
    with_key,
)
from .together import Together, each, numbers, references, texts, with_keys

# In this order they are written: each after what it belongs to.
MODELS = (
    *(Topic, Story, Actor, ActorName, ActorIdentifier, Source, Affiliation),
    *(SourceByline, SourceLink, SourceSnapshot, Event, Participation, EventStory),
    *(EventTopic, RelatedEvent, Statement, StatementLink, Citation),
)
ALSO = ("public_id", "key", "embargo_until", "embargo_reason")
# Of a row that is there already, whatever a file says or leaves out.
KEPT = ("public_id", "embargo_until", "embargo_reason")
DERIVED = ("earliest", "latest", "precision", "sort")


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the format, and the columns that it fills."""

    name: str
    field: Field
    columns: tuple[str, ...]  # as they are staged
    convert: Convert
    together: Together  # the same of many values
    blank: tuple | None  # what it is where it is left out; None: it may not be
    target: type[Model] | None = None


class Shape:
    """One model as the format has it."""

    def __init__(self, model: type[Model]):
        self.model = model
        self.label = model._meta.label_lower
        self.table = model._meta.db_table
        self.stage = f"import_{model._meta.model_name}"
        self.said = f"{self.stage}_said"
        self.parent = getattr(model, "PARENT", "")
        self.parts = tuple(part_of(field) for field in fields_of(model))
        self.named = {part.name: part for part in self.parts}
        self.is_child = "key" in self.named  # else it has a web name of its own
        self.names = frozenset(self.named)
        self.columns = tuple(column for part in self.parts for column in part.columns)
        self.references = tuple(part for part in self.parts if part.target)
        self._needed = {part.name for part in self.parts if part.blank is None}
        self._blank: list = []
        self._places: dict[str, tuple[int, int, Part]] = {}
        for part in self.parts:
            start = len(self._blank)
            self._blank += part.blank or (None,) * len(part.columns)
            self._places[part.name] = start, len(self._blank), part

    @cached_property
    def blank(self) -> dict[str, object]:
        """What each staged column is where the field is left out."""
        return dict(zip(self.columns, self._blank, strict=True))

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The columns of the table that follow from a file."""
        found = []
        for part in self.parts:
            found += [part.field.column] if part.target else part.columns
        return tuple(found)

    @cached_property
    def history(self) -> type[Model]:
        """The model of its rows of history; to find it takes long."""
        return self.model.history.model

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """Those in which a row that is there already may be another."""
        return tuple(column for column in self.written if column not in KEPT)

    def row(self, fields: dict) -> tuple[list, list[tuple[str, str]]]:
        """The staged values of an object, and what is wrong: (field, sentence)."""
        if self._needed <= fields.keys() <= self.names:
            values = self._blank.copy()
            try:
                for name, value in fields.items():
                    start, end, part = self._places[name]
                    values[start:end] = part.convert(value)
            except Wrong:
                return self._each(fields)
            return values, []
        return self._each(fields)

    def columns_of(self, found: Sequence[dict]) -> list[Sequence] | None:
        """The staged columns of objects with the same fields; None: look at each."""
        if not self._needed <= found[0].keys() <= self.names:
            return None
        columns: list[Sequence] = [[value] * len(found) for value in self._blank]
        try:
            for name in found[0]:
                start, end, part = self._places[name]
                columns[start:end] = part.together([fields[name] for fields in found])
        except Wrong:
            return None
        return columns

    def _each(self, fields: dict) -> tuple[list, list[tuple[str, str]]]:
        """The same, field by field, however many are wrong."""
        values, wrong = [], []
        for part in self.parts:
            if part.name not in fields:
                if part.blank is None:
                    wrong.append((part.name, _("This is missing: fill it in.")))
                values += part.blank or (None,) * len(part.columns)
                continue
            try:
                values += part.convert(fields[part.name])
            except Wrong as error:
                wrong.append((part.name, str(error)))
                values += (None,) * len(part.columns)
        if not fields.keys() <= self.names:
            wrong += [
                (name, _("There is no such field: take it out, or correct its name."))
                for name in sorted(fields.keys() - self.names)
            ]
        return values, wrong

    def key_in(self, fields: dict) -> str:
        """What an object is called in messages: its natural key, where it has one."""
        if not self.is_child:
            return shortened(fields.get("slug", "?"))
        parent = fields.get(self.parent)
        slug = parent[0] if isinstance(parent, list) and parent else "?"
        return f"{shortened(slug)}, {shortened(fields.get('key', '?'))}"


def fields_of(model: type[Model]) -> list[Field]:
    """The fields of a model that the format has, in the order of the model."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and (field.editable or field.name in ALSO)
    ]


def part_of(field: Field) -> Part:
    """A field of a model, as a part of the format."""
    if isinstance(field, ForeignKey):
        blank = (None,) if field.null else None
        columns = (f"{field.name}_slug",)
        ways = reference(field), references
        return Part(field.name, field, columns, *ways, blank, field.related_model)
    if isinstance(field, UncertainDateField):
        columns = (field.column, *(f"{field.column}_{part}" for part in DERIVED))
        return Part(field.name, field, columns, date, each(date), date(""))
    key = key_beside(field)
    if key is not None:
        key_of = kept(key.key_of)
        ways = with_key(text(field), key_of), with_keys(texts(field), key_of)
        blank = ("", "") if field.blank else None
        return Part(field.name, field, (field.column, key.column), *ways, blank)
    convert = converter(field)
    ways = convert, together(field, convert)
    return Part(field.name, field, (field.column,), *ways, blank_of(field))


def together(field: Field, convert: Convert) -> Together:
    """A converter for many values of a field with one column."""
    if convert is number:
        return numbers
    if isinstance(field, BooleanField | DateTimeField):
        return each(convert)
    return texts(field)


def key_beside(field: Field) -> Field | None:
    """The column by which rows alike in this field are found."""
    for other in field.model._meta.concrete_fields:
        if isinstance(other, NameKey | AddressKey) and other.of == field.name:
            return other
    return None


def blank_of(field: Field) -> tuple | None:
    """What a field is where it is left out; None where it may not be."""
    if field.name == "public_id":
        return (None,)
    if field.name == "key" or not (field.has_default() or field.null):
        return None
    return (field.get_default(),)


SHAPES = tuple(Shape(model) for model in MODELS)
BY_LABEL = {shape.label: shape for shape in SHAPES}
BY_MODEL = {shape.model: shape for shape in SHAPES}
EVENT_LABEL = BY_MODEL[Event].label

"""The format of a story's file, as it follows from the models of the desk.

Each object is `{"model": ..., "fields": {...}}`, an event also with `"publish"`, and
anything with `"stub"`: made where it is missing, and else left as it is. What an object
refers to is named by its natural key, `["slug"]`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from functools import cache, cached_property
from unicodedata import is_normalized

from django.core.exceptions import ValidationError
from django.db.models import (
    BooleanField,
    DateTimeField,
    Field,
    ForeignKey,
    Model,
    PositiveIntegerField,
    URLField,
)
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from timeline.dates import UNDATED, BadDate, parse
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
    clean_text,
    slug_rule,
)

# In this order they are written: each after what it belongs to.
MODELS = (
    *(Topic, Story, Actor, ActorName, ActorIdentifier, Source, Affiliation),
    *(SourceByline, SourceLink, SourceSnapshot, Event, Participation, EventStory),
    *(EventTopic, RelatedEvent, Statement, StatementLink, Citation),
)
ALSO = ("public_id", "key", "embargo_until", "embargo_reason")
# Of a row that is there already, whatever a file says or leaves out.
KEPT = ("public_id", "embargo_until", "embargo_reason")
SAFE_INTEGER = 2**31 - 1
# Controls, and halves of a pair, which no text may hold.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# As the constraints of the database, on every database; and no space in it.
WEB_ADDRESS = re.compile(r"\Ahttps?://[^\s/]+\S*\Z")
DERIVED = ("earliest", "latest", "precision", "sort")
LONGEST_SHOWN = 60

Convert = Callable[[object], tuple]


class Wrong(ValueError):
    """A value that cannot stand in its field; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a text has to look like, and what is said where it does not."""

    pattern: re.Pattern
    told: str


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the format, and the columns that it fills."""

    name: str
    field: Field
    columns: tuple[str, ...]  # as they are staged
    convert: Convert
    blank: tuple | None  # what it is where it is left out; None: it may not be
    target: type[Model] | None = None


class Shape:
    """One model as the format has it."""

    def __init__(self, model: type[Model]):
        self.model = model
        self.label = model._meta.label_lower
        self.table = model._meta.db_table
        self.stage = f"import_{model._meta.model_name}"
        self.parent = getattr(model, "PARENT", "")
        self.parts = tuple(part_of(field) for field in fields_of(model))
        self.named = {part.name: part for part in self.parts}
        self.is_child = "key" in self.named  # else it has a web name of its own
        self.names = frozenset(self.named)
        self.columns = tuple(column for part in self.parts for column in part.columns)
        self.references = tuple(part for part in self.parts if part.target)

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The columns of the table that follow from a file."""
        found = []
        for part in self.parts:
            found += [part.field.column] if part.target else part.columns
        return tuple(found)

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """Those in which a row that is there already may be another."""
        return tuple(column for column in self.written if column not in KEPT)

    def row(self, fields: dict) -> tuple[list, list[tuple[str, str]]]:
        """The staged values of an object, and what is wrong: (field, sentence)."""
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


def shortened(value) -> str:
    """A value from a file, as a message shows it."""
    try:
        text = str(value)[:100]
    except RecursionError:
        text = "…"
    text = "".join(one if one.isprintable() else "·" for one in text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


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
        convert = _reference(field)
        return Part(field.name, field, columns, convert, blank, field.related_model)
    if isinstance(field, UncertainDateField):
        columns = (field.column, *(f"{field.column}_{part}" for part in DERIVED))
        return Part(field.name, field, columns, _date, _date(""))
    key = key_beside(field)
    if key is not None:
        convert = _with_key(_text(field), key)
        blank = ("", "") if field.blank else None
        return Part(field.name, field, (field.column, key.column), convert, blank)
    return Part(field.name, field, (field.column,), converter(field), blank_of(field))


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


def rule_of(field: Field) -> Rule | None:
    """What a text that is not empty has to look like."""
    if slug_rule in field.validators:
        return Rule(slug_rule.regex, str(slug_rule.message))
    if field.name == "public_id":
        prefix = field.get_default().partition("_")[0]
        told = _("A permanent id is “%(prefix)s_” and 12 small letters or digits: ")
        told += _("leave it out, and one is given.")
        return Rule(
            re.compile(rf"\A{prefix}_[0-9a-z]{{12}}\Z"), told % {"prefix": prefix}
        )
    if isinstance(field, URLField):
        return Rule(
            WEB_ADDRESS, _("Give a whole web address that begins with https://.")
        )
    return None


def converter(field: Field) -> Convert:
    """From a value of JSON to what is staged; raises `Wrong`."""
    if isinstance(field, BooleanField):
        return _boolean
    if isinstance(field, PositiveIntegerField):
        return _number
    if isinstance(field, DateTimeField):
        return _instant_or_none if field.null else _instant
    return _text(field)


def _text(field: Field) -> Convert:
    choices = {str(value) for value, _label in field.choices or ()}
    longest, rule, may_be_empty = field.max_length, rule_of(field), field.blank
    fits = rule.pattern.search if rule else bool

    def convert(value) -> tuple:
        if type(value) is not str:
            raise Wrong(_("This has to be text in quotation marks."))
        if UNSTORABLE.search(value) or not is_normalized("NFC", value):
            value = _storable(value)
        if choices and value not in choices:
            told = _("“%(value)s” is none of %(choices)s.")
            listed = ", ".join(sorted(choices))
            raise Wrong(told % {"value": shortened(value), "choices": listed})
        if not value and not may_be_empty:
            raise Wrong(_("Fill this in."))
        if longest and len(value) > longest:
            told = _("This is %(count)d characters long; at most %(most)d fit.")
            raise Wrong(told % {"count": len(value), "most": longest})
        if value and not fits(value):
            raise Wrong(rule.told)
        return (value,)

    return convert


def _storable(value: str) -> str:
    """A text as it is stored; `Wrong` where it cannot be."""
    try:
        return clean_text(value)
    except ValidationError as error:
        raise Wrong(" ".join(error.messages)) from error


def _with_key(convert: Convert, key: Field) -> Convert:
    @cache
    def key_of(text: str) -> str:
        return key.key_of(text)

    def both(value) -> tuple:
        (text,) = convert(value)
        return text, key_of(text)

    return both


@cache
def _read(text: str) -> tuple:
    try:
        date = parse(text)
    except BadDate as error:
        raise Wrong(str(error)) from error
    return str(date), date.earliest, date.latest, date.precision, date.sort_key


def _date(value) -> tuple:
    """The text of a date, and what follows from it."""
    if value is None or value == "":
        return BLANK_DATE
    if type(value) is not str:
        raise Wrong(_("A date is text in quotation marks, such as “2026-03-03”."))
    return _read(value.strip()) if value.strip() else BLANK_DATE


BLANK_DATE = ("", None, None, "", UNDATED)


def _boolean(value) -> tuple:
    if type(value) is not bool:
        raise Wrong(_("This has to be true or false."))
    return (value,)


def _number(value) -> tuple:
    if type(value) is not int or not 0 <= value <= SAFE_INTEGER:
        told = _("This has to be a whole number, from 0 to %(most)d.")
        raise Wrong(told % {"most": SAFE_INTEGER})
    return (value,)


def _instant(value) -> tuple:
    moment = None
    if type(value) is str:
        try:
            moment = parse_datetime(value)
        except ValueError:
            moment = None
    if moment is None or moment.tzinfo is None:
        told = _("This has to be a time with its zone, as “2026-03-03T14:05:00Z”.")
        raise Wrong(told)
    try:
        return (moment.astimezone(UTC),)
    except OverflowError as error:  # the first day of year 1, or the last of 9999
        raise Wrong(_("No calendar has this time in every zone.")) from error


def _instant_or_none(value) -> tuple:
    return (None,) if value is None else _instant(value)


def _reference(field: ForeignKey) -> Convert:
    def convert(value) -> tuple:
        if value is None and field.null:
            return (None,)
        if type(value) is list and len(value) == 1 and type(value[0]) is str:
            (name,) = value
            return (name if name.isascii() and name.isprintable() else _storable(name),)
        raise Wrong(
            _("Name it by its web name in brackets, as [“%(example)s”].")
            % {"example": "openai"}
        )

    return convert


SHAPES = tuple(Shape(model) for model in MODELS)
BY_LABEL = {shape.label: shape for shape in SHAPES}
BY_MODEL = {shape.model: shape for shape in SHAPES}
EVENT_LABEL = BY_MODEL[Event].label

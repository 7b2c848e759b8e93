"""The format of a story's file as JSON Schema, which editors' tools complete by.

It is made from the models (`shapes`). What only several fields or objects break
together is not in it: `import_story` finds that.
"""

from django.db.models import BooleanField, DateTimeField, PositiveIntegerField
from django.utils.text import capfirst
from django.utils.translation import override

from timeline.models import Event, UncertainDateField, slug_rule

from .converting import SAFE_INTEGER, rule_of
from .exporting import ordered
from .shapes import BY_MODEL, SHAPES, Part, Shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# No controls but tab and the ends of lines.
STORABLE = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$"
WITH_ZONE = "^\\d{4}-\\d\\d-\\d\\d[T ].*(Z|[+-]\\d\\d(:?\\d\\d)?)$"
# Of fields about which the desk's own forms need say nothing.
HELP = {
    "public_id": "Its permanent id. Leave it out: one is given.",
    "key": "What tells it apart within the thing that it is part of.",
    "position": "Its place among the others of its kind: 1, 2, 3.",
    "embargo_until": "Of a new event: it is not published before.",
    "embargo_reason": "Why it is not published before; stays on the desk.",
    "date_rule": "The rule by which the words were read as a date.",
    "said_rule": "The rule by which the words were read as a date.",
}
AROUND = {
    "stub": {
        "type": "boolean",
        "description": "Only named: made where it is missing, else left as it is.",
    },
    "publish": {
        "type": "boolean",
        "description": "Publish it when everything is on the desk.",
    },
}


def schema() -> dict:
    """The whole schema, in English and in an order that does not change."""
    with override("en"):
        return {
            "$schema": DIALECT,
            "title": "Stories for Dateline",
            "description": (
                "A list of objects. What one names, by its web name in brackets, is "
                "in the list too or on the desk already."
            ),
            "type": "array",
            "items": {"oneOf": [{"$ref": f"#/$defs/{_name(one)}"} for one in SHAPES]},
            "$defs": {
                "name": {
                    "type": "string",
                    "pattern": _pattern(slug_rule.regex.pattern),
                },
                "reference": {
                    "type": "array",
                    "prefixItems": [{"$ref": "#/$defs/name"}],
                    "items": False,
                    "minItems": 1,
                },
                **{_name(shape): _object(shape) for shape in SHAPES},
            },
        }


def _name(shape: Shape) -> str:
    return shape.model._meta.model_name


def _pattern(pattern: str) -> str:
    """A pattern of Python's as JSON Schema has it."""
    return pattern.replace("\\A", "^").replace("\\Z", "$")


def _object(shape: Shape) -> dict:
    """One model: what stands around the fields, and the fields."""
    meta = shape.model._meta
    marks = {"stub": AROUND["stub"]}
    if shape is BY_MODEL[Event]:
        marks = AROUND
    return {
        "title": capfirst(str(meta.verbose_name)),
        "type": "object",
        "properties": {
            "model": {"const": shape.label},
            **marks,
            "fields": {
                "type": "object",
                "properties": {part.name: _described(part) for part in ordered(shape)},
                "required": [
                    part.name for part in ordered(shape) if part.blank is None
                ],
                "additionalProperties": False,
            },
        },
        "required": ["model", "fields"],
        "additionalProperties": False,
    }


def _described(part: Part) -> dict:
    """One field, with what the desk's forms call it and say of it."""
    words = [str(part.field.help_text) or HELP.get(part.name, "")]
    if part.field.choices:
        told = [f"{value}: {label}" for value, label in part.field.choices]
        words.append(f"One of these. {'; '.join(told)}.")
    description = " ".join(word for word in words if word)
    found = {"title": capfirst(str(part.field.verbose_name))}
    if description:
        found["description"] = description
    found |= _type(part)
    if part.blank and isinstance(part.blank[0], str | bool) and part.blank[0]:
        found["default"] = part.blank[0]
    return found


def _type(part: Part) -> dict:
    field = part.field
    if part.target:
        reference = {"$ref": "#/$defs/reference"}
        return {"anyOf": [reference, {"type": "null"}]} if field.null else reference
    if isinstance(field, UncertainDateField):
        return {"type": ["string", "null"], "maxLength": field.max_length}
    if isinstance(field, BooleanField):
        return {"type": "boolean"}
    if isinstance(field, PositiveIntegerField):
        return {"type": "integer", "minimum": 0, "maximum": SAFE_INTEGER}
    if isinstance(field, DateTimeField):
        moment = {"format": "date-time", "pattern": WITH_ZONE}
        return {"type": ["string", "null"] if field.null else "string", **moment}
    return _text(field)


def _text(field) -> dict:
    if field.choices:
        blank = [""] if field.blank else []
        return {"enum": [*blank, *(str(value) for value, _label in field.choices)]}
    found = {"type": "string"} if field.blank else {"type": "string", "minLength": 1}
    if field.max_length:
        found["maxLength"] = field.max_length
    rule = rule_of(field)
    if rule is None:
        return {**found, "pattern": STORABLE}
    pattern = _pattern(rule.pattern.pattern)
    return {**found, "pattern": f"^$|{pattern}" if field.blank else pattern}

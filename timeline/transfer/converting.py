"""From the values of JSON to what is staged, one field at a time.

A converter gives the values of the columns that a field fills, or raises `Wrong`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from unicodedata import is_normalized

from django.core.exceptions import ValidationError
from django.db.models import (
    BooleanField,
    DateTimeField,
    Field,
    ForeignKey,
    PositiveIntegerField,
    URLField,
)
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from timeline.dates import UNDATED, BadDate, parse
from timeline.models import clean_text, slug_rule

SAFE_INTEGER = 2**31 - 1
# Controls, and halves of a pair, which no text may hold.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# As the constraints of the database, on every database; and no space in it.
WEB_ADDRESS = re.compile(r"\Ahttps?://[^\s/]+\S*\Z")
LONGEST_SHOWN = 60
KEPT_AT_ONCE = 10_000  # readings of texts that come again and again
BLANK_DATE = ("", None, None, "", UNDATED)

Convert = Callable[[object], tuple]


class Wrong(ValueError):
    """A value that cannot stand in its field; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a text has to look like, and what is said where it does not."""

    pattern: re.Pattern
    told: str


def shortened(value) -> str:
    """A value from a file, as a message shows it."""
    try:
        text = str(value)[:100]
    except RecursionError:
        text = "…"
    text = "".join(one if one.isprintable() else "·" for one in text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


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
        return number
    if isinstance(field, DateTimeField):
        return _instant_or_none if field.null else _instant
    return text(field)


def text(field: Field) -> Convert:
    choices = {str(value) for value, _label in field.choices or ()}
    longest, rule, may_be_empty = field.max_length, rule_of(field), field.blank
    fits = rule.pattern.search if rule else None

    def convert(value) -> tuple:
        if type(value) is not str:
            raise Wrong(_("This has to be text in quotation marks."))
        if value in choices:
            return (value,)
        if not is_plain_text(value) and (
            UNSTORABLE.search(value) or not is_normalized("NFC", value)
        ):
            value = _storable(value)
        if choices:
            told = _("“%(value)s” is none of %(choices)s.")
            listed = ", ".join(sorted(choices))
            raise Wrong(told % {"value": shortened(value), "choices": listed})
        if not value and not may_be_empty:
            raise Wrong(_("Fill this in."))
        if longest and len(value) > longest:
            told = _("This is %(count)d characters long; at most %(most)d fit.")
            raise Wrong(told % {"count": len(value), "most": longest})
        if fits and value and not fits(value):
            raise Wrong(rule.told)
        return (value,)

    return convert


def is_plain_text(value: str) -> bool:
    """Whether a text is stored as it is beyond doubt."""
    return value.isascii() and value.isprintable()


def _storable(value: str) -> str:
    """A text as it is stored; `Wrong` where it cannot be."""
    try:
        return clean_text(value)
    except ValidationError as error:
        raise Wrong(" ".join(error.messages)) from error


def with_key(convert: Convert, key_of: Callable[[str], str]) -> Convert:
    def both(value) -> tuple:
        (text,) = convert(value)
        return text, key_of(text)

    return both


def kept(function: Callable[[str], str]) -> Callable[[str], str]:
    """The same, with what it gave for the texts that came last."""
    return lru_cache(maxsize=KEPT_AT_ONCE)(function)


@lru_cache(maxsize=KEPT_AT_ONCE)
def _read(text: str) -> tuple:
    try:
        date = parse(text)
    except BadDate as error:
        raise Wrong(str(error)) from error
    return str(date), date.earliest, date.latest, date.precision, date.sort_key


def date(value) -> tuple:
    """The text of a date, and what follows from it."""
    if value is None or value == "":
        return BLANK_DATE
    if type(value) is not str:
        raise Wrong(_("A date is text in quotation marks, such as “2026-03-03”."))
    return _read(value.strip()) if value.strip() else BLANK_DATE


def _boolean(value) -> tuple:
    if type(value) is not bool:
        raise Wrong(_("This has to be true or false."))
    return (value,)


def number(value) -> tuple:
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


def reference(field: ForeignKey) -> Convert:
    def convert(value) -> tuple:
        if value is None and field.null:
            return (None,)
        if type(value) is list and len(value) == 1 and type(value[0]) is str:
            (name,) = value
            return (name if is_plain_text(name) else _storable(name),)
        raise Wrong(
            _("Name it by its web name in brackets, as [“%(example)s”].")
            % {"example": "openai"}
        )

    return convert

"""Model fields: clean text, and dates as uncertain as they are."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from timeline.dates import UNDATED, BadDate, UncertainDate, parse

ALLOWED_CONTROLS = "\t\n\r"


def clean_text(value: str) -> str:
    """The text in NFC; ValidationError where it cannot be stored and sent safely."""
    value = unicodedata.normalize("NFC", value)
    for character in value:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and character not in ALLOWED_CONTROLS):
            raise ValidationError(
                _(
                    "This text holds a character that cannot be stored "
                    "(U+%(code)s). Remove it and save again."
                ),
                code="unstorable",
                params={"code": f"{ord(character):04X}"},
            )
    return value


class CleanTextMixin:
    """Text is stored as NFC, without control characters or lone surrogates."""

    def to_python(self, value):
        value = super().to_python(value)
        return clean_text(value) if isinstance(value, str) else value

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = clean_text(value)
        return super().get_db_prep_save(value, connection)


class LineField(CleanTextMixin, models.CharField):
    """One line of text."""

    def __init__(self, *args, max_length=300, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)


class ProseField(CleanTextMixin, models.TextField):
    """Several lines of text, of a length that the database also checks."""

    def __init__(self, *args, max_length=5000, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)


class AddressField(CleanTextMixin, models.URLField):
    """A web address; constraints hold it to http and https."""

    def __init__(self, *args, max_length=2000, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


def to_date(value) -> UncertainDate | None:
    """An UncertainDate from text, None from nothing; ValidationError says why not."""
    if value is None or isinstance(value, UncertainDate):
        return value
    text = str(value).strip()
    if not text:
        return None
    try:
        return parse(text)
    except BadDate as error:
        raise ValidationError(str(error), code="bad_date") from error


class UncertainDateFormField(forms.CharField):
    """A form's date: an EDTF text in, an UncertainDate out."""

    def __init__(self, *args, max_length=60, empty_value=None, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def to_python(self, value):
        return to_date(super().to_python(value))

    def run_validators(self, value):
        super().run_validators(str(value) if value else "")

    def prepare_value(self, value):
        return str(value) if value is not None else ""

    def has_changed(self, initial, data):
        before = self.prepare_value(initial).strip()
        return before != (str(data).strip() if data else "")


class DateAttribute(DeferredAttribute):
    """Turns assigned text into an UncertainDate and derives the columns beside it."""

    def __set__(self, instance, value):
        date = to_date(value)
        instance.__dict__[self.field.attname] = date
        for part in DERIVED:
            instance.__dict__[f"{self.field.name}_{part}"] = derive(date, part)


class DerivedAttribute(DeferredAttribute):
    """A derived column: what is assigned to it never overrides its date."""

    def __set__(self, instance, value):
        if self.field.of not in instance.__dict__:
            instance.__dict__[self.field.attname] = value


DERIVED = ("earliest", "latest", "precision", "sort")


def derive(date: UncertainDate | None, part: str):
    """One derived column of a date: bounds in seconds, precision, or the sort key."""
    if part == "sort":
        return date.sort_key if date else UNDATED
    if part == "precision":
        return date.precision if date else ""
    return getattr(date, part) if date else None


class DerivedMixin:
    descriptor_class = DerivedAttribute

    def __init__(self, *args, of, **kwargs):
        self.of = of
        super().__init__(*args, editable=False, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "of": self.of}


class DerivedInteger(DerivedMixin, models.BigIntegerField):
    """A bound in seconds since 1970-01-01T00:00Z, or a sort key."""


class DerivedWord(DerivedMixin, models.CharField):
    """The precision of a date."""


class UncertainDateField(models.CharField):
    """An EDTF text, with its bounds, precision and sort key in columns beside it.

    The columns `<name>_earliest`, `_latest`, `_precision` and `_sort` are derived
    whenever the date is assigned, so that raw fixture loads have them too.
    """

    descriptor_class = DateAttribute

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only=private_only)
        if cls.__module__ == "__fake__":  # migrations list the columns themselves
            return
        for part in ("earliest", "latest"):
            DerivedInteger(of=name, null=True).contribute_to_class(
                cls, f"{name}_{part}"
            )
        DerivedWord(of=name, max_length=20, default="").contribute_to_class(
            cls, f"{name}_precision"
        )
        DerivedInteger(of=name, default=UNDATED).contribute_to_class(
            cls, f"{name}_sort"
        )

    def to_python(self, value):
        return to_date(value)

    def from_db_value(self, value, expression, connection):
        return to_date(value)

    def get_prep_value(self, value):
        return "" if value is None else str(value)

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def clean(self, value, model_instance):
        date = to_date(value)
        if date is None and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        return date

    def formfield(self, **kwargs):
        return super().formfield(
            **{"form_class": UncertainDateFormField, "strip": True, **kwargs}
        )

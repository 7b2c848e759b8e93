"""Dates on the desk: typed as text, with what they mean in words beside the field."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.dates import (
    RULES,
    BadDate,
    UncertainDate,
    UnknownPhrase,
    instant,
    parse,
    read_typed,
    resolve,
)
from timeline.models import UncertainDateFormField


def meaning(date: UncertainDate) -> str:
    """As in “by 3 March 2026 (until 2026-03-03 23:59 UTC)”."""
    return f"{date.display} ({bounds(date)})"


def bounds(date: UncertainDate) -> str:
    """The first and last minute that a date can be, with their zone."""
    if date.earliest is None and date.latest is None:
        return _("no first or last day known")
    if date.earliest is None:
        return _("until %(last)s UTC") % {"last": minute(date.latest)}
    if date.latest is None:
        return _("from %(first)s UTC") % {"first": minute(date.earliest)}
    return _("from %(first)s until %(last)s UTC") % {
        "first": minute(date.earliest),
        "last": minute(date.latest),
    }


def minute(seconds: int) -> str:
    """As in “2026-03-03 23:59”."""
    return instant(seconds)[: -len(":00Z")].replace("T", " ")


def today() -> UncertainDate:
    """The day on the desk, from which words are counted where no report is theirs."""
    return parse(timezone.localdate().isoformat())


def how_to_write(error: BadDate) -> str:
    """What is wrong with a date, and what may be typed."""
    if not isinstance(error, UnknownPhrase):
        return str(error)
    return _("%(wrong)s As in 2026-03-03, 3 March 2026 or “late last week”.") % {
        "wrong": error
    }


class Phrase(str):
    """Words typed for a date, to be counted from what else the form says."""


class DateInput(AdminTextInputWidget):
    """A line for a date, and after it what the date means, also as one types."""

    template_name = "admin/timeline/date_input.html"

    class Media:
        js = ("timeline/dates.js",)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-reading"] = reverse("admin:timeline_date")
        context["widget"]["attrs"]["autocomplete"] = "off"
        try:
            typed = read_typed(str(value).strip()) if value else None
            context["meaning"] = meaning(typed.date) if typed else ""
        except BadDate:  # the field itself says what is wrong
            context["meaning"] = ""
        return context


class DeskDateField(UncertainDateFormField):
    """A form's date: as a date, or in words.

    Where the form has a report that words are counted from, `counted`, they are left
    to `read_words`; elsewhere they are counted from today.
    """

    counted = False

    def to_python(self, value):
        text = forms.CharField.to_python(self, value)
        text = text.strip() if text else ""
        if not text:
            return None
        try:
            return read_typed(text, None if self.counted else today()).date
        except UnknownPhrase as error:
            if self.counted:
                return Phrase(text)
            raise forms.ValidationError(how_to_write(error)) from error
        except BadDate as error:
            raise forms.ValidationError(str(error), code="bad_date") from error


def know_anchor(field: DeskDateField, db_field) -> None:
    """Tell a date's field, and its script, what words in it are counted from."""
    names = {one.name for one in db_field.model._meta.concrete_fields}
    field.widget.attrs["data-field"] = db_field.name
    if f"{db_field.name}_anchor" in names:
        field.counted = True
        field.widget.attrs["data-anchor"] = f"{db_field.name}_anchor"
        field.widget.attrs["data-words"] = f"{db_field.name}_words"


def in_words(field: str, label):
    """A column or read-only field that shows a date in words, sorted by the date."""

    @admin.display(description=label, ordering=f"{field}_sort")
    def shown(self, row):
        date = getattr(row, field)
        return date.display if date else ""

    return shown


def explained(field: str, label):
    """A read-only field that shows a date in words with its bounds."""

    @admin.display(description=label)
    def shown(self, row):
        date = getattr(row, field)
        return meaning(date) if date else ""

    return shown


def rule_in_words(field: str):
    """A read-only field that shows the sentence of a rule."""

    @admin.display(description=gettext_lazy("how the words were read"))
    def shown(self, row):
        rule = getattr(row, field)
        return RULES.get(rule, rule)

    return shown


def rule_field() -> forms.ChoiceField:
    """The choice of a rule, each by the sentence that explains it."""
    return forms.ChoiceField(
        label=gettext_lazy("How the words were read"),
        choices=[("", "---------"), *RULES.items()],
        required=False,
        help_text=gettext_lazy(
            "Filled in by itself where the words and what they are counted from are "
            "given and the words are known."
        ),
    )


def read_words(form: forms.ModelForm, name: str) -> None:
    """Work out a date, or an empty rule, from words: those typed, or the report's.

    An unknown phrase is refused where nothing else says the date; never guessed.
    """
    given = form.cleaned_data
    if isinstance(given.get(name), Phrase):
        read_phrase(form, name)
        return
    anchor, words = given.get(f"{name}_anchor"), given.get(f"{name}_words")
    if not words or not anchor or not anchor.published or name in form.errors:
        return
    date = given.get(name)
    try:
        found = resolve(words, anchor.published)
    except BadDate as error:
        if date is None:
            form.add_error(name, how_to_write(error))
        return
    if date is None:
        given[name] = found.date
    if given[name].edtf == found.date.edtf and not given.get(f"{name}_rule"):
        given[f"{name}_rule"] = found.rule


def read_phrase(form: forms.ModelForm, name: str) -> None:
    """Put the date in the place of words that were typed for it, and keep the words."""
    given = form.cleaned_data
    anchor, words = given.get(f"{name}_anchor"), str(given[name])
    try:
        found = read_typed(words, anchor.published if anchor else None)
    except BadDate as error:
        form.add_error(name, how_to_write(error))
        return
    given |= {name: found.date, f"{name}_words": words, f"{name}_rule": found.rule}

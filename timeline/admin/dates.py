"""Dates on the desk: typed as text, with what they mean in words beside the field."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.dates import RULES, BadDate, UncertainDate, instant, parse, resolve


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


class DateInput(AdminTextInputWidget):
    """A line for a date, and after it what the date means."""

    template_name = "admin/timeline/date_input.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        try:
            context["meaning"] = meaning(parse(str(value).strip())) if value else ""
        except BadDate:  # the field itself says what is wrong
            context["meaning"] = ""
        return context


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
    """Work out an empty date, or an empty rule, from the words of the report.

    An unknown phrase is refused where nothing else says the date; never guessed.
    """
    given = form.cleaned_data
    anchor, words = given.get(f"{name}_anchor"), given.get(f"{name}_words")
    if not words or not anchor or not anchor.published or name in form.errors:
        return
    date = given.get(name)
    try:
        found = resolve(words, anchor.published)
    except BadDate as error:
        if date is None:
            form.add_error(name, str(error))
        return
    if date is None:
        given[name] = found.date
    if given[name].edtf == found.date.edtf and not given.get(f"{name}_rule"):
        given[f"{name}_rule"] = found.rule

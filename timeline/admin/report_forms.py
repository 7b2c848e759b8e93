"""The forms that make events from a report: what is typed, and nothing that follows."""

import secrets

from django import forms
from django.forms import formset_factory
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.editing.addresses import report_at
from timeline.editing.reporting import Happening, Report
from timeline.ingest.article import read_article
from timeline.models import Event, Source, SourceSnapshot, Statement, Story

from .dates import DateInput, DeskDateField

ROWS = 3  # empty ones, at first
MOST_ROWS = 50


def names_input(part: str) -> forms.TextInput:
    """A line for a name, with those on the desk offered as one types."""
    return forms.TextInput(
        attrs={
            "class": "vTextField",
            "data-names": reverse_lazy("admin:timeline_called"),
            "data-part": part,
            "autocomplete": "off",
            "maxlength": 300,
        }
    )


def storable(model, field: str, text: str) -> str:
    """The text as the desk stores it in a field; an error says why it cannot."""
    return model._meta.get_field(field).to_python(text)


class HappeningForm(forms.Form):
    """One event and who said what of it."""

    title = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("The title of the event, in your words."),
    )
    when = forms.CharField(
        label=gettext_lazy("When"),
        max_length=60,
        required=False,
        widget=DateInput(attrs={"data-field": "when", "data-on": "published"}),
        help_text=gettext_lazy(
            "A date, or the report's words, as in “late last week”. Left empty: by "
            "the day of the report."
        ),
    )
    who = forms.CharField(
        label=gettext_lazy("Who said it"),
        max_length=300,
        required=False,
        widget=names_input("who"),
        help_text=gettext_lazy(
            "A name, or “a person familiar with the matter”. Left empty: the report "
            "itself says it."
        ),
    )
    words = forms.CharField(
        label=gettext_lazy("The words"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "As they stand in the text: select them there and press Ctrl and Enter, "
            "or paste them."
        ),
    )
    at = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_title(self):
        return storable(Event, "title", self.cleaned_data["title"])

    def clean_when(self):
        return storable(Event, "date_words", self.cleaned_data["when"])

    def clean_who(self):
        return storable(Statement, "described_as", self.cleaned_data["who"])

    def clean_words(self):
        return storable(Statement, "quote", self.cleaned_data["words"])

    def happening(self) -> Happening:
        given = self.cleaned_data
        names = ("title", "when", "who", "words", "at")
        return Happening(**{name: given[name] for name in names})


class ReportForm(HappeningForm):
    """A report, and what it says, on one page."""

    address = forms.URLField(
        label=gettext_lazy("Web address"),
        max_length=2000,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )
    use_report = forms.BooleanField(
        label=gettext_lazy("Use the report that is on the desk"), required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Its text, pasted"),
        max_length=1_000_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Stays on the desk: never published, never altered."),
    )
    publisher = forms.CharField(
        label=gettext_lazy("Published by"),
        max_length=300,
        required=False,
        widget=names_input("publisher"),
    )
    published = DeskDateField(
        label=gettext_lazy("Published on"),
        required=False,
        widget=DateInput(attrs={"data-field": "published"}),
    )
    form_key = forms.CharField(required=False, widget=forms.HiddenInput)
    publish = forms.BooleanField(label=gettext_lazy("Publish it now"), required=False)
    story = forms.ModelChoiceField(
        Story.objects.all(),
        label=gettext_lazy("Part of the story"),
        required=False,
        empty_label=gettext_lazy("none yet"),
    )
    field_order = (
        "address",
        "use_report",
        "text",
        "publisher",
        "published",
        "title",
        "when",
        "who",
        "words",
        "at",
        "publish",
        "story",
    )

    def __init__(self, *args, may_publish: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["form_key"] = secrets.token_urlsafe(16)
        self.known = None  # the report that the desk has under the address
        if not may_publish:
            del self.fields["publish"]
        if not Story.objects.exists():
            del self.fields["story"]

    def clean_text(self):
        return storable(SourceSnapshot, "text", self.cleaned_data["text"])

    def clean_publisher(self):
        return storable(Source, "label", self.cleaned_data["publisher"])

    def clean(self):
        cleaned = super().clean()
        self.known = report_at(cleaned.get("address") or "")
        if self.known is None:
            if not cleaned.get("publisher") and "publisher" not in self.errors:
                self.add_error("publisher", _("Say who published it."))
        elif not cleaned.get("use_report"):
            self.add_error("address", known_sentence(self.known))
        return cleaned

    def put_cursor(self) -> None:
        """Begin at the first field that has to be mended, or at the first of all."""
        wrong = self.errors if self.is_bound else ()
        first = next((name for name in self.fields if name in wrong), "address")
        self.fields[first].widget.attrs["autofocus"] = True

    def report(self) -> Report:
        """The report as it is entered; of a page's source, its text."""
        given = self.cleaned_data
        article = read_article(given["text"])
        return Report(
            address=given["address"],
            text=article.text,
            publisher=given["publisher"],
            published=given["published"],
            title=article.title,
        )


def known_sentence(report: Source) -> str:
    """What to say where the desk has a report already."""
    return _(
        "“%(report)s” is on the desk with this address. Tick the box to use it, or "
        "change the address."
    ) % {"report": report}


class RowForm(HappeningForm):
    """One of many events of a report that is on the desk."""

    def __init__(self, *args, source: Source, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
        self.fields["words"].widget.attrs["rows"] = 2
        when = self.fields["when"].widget.attrs
        del when["data-on"]
        when["data-anchor-key"] = source.pk


RowFormSet = formset_factory(
    RowForm,
    extra=ROWS,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,
    validate_max=True,
)

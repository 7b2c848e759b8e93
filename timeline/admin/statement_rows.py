"""Who said what, on its event's page: each statement with where it was first found."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.editing.citing import Unplaced, cite, cite_in_each, put_passage
from timeline.editing.naming import statement_name
from timeline.editing.reporting import add_voice
from timeline.models import Citation, Source, Statement

from .choosing import KnownSelect
from .parts import BigPart, PartForm
from .standing import standing_badge
from .support import standings_of

PLACE = ("found_in", "passage")


def choice_of_report(label, help_text="") -> forms.ModelChoiceField:
    """A report on the desk, found by what is typed."""
    return forms.ModelChoiceField(
        label=label,
        help_text=help_text,
        queryset=Source.objects.all(),
        required=False,
        widget=KnownSelect(Citation._meta.get_field("source"), admin.site),
    )


class StatementRowForm(PartForm):
    """A statement in short, and the first report that it was found in."""

    found_in = choice_of_report(gettext_lazy("Found in"))
    passage = forms.CharField(
        label=gettext_lazy("The passage there"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vTextField"}),
    )
    cite_too = forms.BooleanField(
        label=gettext_lazy("Also in the report chosen above"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.first = first_citation(self.instance)
        if self.first:
            self.initial["found_in"] = self.first.source_id
            self.initial["passage"] = self.first.exact
            self.fields["found_in"].widget.known = self.first.source
        if "speaker" in self.fields and self.instance.speaker_id:
            self.fields["speaker"].widget.widget.known = self.instance.speaker

    def clean_passage(self):
        return Citation._meta.get_field("exact").to_python(self.cleaned_data["passage"])

    def clean(self):
        cleaned = super().clean()
        source, words = cleaned.get("found_in"), cleaned.get("passage")
        if not set(PLACE).intersection(self.changed_data) or "found_in" in self.errors:
            return cleaned
        if words and not source:
            self.add_error("found_in", _("Choose the report that the passage is in."))
        elif source and words:
            try:
                put_passage(self.placed(source), words)
            except Unplaced as refused:
                self.add_error("passage", refused.sentences)
        return cleaned

    def placed(self, source: Source) -> Citation:
        """The citation that is changed: the first there is, or a new one."""
        row = self.first or Citation(statement=self.instance, position=1)
        if row.source_id != source.pk:
            row.source, row.read_in, row.via = source, None, None
        return row

    def save_place(self) -> None:
        """Write where the statement was found, within the save of its event."""
        if not set(PLACE).intersection(self.changed_data):
            return
        source, words = (self.cleaned_data[name] for name in PLACE)
        if source and self.first:
            row = self.placed(source)
            put_passage(row, words)
            row.save()
        elif source:
            cite(self.instance, source, words=words)
        elif self.first:
            self.first.delete()


def first_citation(statement: Statement) -> Citation | None:
    """Where a statement was found, of several reports the first."""
    if not statement.pk:
        return None
    return next(iter(statement.citations.all()), None)


class StatementRows(BigPart.formset):
    """Statements entered on their event's page get a web name by themselves."""

    def complete(self, row):
        super().complete(row)
        if not row.slug:
            row.slug = statement_name(self.instance, row.text)

    def save_new(self, form, commit=True):
        row = super().save_new(form, commit=commit)
        if commit:
            form.instance = row
            form.save_place()
        return row

    def save_existing(self, form, obj, commit=True):
        row = super().save_existing(form, obj, commit=commit)
        if commit:
            form.save_place()
        return row

    def use_report(self, report: Source, words: str) -> None:
        """Cite a report in the statements ticked; with none it is one of its own."""
        gone = self.deleted_forms
        ticked = [
            form.instance
            for form in self.forms
            if form not in gone and form.cleaned_data.get("cite_too")
        ]
        if ticked:
            cite_in_each(ticked, report, words=words)
        else:
            add_voice(self.instance, report, words=words)


class WhoSaidWhat(BigPart):
    """The statements in short; each has a page of its own for the rest."""

    model = Statement
    form = StatementRowForm
    formset = StatementRows
    classes = ("statements-in-short",)
    show_change_link = True
    autocomplete_fields = ("speaker",)
    fields = (
        ("speaker", "described_as", "kind", "mode", "position"),
        ("text", "quote"),
        ("found_in", "passage"),
        "cite_too",
        "rests_on",
    )
    readonly_fields = ("rests_on",)

    class Media:
        js = ("timeline/statements.js",)

    def get_fields(self, request, obj=None):
        """Who may only look is told where it was found on the statement's own page."""
        if self.has_change_permission(request, obj):
            return self.fields
        return (*self.fields[:2], "rests_on")

    def has_delete_permission(self, request, obj=None):
        """A statement is a noun of its own: deleting it needs its own permission."""
        return request.user.has_perm("timeline.delete_statement")

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("speaker")
        return rows.prefetch_related("citations__source")

    def get_formset(self, request, obj=None, **kwargs):
        self.stands = standings_of(obj.statements.all()) if obj else {}
        self.may_copy = self.has_change_permission(request, obj)
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("text", "quote"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3, "class": "vTextField"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.help_text = ""
        if db_field.name == "speaker":
            field.widget.can_change_related = False
            field.widget.widget = KnownSelect(db_field, self.admin_site)
        return field

    @admin.display(description=gettext_lazy("rests on"))
    def rests_on(self, statement):
        if statement.pk not in self.stands:
            return _("nothing yet")
        count = len(statement.citations.all())
        found = ngettext("%d report", "%d reports", count) % count
        words = found if count else _("nothing yet: say where it was found")
        told = format_html("{} {}", words, standing_badge(self.stands[statement.pk]))
        return (
            format_html("{} {}", told, copy_button(statement))
            if self.may_copy
            else told
        )


def copy_button(statement: Statement) -> str:
    """Saves the page, and adds a copy of one statement."""
    return format_html(
        '<button type="submit" class="button copy" name="_duplicate" value="{}">{}'
        "</button>",
        statement.pk,
        _("Save and duplicate"),
    )

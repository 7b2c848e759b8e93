"""Who said what, on the desk: each statement with where it was found."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import HttpResponseRedirect
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from timeline.editing.citing import held_texts
from timeline.editing.naming import statement_name
from timeline.editing.passages import found_once
from timeline.models import Citation, PassageState, Statement, StatementLink

from .attention import StatementAttentionFilter
from .dates import explained, read_words, rule_in_words
from .mending import change_url
from .parts import BigPart, Part, PartForm
from .saving import DeskAdmin, DeskForm
from .searching import OnlyUsed
from .standing import published_words, standing_badge
from .support import (
    how_many,
    origins_in_words,
    origins_of_statement,
    publishers_in_words,
    standings_of,
)

LINE = 70  # characters of a text in a list


class StatementForm(DeskForm):
    """A statement is saved as part of its event, whose version counts."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Part of its web address; leave it empty to have one made. Fixed "
                "once it is published."
            )

    @property
    def root(self):
        return self.instance.event

    def clean(self):
        cleaned = super().clean()
        read_words(self, "said")
        event = cleaned.get("event") or (self.instance.pk and self.root)
        if "slug" in self.fields and not cleaned.get("slug") and event:
            cleaned["slug"] = statement_name(event, cleaned.get("text") or "")
        return cleaned


class CitationForm(PartForm):
    """Where a statement was found; a passage is looked for in the text that is held."""

    def clean(self):
        cleaned = super().clean()
        waiting = cleaned.get("passage") == PassageState.UNCHECKED
        if waiting and not cleaned.get("unchecked_reason") and is_held(cleaned):
            cleaned["passage"] = PassageState.FOUND
        return cleaned


def is_held(given: dict) -> bool:
    """Whether a passage stands in a held text of the report, or of the copy read."""
    parts = {name: given.get(name) or "" for name in ("prefix", "exact", "suffix")}
    report = given.get("read_in") or given.get("source")
    if not report or not parts["exact"]:
        return False
    return any(found_once(Citation(**parts), text) for text in held_texts(report))


class Citations(BigPart):
    model = Citation
    form = CitationForm
    verbose_name = _("report it was found in")
    verbose_name_plural = _("where it was found")
    autocomplete_fields = ("source", "via", "read_in")
    fields = (
        "source",
        "via",
        "credit",
        "read_in",
        "exact",
        ("prefix", "suffix"),
        "locator",
        ("passage", "unchecked_reason"),
        "own_words",
        "after_update",
        "position",
    )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "exact":
            kwargs["widget"] = forms.Textarea(
                attrs={"rows": 2, "class": "vLargeTextField"}
            )
        if db_field.name == "passage":
            kwargs["label"] = _("Is it in the text?")
            kwargs["help_text"] = _(
                "Looked for when you save, where a text of the report is held."
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class Links(Part):
    model = StatementLink
    fk_name = "statement"
    fields = ("kind", "target")
    autocomplete_fields = ("target",)


class StatementList(ChangeList):
    """A page of statements, with the standing of all of them found at once."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        stands = standings_of(self.result_list)
        for statement in self.result_list:
            statement.standing = stands[statement.pk]


@admin.register(Statement)
class StatementAdmin(DeskAdmin):
    form = StatementForm
    list_display = ("what", "who", "event", "kind", "standing", "found_in")
    list_filter = (
        StatementAttentionFilter,
        "kind",
        "mode",
        ("event__stories", OnlyUsed),
    )
    list_select_related = ("event", "speaker")
    search_fields = (
        "text",
        "quote",
        "speaker__name",
        "described_as",
        "event__title",
        "slug",
    )
    search_help_text = _("What was said, who said it, or the event")
    ordering = ("-event__date_sort", "event", "position", "pk")
    autocomplete_fields = (
        "event",
        "speaker",
        "on_behalf_of",
        "relayed_by",
        "told_to",
        "said_in_source",
        "said_anchor",
    )
    inlines = (Citations, Links)
    about = (
        _("On the desk now"),
        {"fields": ("standing_now", "links_to_it", "origins_now")},
    )
    fieldsets = (
        (None, {"fields": ("event", "text", ("kind", "mode"))}),
        (
            _("Who said it"),
            {
                "fields": (
                    ("speaker", "on_behalf_of"),
                    ("described_as", "described_number"),
                    ("ground", "reason_unnamed"),
                    ("told_to", "relayed_by"),
                )
            },
        ),
        (
            _("The words quoted"),
            {"fields": ("quote", "quote_translation", ("language", "quote_language"))},
        ),
        (
            _("When and where it was said"),
            {
                "fields": (
                    "said",
                    ("said_words", "said_anchor"),
                    "said_rule",
                    ("said_in_words", "said_in_source"),
                )
            },
        ),
        (_("On the page"), {"fields": (("slug", "position"),)}),
        (_("On the desk only"), {"fields": ("notes",)}),
    )
    shown_as = {"said": "said_explained", "said_rule": "said_rule_in_words"}
    said_explained = explained("said", _("said when"))
    said_rule_in_words = rule_in_words("said_rule")

    def root_of(self, row):
        return row.event

    def version_seen(self, form, change):
        """A new statement takes nothing away: the newest version will do."""
        return form.cleaned_data["version"] if change else form.instance.event.version

    def get_changelist(self, request, **kwargs):
        return StatementList

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.annotate(citing=how_many(Citation, "statement"))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj is None else [self.about, *fieldsets]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        return (*fields, "event", *self.about[1]["fields"])

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("text", "quote", "quote_translation"):
            kwargs["widget"] = forms.Textarea(
                attrs={"rows": 3, "class": "vLargeTextField"}
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def response_change(self, request, obj):
        if obj.event.has_unpublished_changes:
            may_publish = request.user.has_perm("timeline.publish_event")
            sentence = published_words(obj.event, may_publish=may_publish)
            self.message_user(request, sentence, messages.WARNING)
        return super().response_change(request, obj)

    def response_post_save_add(self, request, obj):
        return self.on_to_event(request, obj)

    def response_post_save_change(self, request, obj):
        return self.on_to_event(request, obj)

    def on_to_event(self, request, statement):
        """To its event, of which it is a part; to the list where that was narrowed."""
        if self.get_preserved_filters(request):
            return super().response_post_save_change(request, statement)
        return HttpResponseRedirect(change_url(statement.event))

    # Columns and what is shown on the page

    @admin.display(description=_("what was said"), ordering="text")
    def what(self, statement):
        return Truncator(statement.text).chars(LINE)

    @admin.display(description=_("who"), ordering="speaker__name")
    def who(self, statement):
        return statement.speaker or statement.described_as

    @admin.display(description=_("standing"))
    def standing(self, statement):
        return standing_badge(statement.standing)

    @admin.display(description=_("found in"), ordering="citing")
    def found_in(self, statement):
        return statement.citing

    @admin.display(description=_("standing"))
    def standing_now(self, statement):
        return standing_badge(standings_of([statement])[statement.pk])

    @admin.display(description=_("what others do to it"))
    def links_to_it(self, statement):
        links = statement.linked_by.select_related("statement")
        return format_html_join(
            mark_safe("<br>"),
            '<a href="{}">{}</a> {}',
            (
                (change_url(link.statement), link.statement, link.get_kind_display())
                for link in links
            ),
        )

    @admin.display(description=_("origins"))
    def origins_now(self, statement):
        origins = origins_of_statement(statement)
        names = publishers_in_words(origins)
        [words] = origins_in_words([origins])
        return f"{words} ({names})" if names else words

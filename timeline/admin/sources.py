"""Reports and documents on the desk."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from timeline.models import Reporting, Source, SourceByline, SourceLink, SourceSnapshot

from .date_reading import DateReadingMixin
from .dates import explained, in_words
from .duplicates import DuplicatesMixin
from .from_report import FromReportMixin, may_report
from .parts import BigPart, Part, PartForm
from .resting import RestingMixin
from .saving import DeskAdmin
from .searching import MergedFilter, OnlyUsed
from .support import citing_counts


class Byline(Part):
    model = SourceByline
    fields = ("name", "role", "place", "actor", "position")
    autocomplete_fields = ("actor",)


class TakenFrom(Part):
    model = SourceLink
    verbose_name = _("report it was taken from")
    verbose_name_plural = _("taken from")
    fk_name = "source"
    fields = ("kind", "target")
    autocomplete_fields = ("target",)


class HeldTexts(Part):
    """The texts that the desk holds: to be read, never altered."""

    model = SourceSnapshot
    fields = readonly_fields = ("taken", "held")
    can_delete = False
    max_num = 0

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("taken"))
    def taken(self, snapshot):
        return timezone.localtime(snapshot.taken_at).strftime("%Y-%m-%d %H:%M %Z")

    @admin.display(description=_("text"))
    def held(self, snapshot):
        return format_html(
            "<details><summary>{}…</summary>"
            '<div class="held-text" tabindex="0">{}</div></details>',
            snapshot.text[:80],
            snapshot.text,
        )


class NewTextForm(PartForm):
    """A text to be held as it stands on the page now."""

    class Meta:
        widgets = {
            "text": forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField"})
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["taken_at"].initial = timezone.now


class NewTexts(BigPart):
    """Texts to be added to those held."""

    model = SourceSnapshot
    form = NewTextForm
    fields = ("taken_at", "text")
    verbose_name = _("text to hold")
    verbose_name_plural = _("add a text to hold")
    max_num = 5

    def get_queryset(self, request):
        return super().get_queryset(request).none()

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)


class SourceList(ChangeList):
    """A page of reports, with what cites them counted for all at once."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        counts = citing_counts(source.pk for source in self.result_list)
        for source in self.result_list:
            source.citing = counts[source.pk]


@admin.register(Source)
class SourceAdmin(
    RestingMixin, DuplicatesMixin, FromReportMixin, DateReadingMixin, DeskAdmin
):
    list_display = (
        "name",
        "publisher",
        "kind",
        "published_in_words",
        "production",
        "own",
        "status",
        "citing",
    )
    list_filter = (
        "kind",
        "production",
        "reporting",
        "status",
        "known_by_credit",
        MergedFilter,
        ("publisher", OnlyUsed),
    )
    list_select_related = ("publisher",)
    search_fields = ("title", "label", "slug", "publisher__name", "original_url")
    search_help_text = _("Title, label, publisher, web address or web name")
    slug_from = ("title",)
    autocomplete_fields = ("publisher",)
    inlines = (TakenFrom, Byline, HeldTexts, NewTexts)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "label",
                    ("kind", "publisher"),
                    "slug",
                    "known_by_credit",
                )
            },
        ),
        (_("Where it is"), {"fields": ("original_url", "archived_url", "language")}),
        (_("When"), {"fields": ("published", "published_words", "updated")}),
        (
            _("How it was made, and how far it can be relied on"),
            {"fields": ("reporting", "status", "production", "production_words")},
        ),
        (_("On the desk only"), {"fields": ("notes",)}),
    )
    shown_as = {"published": "published_explained", "updated": "updated_explained"}
    published_in_words = in_words("published", _("published"))
    published_explained = explained("published", _("published"))
    updated_explained = explained("updated", _("last updated"))

    def get_changelist(self, request, **kwargs):
        return SourceList

    def merged_into(self, row):
        """With how many texts stay with each: they are held for this report too."""
        return row.merged.annotate(texts=Count("snapshots"))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_report"] = may_report(request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=_("report or document"), ordering="title")
    def name(self, source):
        return str(source)

    @admin.display(description=_("reporting"), ordering="reporting")
    def own(self, source):
        return _("its own") if source.reporting == Reporting.OWN else _("not known")

    @admin.display(description=_("cited"))
    def citing(self, source):
        return source.citing

"""Events on the desk: the page of an event, and the list of them."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from timeline.editing import Refused
from timeline.editing.arranging import duplicate
from timeline.models import (
    Citation,
    Event,
    EventStory,
    EventTopic,
    LiveState,
    Participation,
    RelatedEvent,
    Statement,
)

from .as_readers import PreviewMixin
from .attention import AttentionFilter
from .date_filter import DateFilter
from .dates import explained, in_words, read_words, rule_in_words
from .event_list import EventList, OwnerFilter, ReviewFilter, StateFilter
from .event_top import at_the_top
from .filing_many import FilingManyMixin
from .from_report import may_report
from .mending import change_url
from .numbers import number
from .parts import Part
from .publishing import PublishingMixin, page_of
from .publishing_many import PublishingManyMixin
from .saving import DeskAdmin, DeskForm
from .searching import OnlyUsed
from .standing import published_words, whole_state
from .statement_rows import StatementRows, WhoSaidWhat, choice_of_report
from .support import how_many

GONE = _("“%(event)s” was published, so it stays: withdraw it in place of deleting it.")
HOW_REPORTS_ARE_ADDED = _(
    "Saved as a statement of the report in its own voice; or, where statements below "
    "are ticked, as a further place where those were found."
)


class EventForm(DeskForm):
    """An event; its date is worked out from the report's words where it can be."""

    report = choice_of_report(_("Report or document"), HOW_REPORTS_ARE_ADDED)
    report_words = forms.CharField(
        label=_("The passage there"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )

    def clean_report_words(self):
        words = self.cleaned_data["report_words"]
        return Citation._meta.get_field("exact").to_python(words)

    def clean(self):
        cleaned = super().clean()
        read_words(self, "date")
        if cleaned.get("report_words") and not cleaned.get("report"):
            self.add_error("report", _("Choose the report that the passage is in."))
        return cleaned


class WhoTookPart(Part):
    model = Participation
    verbose_name = _("person or organisation")
    verbose_name_plural = _("who took part")
    fields = ("actor", "role", "position")
    autocomplete_fields = ("actor",)


class Stories(Part):
    model = EventStory
    fields = ("story",)
    autocomplete_fields = ("story",)


class Topics(Part):
    model = EventTopic
    fields = ("topic",)
    autocomplete_fields = ("topic",)


class Related(Part):
    model = RelatedEvent
    fk_name = "event"
    fields = ("kind", "target")
    autocomplete_fields = ("target",)


@admin.register(Event)
class EventAdmin(
    PublishingMixin, PreviewMixin, FilingManyMixin, PublishingManyMixin, DeskAdmin
):
    form = EventForm
    list_display = (
        "title",
        "when",
        "in_the_record",
        "owner",
        "importance",
        "statement_count",
        "origins",
    )
    list_filter = (
        StateFilter,
        ReviewFilter,
        OwnerFilter,
        AttentionFilter,
        DateFilter,
        "status",
        "importance",
        ("stories", OnlyUsed),
        ("topics", OnlyUsed),
    )
    search_fields = (
        "title",
        "summary",
        "statements__text",
        "statements__quote",
        "actors__name",
        "slug",
    )
    search_help_text = _("Title, summary, what was said, or who took part")
    slug_from = ("title",)
    autocomplete_fields = ("date_anchor",)
    inlines = (WhoTookPart, WhoSaidWhat, Stories, Topics, Related)
    actions = (
        "submit_selected",
        "publish_selected",
        "withdraw_selected",
        "topics_selected",
        "stories_selected",
        "importance_selected",
        "delete_selected",
    )
    list_select_related = ("owner",)
    fieldsets = (
        (
            _("What happened"),
            {
                "fields": (
                    "title",
                    "summary",
                    ("status", "importance"),
                    "place",
                    "slug",
                )
            },
        ),
        (
            _("When"),
            {"fields": ("date", ("date_words", "date_anchor"), "date_rule")},
        ),
        (_("On the desk only"), {"fields": ("notes",)}),
    )
    shown_as = {"date": "date_explained", "date_rule": "date_rule_in_words"}
    when = in_words("date", _("when"))
    date_explained = explained("date", _("when"))
    date_rule_in_words = rule_in_words("date_rule")

    a_report = (
        _("Add a report to this event"),
        {"fields": ("report", "report_words"), "classes": ("add-a-report",)},
    )

    def get_changelist(self, request, **kwargs):
        return EventList

    def changelist_view(self, request, extra_context=None):
        context = {"may_report": may_report(request.user), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, self.a_report]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.annotate(said=how_many(Statement, "event"))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("summary", "notes"):
            kwargs["widget"] = forms.Textarea(
                attrs={"rows": 4, "class": "vLargeTextField"}
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    # Columns

    @admin.display(description=_("state"), ordering="live_state")
    def in_the_record(self, event):
        return whole_state(event)

    @admin.display(description=_("statements"), ordering="said")
    def statement_count(self, event):
        return event.said

    @admin.display(description=_("origins"))
    def origins(self, event):
        return event.origins

    # The page

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context |= at_the_top(obj, request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # Saving

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.saved_now = True

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        report = form.cleaned_data.get("report")
        if report and isinstance(formset, StatementRows):
            formset.use_report(report, form.cleaned_data["report_words"])

    def response_change(self, request, obj):
        if obj.has_unpublished_changes:
            may_publish = self.has_publish_permission(request)
            sentence = published_words(obj, may_publish=may_publish)
            self.message_user(request, sentence, messages.WARNING)
        response = super().response_change(request, obj)
        return (
            self.duplicated(request, obj)
            or self.on_to_publishing(request, obj)
            or response
        )

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        return self.on_to_publishing(request, obj) or response

    def duplicated(self, request, event):
        """Add the copy of a statement that was asked for with this save."""
        key = number(request.POST.get("_duplicate", ""))
        if not (key and hasattr(request, "saved_now")):
            return None
        statement = event.statements.filter(pk=key).first()
        if statement is None:
            return None
        duplicate(statement, by=request.user, version=event.version)
        self.message_user(request, _("The copy is the last statement."))
        place = event.statements.count() - 1
        return HttpResponseRedirect(f"{change_url(event)}#statements-{place}")

    def on_to_publishing(self, request, event):
        if "_publish" in request.POST and self.has_publish_permission(request):
            return HttpResponseRedirect(page_of("publish", event))
        return None

    # Deleting: what readers have seen is withdrawn, never deleted

    def has_delete_permission(self, request, obj=None):
        if isinstance(obj, Event) and obj.live_state != LiveState.NEVER:
            return False
        return super().has_delete_permission(request, obj)

    @admin.action(
        permissions=["delete"],
        description=_("Delete selected %(verbose_name_plural)s"),
    )
    def delete_selected(self, request, queryset):
        published = queryset.exclude(live_state=LiveState.NEVER)
        if published:
            raise Refused(*(GONE % {"event": event} for event in published[:5]))
        return delete_selected(self, request, queryset)

    def check_deletable(self, root):
        if root.live_state != LiveState.NEVER:
            raise Refused(GONE % {"event": root})

"""Events on the desk: the page of an event, and the list of them."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from timeline.editing import Refused
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

from .dates import explained, in_words, read_words, rule_in_words
from .event_list import EventList, StateFilter
from .mending import public_url
from .naming import statement_name
from .parts import BigPart, Part
from .publishing import PublishingMixin, page_of
from .publishing_many import PublishingManyMixin
from .saving import DeskAdmin, DeskForm
from .searching import OnlyUsed
from .standing import (
    last_revision,
    moment,
    published_words,
    standing_badge,
    state_badge,
)
from .support import (
    how_many,
    origins_in_words,
    origins_of_events,
    publishers_in_words,
    standings_of,
)

GONE = _("“%(event)s” was published, so it stays: withdraw it in place of deleting it.")


class EventForm(DeskForm):
    """An event; its date is worked out from the report's words where it can be."""

    def clean(self):
        cleaned = super().clean()
        read_words(self, "date")
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


class StatementRows(BigPart.formset):
    """Statements entered on their event's page get a web name by themselves."""

    def complete(self, row):
        super().complete(row)
        if not row.slug:
            row.slug = statement_name(self.instance, row.text)


class WhoSaidWhat(BigPart):
    """The statements in short; each has a page of its own for the rest."""

    model = Statement
    formset = StatementRows
    classes = ("statements-in-short",)
    show_change_link = True
    autocomplete_fields = ("speaker",)
    fields = (
        ("speaker", "described_as", "kind", "mode", "position"),
        ("text", "quote"),
        "rests_on",
    )
    readonly_fields = ("rests_on",)

    def has_delete_permission(self, request, obj=None):
        """A statement is a noun of its own: deleting it needs its own permission."""
        return request.user.has_perm("timeline.delete_statement")

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.annotate(citing=how_many(Citation, "statement"))

    def get_formset(self, request, obj=None, **kwargs):
        self.stands = standings_of(obj.statements.all()) if obj else {}
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("text", "quote"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3, "class": "vTextField"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.help_text = ""
        if db_field.name == "speaker":
            field.widget.can_change_related = False
        return field

    @admin.display(description=_("rests on"))
    def rests_on(self, statement):
        if statement.pk not in self.stands:
            return _("Save it, then say where it was found on its own page.")
        found = ngettext("%d report", "%d reports", statement.citing) % statement.citing
        words = found if statement.citing else _("nothing yet: say where it was found")
        return format_html("{} {}", words, standing_badge(self.stands[statement.pk]))


@admin.register(Event)
class EventAdmin(PublishingMixin, PublishingManyMixin, DeskAdmin):
    form = EventForm
    list_display = (
        "title",
        "when",
        "in_the_record",
        "importance",
        "statement_count",
        "origins",
    )
    list_filter = (
        StateFilter,
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
    actions = ("publish_selected", "withdraw_selected", "delete_selected")
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

    def get_changelist(self, request, **kwargs):
        return EventList

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

    @admin.display(description=_("in the record"), ordering="live_state")
    def in_the_record(self, event):
        return state_badge(event)

    @admin.display(description=_("statements"), ordering="said")
    def statement_count(self, event):
        return event.said

    @admin.display(description=_("origins"))
    def origins(self, event):
        return event.origins

    # The page

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context |= self.at_the_top(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def at_the_top(self, request, event):
        """Where the event stands, and what may be done with it."""
        revision = last_revision(event)
        origins = origins_of_events([event])[event.pk]
        live = event.live_state == LiveState.LIVE
        return {
            "state": state_badge(event),
            "has_unpublished_changes": event.has_unpublished_changes,
            "published_on": moment(revision.published_at) if revision else "",
            "public_page": public_url(event) if revision else "",
            "origins": origins_in_words([origins])[0],
            "origin_names": publishers_in_words(origins),
            "may_publish": self.has_publish_permission(request),
            "may_withdraw": live and self.has_withdraw_permission(request),
            "publish_page": page_of("publish", event),
            "withdraw_page": page_of("withdraw", event),
        }

    def response_change(self, request, obj):
        if obj.has_unpublished_changes:
            may_publish = self.has_publish_permission(request)
            sentence = published_words(obj, may_publish=may_publish)
            self.message_user(request, sentence, messages.WARNING)
        response = super().response_change(request, obj)
        return self.on_to_publishing(request, obj) or response

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        return self.on_to_publishing(request, obj) or response

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

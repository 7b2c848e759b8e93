"""People and organisations on the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from timeline.models import (
    Actor,
    ActorIdentifier,
    ActorName,
    Affiliation,
    Participation,
    Statement,
)

from .dates import in_words
from .duplicates import DuplicatesMixin
from .parts import BigPart, Part
from .resting import RestingMixin
from .saving import DeskAdmin
from .searching import MergedFilter
from .support import how_many


class OtherNames(Part):
    model = ActorName
    fields = ("name",)


class Identifiers(Part):
    model = ActorIdentifier
    fields = ("scheme", "value")


class Affiliations(BigPart):
    model = Affiliation
    fk_name = "actor"
    fields = (("role", "organisation"), ("since", "until"), ("source", "read_in"))
    autocomplete_fields = ("organisation", "source", "read_in")
    shown_as = {"since": "since_in_words", "until": "until_in_words"}
    since_in_words = in_words("since", _("since"))
    until_in_words = in_words("until", _("until"))


@admin.register(Actor)
class ActorAdmin(RestingMixin, DuplicatesMixin, DeskAdmin):
    list_display = ("name", "kind", "events", "statements", "changed")
    list_filter = ("kind", MergedFilter)
    search_fields = ("name", "other_names__name", "slug")
    search_help_text = _("Name, other name or web name")
    slug_from = ("name",)
    inlines = (OtherNames, Affiliations, Identifiers)
    fieldsets = (
        (None, {"fields": ("name", "kind", "slug", "private")}),
        (_("On the desk only"), {"fields": ("notes",)}),
    )

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                taken_part=how_many(Participation, "actor"),
                spoken_in=how_many(Statement, "speaker"),
            )
        )

    @admin.display(description=_("took part in"), ordering="taken_part")
    def events(self, actor):
        return actor.taken_part

    @admin.display(description=_("statements"), ordering="spoken_in")
    def statements(self, actor):
        return actor.spoken_in

"""Stories and topics on the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from timeline.models import EventStory, EventTopic, Story, Topic

from .saving import DeskAdmin
from .support import how_many


class CountsEvents(DeskAdmin):
    """Lists that say how many events belong to each row."""

    belonging = ()

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(count=how_many(*self.belonging))

    @admin.display(description=_("events"), ordering="count")
    def events(self, row):
        return row.count


@admin.register(Story)
class StoryAdmin(CountsEvents):
    belonging = (EventStory, "story")
    list_display = ("title", "events", "changed")
    search_fields = ("title", "summary", "slug")
    search_help_text = _("Title, summary or web name")
    slug_from = ("title",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary")}),
        (_("On the desk only"), {"fields": ("notes",)}),
    )


@admin.register(Topic)
class TopicAdmin(CountsEvents):
    belonging = (EventTopic, "topic")
    list_display = ("name", "events", "changed")
    search_fields = ("name", "slug")
    search_help_text = _("Name or web name")
    slug_from = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "slug")}),
        (_("On the desk only"), {"fields": ("notes",)}),
    )

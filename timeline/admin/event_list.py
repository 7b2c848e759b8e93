"""The list of events: where each stands, and how many origins it has."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.translation import gettext_lazy as _

from timeline.models import LiveState

from .standing import CHANGED, CHANGED_WORDS
from .support import origins_in_words, origins_of_events


class StateFilter(admin.SimpleListFilter):
    """Events by where they stand in the record."""

    title = _("state in the record")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        first, live, *others = LiveState.choices
        return [first, live, (CHANGED, CHANGED_WORDS), *others]

    def queryset(self, request, queryset):
        if self.value() == CHANGED:
            return queryset.with_unpublished_changes()
        if self.value() in LiveState.values:
            return queryset.filter(live_state=self.value())
        return queryset


class EventList(ChangeList):
    """A page of events, with the origins of all of them counted at once."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        origins = origins_of_events(self.result_list)
        words = origins_in_words(origins[event.pk] for event in self.result_list)
        for event, told in zip(self.result_list, words, strict=True):
            event.origins = told

"""The list of events: where each stands, and how many origins it has."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timeline.models import Event, LiveState, ReviewState

from .attention import on_their_way
from .numbers import number
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


class ReviewFilter(admin.SimpleListFilter):
    """Events that readers have not seen as they are, by how far they have come."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        every = ("open", _("not yet with readers as it is"))
        return [every, *ReviewState.choices, ("embargo", _("under embargo"))]

    def queryset(self, request, queryset):
        if self.value() == "embargo":
            return queryset.filter(embargo_until__gt=timezone.now())
        if self.value() == "open":
            return on_their_way(queryset)
        if self.value() in ReviewState.values:
            return on_their_way(queryset.filter(review_state=self.value()))
        return queryset


class OwnerFilter(admin.SimpleListFilter):
    """Events by who owns them."""

    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request, model_admin):
        owners = Event.objects.order_by().values("owner")
        people = get_user_model().objects.filter(pk__in=owners).order_by("username")
        names = [(str(person.pk), str(person)) for person in people]
        return [("me", _("mine")), ("nobody", _("nobody")), *names]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value == "me":
            return queryset.filter(owner=request.user)
        if value == "nobody":
            return queryset.filter(owner=None)
        key = number(value)
        return queryset if key is None else queryset.filter(owner=key)


class EventList(ChangeList):
    """A page of events, with the origins of all of them counted at once."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        origins = origins_of_events(self.result_list)
        words = origins_in_words(origins[event.pk] for event in self.result_list)
        for event, told in zip(self.result_list, words, strict=True):
            event.origins = told

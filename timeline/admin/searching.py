"""Searching and filtering on the desk: whatever is typed, the question stays small."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 200  # characters
MOST = 8  # words


def capped(text: str) -> str:
    """The first words of a search, without characters that no text can hold."""
    plain = "".join(character for character in text if character.isprintable())
    return " ".join(plain[:LONGEST].split()[:MOST])


class OnlyUsed(admin.RelatedOnlyFieldListFilter):
    """A filter by what the rows name, and by naming nothing."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("none")


class MergedFilter(admin.SimpleListFilter):
    """What was merged into another is left out, unless it is asked for."""

    title = gettext_lazy("merged")
    parameter_name = "merged"

    def lookups(self, request, model_admin):
        return [("yes", gettext_lazy("merged into another"))]

    def choices(self, changelist):
        every, *others = super().choices(changelist)
        return [{**every, "display": gettext_lazy("not merged")}, *others]

    def queryset(self, request, queryset):
        return queryset.filter(merged_into__isnull=self.value() != "yes")


class SearchMixin:
    """Lists that answer odd input with a sentence or with nothing found."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, capped(search_term))

    def changelist_view(self, request, extra_context=None):
        if any("\0" in text for text in request.GET.values()):
            self.message_user(
                request,
                _("The address held a character that cannot be searched for."),
                messages.WARNING,
            )
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)

"""Searching and filtering on the desk: whatever is typed, the question stays small."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

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

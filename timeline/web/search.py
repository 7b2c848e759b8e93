"""Searching all events: those that hold the words, in brief, with their stories."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timeline.publishing import read

from .answers import answer, feed
from .asking import Asked, asked_for, ordering
from .entries import brief_shown
from .keeping import kept
from .listing import Listing, timeline_page, with_parameters


@kept
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Events that hold what is searched for; without words, the field alone."""
    head, path = read.head(), reverse("web:search")
    asked = asked_for(only(request.GET, "q", "order"), read.Query())
    listing = found = None
    if asked.words and not asked.faults:
        listing = timeline_page(
            asked.query, head=head, path=path, asked=request.GET, kept=asked.given
        )
        found = read.tally(asked.query, at=head.sequence, head=head)
    return search_page(asked, listing, found, head=head, path=path)


def search_page(
    asked: Asked,
    listing: Listing | None,
    found: read.Tally | None,
    *,
    head: read.Head,
    path: str,
) -> HttpResponse:
    """The field, and what was found."""
    entries = listing.items if listing else []
    return answer(
        "search.html",
        head=head,
        title=_("Search"),
        address=path,
        status=400 if asked.faults else 200,
        alternate=feed(with_parameters("timeline/", asked.given)) if listing else "",
        asked=asked,
        path=path,
        listing=listing,
        found=found,
        noindex=True,
        **ordering(asked, path),
        entries=[
            {**brief_shown(entry), "stories": entry["stories"]} for entry in entries
        ],
    )


def only(given: QueryDict, *names: str) -> QueryDict:
    """These parameters of a request."""
    kept = given.copy()
    for name in given.keys() - set(names):
        del kept[name]
    return kept

"""Every correction, withdrawal, merge, hold and suppression: as a page and a feed."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timeline.publishing import read

from . import atom
from .answers import answer, feed
from .keeping import kept
from .listing import Listing
from .places import Place, read_token, token
from .revisions import versions_shown
from .views import NAME, missing, thing_of

ON_A_PAGE = 20
IN_FEED = 50


@dataclass(frozen=True, slots=True)
class Told:
    """Whose corrections are told: those of all events, or of one story's."""

    id: str = ""
    slug: str = ""
    title: str = ""

    def address(self, name: str) -> str:
        """The page or the feed of these."""
        path = reverse(f"web:{name}")
        return f"{path}?{urlencode({'story': self.slug})}" if self.slug else path


@require_safe
@kept
def corrections(request: HttpRequest) -> HttpResponse:
    """What was corrected or taken from view, the newest first."""
    head = read.head()
    told = told_of(request.GET.get("story"), head)
    if told is None:
        return missing(head)
    listing = page_of_corrections(told, request.GET.get("page", ""))
    shown = versions_shown(listing.items)
    title = _("Corrections")
    return answer(
        "corrections.html",
        head=head,
        title=f"{title}: {told.title}" if told.title else title,
        description=_("Whatever was corrected, withdrawn or merged here, and why."),
        address=listing.address,
        is_of_story=bool(told.id),
        story=told.title and {"slug": told.slug, "title": told.title},
        feed_address=told.address("corrections_feed"),
        changes_address=feed("changes/"),
        listing=listing,
        corrections=shown,
        noindex=any(row["names_private"] for row in shown),
    )


@require_safe
@kept
def corrections_feed(request: HttpRequest) -> HttpResponse:
    """The newest of them as an Atom feed."""
    head = read.head()
    told = told_of(request.GET.get("story"), head)
    if told is None:
        return missing(head)
    rows = read.corrections(limit=IN_FEED, story=told.id)
    title = _("Corrections")
    text = atom.feed(
        versions_shown(rows),
        title=f"{title}: {told.title}" if told.title else title,
        page=f"{settings.SITE_URL}{told.address('corrections')}",
        itself=f"{settings.SITE_URL}{told.address('corrections_feed')}",
        updated=rows[0].published_at if rows else None,
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def told_of(name: str | None, head: read.Head) -> Told | None:
    """Whose corrections are asked for; None where there never was such a story.

    One that has no event left has no title any more, and its corrections all the same.
    """
    if not name:
        return Told()
    key = NAME.fullmatch(name) and read.ids_of("story", [name]).get(name)
    if not key:
        return None
    row = read.thing("story", key)
    return Told(key, row.slug, thing_of(row, head)["title"]) if row else Told(key, name)


def page_of_corrections(told: Told, asked: str) -> Listing:
    """One page of them, with the addresses of those around it."""
    about = told.address("corrections")
    place = read_token(asked, about)
    rows = found_behind(place, told)
    if place.key is not None and not rows:
        place = Place()
        rows = found_behind(place, told)
    more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE]
    before, after = (more, True) if place.back else (place.key is not None, more)
    rows = rows[::-1] if place.back else rows

    def address(place: Place) -> str:
        joint = "&" if told.slug else "?"
        page = urlencode({"page": token(about, place)})
        return about if place.key is None else f"{about}{joint}{page}"

    return Listing(
        items=rows,
        address=address(place),
        previous=address(Place(rows[0].sequence, back=True)) if before else None,
        following=address(Place(rows[-1].sequence)) if after else None,
    )


def found_behind(place: Place, told: Told) -> list[read.Version]:
    """The acts behind a place, and one more, where there is one."""
    return read.corrections(
        limit=ON_A_PAGE + 1, story=told.id, after=place.key, back=place.back
    )

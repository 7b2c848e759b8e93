"""The page of a story: its events, with all that was said, now or as it was."""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from timeline.publishing import read

from .answers import answer, feed
from .asking import Asked, asked_for, ordering
from .fragments import asking_html
from .keeping import kept
from .listing import Listing, timeline_page, with_parameters
from .narrowing import chosen_of, filters_of
from .overview import overview_of
from .past import known_shown, stood_shown
from .private import names_private
from .timeline import groups_shown
from .views import linked, page_of, story_shown, thing_of


@kept
@page_of("story")
def story(request: HttpRequest, row, head: read.Head, path: str) -> HttpResponse:
    """A story's events, with all that was said."""
    thing = story_shown(thing_of(row, head))
    asked = asked_for(request.GET, read.Query(stories=(row.thing,)))
    if asked.faults:
        return unclear(asked, path, thing["title"], head)
    at = asked.at(head)
    listing = timeline_page(
        asked.query, head=head, path=path, asked=request.GET, kept=asked.given, at=at
    )
    look_up = partial(linked_then, listing.items, asked, at)
    return answer(
        "story.html",
        head=head,
        title=thing["title"],
        description=thing["summary"],
        address=path,
        alternate=feed(f"timeline/?story={row.slug}"),
        same_as_data=feed(
            with_parameters("timeline/", [("story", row.slug), *asked.given])
        ),
        scripted=True,
        story=thing,
        path=path,
        noindex=bool(asked.chosen or asked.words or asked.is_of_the_past)
        or names_private(listing.bodies),
        listing=listing,
        band=overview_of(
            listing,
            thing,
            asked.query,
            head=head,
            at=at,
            path=path,
            kept=asked.given,
        ),
        groups=groups_shown(
            listing,
            head,
            look_up=look_up if asked.is_of_the_past else linked,
            by_publication=asked.query.order == "-published",
        ),
        **ordering(asked, path),
        **asking_shown(asked, path, at, head, listing),
    )


def unclear(asked: Asked, path: str, title: str, head: read.Head) -> HttpResponse:
    """400: what the address asks for says nothing; a sentence for each part of it."""
    return answer(
        "unclear.html",
        head=head,
        title=_("This address is not understood"),
        status=400,
        faults=asked.faults,
        page={"address": path, "title": title},
    )


def asking_shown(
    asked: Asked, path: str, at: int, head: read.Head, listing: Listing
) -> dict:
    """What a page says of what it was asked for, and what else it can be asked."""
    is_all = not (listing.previous or listing.following)
    found = read.tally(
        asked.query, at=at, head=head, entries=listing.items if is_all else None
    )
    known = known_shown(asked, path, found, at=at, head=head)
    stood = stood_shown(asked, path)
    return {
        "known": known,
        "stood": stood,
        "as_it_is_now": with_parameters(path, asked.without("known_at", "as_of")),
        "asking": asking_html(
            {
                "path": path,
                "known": known,
                "stood": stood,
                "filters": filters_of(asked, found, path),
                "counted": found.events,
                "more": found.more,
                "chosen": chosen_of(asked, path),
                "words": asked.words,
                "without_words": with_parameters(path, asked.without("q")),
                "kept_with_words": asked.without("q"),
            }
        ),
    }


def linked_then(
    entries: Iterable[dict], asked: Asked, at: int, ids: Iterable[str], head: read.Head
) -> dict[str, dict]:
    """Statements that those of a page link to, as they were then."""
    wanted = set(ids)
    events = {
        link["event"]
        for entry in entries
        for statement in entry["statements"]
        for link in (*statement["links"], *statement["linked_by"])
        if link["statement"] in wanted
    }
    return read.statements_then(
        wanted,
        events,
        at=at,
        by=asked.query.known_by,
        made_for=head.site,
        site=settings.SITE_URL,
    )

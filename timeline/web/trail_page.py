"""The trail of a whole story, publisher by publisher."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from timeline.publishing import read

from .answers import answer, feed
from .private import any_private
from .trail import trail_shown
from .trail_graph import of_story
from .views import page_of, story_shown, thing_of

MOST_EVENTS = 300


@page_of("story", "story_trail")
def story_trail(request: HttpRequest, row, head: read.Head, path: str) -> HttpResponse:
    """Which outlets took what a story tells from which."""
    thing = story_shown(thing_of(row, head))
    told = read.trails_of_story(row.thing, limit=MOST_EVENTS)
    return answer(
        "story_trail.html",
        head=head,
        title=_("The trail: %(title)s") % thing,
        description=_("Who took it from whom: which outlets, and how often."),
        address=path,
        noindex=any_private(told.sources.values()),
        alternate=feed(f"timeline/?story={row.slug}"),
        story=thing,
        story_page=reverse("web:story", args=[row.slug]),
        trail=trail_shown(of_story(told)),
        most=MOST_EVENTS,
    )

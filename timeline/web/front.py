"""The front page: all stories, and what was published last."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timeline.publishing import read

from .answers import answer, feed
from .entries import brief_shown
from .keeping import kept
from .listing import things_page
from .sparkline import sparkline
from .views import story_shown, thing_of

STORIES_ON_FRONT = 50
LATEST = 10


@kept
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """All stories, and what was published last."""
    head, path = read.head(), reverse("web:front")
    listing = things_page("story", path=path, limit=STORIES_ON_FRONT, asked=request.GET)
    latest = read.page(
        read.Query(order="-published", page_size=LATEST),
        at=head.sequence,
        head=head.sequence,
        made_for=head.site,
    )
    return answer(
        "front.html",
        head=head,
        title="",
        description=_("Who said what, to whom, as reported by whom: timelines."),
        address=listing.address,
        alternate=feed("timeline/"),
        listing=listing,
        stories=stories_shown(listing.items, head),
        latest=[brief_shown(json.loads(body)) for body in latest.bodies],
        desk=reverse("admin:index"),
    )


def stories_shown(rows: list, head: read.Head) -> list[dict]:
    """Stories, each with its last change and a picture of when its events were."""
    ids = [row.thing for row in rows]
    changed = read.last_changed(ids, made_for=head.site, site=settings.SITE_URL)
    seconds = read.seconds_of(ids, head=head)
    return [
        {
            **story_shown(thing_of(row, head)),
            "changed": brief_shown(changed[row.thing]) if row.thing in changed else "",
            "spark": sparkline(seconds[row.thing]),
        }
        for row in rows
    ]

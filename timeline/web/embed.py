"""A story in short, for other sites to show in a frame of theirs."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from timeline.publishing import read
from timeline.styles import style_source

from .answers import Moved, site_shown
from .entries import brief_shown
from .keeping import kept
from .listing import timeline_page
from .views import NAME, missing, story_shown, thing_of
from .words import FALLEN

# Any site may frame it, and it has nothing that a frame could be misused for: no
# form, no cookie, and one script that says how high it is.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src {styles}",
        "script-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    )
)
SHOWN = 20
MISSING = 404


@require_safe
def embed(request: HttpRequest, name: str) -> HttpResponse:
    """The newest events of a story, each a link to its page; only these are framed."""
    response = in_frame(request, name)
    response.xframe_options_exempt = response.status_code != MISSING
    return response


@kept
def in_frame(request: HttpRequest, name: str) -> HttpResponse:
    """The page that is in the frame."""
    head = read.head()
    row = read.thing("story", name) if NAME.fullmatch(name) else None
    if row is None:
        return missing(head)
    if row.slug != name:
        return Moved(reverse("web:embed", args=[row.slug]))
    response = HttpResponse(
        render_to_string("timeline/embed.html", shown_in_frame(row, head))
    )
    response["Content-Security-Policy"] = POLICY.format(styles=style_source())
    response["X-Robots-Tag"] = "noindex"
    return response


def shown_in_frame(row, head: read.Head) -> dict:
    """The story in short: its title, its newest events, and how many there are."""
    thing = story_shown(thing_of(row, head))
    path = reverse("web:story", args=[row.slug])
    query = read.Query(stories=(row.thing,), page_size=SHOWN)
    listing = timeline_page(query, head=head, path=path, asked={})
    return {
        "site": site_shown(head),
        "story": thing,
        "address": f"{settings.SITE_URL}{path}",
        "entries": [in_short(entry) for entry in listing.items],
        "left_out": max(0, thing["counts"]["events"] - len(listing.items)),
    }


def in_short(entry: dict) -> dict:
    """An entry in a line: when, what, and whether anything said of it has fallen."""
    fallen = sum(row["standing"] in FALLEN for row in entry["statements"])
    page = reverse("web:event", args=[entry["slug"]])
    return {
        **brief_shown(entry),
        "address": f"{settings.SITE_URL}{page}",
        "count": len(entry["statements"]),
        "fallen": fallen,
    }

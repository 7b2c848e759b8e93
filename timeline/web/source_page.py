"""The page of a source: what it carries, where it came from, what rests on it alone."""

import json
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from timeline.publishing import read

from .answers import answer, feed
from .entries import statement_shown
from .private import any_private, names_private
from .sources import whole_source_shown
from .times import shown
from .trail import trail_shown
from .trail_graph import of_source
from .views import linked, page_of

MOST_RESTING = 100


@page_of("source")
def source(request: HttpRequest, row, head: read.Head, path: str) -> HttpResponse:
    """What a source is, where it comes from, and what rests on it."""
    text = read.source_text(row, made_for=head.site, site=settings.SITE_URL)
    thing = json.loads(text)
    resting = thing["rests_on_it"]["statements"]
    alone = {one["id"] for one in thing["rests_on_it"]["alone"]}
    told = whole_source_shown(thing)
    statements = resting_shown(resting[:MOST_RESTING], alone, head)
    trails = trails_of(resting[:MOST_RESTING])
    return answer(
        "source.html",
        head=head,
        title=told["name"],
        description=_("What this source is, and what rests on it."),
        address=path,
        noindex=names_private([text])
        or any_private(trails.sources.values(), statements),
        alternate=feed(f"timeline/?source={row.slug}"),
        source=told,
        about_feed=feed(f"sources/{row.slug}/"),
        statements=statements,
        trail=trail_shown(of_source(trails, thing)),
        count=len(resting),
        alone=len(alone),
        left_out=max(0, len(resting) - MOST_RESTING),
    )


def trails_of(resting: Iterable[Mapping]) -> read.Told:
    """The trails of statements, of those alone, and of all that is on them."""
    wanted = {row["id"]: row["event"] for row in resting}
    told = read.trails_of_events(set(wanted.values()))
    trails = {key: one for key, one in told.trails.items() if key in wanted}
    return read.Told(trails, told.sources, told.more)


def resting_shown(
    rows: Iterable[Mapping], alone: set[str], head: read.Head
) -> list[dict]:
    """Statements that rest on a source, in the order of `rows`."""
    found = linked([row["id"] for row in rows], head)
    return [
        {
            **statement_shown(statement, {}),
            "event": {
                **statement["event"],
                "date": shown(statement["event"]["date"]),
            },
            "rests_on_it_alone": row["id"] in alone,
        }
        for row in rows
        if (statement := found.get(row["id"]))
    ]

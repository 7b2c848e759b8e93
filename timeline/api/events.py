"""Events, their revisions and their statements, one by one."""

from django.conf import settings
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from timeline.publishing import read

from .describing import SLUG, described
from .errors import gone, held, merged
from .feed import Feed
from .pagination import address
from .renderers import as_text, page_text


@described(
    "getEvent", "Entry", path=[SLUG], problems={308: "Merged", 410: "Gone", 451: "Held"}
)
class Event(Feed):
    """One event as it now stands, by slug or id."""

    def answer(self, wanted, name):
        event = known_event(name)
        if event.state == "live":
            return Response(event.body)
        if event.state == "merged" and event.successor:
            raise merged(address(f"events/{event.successor}/"))
        raise gone(event.tombstone)


@described("listRevisions", "RevisionList", path=[SLUG], problems={451: "Held"})
class Revisions(Feed):
    """All revisions of an event, the newest first; of one that is gone, too."""

    def answer(self, wanted, name):
        event = known_event(name)
        rows = [
            as_text(read.revision_row(row, slug=event.slug, site=settings.SITE_URL))
            for row in read.revisions(event.id)
        ]
        return Response(page_text(rows, following=None, previous=None))


@described(
    "getRevision",
    "PublishedRevision",
    path=[SLUG, "number"],
    problems={410: "Gone", 451: "Held"},
)
class Revision(Feed):
    """An event as one revision showed it, byte for byte."""

    def answer(self, wanted, name, number):
        event = known_event(name)
        site, made_for = settings.SITE_URL, read.head().site
        try:
            text = read.revision(event.id, int(number), made_for=made_for, site=site)
        except read.Suppressed as suppressed:
            raise gone(suppressed.tombstone) from suppressed
        if text is None:
            raise NotFound
        return Response(text)


def known_event(name: str) -> read.EventAnswer:
    """An event that was ever published and is not on hold."""
    site = settings.SITE_URL
    event = read.event(name, made_for=read.head().site, site=site)
    if event is None:
        raise NotFound
    if event.state == "held":
        raise held()
    return event


@described("getStatement", "StatementOfEvent", path=[SLUG])
class Statement(Feed):
    """One statement of a current entry, by slug or id, with its event."""

    def answer(self, wanted, name):
        site = settings.SITE_URL
        text = read.statement(name, made_for=read.head().site, site=site)
        if text is None:
            raise NotFound
        return Response(text)

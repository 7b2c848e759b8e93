"""The timeline, its events and their revisions."""

from django.conf import settings
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from timeline.publishing import read

from .describing import SLUG, described, page_of
from .errors import Refusal, bad_parameters, begin_again, gone, held
from .feed import Feed, paged
from .fields import OTHER_LIST
from .filters import TimelineFilters, fault, repeated
from .pagination import Place, address, cursor_to, digest_of
from .renderers import as_text, page_text


class Timeline(Feed):
    """Current entries, as they stood when the walk over their pages began."""

    filters = TimelineFilters
    path = "timeline/"

    def answer(self, wanted):
        head = read.head()
        place = wanted.pop("cursor", None)
        query = read.Query(**wanted)
        binding = binding_of(query)
        at = self.begun_at(place, binding, head)
        page = read.page(
            query,
            at=at,
            after=place.key if place else None,
            back=place.back if place else False,
        )
        following = previous = None
        if page.more_after and page.last is not None:
            following = self.page_at(Place(at, page.last, False, binding))
        if page.more_before and page.first is not None:
            previous = self.page_at(Place(at, page.first, True, binding))
        bodies = sent(page.bodies, head)
        text = page_text(bodies, following=following, previous=previous)
        return paged(text, following=following, previous=previous)

    def begun_at(self, place: Place | None, binding: str, head: read.Head) -> int:
        """The sequence that the walk shows."""
        if place is None:
            return head.sequence
        if place.list != binding:
            raise bad_parameters([fault("cursor", OTHER_LIST)])
        if place.sequence > head.sequence:
            raise begin_again(
                address(self.path, repeated(self.filters, self.given, without="cursor"))
            )
        return place.sequence

    def page_at(self, place: Place) -> str:
        kept = repeated(self.filters, self.given, without="cursor")
        return address(self.path, [*kept, ("cursor", cursor_to(place))])


@described(
    "listTimeline",
    page_of("Entry"),
    filters=TimelineFilters,
    problems={410: "Resync"},
)
class TimelineList(Timeline):
    """Current entries, the newest event first."""


@described(
    "listEvents", page_of("Entry"), filters=TimelineFilters, problems={410: "Resync"}
)
class EventList(Timeline):
    """The same as the timeline."""

    path = "events/"


def binding_of(query: read.Query) -> str:
    """What a cursor is bound to: all of a query but the size of its pages."""
    return digest_of(
        "timeline",
        query.stories,
        query.actors,
        query.sources,
        query.speakers,
        query.since and query.since.edtf,
        query.until and query.until.edtf,
        query.match,
        query.order,
    )


def sent(bodies: list[str], head: read.Head) -> list[str]:
    """Bodies with the addresses of this site."""
    site = settings.SITE_URL
    return [read.moved(body, made_for=head.site, site=site) for body in bodies]


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
            raise moved_to(address(f"events/{event.successor}/"))
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
        if event.state == "suppressed":
            raise gone(event.tombstone)
        text = read.revision(
            event.id, int(number), made_for=read.head().site, site=settings.SITE_URL
        )
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


def moved_to(location: str) -> Refusal:
    """308: it is part of another event now."""
    sentence = f"This was merged into another event: {location}"
    return Refusal(308, sentence, location=location)


@described("getStatement", "StatementOfEvent", path=[SLUG])
class Statement(Feed):
    """One statement of a current entry, by slug or id, with its event."""

    def answer(self, wanted, name):
        site = settings.SITE_URL
        text = read.statement(name, made_for=read.head().site, site=site)
        if text is None:
            raise NotFound
        return Response(text)

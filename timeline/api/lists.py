"""Lists that show the record: the timeline and its statements, in every format."""

from datetime import datetime
from functools import lru_cache
from itertools import chain

import orjson
from django.conf import settings
from django.http import StreamingHttpResponse
from rest_framework.exceptions import NotAcceptable
from rest_framework.response import Response

from timeline.publishing import read

from .describing import described, page_of
from .errors import bad_parameters, begin_again
from .feed import Feed, paged, with_links
from .fields import OTHER_LIST
from .filters import StatementFilters, TimelineFilters, fault, repeated
from .formats import EVENTS, FORMATS, STATEMENTS, About, Format, chosen
from .pagination import Place, address, cursor_to, digest_of
from .renderers import ReadyJSON, page_text

WHOLE = 10_000  # rows of an answer that is not cut into pages
JSON = "json"
BY_PUBLICATION = "-published"
UNBOUND = ("page_size", "cursor", "format", "order")
TITLES_ARE_TODAYS = "Titles and summaries are today's."
DATE = '"date":{"edtf":"'  # the first of an entry is the event's own
DESCRIPTION = "What happened, and who said what, as far as it was reported."


class RecordList(Feed):
    """Current entries, as they stood when the walk over their pages began."""

    kind = EVENTS
    path = "timeline/"
    form: Format = FORMATS[JSON]

    def perform_content_negotiation(self, request, force=False):
        """The format that `format` names, or `Accept` prefers."""
        name = request.GET.get("format")
        accept = request.META.get("HTTP_ACCEPT", "*/*")
        form = chosen(accept, name, kind=self.kind)
        if form is None and name is None and not force:
            raise NotAcceptable
        self.form = form or FORMATS[JSON]  # what `format` cannot be is told as a fault
        return ReadyJSON(), self.form.media_type

    def form_of(self, request) -> str:
        return self.form.name

    def answer(self, wanted):
        wanted.pop("format", None)
        place, as_of = wanted.pop("cursor", None), wanted.pop("as_of", None)
        if self.form.newest_first:
            wanted.setdefault("order", BY_PUBLICATION)
        query = read.Query(of_statements=self.kind == STATEMENTS, **wanted)
        binding = binding_of(self.kind, query.order, self.normalised)
        asked = Asked(query, self.begun_at(place, binding, as_of), binding, place)
        return self.whole(asked) if self.form.whole else self.page(asked)

    def begun_at(self, place, binding: str, as_of: datetime | None) -> int:
        """The sequence that the walk shows."""
        if place is None:
            head = self.record_head.sequence
            return head if as_of is None else min(head, read.sequence_at(as_of))
        if place.list != binding:
            raise bad_parameters([fault("cursor", OTHER_LIST)])
        if place.sequence > self.record_head.sequence:
            raise begin_again(address(self.path, self.kept_parameters()))
        return place.sequence

    def kept_parameters(self) -> list[tuple[str, str]]:
        return repeated(self.filters, self.given, without="cursor")

    def page_at(self, asked: "Asked", key, *, back: bool) -> str:
        place = Place(asked.at, list(key), back, asked.binding)
        return address(
            self.path, [*self.kept_parameters(), ("cursor", cursor_to(place))]
        )

    def page(self, asked: "Asked") -> Response:
        head = self.record_head
        page = read.page(
            asked.query,
            at=asked.at,
            head=head.sequence,
            made_for=head.site,
            after=asked.after,
            back=asked.back,
        )
        following = previous = None
        if page.more_after and page.last is not None:
            following = self.page_at(asked, page.last, back=False)
        if page.more_before and page.first is not None:
            previous = self.page_at(asked, page.first, back=True)
        if self.form.name == JSON:
            more = self.known(asked) if asked.query.known_at else {}
            text = page_text(
                page.bodies, following=following, previous=previous, more=more
            )
            return paged(text, following=following, previous=previous)
        entries = [orjson.loads(body) for body in page.bodies]
        about = self.about(asked, entries, page, following=following, previous=previous)
        response = Response(
            "".join(self.form.write(entries, about)),
            content_type=self.form.content_type,
        )
        if self.form.leaves_out:
            dates = (entry["date"]["edtf"] for entry in entries)
            response["Dateline-Left-Out"] = str(self.form.left_out(dates))
        return with_links(response, following=following, previous=previous)

    def known(self, asked: "Asked") -> dict:
        """What is said of a list of what had been reported by a day."""
        undated, more = read.undated(asked.query, at=asked.at, head=self.record_head)
        return {
            "known_at": {
                "date": asked.query.known_at.edtf,
                "undated": undated,
                "undated_is_at_least": more,
                "note": TITLES_ARE_TODAYS,
            }
        }

    def whole(self, asked: "Asked") -> StreamingHttpResponse:
        """All there is, up to a limit, sent as it is read."""
        last = read.reach(
            asked.query,
            at=asked.at,
            head=self.record_head.sequence,
            limit=WHOLE,
            after=asked.after,
        )
        following = self.page_at(asked, last, back=False) if last else None
        about = self.about(asked, [], None, following=following, previous=None)
        entries = (orjson.loads(body) for body in self.bodies(asked))
        response = StreamingHttpResponse(
            (text.encode() for text in self.form.write(entries, about)),
            content_type=self.form.content_type,
        )
        name = self.form.filename(self.kind)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        if self.form.leaves_out:
            dates = (edtf_of(body) for body in self.bodies(asked))
            response["Dateline-Left-Out"] = str(self.form.left_out(dates))
        return with_links(response, following=following, previous=None)

    def bodies(self, asked: "Asked"):
        head = self.record_head
        return read.every(
            asked.query,
            at=asked.at,
            head=head.sequence,
            made_for=head.site,
            limit=WHOLE,
            after=asked.after,
        )

    def about(self, asked: "Asked", entries, page, *, following, previous) -> About:
        """What a format may say of this answer."""
        gone = ()
        if page and self.form.newest_first and asked.query.order == BY_PUBLICATION:
            gone = tuple(
                read.departed(
                    asked.query,
                    page,
                    at=asked.at,
                    after=None if asked.back else asked.after,
                    site=settings.SITE_URL,
                )
            )
        acts = chain(
            (row["revision"]["published_at"] for row in entries if "revision" in row),
            (row["published_at"] for row in gone),
        )
        publisher = settings.DATELINE_PUBLISHER
        given = {name: self.given.get(name) for name in ("known_at", "as_of")}
        story = self.story(asked.query)
        title = story.get("title", "timeline" if publisher else "Timeline")
        return About(
            kind=self.kind,
            title=f"{publisher}: {title}" if publisher else title,
            description=story.get("summary") or DESCRIPTION,
            self_url=address(self.path, self.given_parameters()),
            html_url=story.get("html_url") or f"{settings.SITE_URL}/",
            next_url=following,
            previous_url=previous,
            updated=max(acts, default=self.record_head.published_at),
            publisher=publisher,
            contact=settings.DATELINE_CONTACT,
            licence_name=settings.DATELINE_LICENCE_NAME,
            licence_url=settings.DATELINE_LICENCE_URL,
            site=settings.SITE_URL,
            gone=gone,
            **given,
        )

    def story(self, query: read.Query) -> dict:
        """The one story that is asked for, as the feed has it; empty otherwise."""
        if len(query.stories) != 1:
            return {}
        row = read.thing("story", query.stories[0])
        if row is None:  # none of its events is shown any more
            return {}
        made_for = self.record_head.site
        text = read.thing_text(row, made_for=made_for, site=settings.SITE_URL)
        return orjson.loads(text)

    def given_parameters(self) -> list[tuple[str, str]]:
        """The parameters of this request, in their own order."""
        return repeated(self.filters, self.given, without="")


class Asked:
    """A query, from where and at which sequence it is answered."""

    def __init__(self, query: read.Query, at: int, binding: str, place: Place | None):
        self.query, self.at, self.binding, self.place = query, at, binding, place
        self.after = key_of(place) if place else None
        self.back = bool(place and place.back)


def key_of(place: Place) -> tuple[int, int]:
    """The key that a cursor holds; the first ones that were given out held one part."""
    return (place.key, 0) if isinstance(place.key, int) else tuple(place.key)


@lru_cache(maxsize=1024)
def binding_of(kind: str, order: str, asked: tuple[tuple[str, str], ...]) -> str:
    """What a cursor is bound to: all that is asked for but the size of pages."""
    pairs = [pair for pair in asked if pair[0] not in UNBOUND]
    return digest_of(kind, order, pairs)


def edtf_of(body: str | bytes) -> str:
    """The date of an entry, without parsing it: no text can look like it."""
    text = body.decode() if isinstance(body, bytes) else body
    start = text.index(DATE) + len(DATE)
    return text[start : text.index('"', start)]


@described(
    "listTimeline",
    page_of("Entry"),
    filters=TimelineFilters,
    problems={410: "Resync"},
)
class TimelineList(RecordList):
    """Current entries, the newest event first."""

    filters = TimelineFilters


@described(
    "listEvents", page_of("Entry"), filters=TimelineFilters, problems={410: "Resync"}
)
class EventList(RecordList):
    """The same as the timeline."""

    filters = TimelineFilters
    path = "events/"


@described(
    "listStatements",
    page_of("StatementOfEvent"),
    filters=StatementFilters,
    problems={410: "Resync"},
)
class StatementList(RecordList):
    """Statements of current entries, each with its event, the newest event first."""

    filters = StatementFilters
    kind = STATEMENTS
    path = "statements/"

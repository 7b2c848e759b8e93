"""The record itself: where it stands, and all of its rows from a point on."""

from dataclasses import asdict

from rest_framework.response import Response

from timeline.publishing import read

from .describing import described
from .errors import begin_again
from .feed import Feed, paged
from .fields import PAGE_SIZE
from .filters import ChangesFilters, repeated
from .pagination import address
from .renderers import page_text

FORMAT = 1


@described("getRecord", "Head")
class Record(Feed):
    """The last row of the record, for others to note."""

    def answer(self, wanted):
        return Response(head_body(self.record_head))


def head_body(head: read.Head) -> dict:
    """Where the record stands; of an empty one, before its first row."""
    told = asdict(head)
    del told["site"], told["form"]
    return {**told, "format": FORMAT}


@described(
    "listChanges", "ChangePage", filters=ChangesFilters, problems={410: "Resync"}
)
class Changes(Feed):
    """The rows of the record in their order, from a point on."""

    filters = ChangesFilters

    def get(self, request, **names):
        try:
            return super().get(request, **names)
        except read.Resync as resync:
            kept = repeated(self.filters, self.given, without="since")
            raise begin_again(address("changes/", kept)) from resync

    def answer(self, wanted):
        size = wanted.get("page_size", PAGE_SIZE)
        rows = read.changes(wanted.get("since", 0), limit=size)
        since = read.cursor_of(rows[-1]) if rows else self.given.get("since")
        kept = repeated(self.filters, self.given, without="since")
        following = address("changes/", [("since", since), *kept] if since else kept)
        bodies = [read.change_text(row) for row in rows]
        text = page_text(bodies, following=following, previous=None)
        return paged(text, following=following, previous=None)

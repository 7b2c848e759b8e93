"""The page of an event as readers would get it, were it published now."""

import json
from collections.abc import Iterable, Mapping

from django.http import HttpResponse

from timeline.publishing import read
from timeline.publishing.read.rendering import entry_body

from .answers import answer, feed
from .revisions import revisions_shown
from .views import entries_shown

OF_THE_REVISION = ("number", "sequence", "kind", "note", "published_at", "digest")


def render_preview(
    document: Mapping, *, others: Iterable[Mapping] = (), back: str
) -> HttpResponse:
    """The page of a document that is not in the record, and says so.

    `others` are the documents of other events that would change with it, `back` where
    the preview is left for. Its revisions are those that there are.
    """
    head = read.head()
    found = read.EventAnswer(document["id"], document["slug"], "preview")
    entries = [entry_of(one) for one in (document, *others)]
    entry = entries_shown(entries, head)[0]
    response = answer(
        "event.html",
        head=head,
        title=entry["title"],
        alternate=feed(f"events/{found.slug}/"),
        entry=entry,
        preview=back,
        **revisions_shown(found),
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def entry_of(document: Mapping) -> dict:
    """A document as the feed would send it, but for what an act adds to it."""
    document = {**document, "act": {"caused_by": None}}
    revision = dict.fromkeys(OF_THE_REVISION)
    return json.loads(entry_body(document, revision, site=""))

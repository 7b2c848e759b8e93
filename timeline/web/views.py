"""The public pages: what is asked for is looked up in the record and shown."""

import json
import re
from collections.abc import Iterable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timeline.publishing import read

from .answers import Moved, answer, feed
from .entries import brief_shown, by_id, entry_shown, linked_ids, statement_shown
from .listing import (
    OLDEST_FIRST,
    Listing,
    asked_order,
    things_page,
    timeline_page,
    turned,
)
from .sources import whole_source_shown
from .times import instant_shown, shown, span
from .words import ACTOR_KINDS, REVISION_KINDS, words

NAME = re.compile(r"[a-z0-9_-]{1,100}")
STORIES_ON_FRONT = 50
LATEST = 10
MOST_REVISIONS = 50
MOST_RESTING = 100


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
        stories=[story_shown(thing_of(row, head)) for row in listing.items],
        latest=[brief_shown(json.loads(body)) for body in latest.bodies],
        desk=reverse("admin:index"),
    )


def page_of(noun: str):
    """A view of one thing of this noun: looked up first, by its slug or id."""

    def decorate(view):
        @require_safe
        @wraps(view)
        def wrapped(request: HttpRequest, name: str) -> HttpResponse:
            head = read.head()
            row = read.thing(noun, name) if NAME.fullmatch(name) else None
            if row is None:
                return missing(head)
            path = reverse(f"web:{noun}", args=[row.slug])
            if row.slug != name:
                return Moved(path)
            return view(request, row, head, path)

        return wrapped

    return decorate


@page_of("story")
def story(request: HttpRequest, row, head: read.Head, path: str) -> HttpResponse:
    """A story's events, with all that was said."""
    thing = story_shown(thing_of(row, head))
    query = read.Query(stories=(row.thing,))
    listing = timeline_page(query, head=head, path=path, asked=request.GET)
    return answer(
        "story.html",
        head=head,
        title=thing["title"],
        description=thing["summary"],
        alternate=feed(f"timeline/?story={row.slug}"),
        story=thing,
        entries=entries_shown(listing.items, head),
        **parts_of_listing(listing, path, request),
    )


@page_of("actor")
def actor(request: HttpRequest, row, head: read.Head, path: str) -> HttpResponse:
    """Who somebody is, and the events they have a part in."""
    thing = thing_of(row, head)
    query = read.Query(actors=(row.thing,))
    listing = timeline_page(query, head=head, path=path, asked=request.GET)
    affiliations = [
        {**one, "since": shown(one["since"]), "until": shown(one["until"])}
        for one in thing["affiliations"]
    ]
    return answer(
        "actor.html",
        head=head,
        title=thing["name"],
        description=_("What %(name)s said and did, as reported.") % thing,
        alternate=feed(f"timeline/?actor={row.slug}"),
        actor={
            **thing,
            "kind": words(ACTOR_KINDS, thing["kind"]),
            "affiliations": affiliations,
        },
        about_feed=feed(f"actors/{row.slug}/"),
        entries=[brief_shown(entry) for entry in listing.items],
        **parts_of_listing(listing, path, request),
    )


@page_of("source")
def source(request: HttpRequest, row, head: read.Head, path: str) -> HttpResponse:
    """What a source is, where it comes from, and what rests on it."""
    text = read.source_text(row, made_for=head.site, site=settings.SITE_URL)
    thing = json.loads(text)
    resting = thing["rests_on_it"]["statements"]
    alone = {one["id"] for one in thing["rests_on_it"]["alone"]}
    told = whole_source_shown(thing)
    return answer(
        "source.html",
        head=head,
        title=told["name"],
        description=_("What this source is, and what rests on it."),
        address=path,
        alternate=feed(f"timeline/?source={row.slug}"),
        source=told,
        about_feed=feed(f"sources/{row.slug}/"),
        statements=resting_shown(resting[:MOST_RESTING], alone, head),
        count=len(resting),
        alone=len(alone),
        left_out=max(0, len(resting) - MOST_RESTING),
    )


@page_of("topic")
def topic(request: HttpRequest, row, head: read.Head, path: str) -> HttpResponse:
    """How much there is on a topic, and where the feed has it."""
    thing = thing_of(row, head)
    return answer(
        "topic.html",
        head=head,
        title=thing["name"],
        address=path,
        topic=thing,
        about_feed=feed(f"topics/{row.slug}/"),
    )


@require_safe
def event(request: HttpRequest, name: str) -> HttpResponse:
    """One event in full, or what became of it."""
    head = read.head()
    found = event_of(name, head) if NAME.fullmatch(name) else None
    if found is None:
        return missing(head)
    if found.state == "held":
        return answer("held.html", head=head, title=_("On hold"), status=451)
    if found.state == "merged" and found.successor:
        return Moved(reverse("web:event", args=[found.successor]))
    if found.state != "live":
        return gone(found, head)
    if found.slug != name:
        return Moved(reverse("web:event", args=[found.slug]))
    return event_page(found, head)


def event_page(found: read.EventAnswer, head: read.Head) -> HttpResponse:
    """A live event, with its revisions."""
    entry = json.loads(found.body)
    return answer(
        "event.html",
        head=head,
        title=entry["title"],
        description=entry["summary"],
        address=reverse("web:event", args=[found.slug]),
        alternate=feed(f"events/{found.slug}/"),
        entry=entries_shown([entry], head)[0],
        **revisions_shown(found),
    )


def gone(found: read.EventAnswer, head: read.Head) -> HttpResponse:
    """410: what was published is no longer shown, and why."""
    suppressed = found.state == "suppressed"
    told = found.tombstone
    return answer(
        "gone.html",
        head=head,
        title=_("Suppressed") if suppressed else _("Withdrawn"),
        status=410,
        suppressed=suppressed,
        note=told["note"],
        published=instant_shown(told["published_at"]),
        successor=told["successor"],
        **revisions_shown(found),
    )


def missing(head: read.Head) -> HttpResponse:
    """404: the same bytes for what is hidden and for what does not exist."""
    return answer("missing.html", head=head, title=_("Not found"), status=404)


def event_of(name: str, head: read.Head) -> read.EventAnswer | None:
    """What there is to say of the event with this slug or id."""
    return read.event(name, made_for=head.site, site=settings.SITE_URL)


def thing_of(row, head: read.Head) -> dict:
    """A named thing, with its counts."""
    return json.loads(read.thing_text(row, made_for=head.site, site=settings.SITE_URL))


def entries_shown(entries: Iterable[dict], head: read.Head) -> list[dict]:
    """Entries for a page, with the statements elsewhere that theirs link to."""
    entries = list(entries)
    here = by_id(entries)
    known = here | linked(linked_ids(entries) - here.keys(), head)
    return [entry_shown(entry, known) for entry in entries]


def linked(ids: Iterable[str], head: read.Head) -> dict[str, dict]:
    """Statements by id, each with its event."""
    return read.statements_by_id(ids, made_for=head.site, site=settings.SITE_URL)


def resting_shown(rows: list[dict], alone: set[str], head: read.Head) -> list[dict]:
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


def story_shown(thing: dict) -> dict:
    """A story with the days it spans, in words."""
    return {**thing, "span": span(thing["from"], thing["until"])}


def revisions_shown(found: read.EventAnswer) -> dict:
    """All that was done with an event, the newest first, and its last correction."""
    rows = read.revisions(found.id)
    corrections = (row for row in rows if row.kind == "correction")
    correction = next(corrections, None)
    return {
        "revisions": [revision_shown(row, found) for row in rows[:MOST_REVISIONS]],
        "more_revisions": len(rows) > MOST_REVISIONS,
        "all_readable": all(row.salt for row in rows),
        "revisions_feed": feed(f"events/{found.slug}/revisions/"),
        "correction": correction and revision_shown(correction, found),
    }


def revision_shown(row, found: read.EventAnswer) -> dict:
    """One revision of an event, with its address in the feed."""
    return {
        "number": row.number,
        "kind": words(REVISION_KINDS, row.kind),
        "note": row.note,
        "published": instant_shown(row.published_at),
        "address": feed(f"events/{found.slug}/revisions/{row.number}/"),
        "suppressed": row.salt is None,
    }


def parts_of_listing(listing: Listing, path: str, request: HttpRequest) -> dict:
    """What the page of a list says of its place in it."""
    order = asked_order(request.GET)
    return {
        "address": listing.address,
        "listing": listing,
        "oldest_first": order == OLDEST_FIRST,
        "turned": turned(path, order),
    }

"""The public pages: what is asked for is looked up in the record and shown."""

import json
import re
from collections.abc import Callable, Iterable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from timeline.drawing import facts_html
from timeline.publishing import read

from .answers import Moved, answer, feed
from .entries import by_id, entry_shown, linked_ids
from .fragments import told_in_full
from .listing import (
    OLDEST_FIRST,
    Listing,
    asked_order,
    turned,
)
from .private import names_private
from .revisions import revisions_shown
from .times import instant_shown, span
from .trail import trail_of_event, with_trails

NAME = re.compile(r"[a-z0-9_-]{1,100}")


def page_of(noun: str, page: str = ""):
    """A view of one thing of this noun: looked up first, by its slug or id.

    `page` is the name of its address, where that is not the thing's own.
    """

    def decorate(view):
        @require_safe
        @wraps(view)
        def wrapped(request: HttpRequest, name: str) -> HttpResponse:
            head = read.head()
            row = read.thing(noun, name) if NAME.fullmatch(name) else None
            if row is None or is_private(row):
                return missing(head)
            path = reverse(f"web:{page or noun}", args=[row.slug])
            if row.slug != name:
                return Moved(path)
            return view(request, row, head, path)

        return wrapped

    return decorate


@page_of("topic")
def topic(request: HttpRequest, row, head: read.Head, path: str) -> HttpResponse:
    """How much there is on a topic, and where the feed has it."""
    thing = thing_of(row, head)
    return answer(
        "topic.html",
        head=head,
        title=thing["name"],
        address=path,
        topic={**thing, "facts": facts_html(thing)},
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
    told = read.trails_of_events([found.id])
    return answer(
        "event.html",
        head=head,
        title=entry["title"],
        description=entry["summary"],
        address=reverse("web:event", args=[found.slug]),
        alternate=feed(f"events/{found.slug}/"),
        entry=with_trails(entries_shown([entry], head)[0], told),
        trail=trail_of_event(told),
        noindex=names_private([found.body]),
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


def is_private(row) -> bool:
    """Whether a thing is a person who is to have no page of their own."""
    return row.noun == "actor" and json.loads(row.body).get("private", False)


def thing_of(row, head: read.Head) -> dict:
    """A named thing, with its counts."""
    return json.loads(read.thing_text(row, made_for=head.site, site=settings.SITE_URL))


def entries_shown(
    entries: Iterable[dict], head: read.Head, *, look_up: Callable | None = None
) -> list[dict]:
    """Entries for a page, with the statements elsewhere that theirs link to.

    Those are as they are now, or what `look_up` says of them.
    """
    entries = list(entries)
    here = by_id(entries)
    known = here | (look_up or linked)(linked_ids(entries) - here.keys(), head)
    return [told_in_full(entry_shown(entry, known), entry) for entry in entries]


def linked(ids: Iterable[str], head: read.Head) -> dict[str, dict]:
    """Statements by id, each with its event."""
    return read.statements_by_id(ids, made_for=head.site, site=settings.SITE_URL)


def story_shown(thing: dict) -> dict:
    """A story with the days it spans, in words."""
    told = {**thing, "span": span(thing["from"], thing["until"])}
    return told | {"facts": facts_html(told)}


def parts_of_listing(listing: Listing, path: str, request: HttpRequest) -> dict:
    """What the page of a list says of its place in it."""
    order = asked_order(request.GET)
    return {
        "address": listing.address,
        "listing": listing,
        "oldest_first": order == OLDEST_FIRST,
        "turned": turned(path, order),
    }

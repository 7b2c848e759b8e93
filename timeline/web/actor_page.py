"""The page of an actor: what they said and did over time, and what of it stands."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from timeline.drawing import facts_html
from timeline.publishing import read

from .answers import answer, feed
from .entries import brief_shown, by_id, linked_ids, statement_shown
from .listing import timeline_page
from .private import names_private
from .times import shown
from .views import linked, page_of, parts_of_listing, thing_of
from .words import ACTOR_KINDS, ACTOR_ROLES, STANDING_COUNTS, VOICES, words


@page_of("actor")
def actor(request: HttpRequest, row, head: read.Head, path: str) -> HttpResponse:
    """Who somebody is, and the events they have a part or a voice in."""
    thing = thing_of(row, head)
    query = read.Query(actors=(row.thing,))
    listing = timeline_page(query, head=head, path=path, asked=request.GET)
    here = by_id(listing.items)
    known = here | linked(linked_ids(listing.items) - here.keys(), head)
    return answer(
        "actor.html",
        head=head,
        title=thing["name"],
        description=_("What %(name)s said and did, as reported.") % thing,
        alternate=feed(f"timeline/?actor={row.slug}"),
        actor=actor_shown(thing),
        voiced=voiced_shown(read.voiced(row.thing, head=head)),
        about_feed=feed(f"actors/{row.slug}/"),
        entries=[part_shown(entry, row.thing, known) for entry in listing.items],
        noindex=names_private([row.body, *listing.bodies]),
        **parts_of_listing(listing, path, request),
    )


def actor_shown(thing: Mapping) -> dict:
    """An actor with its kind and the days of its affiliations in words."""
    affiliations = [
        {**one, "since": shown(one["since"]), "until": shown(one["until"])}
        for one in thing["affiliations"]
    ]
    kind = words(ACTOR_KINDS, thing["kind"])
    told = {"kind": kind, "affiliations": affiliations, "facts": facts_html(thing)}
    return {**thing, **told}


def voiced_shown(found: read.Voiced) -> dict:
    """How many statements there are, and how many of them stand, in words."""
    return {
        "statements": found.statements,
        "more": found.more,
        "standings": [
            {"words": told % {"n": count}, "has_fallen": code != "stands"}
            for code, told in STANDING_COUNTS.items()
            if (count := found.standings[code])
        ],
    }


def part_shown(entry: Mapping, actor: str, known: Mapping[str, Mapping]) -> dict:
    """An entry in short: an actor's roles in it, and what was said with their voice."""
    said, heard = [], 0
    for statement in entry["statements"]:
        if parts := read.voices_of(statement, actor):
            told = [words(VOICES, part) for part in parts if part in VOICES]
            said.append({**statement_shown(statement, known), "parts": told})
        heard += bool(statement["told_to"] and statement["told_to"]["id"] == actor)
    return {
        **brief_shown(entry),
        "roles": [
            words(ACTOR_ROLES, row["role"])
            for row in entry["actors"]
            if row["id"] == actor
        ],
        "statements": said,
        "heard": heard,
    }

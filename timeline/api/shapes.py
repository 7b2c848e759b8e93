"""The shapes of what the feed sends, as JSON Schema, for OpenAPI.

Most occur twice: as the feed sends them, and, without this site's addresses, in the
documents of the record; there their names begin with `Recorded`.
"""

from .family import MERGED, PRIVATE, Family
from .schemas import (
    COUNT,
    DIGEST,
    FLAG,
    PLACE,
    SALT,
    SLUG,
    TEXT,
    TIME,
    URL,
    id_of,
    many,
    null,
    one_of,
    ref,
    thing,
)

RECORDED = "Recorded"
HEAD = {
    "sequence": COUNT,
    "digest": DIGEST,
    "published_at": null(TIME),
    "genesis": null(DIGEST),
    "format": {"const": 1},
}


def components() -> dict[str, dict]:
    """Every shape by its name."""
    return {**Family("").shapes(), **Family(RECORDED).shapes(), **sent(), **recorded()}


def sent() -> dict[str, dict]:
    """What only the feed sends."""
    feed = Family("")
    counts = {"counts": thing({"events": COUNT, "statements": COUNT})}
    event = feed.named("event", title=TEXT, date=ref("Date"))
    resting = feed.named("statement", standing=one_of("standing"))
    resting = many(thing({**resting, "event": id_of("event")}))
    support = thing({"statements": resting, "alone": resting})
    return {
        "Entry": thing({**feed.event(), "revision": ref("Revision")}),
        "StatementOfEvent": thing({**feed.statement(), "event": thing(event)}),
        "Actor": thing({**feed.whole_actor(), **counts}, optional=PRIVATE),
        "Source": thing(feed.whole_source(), optional=MERGED),
        "SourceWithSupport": thing(
            {**feed.whole_source(), "rests_on_it": support}, optional=MERGED
        ),
        "Story": thing(
            {**feed.whole_story(), "from": null(TIME), "until": null(TIME), **counts}
        ),
        "Topic": thing({**feed.named("topic", name=TEXT), **counts}),
        **revisions(feed),
        "KnownAt": thing(
            {
                "date": TEXT,
                "undated": COUNT,
                "undated_is_at_least": FLAG,
                "note": TEXT,
            },
            description=(
                "The day by which a list shows what had been reported; of how many"
                " statements that meet the rest nobody knows when they were first"
                " reported, and whether there are more; what is today's all the same."
            ),
        ),
        "TimelineJS": thing(
            {"events": many({"type": "object"})},
            description="What TimelineJS 3 shows, for `format=timelinejs`.",
        ),
        "Root": root(),
        "Problem": problem(),
    }


def revisions(feed: Family) -> dict[str, dict]:
    block = {
        "number": PLACE,
        "sequence": PLACE,
        "kind": one_of("revision_kind"),
        "note": TEXT,
        "caused_by": null(ref("CausedBy")),
        "published_at": TIME,
        "digest": DIGEST,
    }
    act = {
        **feed.named("event"),
        "revision": ref("Revision"),
        "successor": null(SLUG),
    }
    listed = thing({**block, "suppressed": FLAG, "url": URL, "html_url": URL})
    return {
        "Revision": thing(block),
        "RevisionList": thing(
            {"next": {"type": "null"}, "previous": {"type": "null"}}
            | {"results": many(listed)}
        ),
        "Act": thing(act, description="A revision that shows nothing: a withdrawal."),
        "PublishedRevision": {"oneOf": [ref("Entry"), ref("Act")]},
    }


def root() -> dict:
    named = "timeline events statements actors sources stories topics changes record"
    collections = dict.fromkeys(named.split(), URL)
    feeds = dict.fromkeys(("atom", "jsonfeed", "ics", "csv"), URL)
    return thing(
        {
            "url": URL,
            "html_url": URL,
            "version": {"const": 1},
            "publisher": null(TEXT),
            "contact": null(TEXT),
            "corrections_policy": null(URL),
            "licence": null(thing({"name": TEXT, "url": null(URL)})),
            "collections": thing(collections),
            "feeds": thing(feeds),
            "documentation": thing({"openapi": URL, "html": URL}),
            "record": ref("Head"),
        }
    )


def problem() -> dict:
    tombstone = {
        "id": id_of("event"),
        "kind": one_of("revision_kind"),
        "note": TEXT,
        "successor": null(SLUG),
        "published_at": TIME,
    }
    return thing(
        {
            "type": URL,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
        },
        optional={
            "errors": many(thing({"param": TEXT, "message": TEXT})),
            "tombstone": thing(tombstone),
            "resync": URL,
        },
        description="Problem details, RFC 9457.",
    )


def recorded() -> dict[str, dict]:
    """What the record holds."""
    family = Family(RECORDED)
    caused_by = null(family.ref("CausedBy"))
    return {
        "Document": thing(
            _document(family, caused_by), description="All that one revision published."
        ),
        "Change": thing(
            _row(caused_by), description="A row of the record: an act on an event."
        ),
        "ChangePage": thing(
            {"next": URL, "previous": {"type": "null"}, "results": many(ref("Change"))}
        ),
        "Head": thing(HEAD, description="The last row of the record."),
    }


def _document(family: Family, caused_by: dict) -> dict[str, dict]:
    entities = {
        "actors": many(thing(family.whole_actor(), optional=PRIVATE)),
        "sources": many(thing(family.whole_source(), optional=MERGED)),
        "stories": many(thing(family.whole_story())),
        "topics": many(family.ref("NamedTopic")),
    }
    return {
        "version": {"const": 1},
        **family.event(),
        "order": many(id_of("statement")),
        "entities": thing(entities),
        "act": thing({"note": TEXT, "caused_by": caused_by}),
    }


def _row(caused_by: dict) -> dict[str, dict]:
    return {
        "sequence": PLACE,
        "previous": DIGEST,
        "digest": DIGEST,
        "content": DIGEST,
        "salt": null(SALT),
        "id": id_of("event"),
        "slug": SLUG,
        "number": PLACE,
        "kind": one_of("revision_kind"),
        "note": TEXT,
        "caused_by": caused_by,
        "published_at": TIME,
        "successor": null(id_of("event")),
        "suppresses": many(PLACE),
        "suppressed": FLAG,
        "held": FLAG,
        "document": null(ref("Document")),
    }

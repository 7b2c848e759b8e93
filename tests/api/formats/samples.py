"""Entries as the feed sends them, made by hand, and what writes them in a format."""

from timeline.api.formats import EVENTS, FORMATS, STATEMENTS, About
from timeline.dates import as_json, parse

SITE = "https://timeline.example"
PUBLISHED = "2026-03-04T10:00:00.000001Z"
LATER = "2026-03-05T10:00:00.000001Z"


def named(noun, slug, **fields):
    """What is said of a thing wherever it is named."""
    paths = {"story": "stories"}
    path = f"{paths.get(noun, f'{noun}s')}/{slug}/"
    return {
        "id": f"{noun[:3]}_{slug}",
        "slug": slug,
        "url": f"{SITE}/api/v1/{path}",
        "html_url": f"{SITE}/{path}",
        **fields,
    }


def date(edtf, **words):
    return as_json(parse(edtf), **words)


def actor(slug="agency", name="The Agency", kind="organisation", **fields):
    return named("actor", slug, name=name, kind=kind, **fields)


def source(slug="report", title="A report", published="2026-03-03", **fields):
    standard = {
        "title": title,
        "label": None,
        "kind": "article",
        "status": "current",
        "publisher": actor("paper", "The Paper", "outlet"),
        "published": published and date(published),
        "production": "human",
        "original_url": "https://paper.example/1",
    }
    return named("source", slug, **standard | fields)


def citation(**fields):
    passage = {
        "state": "found",
        "exact": "the words",
        "prefix": "before",
        "suffix": "after",
        "locator": None,
        "url": "https://paper.example/1#:~:text=the%20words",
    }
    standard = {
        "source": source(),
        "via": None,
        "origin": source(),
        "read_in": None,
        "copies": [],
        "own_words": False,
        "after_update": False,
        "credit": "unchecked",
        "passage": passage,
    }
    return standard | fields


def origins(*publishers, unknown=False):
    return {
        "count": len(publishers),
        "publishers": list(publishers),
        "unknown": unknown,
    }


def statement(slug="said", text="It is so.", **fields):
    standard = {
        "html_url": f"{SITE}/events/opened/#{slug}",
        "kind": "claim",
        "mode": "paraphrase",
        "speaker": actor(),
        "described_as": None,
        "described_number": None,
        "ground": None,
        "reason_unnamed": None,
        "on_behalf_of": None,
        "relayed_by": None,
        "told_to": None,
        "said_in": None,
        "said": None,
        "text": text,
        "language": "en",
        "quote": None,
        "attribution": "The Agency, as reported by The Paper",
        "standing": "stands",
        "links": [],
        "linked_by": [],
        "first_reported": date("2026-03-03"),
        "origins": origins(actor("paper", "The Paper", "outlet")),
        "citations": [citation()],
    }
    return {**named("statement", slug), **standard, **fields}


def corrected(by, **fields):
    """A statement that another one corrected."""
    links = [{"kind": "corrects", "statement": by["id"], "event": "eve_opened"}]
    return statement(standing="corrected", linked_by=links, **fields)


def revision(kind="publication", note="", number=1, published_at=PUBLISHED):
    return {
        "number": number,
        "sequence": number,
        "kind": kind,
        "note": note,
        "caused_by": None,
        "published_at": published_at,
        "digest": "0" * 64,
    }


def entry(slug="opened", edtf="2026-03-03", **fields):
    standard = {
        "title": "The bridge opens",
        "summary": "It took ten years.",
        "status": "happened",
        "importance": "normal",
        "place": None,
        "date": date(edtf),
        "stories": [named("story", "bridge", title="The bridge")],
        "topics": [named("topic", "transport", name="Transport")],
        "actors": [actor(role="agent")],
        "related": [],
        "statements": [statement()],
        "first_reported": date("2026-03-03"),
        "origins": origins(actor("paper", "The Paper", "outlet")),
        "revision": revision(),
    }
    return {**named("event", slug), **standard, **fields}


def statements_of(*entries):
    """Statements as the list of statements sends them, each with its event."""
    keys = ("id", "slug", "url", "html_url", "title", "date")
    return [
        {**row, "event": {key: one[key] for key in keys}}
        for one in entries
        for row in one["statements"]
    ]


def gone(slug="taken", kind="withdrawal", note="It was wrong.", **fields):
    standard = {
        "title": "The bridge falls",
        "kind": kind,
        "note": note,
        "successor": None,
        "published_at": LATER,
    }
    return {**named("event", slug), **standard, **fields}


def about(kind=EVENTS, **fields):
    path = "timeline" if kind == EVENTS else STATEMENTS
    standard = {
        "title": "The Example Desk: timeline",
        "description": "Events, newest first.",
        "self_url": f"{SITE}/api/v1/{path}/?topic=transport",
        "html_url": f"{SITE}/topics/transport/",
        "next_url": None,
        "previous_url": None,
        "updated": PUBLISHED,
        "publisher": "The Example Desk",
        "contact": "desk@timeline.example",
        "licence_name": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "site": SITE,
    }
    return About(kind, **standard | fields)


def written(name, *entries, **fields):
    """These events in a format, whole."""
    return "".join(FORMATS[name].write(iter(entries), about(**fields)))


def statements_written(name, *statements, **fields):
    """These statements in a format, whole."""
    return "".join(FORMATS[name].write(iter(statements), about(STATEMENTS, **fields)))

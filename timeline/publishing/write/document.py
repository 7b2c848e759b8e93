"""From an event on the desk to its document, as far as it follows from it alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from timeline.dates import as_json
from timeline.models import Citation, Event, Statement
from timeline.provenance import (
    SourceFacts,
    StatementFacts,
    earliest_of,
    first_reported,
    statement_origins,
    supported_by,
    trails,
)
from timeline.publishing.read.attribution import attribution
from timeline.publishing.read.facts import sources_of, statements_of
from timeline.publishing.read.naming import told_origins

from .holdings import (
    ACTOR,
    CITED,
    SOURCE,
    VOICES,
    Holdings,
    brief_source,
    named_actor,
    named_in,
    named_source,
    once_a_row,
)
from .linked_passages import passage_url
from .rows import (
    all_held,
    held,
    keys_of,
    named_by,
    named_by_each,
    parts_of,
    point,
    point_on,
    wholes_of,
)

VERSION = 1
Known = tuple[dict[str, SourceFacts], list[StatementFacts]]


@dataclass(frozen=True, slots=True)
class Declared:
    """A link that an event declares: from it, or from one of its statements."""

    statement: str
    kind: str
    target: str
    position: int = 0


@dataclass(slots=True)
class Built:
    """A document that is not yet settled among the others, and what it declares.

    With what it says of its sources, by id, and its statements, as plain values.
    `memo` is shared by all that were built at once: what else was made of what they
    hold, as `derive` takes it.
    """

    event: Event
    document: dict
    declared: list[Declared]
    sources: dict[str, SourceFacts]
    said: list[StatementFacts]
    memo: dict


def build(keys: Iterable[int]) -> list[Built]:
    """The documents of these events (primary keys), in the order of the keys."""
    keys = list(keys)
    holdings = Holdings()
    events = {event.pk: event for event in _whole_events(keys, holdings)}
    return [_built(events[key], holdings) for key in keys if key in events]


def _whole_events(keys: Iterable[int], holdings: Holdings) -> list[Event]:
    """Events with everything that their documents are made of."""
    events = wholes_of(
        Event,
        keys,
        *("participations", "story_links", "topic_links", "related_links"),
        "statements",
    )
    people, statements = (
        all_held(events, name) for name in ("participations", "statements")
    )
    citations, links = parts_of(statements, "citations", "links")
    holdings.fetch(
        actors=keys_of(people, "actor") | keys_of(statements, *VOICES),
        sources=keys_of(events, "date_anchor")
        | keys_of(statements, "said_in_source", "said_anchor")
        | keys_of(citations, *CITED),
    )
    point(people, "actor", at=holdings.actor_rows)
    point(statements, *VOICES, at=holdings.actor_rows)
    point(events, "date_anchor", at=holdings.source_rows)
    point(statements, "said_in_source", "said_anchor", at=holdings.source_rows)
    point(citations, *CITED, at=holdings.source_rows)
    point_on(
        (all_held(events, "story_links"), "story"),
        (all_held(events, "topic_links"), "topic"),
        (all_held(events, "related_links"), "target"),
        (links, "target"),
    )
    return events


def _built(event: Event, holdings: Holdings) -> Built:
    document = {"version": VERSION, **_entry(event, holdings)}
    document["order"] = [row["id"] for row in document["statements"]]
    document["entities"] = _entities(event, document, holdings)
    known = _trace(document, holdings)
    return Built(event, document, _declared(event), *known, holdings.memo)


def _entry(event: Event, holdings: Holdings) -> dict:
    return {
        "id": event.public_id,
        "slug": event.slug,
        "title": event.title,
        "summary": event.summary,
        "status": event.status,
        "importance": event.importance,
        "place": event.place or None,
        "date": as_json(
            event.date,
            words=event.date_words,
            anchor=named_source(named_by(event, "date_anchor")),
            rule=event.date_rule,
        ),
        "stories": [*map(_named_story, named_by_each(event, "story_links", "story"))],
        "topics": [*map(_named_topic, named_by_each(event, "topic_links", "topic"))],
        "actors": [
            {**named_actor(named_by(row, "actor")), "role": row.role}
            for row in held(event, "participations")
        ],
        "statements": [
            _statement(row, holdings)
            for row in held(event, "statements")
            if held(row, "citations")
        ],
    }


@once_a_row
def _named_story(story) -> dict:
    return {"id": story.public_id, "slug": story.slug, "title": story.title}


@once_a_row
def _whole_story(story) -> dict:
    return {**_named_story(story), "summary": story.summary}


@once_a_row
def _named_topic(topic) -> dict:
    return {"id": topic.public_id, "slug": topic.slug, "name": topic.name}


def _statement(row: Statement, holdings: Holdings) -> dict:
    statement = {
        "id": row.public_id,
        "slug": row.slug,
        "kind": row.kind,
        "mode": row.mode,
        **{part: named_actor(named_by(row, part)) for part in VOICES},
        "described_as": row.described_as or None,
        "described_number": row.described_number or None,
        "ground": row.ground or None,
        "reason_unnamed": row.reason_unnamed or None,
        "said_in": _said_in(row),
        "said": as_json(
            row.said,
            words=row.said_words,
            anchor=named_source(named_by(row, "said_anchor")),
            rule=row.said_rule,
        ),
        "text": row.text,
        "language": row.language,
        "quote": _quote(row),
        "citations": [_citation(item, holdings) for item in held(row, "citations")],
    }
    return {**statement, "attribution": attribution(statement)}


def _said_in(row: Statement) -> dict | None:
    if not row.said_in_words and not row.said_in_source_id:
        return None
    return {
        "words": row.said_in_words or None,
        "source": brief_source(row.said_in_source),
    }


def _quote(row: Statement) -> dict | None:
    if not row.quote:
        return None
    return {
        "text": row.quote,
        "language": row.quote_language or row.language,
        "translation": row.quote_translation or None,
    }


def _citation(row: Citation, holdings: Holdings) -> dict:
    source, via, read_in = (named_by(row, part) for part in CITED)
    return {
        "source": brief_source(source),
        "via": brief_source(via),
        "origin": None,  # follows from the trail
        "read_in": brief_source(read_in),
        "copies": holdings.copies_of(source.public_id),
        "own_words": row.own_words,
        "after_update": row.after_update,
        "credit": row.credit,
        "passage": {
            "url": passage_url(row) if row.exact else None,
            "exact": row.exact or None,
            "locator": row.locator or None,
            "prefix": row.prefix or None,
            "state": row.passage,
            "suffix": row.suffix or None,
        },
    }


def _entities(event: Event, document: dict, holdings: Holdings) -> dict:
    """Every actor, source, story and topic that the document names, once."""
    found = holdings.entities(named_in(document))
    keys = sorted(found)
    return {
        "actors": [found[key] for key in keys if key.startswith(ACTOR)],
        "sources": [found[key] for key in keys if key.startswith(SOURCE)],
        "stories": sorted(
            map(_whole_story, named_by_each(event, "story_links", "story")),
            key=itemgetter("id"),
        ),
        "topics": sorted(
            map(_named_topic, named_by_each(event, "topic_links", "topic")),
            key=itemgetter("id"),
        ),
    }


def _trace(document: dict, holdings: Holdings) -> Known:
    """Add what follows from the trails: origins and first reports."""
    sources = sources_of(document, holdings.memo["sources"])
    said, support = statements_of(document), holdings.memo["support"]
    reports = []
    for statement, facts in zip(document["statements"], said, strict=True):
        paths, citations = trails(facts, sources), statement["citations"]
        support[id(citations)] = *supported_by(paths), citations
        for citation, path in zip(citations, paths, strict=True):
            citation["origin"] = brief_source(holdings.sources[path[-1]])
        reports.append(first_reported(facts, sources, paths=paths))
        statement["first_reported"] = as_json(reports[-1])
        origins = statement_origins(facts, sources, paths=paths)
        statement["origins"] = told_origins(
            origins, (named_actor(holdings.actors[key]) for key in origins.publishers)
        )
    document["first_reported"] = as_json(earliest_of(reports))
    return sources, said


def _declared(event: Event) -> list[Declared]:
    related = [
        Declared("", row.kind, row.target.public_id, place)
        for place, row in enumerate(held(event, "related_links"))
    ]
    links = [
        Declared(statement.public_id, row.kind, row.target.public_id, place)
        for statement in held(event, "statements")
        if held(statement, "citations")  # one without a source stays on the desk
        for place, row in enumerate(held(statement, "links"))
    ]
    return related + links

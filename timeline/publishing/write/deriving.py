"""The rows that one revision's document makes in the tables that are read."""

from dataclasses import dataclass, field

from timeline.models.record import Facet, Revision
from timeline.publishing.read.facts import (
    date_of,
    matched_sources,
    noun_of,
    support,
    voices,
)
from timeline.publishing.read.keys import sort_key
from timeline.publishing.read.rendering import entry_body, thing_body

ENTITIES = ("actors", "sources", "stories", "topics")


@dataclass(slots=True)
class Rows:
    """What is derived from one entry; `facts` are (facet, thing, statement).

    `statements` are (id, slug, standing, place).
    """

    sort_key: int
    earliest: int | None
    latest: int | None
    body: str
    facts: set[tuple[int, str, int]] = field(default_factory=set)
    statements: list[tuple[str, str, str, int]] = field(default_factory=list)
    entities: list[dict] = field(default_factory=list)


def derive(revision: Revision, document: dict, *, ordinal: int, site: str) -> Rows:
    """The rows of a revision; `ordinal` is its event's place by first publication."""
    date = date_of(document["date"])
    return Rows(
        sort_key=sort_key(date.sort_key, ordinal),
        earliest=date.earliest,
        latest=date.latest,
        body=body_of(revision, document, site=site),
        facts=facts(document),
        statements=[
            (row["id"], row["slug"], row["standing"], place)
            for place, row in enumerate(document["statements"], start=1)
        ],
        entities=[row for kind in ENTITIES for row in document["entities"][kind]],
    )


def body_of(revision: Revision, document: dict, *, site: str) -> str:
    """The entry of a revision, as the feed sends it."""
    block = {
        "number": revision.number,
        "sequence": revision.sequence,
        "kind": revision.kind,
        "note": revision.note,
        "published_at": revision.published_at,
        "digest": revision.digest,
    }
    return entry_body(document, block, site=site)


def facts(document: dict) -> set[tuple[int, str, int]]:
    """What filters find an entry by."""
    found = {(Facet.STORY, row["id"], 0) for row in document["stories"]}
    found |= {(Facet.TOPIC, row["id"], 0) for row in document["topics"]}
    found |= {(Facet.ACTOR, row["id"], 0) for row in document["actors"]}
    found |= {
        (Facet.NAMES, row["id"], 0)
        for kind in ENTITIES
        for row in document["entities"][kind]
    }
    for place, statement in enumerate(document["statements"], start=1):
        found |= {(Facet.ACTOR, name, place) for name in voices(statement)}
        found |= {(Facet.SOURCE, name, place) for name in matched_sources(statement)}
        if statement["speaker"]:
            found.add((Facet.SPEAKER, statement["speaker"]["id"], place))
    for place, bearing, alone in support(document):
        found |= {(Facet.BEARS, name, place) for name in bearing}
        found |= {(Facet.ALONE, name, place) for name in alone}
    return {(int(facet), thing, place) for facet, thing, place in found}


def names(document: dict) -> set[tuple[str, str, str]]:
    """Every (noun, id or slug, id) that a document gives a name to."""
    named = {("event", document["id"], document["slug"])}
    named |= {("statement", row["id"], row["slug"]) for row in document["statements"]}
    named |= {
        (noun_of(row["id"]), row["id"], row["slug"])
        for kind in ENTITIES
        for row in document["entities"][kind]
    }
    return {(noun, name, key) for noun, key, slug in named for name in (key, slug)}


def thing(entity: dict, *, site: str) -> tuple[str, str, str, str]:
    """An entity as a row: id, noun, slug, body without counts."""
    return (
        entity["id"],
        noun_of(entity["id"]),
        entity["slug"],
        thing_body(entity, site=site),
    )

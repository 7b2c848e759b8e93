"""The rows that one revision's document makes in the tables that are read."""

from dataclasses import dataclass, field

from timeline.models.record import Revision, ThingFacet
from timeline.publishing.read.facts import (
    NOTHING,
    date_of,
    days_reported,
    noun_of,
    sources_of,
)
from timeline.publishing.read.keys import sort_key
from timeline.publishing.read.known import known_from, known_whole_from
from timeline.publishing.read.marks import Marks, marks_of
from timeline.publishing.read.rendering import entry_body, thing_body
from timeline.publishing.read.searching import called, own
from timeline.publishing.read.spans import variant_of
from timeline.publishing.read.words import MOST_WORDS, indexed

from .finding import Facts, facts, variants

ENTITIES = ("actors", "sources", "stories", "topics")


@dataclass(slots=True)
class Rows:
    """What is derived from one entry; `facts` are (facet, thing, statement).

    `statements` are (id, slug, standing, place), `said` columns of `Said` by name,
    `days` those on which it was reported.
    """

    sort_key: int
    earliest: int | None
    latest: int | None
    known_from: int | None
    whole_from: int | None
    facts: Facts = field(default_factory=set)
    marks: Marks = Marks(0, 0)
    body: str = ""
    words: list[str] = field(default_factory=list)
    said: list[dict] = field(default_factory=list)
    statements: list[tuple[str, str, str, int]] = field(default_factory=list)
    entities: list[dict] = field(default_factory=list)
    days: set[str] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        """The ids of all things that it names."""
        return {row["id"] for row in self.entities}


def derive(
    revision: Revision,
    document: dict,
    *,
    ordinal: int,
    site: str,
    memo: dict | None = None,
) -> Rows:
    """The rows of a revision; `ordinal` is its event's place by first publication.

    `memo` as in `entry_body`.
    """
    memo = {} if memo is None else memo
    rows = found_by(document, ordinal=ordinal, memo=memo)
    show(rows, revision, document, site=site, memo=memo)
    return rows


def found_by(document: dict, *, ordinal: int, memo: dict) -> Rows:
    """The first half of `derive`: what finds an entry, without what is shown of it."""
    date, known = date_of(document["date"]), known_from(document)
    sources = sources_of(document, memo.setdefault("sources", {}))
    found = facts(document, sources, memo.get("support", NOTHING))
    return Rows(
        sort_key=sort_key(date.sort_key, ordinal),
        earliest=date.earliest,
        latest=date.latest,
        known_from=known,
        whole_from=known_whole_from(document, sources),
        facts=found | variants(found, date, known),
        marks=marks_of(found),
    )


def show(
    rows: Rows, revision: Revision, document: dict, *, site: str, memo: dict
) -> None:
    """The second half of `derive`: what is shown of an entry, and its words."""
    rows.body = body_of(revision, document, site=site, memo=memo)
    rows.words = words_in(document, memo)
    rows.said = said(document)
    rows.statements = [
        (row["id"], row["slug"], row["standing"], place)
        for place, row in enumerate(document["statements"], start=1)
    ]
    rows.entities = entities_of(document)
    rows.days = days_reported(document)


def entities_of(document: dict) -> list[dict]:
    """The things that a document names, with what it says of each."""
    return [row for kind in ENTITIES for row in document["entities"][kind]]


def body_of(
    revision: Revision, document: dict, *, site: str, memo: dict | None = None
) -> str:
    """The entry of a revision, as the feed sends it; `memo` as in `entry_body`."""
    block = {
        "number": revision.number,
        "sequence": revision.sequence,
        "kind": revision.kind,
        "note": revision.note,
        "published_at": revision.published_at,
        "digest": revision.digest,
    }
    return entry_body(document, block, site=site, memo=memo)


def said(document: dict) -> list[dict]:
    """When each statement was said that says so."""
    dated = [
        (place, date_of(row["said"]))
        for place, row in enumerate(document["statements"], start=1)
        if row["said"]
    ]
    return [
        {
            "statement": place,
            "moment": date.sort_key,
            "variant": int(variant_of(date)),
            "earliest": date.earliest,
            "latest": date.latest,
        }
        for place, date in dated
    ]


def words_in(document: dict, memo: dict) -> list[str]:
    """The words by which a search finds an entry.

    `memo` keeps those of the things that several documents hold.
    """
    texts = [document["title"], document["summary"], document["place"]]
    for row in document["statements"]:
        texts += own(row)
    found, known = indexed(texts), memo.setdefault("words", {})
    for row in entities_of(document):
        held = known.get(id(row))
        if held is None:
            held = known[id(row)] = row, indexed(called(row))
        found += held[1]
    return found[:MOST_WORDS]


def thing_texts(entity: dict) -> list[str | None]:
    """The texts by which a search finds a thing."""
    return [*called(entity), entity.get("summary")]


def thing_facts(entity: dict, words: list[str]) -> set[tuple[int, str]]:
    """What lists of things are narrowed by, as (facet, value)."""
    found = {(ThingFacet.WORD, word) for word in words if word}
    if "kind" in entity:
        found.add((ThingFacet.KIND, entity["kind"]))
    if entity.get("publisher"):
        found.add((ThingFacet.PUBLISHER, entity["publisher"]["id"]))
    if "production" in entity:
        found.add((ThingFacet.PRODUCTION, entity["production"]))
        found.add((ThingFacet.STATUS, entity["status"]))
    return {(int(facet), value) for facet, value in found}


def named(document: dict, seen: dict | None = None) -> list[tuple[str, str, str]]:
    """The (noun, id, slug) of everything that a document gives a name to.

    `seen` keeps the things that several documents hold, which are then told once.
    """
    seen = {} if seen is None else seen
    found = [("event", document["id"], document["slug"])]
    found += [("statement", row["id"], row["slug"]) for row in document["statements"]]
    for row in entities_of(document):
        if id(row) not in seen:
            seen[id(row)] = row  # itself, so that no other takes its place
            found.append((noun_of(row["id"]), row["id"], row["slug"]))
    return found


def names(document: dict) -> set[tuple[str, str, str]]:
    """Every (noun, id or slug, id) that a document gives a name to."""
    return {
        (noun, name, key) for noun, key, slug in named(document) for name in (key, slug)
    }


def former_names(document: dict) -> set[tuple[str, str, str]]:
    """Every (noun, slug, id) of what was merged into a thing that a document names."""
    return {
        (noun_of(row["id"]), slug, row["id"])
        for row in entities_of(document)
        for slug in row.get("former_slugs", ())
    }


def thing(
    entity: dict, *, site: str, memo: dict | None = None
) -> tuple[str, str, str, str]:
    """An entity as a row: id, noun, slug, body without counts.

    `memo` as in `derive`.
    """
    return (
        entity["id"],
        noun_of(entity["id"]),
        entity["slug"],
        thing_body(entity, site=site, memo=memo),
    )

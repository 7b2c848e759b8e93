"""What a document says, as the plain values that provenance computes over."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from timeline.dates import UncertainDate, parse
from timeline.provenance import (
    CitationFacts,
    SourceFacts,
    StatementFacts,
    supports,
)

DAY = len("2026-03-03")
WHOLE = ("republishes", "translates", "rewrites")
NOTHING: Mapping = MappingProxyType({})
PREFIXES = {
    "evt_": "event",
    "stm_": "statement",
    "act_": "actor",
    "src_": "source",
    "sto_": "story",
    "top_": "topic",
}


def noun_of(public_id: str) -> str | None:
    """Which noun an id belongs to, by its prefix."""
    return PREFIXES.get(public_id[:4])


def sources_of(document: dict, seen: dict | None = None) -> dict[str, SourceFacts]:
    """The facts of every source that a document names, by id.

    `seen` keeps those of the sources that several documents hold.
    """
    seen = {} if seen is None else seen
    found = {}
    for source in document["entities"]["sources"]:
        held = seen.get(id(source))
        if held is None:  # itself, too, so that no other takes its place
            held = seen[id(source)] = source_facts(source), source
        found[source["id"]] = held[0]
    return found


def source_facts(source: dict) -> SourceFacts:
    """The facts of one source of a document."""
    return SourceFacts(
        id=source["id"],
        publisher=_id(source["publisher"]),
        reporting=source["reporting"],
        production=source["production"],
        status=source["status"],
        published=date_of(source["published"]),
        updated=date_of(source["updated"]),
        taken_from=next(
            (
                link["source"]["id"]
                for link in source["lineage"]
                if link["kind"] in WHOLE
            ),
            None,
        ),
    )


def statements_of(document: dict) -> list[StatementFacts]:
    """The facts of a document's statements, in its order."""
    return [statement_facts(document, row) for row in document["statements"]]


def statement_facts(document: dict, statement: dict) -> StatementFacts:
    """The facts of one statement of a document."""
    return StatementFacts(
        id=statement["id"],
        event=document["id"],
        kind=statement["kind"],
        citations=tuple(map(citation_facts, statement["citations"])),
    )


def citation_facts(citation: dict) -> CitationFacts:
    """The facts of one citation of a document."""
    return CitationFacts(
        source=citation["source"]["id"],
        via=_id(citation["via"]),
        read_in=_id(citation["read_in"]),
        own_words=citation["own_words"],
        credit=citation["credit"],
        after_update=citation["after_update"],
    )


def date_of(date: dict | None) -> UncertainDate | None:
    """The date of a document's date object."""
    return _parsed(date["edtf"]) if date else None


# Documents name the same days again and again, and a date never changes.
_parsed = lru_cache(maxsize=8192)(parse)


def ai_alone(statement: dict) -> bool:
    """Whether all that a statement of a document cites is AI-generated."""
    citations = statement["citations"]
    return bool(citations) and all(
        row["source"]["production"] == "ai_generated" for row in citations
    )


def _id(thing: dict | None) -> str | None:
    return thing["id"] if thing else None


def voices(statement: dict) -> Iterator[str]:
    """The ids of all who speak, are spoken for, relay or are told."""
    for part in ("speaker", "on_behalf_of", "relayed_by", "told_to"):
        if statement[part]:
            yield statement[part]["id"]


def matched_sources(statement: dict) -> set[str]:
    """The ids by which a filter on sources meets a statement."""
    found = set()
    for citation in statement["citations"]:
        found.add(citation["source"]["id"])
        found |= {copy["id"] for copy in citation["copies"]}
        found |= {citation[part]["id"] for part in ("via", "read_in") if citation[part]}
    return found


def matched_publishers(statement: dict) -> set[str]:
    """The ids of the publishers by which a filter meets a statement."""
    found = set()
    for citation in statement["citations"]:
        named = [citation["source"], citation["via"], citation["read_in"]]
        for source in [*named, *citation["copies"]]:
            if source and source["publisher"]:
                found.add(source["publisher"]["id"])
    return found


def behind(statement: dict, bearing: Iterable[str], entities: dict) -> Iterator[dict]:
    """The sources that may stand for one that a statement is cited to, but do not.

    Those further on its trails, and their copies. `entities` are sources by id.
    """
    met = matched_sources(statement)
    for name in bearing:
        source = entities[name]
        yield from (row for row in (source, *source["copies"]) if row["id"] not in met)


def support(
    document: dict,
    sources: Mapping[str, SourceFacts] | None = None,
    seen: Mapping[int, tuple] = NOTHING,
) -> Iterable[tuple[int, frozenset[str], frozenset[str]]]:
    """Each statement's place (from 1), the sources it rests on, and on which alone.

    `sources` are those that it names, where they are at hand. `seen` may hold what a
    statement rests on, and on which alone, by its list of citations, kept with them.
    """
    sources = sources_of(document) if sources is None else sources
    for place, statement in enumerate(document["statements"], start=1):
        held = seen.get(id(statement["citations"]))
        if held is None:
            held = supports(statement_facts(document, statement), sources)
        yield place, held[0], held[1]


def days_reported(said: Mapping) -> set[str]:
    """The days on which what an entry or a document says was reported.

    First or by another; in UTC, as ISO dates, of years in four digits.
    """
    dates = []
    for statement in said["statements"]:
        dates.append(statement["first_reported"])
        for citation in statement["citations"]:
            dates += [citation["source"]["published"], citation["origin"]["published"]]
    return {
        date["latest"][:DAY]
        for date in dates
        if date and date["latest"] and date["latest"][DAY : DAY + 1] == "T"
    }

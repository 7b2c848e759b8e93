"""Documents in which some things bear other words, and all else says what it said."""

from collections.abc import Iterable, Iterator

from timeline.dates import as_json
from timeline.models import Actor, Source
from timeline.provenance import earliest_of, first_reported, statement_origins, trail
from timeline.publishing.read.attribution import attribution
from timeline.publishing.read.facts import sources_of, statements_of
from timeline.publishing.read.naming import PRIVATE, brief_source, named_origins

from .holdings import Holdings
from .linked_passages import fragment_url

KINDS = {"actors": "act_", "sources": "src_"}
VOICES = ("speaker", "on_behalf_of", "relayed_by", "told_to")


def fresh_words(names: Iterable[str]) -> dict[str, dict]:
    """The whole entries, by id, of these actors and sources and of all they name."""
    names = set(names)
    holdings = Holdings()
    holdings.fetch(
        actors=Actor.objects.filter(public_id__in=names).values_list("pk", flat=True),
        sources=Source.objects.filter(public_id__in=names).values_list("pk", flat=True),
    )
    return {key: holdings.actor_entity(key) for key in holdings.actors} | {
        key: holdings.source_entity(key) for key in holdings.sources
    }


def reworded(document: dict, words: dict[str, dict], known: dict[str, dict]) -> dict:
    """A document in which what is in `words`, by id, is told as it says there.

    `known` are the entries of what these words name; all else keeps its own. What
    follows from the words (trails, origins, first reports) is reckoned anew.
    """
    told = _told(document, words)
    told["actors"] = once(told["actors"], "id", "role")
    told["entities"] = _entities(told, known)
    for statement in told["statements"]:
        statement["citations"] = _citations(statement["citations"])
        statement["attribution"] = attribution(statement)
    _trace(told)
    return told


def _told(value, words: dict[str, dict]):
    """The same value, where what is named bears its words."""
    if isinstance(value, list):
        return [_told(item, words) for item in value]
    if not isinstance(value, dict):
        return value
    fresh = words.get(value.get("id")) if "slug" in value else None
    if fresh is None:
        return {key: _told(item, words) for key, item in value.items()}
    whole = "names" in value or "lineage" in value
    if whole:
        return dict(fresh)
    told = {key: fresh.get(key, item) for key, item in value.items()}
    told.pop(PRIVATE, None)
    return told | ({PRIVATE: True} if fresh.get(PRIVATE) else {})


def once(rows: list[dict], *parts: str) -> list[dict]:
    """The rows, without those that say the same thing as one before."""
    found: dict[tuple, dict] = {}
    for row in rows:
        found.setdefault(tuple(row[part] for part in parts), row)
    return list(found.values())


def _entities(document: dict, known: dict[str, dict]) -> dict:
    """The entries of all that a document names, and of nothing else."""
    held = {
        row["id"]: row for kind in KINDS for row in document["entities"][kind][::-1]
    }
    found: dict[str, dict] = {}
    wanted = set(named_in({**document, "entities": None}))
    while wanted:
        for key in wanted:
            found[key] = held.get(key) or known[key]
        wanted = set(named_in([found[key] for key in wanted])) - found.keys()
    return {
        **document["entities"],
        **{
            kind: [found[key] for key in sorted(found) if key.startswith(start)]
            for kind, start in KINDS.items()
        },
    }


def named_in(value) -> Iterator[str]:
    """The ids of all actors and sources named anywhere in `value`."""
    if isinstance(value, list):
        for item in value:
            yield from named_in(item)
    elif isinstance(value, dict):
        if value.get("id", "")[:4] in KINDS.values():
            yield value["id"]
        for key, item in value.items():
            if key not in ("origin", "origins"):  # these are reckoned anew
                yield from named_in(item)


def _citations(rows: list[dict]) -> list[dict]:
    """Citations of one source once, none of which credits itself or is its own copy."""
    found: dict[str, dict] = {}
    for row in rows:
        own = row["source"]["id"]
        for part in ("via", "read_in"):
            if row[part] and row[part]["id"] == own:
                row[part] = None
        row["copies"] = [
            copy for copy in once(row["copies"], "id") if copy["id"] != own
        ]
        page = row["read_in"] or row["source"]
        passage = row["passage"]
        passage["url"] = fragment_url(page["original_url"], **passage)
        found.setdefault(own, row)
    return list(found.values())


def _trace(document: dict) -> None:
    """What follows from the trails: origins and first reports."""
    sources = sources_of(document)
    entities = {row["id"]: row for row in document["entities"]["sources"]}
    reports = []
    for statement, facts in zip(
        document["statements"], statements_of(document), strict=True
    ):
        pairs = zip(statement["citations"], facts.citations, strict=True)
        for citation, cited in pairs:
            end = trail(cited, facts.citations, sources)[-1]
            citation["origin"] = brief_source(entities[end])
        reports.append(first_reported(facts, sources))
        statement["first_reported"] = as_json(reports[-1])
        statement["origins"] = named_origins(
            statement_origins(facts, sources), document
        )
    document["first_reported"] = as_json(earliest_of(reports))

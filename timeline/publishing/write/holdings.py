"""Actors and sources of the desk, with all that they name, in a document's shapes."""

from collections.abc import Callable, Iterable
from functools import wraps

from timeline.dates import as_json
from timeline.editing import published_names
from timeline.editing.merged import merged_with
from timeline.models import (
    COPIES,
    Actor,
    Affiliation,
    Source,
    SourceByline,
    SourceLink,
)

from .rows import all_held, held, point, wholes_of

ACTOR, SOURCE = "act_", "src_"
VOICES = ("speaker", "on_behalf_of", "relayed_by", "told_to")
CITED = ("source", "via", "read_in")
REPEATING = frozenset(str(kind) for kind in COPIES)


class Holdings:
    """What a set of documents may name, read from the desk in few queries."""

    def __init__(self):
        self.actors: dict[str, Actor] = {}
        self.sources: dict[str, Source] = {}
        self.copies: dict[str, list[Source]] = {}
        self.actor_rows: dict[int, Actor] = {}
        self.source_rows: dict[int, Source] = {}
        self.memo: dict = {"sources": {}, "support": {}}  # as `derive` takes it
        self._affiliations: list[Affiliation] = []
        self._byline: list[SourceByline] = []
        self._lineage: list[SourceLink] = []
        self._copying: list[tuple[int, int]] = []
        self._entities: dict[str, tuple[dict, set[str]]] = {}
        self._reached: dict[str, frozenset[str]] = {}

    def fetch(self, *, actors: Iterable[int], sources: Iterable[int]) -> None:
        """Read these by primary key, and whatever they name, until nothing is new."""
        actors, sources = set(actors) - {None}, set(sources) - {None}
        while actors or sources:
            by_sources = self._fetch_sources(sources)
            actors = (actors | by_sources[0]) - self.actor_rows.keys() - {None}
            by_actors = self._fetch_actors(actors)
            actors = by_actors[0] - self.actor_rows.keys() - {None}
            sources = (by_actors[1] | by_sources[1]) - self.source_rows.keys() - {None}
        self._join()

    def _fetch_actors(self, keys: set[int]) -> tuple[set[int], set[int]]:
        """Read these actors; the actors and sources that they name."""
        names = ("other_names", "identifiers", "affiliations", "merged")
        rows = wholes_of(Actor, keys, *names)
        cited = [row for row in all_held(rows, "affiliations") if row.source_id]
        self._affiliations += cited
        for actor in rows:
            self.actors[actor.public_id] = self.actor_rows[actor.pk] = actor
        sources = {key for row in cited for key in (row.source_id, row.read_in_id)}
        return {row.organisation_id for row in cited}, sources

    def _fetch_sources(self, keys: set[int]) -> tuple[set[int], set[int]]:
        """Read these sources; the actors and sources that they name.

        The sources that repeat them are fetched with the next.
        """
        rows = wholes_of(Source, keys, "byline", "links", "linked_by", "merged")
        byline, links = all_held(rows, "byline"), all_held(rows, "links")
        copying = [row for row in all_held(rows, "linked_by") if row.kind in REPEATING]
        self._byline += byline
        self._lineage += links + copying
        self._copying += [(link.target_id, link.source_id) for link in copying]
        for source in rows:
            self.sources[source.public_id] = self.source_rows[source.pk] = source
        actors = {row.publisher_id for row in rows} | {line.actor_id for line in byline}
        copies = {link.source_id for link in copying}
        return actors, {link.target_id for link in links} | copies

    def _join(self) -> None:
        """Let all that was read lead to what it names."""
        point(self.source_rows.values(), "publisher", at=self.actor_rows)
        point(self._byline, "actor", at=self.actor_rows)
        point(self._affiliations, "organisation", at=self.actor_rows)
        point(self._affiliations, "source", "read_in", at=self.source_rows)
        point(self._lineage, "target", "source", at=self.source_rows)
        for target, source in self._copying:
            key = self.source_rows[target].public_id
            self.copies.setdefault(key, []).append(self.source_rows[source])
        for copies in self.copies.values():
            copies.sort(key=lambda source: source.slug)
        self._copying.clear()

    def entities(self, named: Iterable[str]) -> dict[str, dict]:
        """The entries, by id, of these actors and sources and of all they name."""
        found = set().union(*map(self._reach, named))
        return {key: self._entities[key][0] for key in found}

    def _reach(self, named: str) -> frozenset[str]:
        """What an actor or a source leads to, itself with it; looked for once."""
        if named not in self._reached:
            found, wanted = set(), {named}
            while wanted:
                found |= wanted
                wanted = set().union(*(self._entity(key)[1] for key in wanted)) - found
            self._reached[named] = frozenset(found)
        return self._reached[named]

    def _entity(self, key: str) -> tuple[dict, set[str]]:
        """An entry, made once, and the ids of what it names."""
        if key not in self._entities:
            is_actor = key.startswith(ACTOR)
            make = self.actor_entity if is_actor else self.source_entity
            entity = make(key)
            self._entities[key] = entity, named_in_entity(entity)
        return self._entities[key]

    def source_entity(self, public_id: str) -> dict:
        """A source's whole entry."""
        source = self.sources[public_id]
        return {
            **brief_source(source),
            "language": source.language or None,
            "archived_url": source.archived_url or None,
            "byline": [
                {
                    "name": line.name,
                    "role": line.role,
                    "place": line.place or None,
                    "actor": named_actor(line.actor),
                }
                for line in held(source, "byline")
            ],
            "updated": as_json(source.updated),
            "production_words": source.production_words or None,
            "reporting": source.reporting,
            "known_by_credit": source.known_by_credit,
            "lineage": [
                {"kind": link.kind, "source": brief_source(link.target)}
                for link in held(source, "links")
            ],
            "copies": self.copies_of(public_id),
            **({"former_slugs": slugs} if (slugs := former_slugs(source)) else {}),
        }

    def copies_of(self, public_id: str) -> list[dict]:
        """The held sources that republish or translate this one."""
        return [brief_source(copy) for copy in self.copies.get(public_id, [])]

    def actor_entity(self, public_id: str) -> dict:
        """An actor's names, kind, identifiers and cited affiliations."""
        actor = self.actors[public_id]
        return {
            **named_actor(actor),
            "names": [row.name for row in held(actor, "other_names")],
            "identifiers": [
                {"scheme": row.scheme, "value": row.value}
                for row in held(actor, "identifiers")
            ],
            "affiliations": [
                {
                    "role": row.role,
                    "organisation": named_actor(row.organisation),
                    "since": as_json(row.since),
                    "until": as_json(row.until),
                    "source": named_source(row.source),
                    "read_in": named_source(row.read_in),
                }
                for row in held(actor, "affiliations")
                if row.source_id
            ],
            "former_slugs": former_slugs(actor),
        }


def named_in_entity(entity: dict) -> set[str]:
    """The ids of the actors and sources that one of them names, itself among them.

    What is named only within one of these is not: its own entry names that, too.
    """
    things = [entity, entity.get("publisher"), *entity.get("copies", ())]
    for part in ("byline", "lineage", "affiliations"):
        for row in entity.get(part, ()):
            things += map(row.get, ("actor", "organisation", "source", "read_in"))
    return {thing["id"] for thing in things if thing}


def named_in(document: dict) -> set[str]:
    """The ids of the actors and sources that a document names.

    Nothing deeper, as of an entity.
    """
    things = [*document["actors"], document["date"] and document["date"]["anchor"]]
    for row in document["statements"]:
        things += map(row.get, VOICES)
        things.append(row["said_in"] and row["said_in"]["source"])
        things.append(row["said"] and row["said"]["anchor"])
        for citation in row["citations"]:
            things += map(citation.get, CITED)
            things += citation["copies"]
    return {thing["id"] for thing in things if thing}


def once_a_row(make: Callable) -> Callable:
    """What is made of a row, made once: rows are read for one act."""
    name = f"_{make.__name__}"

    @wraps(make)
    def kept(row):
        if row is None:
            return None
        held = row.__dict__.get(name)
        if held is None:
            held = row.__dict__[name] = make(row)
        return held

    return kept


def former_slugs(thing: Actor | Source) -> list[str]:
    """The web names, known to readers, of what was merged into a thing."""
    if not held(thing, "merged"):
        return []
    rows = merged_with(thing)
    known = published_names(row.public_id for row in rows)
    return sorted(row.slug for row in rows if row.public_id in known)


@once_a_row
def named_actor(actor: Actor) -> dict:
    """An actor as it is named wherever it occurs."""
    return {
        "id": actor.public_id,
        "slug": actor.slug,
        "name": actor.name,
        "kind": actor.kind,
        **({"private": True} if actor.private else {}),
    }


@once_a_row
def named_source(source: Source) -> dict:
    """A source where only its name is needed."""
    return {
        "id": source.public_id,
        "slug": source.slug,
        "title": source.title or None,
        "label": source.label or None,
    }


@once_a_row
def brief_source(source: Source) -> dict:
    """A source as citations and trails name it."""
    return {
        **named_source(source),
        "publisher": named_actor(source.publisher),
        "kind": source.kind,
        "published": as_json(source.published, words=source.published_words),
        "production": source.production,
        "status": source.status,
        "original_url": source.original_url or None,
    }

"""Actors and sources of the desk, with all that they name, in a document's shapes."""

from collections.abc import Iterable

from timeline.dates import as_json
from timeline.editing import published_names
from timeline.editing.merged import merged_with
from timeline.models import COPIES, Actor, Source, SourceLink

WHOLE_ACTOR = (
    "other_names",
    "identifiers",
    "affiliations__organisation",
    "affiliations__source",
    "affiliations__read_in",
    "merged",
)


class Holdings:
    """What a set of documents may name, read from the desk in few queries."""

    def __init__(self):
        self.actors: dict[str, Actor] = {}
        self.sources: dict[str, Source] = {}
        self.copies: dict[str, list[Source]] = {}
        self._actor_keys: set[int] = set()
        self._source_keys: set[int] = set()

    def fetch(self, *, actors: Iterable[int], sources: Iterable[int]) -> None:
        """Read these by primary key, and whatever they name, until nothing is new."""
        actors, sources = set(actors) - {None}, set(sources) - {None}
        while actors or sources:
            by_sources = self._fetch_sources(sources)
            actors = (actors | by_sources[0]) - self._actor_keys - {None}
            by_actors = self._fetch_actors(actors)
            actors = by_actors[0] - self._actor_keys - {None}
            sources = (by_actors[1] | by_sources[1]) - self._source_keys - {None}

    def _fetch_actors(self, keys: set[int]) -> tuple[set[int], set[int]]:
        """Read these actors; the actors and sources that they name."""
        self._actor_keys |= keys
        actors, sources = set(), set()
        rows = Actor.objects.filter(pk__in=keys).prefetch_related(*WHOLE_ACTOR)
        for actor in rows if keys else ():
            self.actors[actor.public_id] = actor
            cited = [row for row in actor.affiliations.all() if row.source_id]
            actors |= {row.organisation_id for row in cited}
            sources |= {key for row in cited for key in (row.source_id, row.read_in_id)}
        return actors, sources

    def _fetch_sources(self, keys: set[int]) -> tuple[set[int], set[int]]:
        """Read these sources; the actors and sources that they name."""
        self._source_keys |= keys
        actors, sources = set(), set()
        rows = Source.objects.filter(pk__in=keys).select_related("publisher")
        rows = rows.prefetch_related(
            "byline__actor", "links__target__publisher", "merged"
        )
        for source in rows if keys else ():
            self.sources[source.public_id] = source
            actors |= {line.actor_id for line in source.byline.all()}
            actors.add(source.publisher_id)
            sources |= {link.target_id for link in source.links.all()}
        return actors, sources | self._fetch_copies(keys)

    def _fetch_copies(self, keys: set[int]) -> set[int]:
        links = SourceLink.objects.filter(
            target__in=keys, kind__in=[str(kind) for kind in COPIES]
        ).select_related("source__publisher", "target")
        copies = set()
        for link in links.order_by("source__slug") if keys else ():
            self.copies.setdefault(link.target.public_id, []).append(link.source)
            copies.add(link.source_id)
        return copies

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
                for line in source.byline.all()
            ],
            "updated": as_json(source.updated),
            "production_words": source.production_words or None,
            "reporting": source.reporting,
            "known_by_credit": source.known_by_credit,
            "lineage": [
                {"kind": link.kind, "source": brief_source(link.target)}
                for link in source.links.all()
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
            "names": [row.name for row in actor.other_names.all()],
            "identifiers": [
                {"scheme": row.scheme, "value": row.value}
                for row in actor.identifiers.all()
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
                for row in actor.affiliations.all()
                if row.source_id
            ],
            "former_slugs": former_slugs(actor),
        }


def former_slugs(thing: Actor | Source) -> list[str]:
    """The web names, known to readers, of what was merged into a thing."""
    if not thing.merged.all():
        return []
    rows = merged_with(thing)
    known = published_names(row.public_id for row in rows)
    return sorted(row.slug for row in rows if row.public_id in known)


def named_actor(actor: Actor | None) -> dict | None:
    """An actor as it is named wherever it occurs."""
    if actor is None:
        return None
    return {
        "id": actor.public_id,
        "slug": actor.slug,
        "name": actor.name,
        "kind": actor.kind,
    }


def named_source(source: Source | None) -> dict | None:
    """A source where only its name is needed."""
    if source is None:
        return None
    return {
        "id": source.public_id,
        "slug": source.slug,
        "title": source.title or None,
        "label": source.label or None,
    }


def brief_source(source: Source | None) -> dict | None:
    """A source as citations and trails name it."""
    if source is None:
        return None
    return {
        **named_source(source),
        "publisher": named_actor(source.publisher),
        "kind": source.kind,
        "published": as_json(source.published, words=source.published_words),
        "production": source.production,
        "status": source.status,
        "original_url": source.original_url or None,
    }

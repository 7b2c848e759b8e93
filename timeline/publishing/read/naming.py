"""How a document names, in other places, the things that it holds as entities."""

from collections.abc import Iterable, Mapping

from timeline.provenance import Origins

ACTOR = ("id", "slug", "name", "kind")
PRIVATE = "private"  # said of persons who are, and of nobody else
SOURCE = (
    *("id", "slug", "title", "label", "publisher", "kind", "published"),
    *("production", "status", "original_url"),
)


def named_origins(origins: Origins, document: Mapping) -> dict:
    """Origins with their publishers as the document's own entities name them."""
    names = {row["id"]: row for row in document["entities"]["actors"]}
    return told_origins(
        origins,
        (
            {
                key: names[publisher][key]
                for key in (*ACTOR, PRIVATE)
                if key in names[publisher]
            }
            for publisher in origins.publishers
        ),
    )


def told_origins(origins: Origins, publishers: Iterable[Mapping]) -> dict:
    """Origins with their publishers, in that order, as they are named elsewhere."""
    return {
        "count": origins.count,
        "publishers": list(publishers),
        "unknown": origins.unknown,
    }


def brief_source(entity: Mapping) -> dict:
    """A source as citations and trails name it, from its whole entry."""
    return {key: entity[key] for key in SOURCE}

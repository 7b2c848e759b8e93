"""What is told of the invented things, and every name that was given out."""

import json

from timeline.models.record import Facet, NamedThing, ThingFact, ThingName
from timeline.publishing.read.words import indexed
from timeline.publishing.write.deriving import thing, thing_facts, thing_texts

from .holes import (
    HOLES,
    Text,
    actor,
    hole,
    whole_actor,
    whole_source,
    with_dates,
)
from .holes import source as source_document
from .invented import source
from .making import put_actor, put_source

COUNTED = {"act_": Facet.ACTOR, "sto_": Facet.STORY, "top_": Facet.TOPIC}
NOUNS = {"act_": "actor", "sto_": "story", "top_": "topic", "src_": "source"}


def entities() -> dict:
    """Texts with holes of each kind of thing."""
    story = {"id": f"sto_{hole('story12')}", "slug": f"story-{hole('story')}"}
    story |= {"title": f"Story {hole('story')}", "summary": ""}
    topic = {"id": f"top_{hole('topic12')}", "slug": f"topic-{hole('topic')}"}
    topic |= {"name": f"Topic {hole('topic')}"}
    cited = source_document(0, undated=False)
    undated = source_document(0, undated=True)
    made = {
        "story": story,
        "topic": topic,
        "person": whole_actor(actor(0)),
        "outlet": whole_actor(cited["publisher"]),
        "source": whole_source(cited),
        "undated": whole_source(undated),
    }
    return {
        name: Text(with_dates(json.dumps(value), "sent", json.dumps))
        for name, value in made.items()
    }


def write_things(rows, frames, counts, *, site: str) -> None:
    """Every thing that a frame names which was ever used.

    Whatever names a thing says the same of it; which did last is what differs.
    """
    texts, newest, bounds = entities(), {}, {}
    for frame in frames:
        for key in frame.things:
            newest[key] = max(newest.get(key, 0), frame.newest)
            bounds.setdefault(key, []).append(frame.bounds)
    for (kind, number), sequence in newest.items():
        if sequence:
            whole = entity(texts, kind, number)
            noun = NOUNS[whole["id"][:4]]
            add_names(rows, noun, whole["id"], whole["slug"])
            found = bounds[kind, number] if kind in ("story", "topic") else []
            add_thing(rows, whole, sequence, counts, widest(found), site=site)


def widest(bounds) -> tuple[int | None, int | None]:
    lows = [low for low, _high in bounds if low is not None]
    highs = [high for _low, high in bounds if high is not None]
    return min(lows, default=None), max(highs, default=None)


def add_thing(rows, entity, sequence, counts, bounds, *, site: str) -> None:
    name, noun, slug, body = thing(entity, site=site)
    words = indexed(thing_texts(entity))
    facet = COUNTED.get(name[:4])
    entries, statements = (each.get((facet, name), 0) for each in counts)
    told = (name, noun, slug, sequence, entries, statements, *bounds)
    rows.of(NamedThing).append((*told, " ".join(words), body))
    rows.of(ThingFact).extend(
        (noun, facet, value, slug, name)
        for facet, value in sorted(thing_facts(entity, words))
    )


def entity(texts: dict, kind: str, number: int) -> dict:
    """The whole entity of a thing, as documents hold it."""
    values = [""] * len(HOLES)
    if kind in ("story", "topic"):
        values[HOLES[f"{kind}12"]] = f"{number:012d}"
        values[HOLES[kind]] = str(number)
    elif kind == "person":
        put_actor(values, 0, number)
    elif kind == "outlet":
        values[HOLES["source0_outlet12"]] = f"{number:012d}"
        values[HOLES["source0_outlet"]] = str(number)
    else:
        made = source(number)
        put_source(values, 0, made)
        kind = "source" if made.dated else "undated"
    return json.loads(texts[kind].filled(values))


def add_names(rows, noun: str, name: str, slug: str) -> None:
    rows.of(ThingName).append((noun, name, name, False))
    rows.of(ThingName).append((noun, slug, name, False))

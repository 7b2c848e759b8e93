"""Documents with holes, through the project's own derivation once, then filled often.

A shape is an event's structure: how many statements, by whom, cited to what. Whatever
differs between two events of one shape is a hole (`zq7q`) in its texts and facts, so
that three million rows need no more than filling in.
"""

import random
from dataclasses import dataclass, field

from timeline.models.record import Revision
from timeline.publishing.read.canonical import canonical
from timeline.publishing.read.naming import brief_source
from timeline.publishing.read.rendering import dump
from timeline.publishing.read.words import BREAK
from timeline.publishing.write.deriving import derive
from timeline.publishing.write.finding import UNFILTERED

from .holes import (
    HOLE,
    MOST_ACTORS,
    MOST_SOURCES,
    Text,
    actor,
    date_hole,
    hole,
    source,
    whole_actor,
    whole_source,
    with_dates,
)

NUMBER, SEQUENCE = 777_001, 777_002  # stand for what is no text


@dataclass(slots=True)
class Facts:
    """Facts of which some hold a hole."""

    fixed: list[tuple[int, str, int]]
    open: list[tuple[int, str, int, str, int]]

    @classmethod
    def of(cls, facts):
        fixed = [fact for fact in facts if not HOLE.search(fact[1])]
        cut = [(fact, HOLE.split(fact[1])) for fact in facts if HOLE.search(fact[1])]
        return cls(fixed, [(f[0], p[0], int(p[1]), p[2], f[2]) for f, p in cut])

    def filled(self, values: list[str]) -> set[tuple[int, str, int]]:
        found = {
            (facet, before + values[number] + after, place)
            for facet, before, number, after, place in self.open
        }
        found.update(self.fixed)
        return found


@dataclass(slots=True)
class Shape:
    """What is common to many events.

    `cited` has, by statement, the places of its sources; `undated` the places of those
    without a date; `topics` whether there is one; `credited` those known by credit;
    `named` the places of the actors that take part or speak.
    """

    cited: list[list[int]]
    undated: set[int]
    topics: bool
    actors: int
    credited: list[int]
    link: str
    document: Text = None
    body: Text = None
    words: Text = None
    facts: Facts = None
    past_facts: Facts = None
    statements: list[tuple[Text, Text, str, int]] = field(default_factory=list)
    said: list[int] = field(default_factory=list)
    named: list[int] = field(default_factory=list)


def shapes(count: int, *, link: str, site: str) -> list[Shape]:
    """So many shapes; `link` is `to`, `by` or nothing: links to or by a neighbour."""
    chance = random.Random(f"{count} {link}")
    return [shape(chance, link=link, site=site) for _ in range(count)]


def shape(chance: random.Random, *, link: str, site: str) -> Shape:
    numbers = chance.choices([1, 2, 3], [94, 4, 2])[0]
    cited, last = [], 0
    for _ in range(numbers):
        more = min(chance.choices([1, 2], [94, 6])[0], MOST_SOURCES - last)
        cited.append(list(range(last, last + more)) or [last - 1])
        last += more
    undated = {place for place in range(last) if chance.random() < 0.06}
    credited = []
    if last < MOST_SOURCES and chance.random() < 0.06:
        credited = [last]
        undated.add(last)
    made = Shape(
        cited=cited,
        undated=undated,
        topics=chance.random() < 0.25,
        actors=2 if chance.random() < 0.1 else 1,
        credited=credited,
        link=link,
    )
    document = document_of(made, chance)
    fill_in(made, document, site=site)
    return made


def fill_in(made: Shape, document: dict, *, site: str) -> None:
    """Everything that the project's own derivation makes of a document with holes."""
    revision = Revision(
        number=NUMBER,
        sequence=SEQUENCE,
        kind=hole("kind"),
        note=hole("note"),
        published_at=hole("published_at"),
        digest=hole("digest"),
    )
    rows = derive(revision, document, ordinal=1, site=site)
    made.document = Text(with_dates(canonical(document), "canonical", canonical))
    body = with_dates(rows.body, "sent", dump)
    told = f'"number":{hole("number")},"sequence":{hole("sequence")}'
    made.body = Text(body.replace(f'"number":{NUMBER},"sequence":{SEQUENCE}', told))
    made.words = Text(" ".join(word or BREAK for word in rows.words))
    made.facts = Facts.of(sorted(rows.facts))
    made.past_facts = Facts.of(sorted(f for f in rows.facts if f[0] not in UNFILTERED))
    made.statements = [(Text(a), Text(b), c, d) for a, b, c, d in rows.statements]
    made.said = [row["statement"] for row in rows.said]
    made.named = [
        place
        for place in range(MOST_ACTORS)
        if actor(place)["id"] in {row["id"] for row in rows.entities}
    ]


def document_of(made: Shape, chance: random.Random) -> dict:
    sources = {
        place: source(place, undated=place in made.undated)
        for place in [*(p for row in made.cited for p in row), *made.credited]
    }
    story = {"id": f"sto_{hole('story12')}", "slug": f"story-{hole('story')}"}
    story["title"] = f"Story {hole('story')}"
    topic = {"id": f"top_{hole('topic12')}", "slug": f"topic-{hole('topic')}"}
    topic["name"] = f"Topic {hole('topic')}"
    topics = [topic] if made.topics else []
    roles = chance.sample(["agent", "counterpart", "affected", "host", "mentioned"], 2)
    taking = [actor(place) for place in range(made.actors)]
    statements = [
        statement(made, place, sources, chance) for place in range(len(made.cited))
    ]
    speakers = [row["speaker"] for row in statements if row["speaker"]]
    reported = any(row["first_reported"] for row in statements)
    return {
        "version": 1,
        "id": f"evt_{hole('event12')}",
        "slug": f"event-{hole('event')}",
        "title": f"The {hole('title')}",
        "summary": f"It is about the {hole('summary')}.",
        "status": "happened",
        "importance": chance.choices(["major", "normal", "minor"], [1, 6, 3])[0],
        "place": None,
        "date": date_hole("date"),
        "stories": [story],
        "topics": topics,
        "actors": [
            {**row, "role": role} for row, role in zip(taking, roles, strict=False)
        ],
        "related": [],
        "statements": statements,
        "first_reported": date_hole("reported3") if reported else None,
        "origins": origins(sources, made.credited, [p for r in made.cited for p in r]),
        "order": [row["id"] for row in statements],
        "entities": entities([*taking, *speakers], sources.values(), story, topics),
        "act": {"note": hole("note"), "caused_by": None},
    }


def entities(actors, sources, story: dict, topics: list[dict]) -> dict:
    publishers = [row["publisher"] for row in sources]
    return {
        "actors": [whole_actor(row) for row in [*actors, *publishers]],
        "sources": [whole_source(row) for row in sources],
        "stories": [{**story, "summary": ""}],
        "topics": topics,
    }


def origins(sources: dict, credited: list[int], cited: list[int]) -> dict:
    """The publishers at the ends of trails: of what is credited, else of the cited."""
    ends = [*credited, *cited[len(credited) :]]
    publishers = [sources[place]["publisher"] for place in dict.fromkeys(ends)]
    return {"count": len(publishers), "publishers": publishers, "unknown": False}


def statement(made: Shape, place: int, sources: dict, chance: random.Random) -> dict:
    cited, credited = made.cited[place], made.credited if place == 0 else []
    named = chance.random() < 0.8
    speaker = actor(made.actors + place) if named else None
    described = None if named else "a company official"
    dated = any(number not in made.undated for number in cited)
    return {
        "id": f"stm_{hole('event9')}{place + 1:03d}",
        "slug": f"statement-{hole('event')}-{place + 1}",
        "kind": chance.choices(["claim", "announcement", "denial"], [7, 2, 1])[0],
        "mode": "paraphrase",
        "speaker": speaker,
        "on_behalf_of": None,
        "relayed_by": None,
        "told_to": None,
        "described_as": described,
        "described_number": None if named else "one",
        "ground": None,
        "reason_unnamed": None,
        "said_in": None,
        "said": date_hole("date") if chance.random() < 0.6 else None,
        "text": f"The {hole(f'text{place}')}.",
        "language": "en",
        "quote": None,
        "attribution": f"{speaker['name'] if named else 'A company official'}, as"
        f" reported by {sources[cited[0]]['publisher']['name']}",
        "standing": "disputed" if made.link == "by" and place == 0 else "stands",
        "links": [neighbour()] if made.link == "to" and place == 0 else [],
        "linked_by": [neighbour()] if made.link == "by" and place == 0 else [],
        "first_reported": date_hole(f"reported{place}") if dated else None,
        "origins": origins(sources, credited, cited),
        "citations": [
            citation(sources, number, credited if number == cited[0] else [])
            for number in cited
        ],
    }


def neighbour() -> dict:
    """The end of a link that denies."""
    near = {"event": f"evt_{hole('near12')}", "statement": f"stm_{hole('near9')}001"}
    return {"kind": "denies", **near}


def citation(sources: dict, number: int, credited: list[int]) -> dict:
    via = sources[credited[0]] if credited else None
    return {
        "source": brief_source(sources[number]),
        "via": via,
        "origin": via or sources[number],
        "read_in": None,
        "copies": [],
        "own_words": False,
        "after_update": False,
        "credit": "unchecked",
        "passage": dict.fromkeys(("exact", "prefix", "suffix", "locator", "url"), None)
        | {"state": "unchecked"},
    }

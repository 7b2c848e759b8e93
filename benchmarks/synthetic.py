"""Fills the record with synthetic events: `python -m benchmarks.synthetic 100000`.

Through the project's own append and derivation, into the database of DATABASE_URL,
which should be empty and thrown away afterwards. The figures it prints are CPU time.
"""

import random
import sys
import time
from itertools import islice

from django.db import transaction

import benchmarks.ready  # noqa: F401
from timeline.dates import as_json, parse
from timeline.models.record import RevisionKind
from timeline.publishing.write.before import before
from timeline.publishing.write.entries import apply
from timeline.publishing.write.log import Draft, append, hold_record_lock

AT_ONCE = 500
WORDS = (
    "council budget harbour treaty inquiry minister refinery ballot strike tunnel "
    "hospital verdict satellite drought merger ferry railway protest vaccine bridge"
).split()


def date_json(text):
    """A date as documents hold it."""
    return as_json(parse(text))


class World:
    """Actors, sources and stories in which few are named often, by Zipf's law."""

    def __init__(self, seed=1, *, actors=2000, sources=5000, stories=200):
        self.random = random.Random(seed)
        self.outlets = [self.actor(n, "outlet") for n in range(1, 101)]
        self.actors = [self.actor(n, "person") for n in range(101, actors)]
        self.sources = [self.source(n) for n in range(1, sources)]
        self.stories = [
            {"id": f"sto_{n:012d}", "slug": f"story-{n}", "title": f"Story {n}"}
            for n in range(1, stories)
        ]

    def actor(self, number, kind):
        return {
            "id": f"act_{number:012d}",
            "slug": f"{kind}-{number}",
            "name": f"{kind.title()} Number {number}",
            "kind": kind,
        }

    def source(self, number):
        day = f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}"
        return {
            "id": f"src_{number:012d}",
            "slug": f"report-{number}",
            "title": f"Report {number} on the {self.words(4)}",
            "label": None,
            "publisher": self.outlets[number % len(self.outlets)],
            "kind": "article",
            "published": date_json(day),
            "production": "human",
            "status": "current",
            "original_url": f"https://outlet.example/{number}",
        }

    def words(self, count):
        return " ".join(self.random.choices(WORDS, k=count))

    def pick(self, things):
        """The k-th thing about 1/k as often as the first."""
        place = int(len(things) ** self.random.random()) - 1
        return things[place]

    def date(self):
        year = self.random.choice([*range(1990, 2027)] * 20 + [*range(1500, 1990)])
        day = (
            f"{year}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}"
        )
        forms = [day] * 16 + [day[:7], day[:4], f"[..{day}]", f"{day[:7]}~", ".."]
        return self.random.choice(forms)

    def document(self, number):
        """One event with three statements and about four citations, 2-3 KB."""
        date = date_json(self.date())
        statements = [self.statement(number, place, date) for place in range(3)]
        story = self.pick(self.stories)
        first = statements[0]["citations"][0]["source"]["published"]
        document = {
            "version": 1,
            "id": f"evt_{number:012d}",
            "slug": f"event-{number}",
            "title": f"The {self.words(5)}",
            "summary": f"It is about the {self.words(12)}.",
            "status": "happened",
            "importance": self.random.choice(["major", "normal", "normal", "minor"]),
            "place": None,
            "date": date,
            "stories": [story],
            "topics": [],
            "actors": [{**self.pick(self.actors), "role": "agent"}],
            "related": [],
            "statements": statements,
            "first_reported": first,
            "origins": {"count": 0, "publishers": [], "unknown": True},
            "order": [row["id"] for row in statements],
        }
        document["entities"] = self.entities(document, story)
        return document

    def statement(self, number, place, date):
        speaker = self.pick(self.actors)
        cited = [self.pick(self.sources)]
        return {
            "id": f"stm_{number:09d}{place:03d}",
            "slug": f"statement-{number}-{place}",
            "kind": "claim",
            "mode": "paraphrase",
            "speaker": speaker,
            "on_behalf_of": None,
            "relayed_by": None,
            "told_to": None,
            "described_as": None,
            "described_number": None,
            "ground": None,
            "reason_unnamed": None,
            "said_in": None,
            "said": date,
            "text": f"The {self.words(14)}.",
            "language": "en",
            "quote": None,
            "attribution": f"{speaker['name']}, as reported by somebody",
            "standing": "stands",
            "links": [],
            "linked_by": [],
            "first_reported": cited[0]["published"],
            "origins": {"count": 0, "publishers": [], "unknown": True},
            "citations": [self.citation(source) for source in cited],
        }

    def citation(self, source):
        return {
            "source": source,
            "via": None,
            "origin": source,
            "read_in": None,
            "copies": [],
            "own_words": False,
            "after_update": False,
            "credit": "unchecked",
            "passage": {
                "state": "unchecked",
                "exact": None,
                "prefix": None,
                "suffix": None,
                "locator": None,
                "url": None,
            },
        }

    def entities(self, document, story):
        sources = {
            citation["source"]["id"]: citation["source"]
            for statement in document["statements"]
            for citation in statement["citations"]
        }
        actors = {row["publisher"]["id"]: row["publisher"] for row in sources.values()}
        actors |= {
            row["speaker"]["id"]: row["speaker"] for row in document["statements"]
        }
        actors |= {
            row["id"]: {key: row[key] for key in ("id", "slug", "name", "kind")}
            for row in document["actors"]
        }
        return {
            "actors": [self.whole_actor(actors[key]) for key in sorted(actors)],
            "sources": [self.whole_source(sources[key]) for key in sorted(sources)],
            "stories": [{**story, "summary": ""}],
            "topics": [],
        }

    def whole_actor(self, actor):
        empty = ("names", "identifiers", "affiliations", "former_slugs")
        return {**actor, **{key: [] for key in empty}}

    def whole_source(self, source):
        return {
            **source,
            "language": "en",
            "archived_url": None,
            "byline": [],
            "updated": None,
            "production_words": None,
            "reporting": "unknown",
            "known_by_credit": False,
            "lineage": [],
            "copies": [],
        }


def fill(count, *, seed=1):
    """Append `count` publications in acts of 500; returns CPU seconds."""
    world = World(seed)
    numbers = iter(range(1, count + 1))
    spent = 0.0
    while group := [world.document(number) for number in islice(numbers, AT_ONCE)]:
        start = time.process_time()
        append_act(group)
        spent += time.process_time() - start
    return spent


def append_act(documents):
    """One act of publications, as `publish_many` appends it."""
    drafts = [
        Draft(row["id"], row["slug"], RevisionKind.PUBLICATION, document=row)
        for row in documents
    ]
    with transaction.atomic():
        hold_record_lock()
        stood = before([row["id"] for row in documents], documents)
        revisions = append(drafts, last=stood.last, by=None)
        act = {"note": "", "caused_by": None}
        parsed = {
            row.sequence: {**draft.document, "act": act}
            for row, draft in zip(revisions, drafts, strict=True)
        }
        apply(revisions, parsed)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    spent = fill(count)
    print(f"{count:,} events appended and derived: {spent:.1f} s of CPU,")
    print(f"{spent / count * 1000:.2f} ms an event (building documents not counted).")


if __name__ == "__main__":
    main()

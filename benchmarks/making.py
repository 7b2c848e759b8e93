"""Frames: entries whose things and texts are settled, but for what one event has.

A frame is a shape with its actors, sources and texts filled in; many events are made
of each, and differ by number, title, date and what the record adds.
"""

from collections import Counter
from dataclasses import dataclass, field

from timeline.dates import UNDATED
from timeline.models.record import Facet, Variant
from timeline.publishing.read.marks import Marks, marks_of
from timeline.publishing.read.words import BREAK, stored

from .holes import HOLES, MOST_ACTORS, MOST_STATEMENTS, Text, hole
from .invented import (
    ACTORS,
    STORIES,
    TOPICS,
    Dated,
    Source,
    draws,
    happened,
    pick_source,
    ranked,
    words,
)
from .shapes import Shape, shapes

FRAMES, LINKED_FRAMES = 18_000, 1_000
SHAPES, LINKED_SHAPES = 240, 40
PAIR_EACH = 20  # in so many events two are linked: the fourth and the fifth
TITLE_WORDS = 4
KINDS = ("correction", "update", "update", "minor")
QUARTER = 2**30
OPEN = (
    *("event12", "event9", "event", "near12", "near9", "title", "number", "sequence"),
    *("kind", "note", "published_at", "digest", "date_canonical", "date_sent"),
)
AT = {name: HOLES[name] for name in OPEN}


@dataclass(slots=True)
class Frame:
    """What many events have in common; facts are (facet, thing, statement)."""

    document: Text
    body: Text
    words: Text
    lexemes: str
    facts: list[tuple[int, str, int]]
    past_facts: list[tuple[int, str, int]]
    marks: Marks
    standings: list[str]
    said: list[int]
    known_from: int | None
    whole_from: int | None
    day: int
    things: list[tuple[str, int]]
    shown: int = 0  # how many current entries are made of it, and the last of them
    newest: int = 0
    bounds: list[int | None] = field(default_factory=lambda: [None, None])
    begun: Counter = field(default_factory=Counter)  # by the periods they begin in
    days: set[str] = field(default_factory=set)  # on which each of them was reported


@dataclass(slots=True)
class Made:
    """One entry: its frame, the values of the holes that are left, and its date."""

    frame: Frame
    values: list[str]
    date: Dated
    event: str
    kind: str
    note: str

    def facts(self, *, past: bool) -> list[tuple[int, str, int]]:
        """All that a current entry is found by, or a past one."""
        frame, date = self.frame, self.date
        of_event = [
            (int(Facet.EVENT), self.event, place)
            for place in range(1, len(frame.standings) + 1)
        ]
        found = (frame.past_facts if past else frame.facts) + of_event
        kinds = {date.variant} - {Variant.NONE}
        if frame.known_from is not None and frame.known_from < date.sort_key != UNDATED:
            kinds.add(int(Variant.EARLY))
        for kind in kinds:
            found += [(f + kind, t, p) for f, t, p in frame.past_facts]
            found += [(f + kind, t, p) for f, t, p in of_event]
        return found

    def search(self, vendor: str) -> str:
        """Its words, as `stored` makes them of what `indexed` finds."""
        if vendor != "postgresql":
            return self.frame.words.filled(self.values)
        title = self.values[AT["title"]].split()
        places = " ".join(f"{word}:{at}" for at, word in enumerate(title, start=2))
        return f"{self.frame.lexemes} {places}"

    def said(self, *extra) -> list[tuple]:
        """Rows of `Said`, from the statement's place on."""
        date = self.date
        bounds = (date.sort_key, date.variant, date.earliest, date.latest)
        return [(place, *extra, *bounds) for place in self.frame.said]

    def statements(self) -> list[tuple[str, str, str, int]]:
        key, slug = self.values[AT["event9"]], self.values[AT["event"]]
        return [
            (f"stm_{key}{place:03d}", f"statement-{slug}-{place}", standing, place)
            for place, standing in enumerate(self.frame.standings, start=1)
        ]


class Maker:
    """Makes entries of a record with so many events, rendered for a site."""

    def __init__(self, events: int, *, site: str):
        self.events = events
        count = min(FRAMES, events)
        made = shapes(SHAPES, link="", site=site)
        self.plain = [frame(made[k % SHAPES], 0, k) for k in range(count)]
        count = min(LINKED_FRAMES, events)
        made = shapes(LINKED_SHAPES, link="to", site=site)
        self.linking = [frame(made[k % LINKED_SHAPES], 1, k) for k in range(count)]
        made = shapes(LINKED_SHAPES, link="by", site=site)
        self.linked = [frame(made[k % LINKED_SHAPES], 2, k) for k in range(count)]

    def frames(self) -> list[Frame]:
        return [*self.plain, *self.linking, *self.linked]

    def frame(self, event: int, drawn: int) -> tuple[Frame, int]:
        """An event's frame, and the neighbour that it is linked to or by."""
        if event % PAIR_EACH == 4 and event < self.events:
            return self.linked[drawn % len(self.linked)], event + 1
        if event % PAIR_EACH == 5:
            return self.linking[drawn % len(self.linking)], event - 1
        return self.plain[drawn % len(self.plain)], 0

    def made(self, event: int, number: int) -> Made:
        """The entry of one revision (`number` from 1) of one event (from 1)."""
        own = draws(event)
        now = draws(event, number) if number > 1 else own
        frame, near = self.frame(event, own[0])
        when = now if now[1] < QUARTER else own
        date = happened(when[2], when[3], frame.day)
        kind = KINDS[now[4] % 4] if number > 1 else "publication"
        note = f"What changed: the {words(now[5:7])}." if number > 1 else ""
        values = [""] * len(HOLES)
        values[AT["event12"]] = key = f"{event:012d}"
        values[AT["event9"]] = key[3:]
        values[AT["event"]] = str(event)
        values[AT["near12"]] = f"{near:012d}"
        values[AT["near9"]] = f"{near:09d}"
        values[AT["number"]] = str(number)
        values[AT["title"]] = words(now[8 : 8 + TITLE_WORDS])
        values[AT["kind"]], values[AT["note"]] = kind, note
        values[AT["date_canonical"]] = date.canonical
        values[AT["date_sent"]] = date.sent
        return Made(frame, values, date, f"evt_{key}", kind, note)


def frame(shape: Shape, *key: int) -> Frame:
    """A shape with everything filled in that follows from these numbers."""
    drawn, more = draws(11, *key), draws(12, *key)
    sources, actors = sources_of(shape, drawn), actors_of(shape, drawn)
    story, topic = ranked(STORIES, drawn[4]), ranked(TOPICS, drawn[5])
    values = [""] * len(HOLES)
    for name in OPEN:
        values[HOLES[name]] = hole(name)
    put(values, "summary", words(more[:10]))
    for place in range(len(shape.cited)):
        put(values, f"text{place}", words(more[10 + 11 * place : 21 + 11 * place]))
    put_numbered(values, "story", story)
    put_numbered(values, "topic", topic)
    for place, rank in enumerate(actors):
        put_actor(values, place, rank)
    for place, source in sources.items():
        put_source(values, place, source)
    known_from, whole_from = put_reported(values, shape, sources)
    indexed = shape.words.filled(values).lower()
    own, facts = int(Facet.EVENT), shape.facts.filled(values)
    return Frame(
        document=Text(shape.document.filled(values)),
        body=Text(shape.body.filled(values)),
        words=Text(indexed),
        lexemes=lexemes(indexed),
        facts=[row for row in facts if row[0] != own],
        past_facts=[row for row in shape.past_facts.filled(values) if row[0] != own],
        marks=marks_of(facts),
        standings=[row[2] for row in shape.statements],
        said=shape.said,
        known_from=known_from,
        whole_from=whole_from,
        day=sources[shape.cited[0][0]].day,
        things=things(shape, story, topic, actors, sources),
    )


def lexemes(indexed: str) -> str:
    """What PostgreSQL stores of a frame's words, but for those of the title.

    It sorts them itself, and puts together what comes twice.
    """
    kept = indexed.replace(hole("title"), " ".join([BREAK] * TITLE_WORDS))
    found = ["" if word == BREAK else word for word in kept.split(" ")]
    return stored(found, vendor="postgresql")


def sources_of(shape: Shape, drawn) -> dict[int, Source]:
    """A source for each place, no two the same."""
    found: dict[int, Source] = {}
    for place in dict.fromkeys([*sum(shape.cited, []), *shape.credited]):
        number, plain = drawn[6 + place], place in shape.undated
        while (picked := pick_source(number, undated=plain)) in found.values():
            number = (number * 5 + 2**31 + 1) % 2**32
        found[place] = picked
    return found


def actors_of(shape: Shape, drawn) -> list[int]:
    """A rank for each place, no two the same."""
    found: list[int] = []
    for place in range(min(shape.actors + len(shape.cited), MOST_ACTORS)):
        rank = ranked(ACTORS, drawn[10 + place])
        while rank in found:
            rank = rank % (ACTORS - 1) + 1
        found.append(rank)
    return found


def things(shape, story, topic, actors, sources) -> list[tuple[str, int]]:
    """What an entry names: its story and topic, actors of both kinds, sources."""
    found = [("story", story)]
    if shape.topics:
        found.append(("topic", topic))
    found += [("person", actors[place]) for place in shape.named]
    found += [("source", row.number) for row in sources.values()]
    return found + [("outlet", row.outlet) for row in sources.values()]


def put(values: list[str], name: str, value: str) -> None:
    values[HOLES[name]] = value


def put_numbered(values: list[str], name: str, number: int) -> None:
    put(values, f"{name}12", f"{number:012d}")
    put(values, name, str(number))


def put_actor(values: list[str], place: int, rank: int) -> None:
    put(values, f"actor{place}_12", f"{rank + 1000:012d}")
    put(values, f"actor{place}_number", str(rank))


def put_source(values: list[str], place: int, source: Source) -> None:
    for name, value in {
        "12": f"{source.number:012d}",
        "number": str(source.number),
        "title": source.title,
        "outlet12": f"{source.outlet:012d}",
        "outlet": str(source.outlet),
        "kind": source.kind,
        "production": source.production,
    }.items():
        put(values, f"source{place}_{name}", value)
    if source.dated:
        put_date(values, f"source{place}", source.dated)


def put_date(values: list[str], name: str, date: Dated) -> None:
    put(values, f"{name}_canonical", date.canonical)
    put(values, f"{name}_sent", date.sent)


def put_reported(values, shape: Shape, sources) -> tuple[int | None, int | None]:
    """Fill in when it was first reported; returns from when it is known, and whole."""
    reported = []
    for place, cited in enumerate(shape.cited):
        dates = [sources[n].dated for n in cited if sources[n].dated]
        if dates:
            reported.append(min(dates, key=lambda date: date.sort_key))
            put_date(values, f"reported{place}", reported[-1])
    if not reported:
        return None, None
    first = min(reported, key=lambda date: date.sort_key)
    put_date(values, f"reported{MOST_STATEMENTS}", first)
    every = [sources[number].dated for row in shape.cited for number in row]
    whole = None if shape.link or None in every else max(d.latest for d in every)
    return min(date.latest for date in reported), whole

"""A record drawn at random: events of every kind, and all that can happen to them."""

from contextlib import contextmanager

from django.test import TestCase

from tests.publishing.desk import (
    a_citation,
    a_source,
    a_statement,
    a_story,
    an_actor,
    bring_back,
    destroy_text,
    edit,
    give_way,
    keep_back,
    link,
    numbers,
    put,
    record_of,
    take_away,
    taken,
)
from timeline.editing import Refused
from timeline.models import Event, Topic
from timeline.models.record import Revision
from timeline.publishing.write import publish_many

DATES = (
    *("2026-03-03", "2026-03-04T10:00:00Z", "2026-03", "2026-02/2026-04", "2025"),
    *(
        "202X",
        "19XX",
        "[..2026-03-02]",
        "[2026-03-01..]",
        "..",
        "2024-21",
        "2026-03-05",
    ),
    *("2026-02-26/..", "../2025-06", "[2026-03-02..2026-03-04]", "-0043-03-15", "2031"),
    *("..", "2026-03-03", ".."),
)
SAID = (None, None, "2026-03-02", "2026-03", "[..2026-03-03]", "2025", "..", "2026/..")
OUT = (None, "..", "2026-02-27", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03")
WORDS = ("treaty contract network summit vote Córdoba co-operate 北京 Łódź").split()
ROLES = ("agent", "counterpart", "affected", "host", "mentioned")
KINDS = ("announcement", "claim", "report", "denial", "confirmation", "no_response")
LINKS = ("corrects", "retracts", "denies", "clarifies", "confirms")
LIVE = "live"


class World:
    """A desk whose acts are drawn with `chance`; `events` are all that it made."""

    def __init__(self, chance, *, events=60, acts=45):
        self.chance = chance
        self.people = [self.person(number) for number in range(5)]
        self.outlets = [an_actor(f"Paper {n}", kind="outlet") for n in range(3)]
        self.stories = [a_story(f"Story of {self.words(1)}") for _ in range(3)]
        self.topics = [
            Topic.objects.create(slug=f"topic-{next(numbers)}", name=name)
            for name in ("Defence", "Elections")
        ]
        self.sources = [self.source(number) for number in range(8)]
        for place, source in enumerate(self.sources[1:], start=1):
            if chance.random() < 0.5:
                kind = chance.choice(["republishes", "translates", "rewrites"])
                taken(source, chance.choice(self.sources[:place]), kind)
        self.events = [self.event() for _ in range(events)]
        self.link_some(events // 3)
        list(publish_many(self.events, by=None))
        for _ in range(acts):
            self.act()

    def words(self, most=3):
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(1, most)))

    def person(self, number):
        person = an_actor(f"Pérson {number}", kind="person")
        person.other_names.create(key="other", name=f"{self.words(1)} Alias {number}")
        return person

    def source(self, number):
        return a_source(
            f"Report {number} {self.words(1)}",
            publisher=self.chance.choice(self.outlets),
            published=self.chance.choice(OUT),
            updated=self.chance.choice([None, "2026-03-07"]),
            reporting=self.chance.choice(["own", "own", "unknown"]),
            production=self.chance.choice(["human", "human", "ai_generated"]),
        )

    def event(self):
        event = Event.objects.create(
            slug=f"event-{next(numbers)}",
            title=self.words(),
            summary=self.words(),
            date=self.chance.choice(DATES),
            importance=self.chance.choice(["major", "normal", "minor"]),
        )
        for story in self.some(self.stories):
            event.story_links.create(key=f"s{story.pk}", story=story)
        for topic in self.some(self.topics):
            event.topic_links.create(key=f"t{topic.pk}", topic=topic)
        for place, person in enumerate(self.some(self.people)):
            role = self.chance.choice(ROLES)
            event.participations.create(key=f"p{place}", actor=person, role=role)
        for _ in range(self.chance.randint(1, 3)):
            self.statement(event)
        return event

    def some(self, things, most=2):
        return self.chance.sample(things, self.chance.randint(0, most))

    def statement(self, event):
        anybody = [None, None, *self.people]
        speaker = self.chance.choice([*self.people, *self.outlets, None])
        described = {} if speaker else {"described_as": f"an aide on {self.words(1)}"}
        statement = a_statement(
            event,
            self.words(),
            speaker=speaker,
            kind=self.chance.choice(KINDS),
            said=self.chance.choice(SAID),
            quote=self.chance.choice(["", self.words()]),
            on_behalf_of=self.chance.choice(anybody),
            relayed_by=self.chance.choice(anybody),
            told_to=self.chance.choice(anybody),
            **described,
        )
        places = self.chance.sample(range(len(self.sources)), self.chance.randint(1, 2))
        for place in places:
            later = self.sources[place + 1 :]
            a_citation(
                statement,
                self.sources[place],
                key=f"c{place}",
                position=place,
                via=self.chance.choice([None, None, *self.sources[:place]]),
                read_in=self.chance.choice([None, None, *later]),
            )
        return statement

    def link_some(self, number):
        """Links lead to earlier statements, so that no chain of them goes round."""
        rows = [row for event in self.events for row in event.statements.order_by("pk")]
        for _ in range(number):
            first, last = sorted(self.chance.sample(range(len(rows)), 2))
            if not rows[last].links.filter(target=rows[first]).exists():
                link(rows[last], self.chance.choice(LINKS), rows[first])

    def act(self):
        """One act, where there is an event that allows it."""
        verbs = [self.reword, self.move] * 4 + [self.withdraw, self.publish] * 2
        verbs += [self.hold, self.release] * 2 + [self.merge, self.suppress, self.add]
        try:
            self.chance.choice(verbs)()
        except Refused as refusal:
            assert "in a circle" in refusal.sentences[0]

    def any_in(self, *states):
        """An event that stands so on the desk; None where none does."""
        rows = list(Event.objects.filter(live_state__in=states).order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def change(self, **changes):
        if event := self.any_in(LIVE):
            edit(event, **changes)
            put(event, kind="correction")

    def reword(self):
        self.change(title=self.words(), summary=self.words())

    def move(self):
        self.change(
            date=self.chance.choice(DATES),
            importance=self.chance.choice(["major", "normal", "minor"]),
        )

    def add(self):
        event = self.event()
        self.events.append(event)
        put(event)

    def withdraw(self):
        if event := self.any_in(LIVE):
            take_away(event)

    def publish(self):
        if event := self.any_in("withdrawn", "suppressed"):
            put(event)

    def hold(self):
        if event := self.any_in(LIVE, "withdrawn"):
            keep_back(event)

    def release(self):
        if event := self.any_in("held"):
            bring_back(event)

    def merge(self):
        one, other = self.any_in(LIVE), self.any_in(LIVE)
        if one != other:
            give_way(one, other)

    def suppress(self):
        if event := self.any_in(LIVE, "withdrawn"):
            told = [row.number for row in record_of(event) if row.document]
            if told:
                some = self.chance.randint(1, len(told))
                destroy_text(event, *self.chance.sample(told, some))


@contextmanager
def undone():
    """Whatever is published in here is taken back; may be within another.

    As the tests of Django do it, so that acts may ask for a transaction of their own.
    """
    atomics = TestCase._enter_atomics()
    try:
        yield
    finally:
        TestCase._rollback_atomics(atomics)


def head():
    """How many rows the record has."""
    return Revision.objects.count()

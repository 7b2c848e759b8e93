"""After any row of acts, what readers see is what the record alone would make."""

import json
import random
from dataclasses import replace

import pytest

from timeline.editing import Refused
from timeline.models import Actor, Event, RelatedEvent, StatementLink
from timeline.models.record import (
    CurrentEntry,
    CurrentStatement,
    DeclaredLink,
    KnownEvent,
    NamedThing,
    Revision,
    ThingName,
)
from timeline.provenance import LinkFacts, standings
from timeline.publishing.read.facts import voices
from timeline.publishing.read.rendering import thing_body
from timeline.publishing.write import publish_many, rebuild, verify_record

from .counting import by_the_entries, by_the_table
from .desk import (
    a_citation,
    a_source,
    a_statement,
    a_story,
    an_actor,
    an_event,
    bring_back,
    derived,
    destroy_text,
    edit,
    give_way,
    keep_back,
    put,
    record_of,
    take_away,
)

pytestmark = pytest.mark.django_db

LINKS = ("corrects", "retracts", "denies", "contradicts", "clarifies", "confirms")
SITE = "https://timeline.example"


class Desk:
    """Six events, their people and sources, and one who does things to them at random.

    `declared` is what each live event linked to when it was last published.
    """

    def __init__(self, chance):
        self.chance = chance
        self.declared = {}
        self.people = [an_actor(f"Person {number}") for number in range(4)]
        self.sources = [a_source(f"Report {number}") for number in range(3)]
        self.sources.append(a_source("Machine report", production="ai_generated"))
        self.stories = [a_story("One story"), a_story("Another story")]
        self.events = [self.event(number) for number in range(6)]

    def event(self, number):
        date = self.chance.choice(["..", "2026-03", "[..2026-03-03]", "2025/2026"])
        event = an_event(f"Event {number}", statements=0, date=date)
        event.participations.create(actor=self.chance.choice(self.people))
        event.story_links.create(story=self.chance.choice(self.stories))
        for place in range(2):
            row = a_statement(
                event, f"Point {place}.", speaker=self.chance.choice(self.people)
            )
            a_citation(row, self.chance.choice(self.sources))
        return event

    def act(self):
        verbs = (
            [self.publish] * 6
            + [self.link, self.relate, self.turn] * 2
            + [self.unlink, self.withdraw, self.rename, self.rewrite, self.redate]
            + [self.publish_some, self.drop_statement]
            + [self.hold, self.release, self.suppress] * 2
            + [self.withdraw, self.merge]
        )
        self.chance.choice(verbs)()

    def any_in(self, *states):
        """An event that stands so on the desk; None where none does."""
        rows = list(Event.objects.filter(live_state__in=states).order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def any(self):
        return self.chance.choice(self.events)

    def statement(self):
        rows = [row for event in self.events for row in event.statements.all()]
        return self.chance.choice(rows)

    def free(self):
        """The events that may be published."""
        states = ("never", "live", "withdrawn", "suppressed")
        return list(Event.objects.filter(live_state__in=states).order_by("pk"))

    def publish(self):
        if free := self.free():
            event = self.chance.choice(free)
            self.tried([event], lambda: put(event))

    def publish_some(self):
        free = self.free()
        some = self.chance.sample(free, min(len(free), self.chance.randint(2, 4)))
        self.tried(some, lambda: list(publish_many(some, by=None, note="Many.")))

    def tried(self, events, act):
        try:
            act()
        except Refused as refusal:
            assert "in a circle" in refusal.sentences[0]
            return
        for event in events:
            self.declared[event.public_id] = declared_by(event)

    def withdraw(self):
        if event := self.any_in("live"):
            take_away(event)
            del self.declared[event.public_id]

    def hold(self):
        if event := self.any_in("live", "withdrawn", "merged", "suppressed"):
            keep_back(event)  # its links stay declared

    def release(self):
        if event := self.any_in("held"):
            try:
                bring_back(event)
            except Refused as refusal:
                assert "in a circle" in refusal.sentences[0]

    def merge(self):
        one, other = self.any_in("live"), self.any_in("live")
        if one != other:
            give_way(one, other)
            self.events.append(self.event(len(self.events)))

    def suppress(self):
        texts = Revision.objects.exclude(document=None).values("event_id")
        rows = list(Event.objects.filter(public_id__in=texts).order_by("pk"))
        if rows:
            event = self.chance.choice(rows)
            numbers = [row.number for row in record_of(event) if row.document]
            some = self.chance.randint(1, len(numbers))
            destroy_text(event, *self.chance.sample(numbers, some))

    def link(self):
        one, other = self.statement(), self.statement()
        if one != other:
            kind = self.chance.choice(LINKS)
            StatementLink.objects.get_or_create(statement=one, kind=kind, target=other)

    def unlink(self):
        for model in (StatementLink, RelatedEvent):
            rows = list(model.objects.order_by("pk"))
            if rows and self.chance.random() < 0.7:
                self.chance.choice(rows).delete()

    def turn(self):
        row = StatementLink.objects.order_by("pk").last()
        if row:
            row.statement, row.target = row.target, row.statement
            if not StatementLink.objects.filter(
                statement=row.statement, kind=row.kind, target=row.target
            ).exists():
                row.save()

    def relate(self):
        one, other = self.any(), self.any()
        if one != other:
            RelatedEvent.objects.get_or_create(event=one, kind="causes", target=other)

    def rename(self):
        person = self.chance.choice(self.people)
        Actor.objects.filter(pk=person.pk).update(
            name=f"{person.name.split(',')[0]}, {self.chance.randint(0, 9)}"
        )

    def rewrite(self):
        edit(self.any(), title=f"Title {self.chance.randint(0, 99)}")

    def redate(self):
        edit(self.any(), date=self.chance.choice(["..", "2026", "2024-05-06"]))

    def drop_statement(self):
        event = self.any()
        if event.statements.count() > 1 and self.chance.random() < 0.5:
            row = event.statements.last()
            StatementLink.objects.filter(target=row).delete()
            row.delete()
        else:
            row = a_statement(event, speaker=self.chance.choice(self.people))
            a_citation(row, self.chance.choice(self.sources))


def declared_by(event):
    links = StatementLink.objects.filter(statement__event=event)
    related = RelatedEvent.objects.filter(event=event)
    return (
        [
            LinkFacts(row.statement.public_id, row.kind, row.target.public_id)
            for row in links.order_by("statement__position", "position", "pk")
        ],
        [
            (row.kind, row.target.public_id)
            for row in related.order_by("position", "pk")
        ],
    )


def live_documents():
    rows = Revision.objects.filter(pk__in=CurrentEntry.objects.values("sequence"))
    return {row.event_id: json.loads(row.document) for row in rows}


def settled_from_scratch(documents, declared):
    """Standing, links and related events of all that is live, from nothing."""
    home = {
        row["id"]: document["id"]
        for document in documents.values()
        for row in document["statements"]
    }
    links = [
        link
        for event in documents
        for link in declared[event][0]
        if link.statement in home and link.target in home
    ]
    machine = {
        row["id"]
        for document in documents.values()
        for row in document["statements"]
        if {cited["source"]["production"] for cited in row["citations"]}
        == {"ai_generated"}
    }
    return {
        "standing": standings(home, links, ai_alone=machine),
        "links": {(row.statement, row.kind, row.target) for row in links},
        "related": {
            (event, kind, target, documents[target]["title"])
            for event in documents
            for kind, target in declared[event][1]
            if target in documents
        },
    }


def as_published(documents):
    """The same, as the documents have it."""
    statements = [
        row for document in documents.values() for row in document["statements"]
    ]
    out = {
        (row["id"], link["kind"], link["statement"])
        for row in statements
        for link in row["links"]
    }
    into = {
        (link["statement"], link["kind"], row["id"])
        for row in statements
        for link in row["linked_by"]
    }
    assert out == into
    return {
        "standing": {row["id"]: row["standing"] for row in statements},
        "links": out,
        "related": {
            (document["id"], row["kind"], row["id"], row["title"])
            for document in documents.values()
            for row in document["related"]
        },
    }


def made_on_the_desk(event_id):
    """The newest revision of a live event that was not caused by another's."""
    kinds = ["publication", "update", "correction", "minor"]
    rows = Revision.objects.filter(event_id=event_id, caused_by=None, kind__in=kinds)
    return rows.order_by("-sequence").first().sequence


def newest_words(documents):
    """What the newest current desk-made revision says of each thing that it names."""
    newest = {}
    for event_id, document in documents.items():
        since = made_on_the_desk(event_id)
        for rows in document["entities"].values():
            for row in rows:
                if row["id"] not in newest or newest[row["id"]][0] < since:
                    newest[row["id"]] = since, thing_body(row, site=SITE)
    return newest


def counted(documents):
    """How many events and statements concern each person and each story."""
    events, statements = {}, {}
    for document in documents.values():
        stories = {row["id"] for row in document["stories"]}
        named = {row["id"] for row in document["actors"]}
        for row in document["statements"]:
            for name in set(voices(row)) | stories:
                statements[name] = statements.get(name, 0) + 1
            named |= set(voices(row))
        for name in named | stories:
            events[name] = events.get(name, 0) + 1
    return events, statements


def check(desk):
    documents = live_documents()
    assert as_published(documents) == settled_from_scratch(documents, desk.declared)
    things = NamedThing.objects.all()
    words = {row.thing: (row.sequence, row.body) for row in things}
    assert words == newest_words(documents)
    events, statements = counted(documents)
    for row in things.exclude(noun="source"):
        found = events.get(row.thing, 0), statements.get(row.thing, 0)
        assert (row.events, row.statements) == found
    for story in things.filter(noun="story"):
        table, entries = by_the_table(story.thing), by_the_entries(story.thing)
        assert table.names.keys() == entries.names.keys()
        # Of what was renamed, entries that were not told anew have the old name.
        assert table == replace(entries, names=table.names)
    check_names()
    assert list(verify_record()) == []
    before = derived()
    rebuild()
    assert derived() == before


def check_names():
    """An event or statement of which anything is kept has its id for a name."""
    names = set(ThingName.objects.values_list("name", flat=True))
    for model, column in (
        (KnownEvent, "event_id"),
        (CurrentEntry, "event_id"),
        (CurrentStatement, "statement_id"),
        (DeclaredLink, "event_id"),
    ):
        assert set(model.objects.values_list(column, flat=True)) <= names


@pytest.mark.parametrize("seed", range(8))
def test_a_hundred_random_acts_leave_what_a_rebuild_makes(seed):
    desk = Desk(random.Random(seed))
    desk.publish_some()

    for number in range(100):
        desk.act()

        if number % 20 == 19:
            check(desk)

    kinds = set(Revision.objects.values_list("kind", flat=True))
    assert kinds >= {"withdrawal", "hold", "release", "suppression"}
    assert Revision.objects.exclude(caused_by=None).exists()

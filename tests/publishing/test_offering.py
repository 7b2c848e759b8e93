"""What the page of a story offers as filters is counted with every act."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from tests.factories import (
    EventTopicFactory,
    ParticipationFactory,
    SourceFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from timeline.models.record import CurrentBody, Facet, NamedThing, Rendering, StoryFact
from timeline.publishing import read
from timeline.publishing.read import offering, shares, tallying
from timeline.publishing.write import rebuild
from timeline.web import narrowing

from .counting import by_the_entries, by_the_table, plain
from .desk import (
    bring_back,
    destroy_text,
    edit,
    first,
    give_way,
    keep_back,
    put,
    take_away,
)

pytestmark = pytest.mark.django_db
COLUMNS = ("story", "facet", "thing", "entries")
DAYS = ("2026-03-01", "2026-03-01T23:30:00-05:00", "2026-03", None)
EDITOR = SimpleNamespace(connection=connection)  # all that the migration asks of it
MIGRATION = "timeline.migrations.0016_story_facts"


@pytest.fixture
def story():
    return StoryFactory(slug="harbour")


@pytest.fixture
def events(story):
    """Four of one story, the last in another too; two of each of two topics."""
    topics = [TopicFactory(), TopicFactory()]
    found = [
        ready_event(story=story, source=SourceFactory(published=day)) for day in DAYS
    ]
    for number, event in enumerate(found):
        ParticipationFactory(event=event, role="agent")
        EventTopicFactory(event=event, topic=topics[number % 2])
    found[-1].story_links.create(story=StoryFactory(slug="pier"))
    for event in found:
        put(event)
    return found


def rows():
    return set(StoryFact.objects.values_list(*COLUMNS))


def check():
    """Both stories, read from the table and from their entries."""
    for thing in NamedThing.objects.filter(noun="story"):
        assert by_the_table(thing.thing) == by_the_entries(thing.thing)


def test_what_is_counted_is_what_the_entries_say(story, events):
    found = by_the_table(story.public_id)

    assert found == by_the_entries(story.public_id)
    assert found.events == 4
    assert not found.more
    assert found.days == ("2026-03-01", "2026-03-02", "2026-03-31")
    assert sorted(found.topics.values()) == [2, 2]
    assert found.standings == {"stands": 4}
    assert found.names.keys() == {*found.actors, *found.topics}


def test_every_act_is_counted(story, events):
    one, other, third, fourth = events
    acts = (
        lambda: edit(first(one), kind="denial"),
        lambda: put(one),
        lambda: edit(one, title="Another title"),
        lambda: put(one),
        lambda: take_away(other),
        lambda: put(other),
        lambda: keep_back(third),
        lambda: bring_back(third),
        lambda: give_way(fourth, one),
        lambda: destroy_text(third),
    )
    check()

    for act in acts:
        act()
        check()

    assert by_the_table(story.public_id).kinds["denial"] == 1
    kept = rows()
    rebuild()
    assert rows() == kept


def test_nothing_is_kept_of_what_is_true_of_no_event(story, events):
    for event in events[:-1]:
        take_away(event)
    assert not StoryFact.objects.filter(entries__lte=0).exists()
    assert by_the_table(story.public_id).events == 1

    take_away(events[-1])

    assert not StoryFact.objects.exists()
    assert by_the_table(story.public_id) == read.Tally()


def test_the_entries_are_not_read(story, events, monkeypatch):
    monkeypatch.setattr(tallying, "share", None)
    monkeypatch.setattr(shares, "share", None)
    monkeypatch.setattr(tallying, "KEPT", {})
    head = read.head()

    found = read.tally(plain(story.public_id), at=head.sequence, head=head)

    assert found.events == 4


@pytest.mark.parametrize(
    "asked",
    [
        {"importance": ("normal",)},
        {"order": "date", "match": "must"},
        {"stories": ("sto_one", "sto_other")},
        {"stories": ()},
    ],
)
def test_whatever_else_is_asked_is_counted_in_the_entries(story, events, asked):
    query = read.Query(**{"stories": (story.public_id,)} | asked, page_size=0)
    head = read.head()

    assert tallying._of_a_story(query, head.sequence, head) is None
    assert tallying._of_a_story(plain(story.public_id), 1, head) is None


def test_an_act_that_came_between_is_not_counted(story, events):
    """The page says what it says of the head that it began with."""
    before, was = read.head(), by_the_table(story.public_id)
    take_away(events[0])
    tallying.KEPT.clear()

    found = read.tally(plain(story.public_id), at=before.sequence, head=before)

    assert tallying._of_a_story(plain(story.public_id), before.sequence, before) is None
    assert found == was
    assert by_the_table(story.public_id) != was


def test_of_many_actors_those_of_most_events_are_read(story, events):
    """Of those of as many events the higher ids, as nothing else tells them apart."""
    add_actors(story, 100)

    found = by_the_table(story.public_id)

    assert list(found.actors.values())[:9] == [50, 50, 49, 49, 48, 48, 47, 47, 46]
    assert list(found.actors)[:3] == ["act_0099", "act_0098", "act_0097"]
    assert len(found.actors) == offering.MOST_OFFERED
    assert found.names["act_0099"] == ("s99", "Name 99")


def test_no_fewer_are_read_than_a_page_offers():
    assert offering.MOST_OFFERED >= narrowing.MOST_OFFERED


@pytest.mark.sqlite
def test_many_actors_and_days_are_read_in_their_order(story, events):
    add_actors(story, 100)
    asked = offering.OFFERED.format(joined="group_concat")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}", [story.public_id] * 5)
        steps = [row[3] for row in cursor.fetchall()]

    most = [step for step in steps if "INDEX storyfact_most" in step]
    assert len(most) == 2
    assert all("(story=? AND facet=?)" in step for step in most)
    scans = {step for step in steps if step.startswith("SCAN timeline")}
    assert scans == {"SCAN timeline_revision"}  # its last row alone
    assert not [step for step in steps if "B-TREE FOR ORDER" in step], steps


def add_actors(story, number):
    """So many, of ever more events, two and two of as many."""
    ids = [f"act_{at:04}" for at in range(number)]
    StoryFact.objects.bulk_create(
        StoryFact(
            story=story.public_id, facet=Facet.ACTOR, thing=key, entries=1 + at // 2
        )
        for at, key in enumerate(ids)
    )
    NamedThing.objects.bulk_create(
        NamedThing(
            thing=key,
            noun="actor",
            slug=f"s{at}",
            sequence=1,
            body=f'{{"name":"Name {at}"}}',
        )
        for at, key in enumerate(ids)
    )


@pytest.mark.parametrize("waiting", [200_000, 3])
def test_what_the_migration_counts_is_what_acts_count(
    story, events, monkeypatch, waiting
):
    migration = import_module(MIGRATION)
    monkeypatch.setattr(migration, "MOST_WAITING", waiting)
    monkeypatch.setattr(migration, "AT_ONCE", 2)
    kept = rows()
    StoryFact.objects.all().delete()

    migration.count(apps, EDITOR)

    assert kept
    assert rows() == kept


def test_the_migration_leaves_entries_of_another_form_to_be_made_anew(story, events):
    kept = rows()
    StoryFact.objects.all().delete()
    Rendering.objects.update(form=0)
    CurrentBody.objects.update(body="{}")

    import_module(MIGRATION).count(apps, EDITOR)

    assert rows() == set()
    rebuild()
    assert rows() == kept


def test_the_migration_of_an_empty_record_counts_nothing(db):
    import_module(MIGRATION).count(apps, EDITOR)

    assert rows() == set()

"""What filters offer is counted in pieces that are kept, of this record alone."""

import pytest
from django.db import connection

from tests.factories import (
    ActorFactory,
    EventTopicFactory,
    ParticipationFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from tests.publishing.desk import keep_back, put, take_away
from timeline.models import Actor
from timeline.publishing import read
from timeline.publishing.read import shares, tallying

pytestmark = pytest.mark.django_db
READ = {"statement_kinds": ("claim",)}  # of these the entries are read


@pytest.fixture
def story():
    return StoryFactory(slug="harbour", title="The harbour")


@pytest.fixture
def events(story):
    """Three that are published, each with an actor and a topic of its own."""
    found = [ready_event(story=story) for _ in range(3)]
    for number, event in enumerate(found):
        with_actor(event, f"actor-{number}")
        topic = TopicFactory(slug=f"topic-{number}")
        EventTopicFactory(event=event, topic=topic)
        put(event)
    return found


def with_actor(event, slug):
    actor = Actor.objects.filter(slug=slug).first() or ActorFactory(slug=slug)
    ParticipationFactory(event=event, actor=actor, role="agent")
    event.version += 1
    event.save()


def counted(story, **asked):
    """What the whole story is counted to, read as the page reads a part of it."""
    head = read.head()
    query = read.Query(stories=(story.public_id,), **asked)
    return read.tally(query, at=head.sequence, head=head)


def counted_anew(story, **asked):
    tallying.KEPT.clear()
    shares.forget()
    return counted(story, **asked)


def slugs(tally):
    return {tally.names[key][0]: count for key, count in tally.actors.items()}


def test_counts_follow_every_act(story, events):
    ways = ({}, {"roles": ("agent",)}, READ)
    assert slugs(counted(story)).keys() >= {"actor-0", "actor-1", "actor-2"}
    for asked in ways:
        counted(story, **asked)

    with_actor(events[0], "actor-1")
    put(events[0])
    take_away(events[1])
    keep_back(events[2])
    later = ready_event(story=story)
    with_actor(later, "later")
    put(later)

    for asked in ways:
        kept = counted(story, **asked)
        assert slugs(kept).keys() >= {"actor-0", "actor-1", "later"}
        assert "actor-2" not in slugs(kept)
        assert kept == counted_anew(story, **asked)


def test_an_act_has_only_what_it_changed_read_again(story, events, monkeypatch):
    counted(story, **READ)
    seen = []
    reckon = shares.share
    monkeypatch.setattr(
        shares,
        "share",
        lambda entry, *rest: seen.append(entry["id"]) or reckon(entry, *rest),
    )

    with_actor(events[1], "somebody-else")
    put(events[1])

    assert slugs(counted(story, **READ))["somebody-else"] == 1
    assert seen == [events[1].public_id]


def test_as_the_record_stood_it_is_counted_so(story, events):
    before = read.head()
    was = counted(story)
    with_actor(events[0], "actor-1")
    put(events[0])
    head = read.head()
    query = read.Query(stories=(story.public_id,))
    tallying.KEPT.clear()
    shares.forget()

    assert read.tally(query, at=before.sequence, head=head) == was
    assert slugs(counted(story))["actor-1"] == 2


@pytest.mark.parametrize("asked", [{}, READ])
def test_what_came_to_nothing_is_not_counted(story, events, asked):
    """Its place in the record is another's then."""
    before = connection.savepoint()
    with_actor(events[0], "never-was")
    put(events[0])
    assert "never-was" in slugs(counted(story, **asked))
    connection.savepoint_rollback(before)
    events[0].refresh_from_db()
    with_actor(events[0], "was")
    put(events[0])

    found = slugs(counted(story, **asked))

    assert found["was"] == 1
    assert "never-was" not in found


def test_no_more_is_kept_than_there_is_room_for(story, events, monkeypatch):
    monkeypatch.setattr(shares, "MOST_KEPT", 2)

    assert counted(story, **READ) == counted_anew(story, **READ)
    assert counted(story, roles=("agent",)) == counted_anew(story, roles=("agent",))
    assert len(shares._kept[0].found) == 1

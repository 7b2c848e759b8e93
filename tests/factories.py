"""Rows for tests: numbered, dated alike, and without surprises.

Every row is the least that passes the checks of the desk. `ready_event` makes one that
may be published.
"""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from timeline.models import (
    Actor,
    ActorIdentifier,
    ActorName,
    Affiliation,
    Citation,
    Event,
    EventStory,
    EventTopic,
    Participation,
    RelatedEvent,
    Source,
    SourceByline,
    SourceLink,
    SourceSnapshot,
    Statement,
    StatementLink,
    Story,
    Topic,
)

DAY = "2026-03-03"
SEEN = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


class StoryFactory(DjangoModelFactory):
    slug = factory.Sequence("story-{}".format)
    title = factory.Sequence("Story {}".format)

    class Meta:
        model = Story


class TopicFactory(DjangoModelFactory):
    slug = factory.Sequence("topic-{}".format)
    name = factory.Sequence("Topic {}".format)

    class Meta:
        model = Topic


class ActorFactory(DjangoModelFactory):
    slug = factory.Sequence("actor-{}".format)
    name = factory.Sequence("Actor {}".format)
    kind = "organisation"

    class Meta:
        model = Actor


class OutletFactory(ActorFactory):
    slug = factory.Sequence("outlet-{}".format)
    name = factory.Sequence("Outlet {}".format)
    kind = "outlet"


class ActorNameFactory(DjangoModelFactory):
    actor = factory.SubFactory(ActorFactory)
    key = factory.Sequence("name-{}".format)
    position = factory.Sequence(int)
    name = factory.Sequence("Other name {}".format)

    class Meta:
        model = ActorName


class ActorIdentifierFactory(DjangoModelFactory):
    actor = factory.SubFactory(ActorFactory)
    key = factory.Sequence("identifier-{}".format)
    position = factory.Sequence(int)
    scheme = "wikidata"
    value = factory.Sequence("Q{}".format)

    class Meta:
        model = ActorIdentifier


class SourceFactory(DjangoModelFactory):
    slug = factory.Sequence("source-{}".format)
    kind = "article"
    publisher = factory.SubFactory(OutletFactory)
    title = factory.Sequence("Report {}".format)
    published = DAY

    class Meta:
        model = Source


class AffiliationFactory(DjangoModelFactory):
    actor = factory.SubFactory(ActorFactory, kind="person")
    key = factory.Sequence("affiliation-{}".format)
    position = factory.Sequence(int)
    role = "chief executive"
    organisation = factory.SubFactory(ActorFactory)
    source = factory.SubFactory(SourceFactory)

    class Meta:
        model = Affiliation


class SourceBylineFactory(DjangoModelFactory):
    source = factory.SubFactory(SourceFactory)
    key = factory.Sequence("byline-{}".format)
    position = factory.Sequence(int)
    name = factory.Sequence("Reporter {}".format)

    class Meta:
        model = SourceByline


class SourceLinkFactory(DjangoModelFactory):
    source = factory.SubFactory(SourceFactory)
    key = factory.Sequence("link-{}".format)
    position = factory.Sequence(int)
    kind = "republishes"
    target = factory.SubFactory(SourceFactory)

    class Meta:
        model = SourceLink


class SourceSnapshotFactory(DjangoModelFactory):
    source = factory.SubFactory(SourceFactory)
    key = factory.Sequence("snapshot-{}".format)
    position = factory.Sequence(int)
    taken_at = SEEN
    text = factory.Sequence("The text of report {}.".format)

    class Meta:
        model = SourceSnapshot


class EventFactory(DjangoModelFactory):
    slug = factory.Sequence("event-{}".format)
    title = factory.Sequence("Event {}".format)
    date = DAY

    class Meta:
        model = Event


class ParticipationFactory(DjangoModelFactory):
    event = factory.SubFactory(EventFactory)
    key = factory.Sequence("participation-{}".format)
    position = factory.Sequence(int)
    actor = factory.SubFactory(ActorFactory)

    class Meta:
        model = Participation


class EventStoryFactory(DjangoModelFactory):
    event = factory.SubFactory(EventFactory)
    key = factory.Sequence("story-{}".format)
    position = factory.Sequence(int)
    story = factory.SubFactory(StoryFactory)

    class Meta:
        model = EventStory


class EventTopicFactory(DjangoModelFactory):
    event = factory.SubFactory(EventFactory)
    key = factory.Sequence("topic-{}".format)
    position = factory.Sequence(int)
    topic = factory.SubFactory(TopicFactory)

    class Meta:
        model = EventTopic


class RelatedEventFactory(DjangoModelFactory):
    event = factory.SubFactory(EventFactory)
    key = factory.Sequence("related-{}".format)
    position = factory.Sequence(int)
    kind = "precedes"
    target = factory.SubFactory(EventFactory)

    class Meta:
        model = RelatedEvent


class StatementFactory(DjangoModelFactory):
    slug = factory.Sequence("statement-{}".format)
    event = factory.SubFactory(EventFactory)
    position = factory.Sequence(int)
    kind = "claim"
    mode = "paraphrase"
    speaker = factory.SubFactory(ActorFactory)
    text = factory.Sequence("Assertion {}.".format)

    class Meta:
        model = Statement

    class Params:
        unnamed = factory.Trait(
            speaker=None, described_as="an official", described_number="one"
        )


class StatementLinkFactory(DjangoModelFactory):
    statement = factory.SubFactory(StatementFactory)
    key = factory.Sequence("link-{}".format)
    position = factory.Sequence(int)
    kind = "corrects"
    target = factory.SubFactory(StatementFactory)

    class Meta:
        model = StatementLink


class CitationFactory(DjangoModelFactory):
    statement = factory.SubFactory(StatementFactory)
    key = factory.Sequence("citation-{}".format)
    position = factory.Sequence(int)
    source = factory.SubFactory(SourceFactory)
    locator = "paragraph 1"
    unchecked_reason = "no text of it is held"

    class Meta:
        model = Citation


def ready_event(*, story=None, source=None, **fields) -> Event:
    """An event that may be published: a date, a story, a statement, a citation."""
    event = EventFactory(**fields)
    EventStoryFactory(event=event, story=story or StoryFactory())
    statement = StatementFactory(event=event)
    CitationFactory(statement=statement, source=source or SourceFactory())
    return event

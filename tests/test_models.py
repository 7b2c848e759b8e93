"""What the desk's tables refuse, whoever writes to them, and what they derive."""

import json
import unicodedata
from dataclasses import dataclass, field

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import CharField, ProtectedError, TextField

from tests.factories import (
    ActorFactory,
    ActorIdentifierFactory,
    ActorNameFactory,
    AffiliationFactory,
    CitationFactory,
    EventFactory,
    EventStoryFactory,
    ParticipationFactory,
    RelatedEventFactory,
    SourceBylineFactory,
    SourceFactory,
    SourceLinkFactory,
    SourceSnapshotFactory,
    StatementFactory,
    StatementLinkFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from timeline.dates import UNDATED, parse
from timeline.models import Citation, Event, Source, SourceLink, Statement

pytestmark = pytest.mark.django_db

FACTORIES = (
    ActorFactory,
    ActorIdentifierFactory,
    ActorNameFactory,
    AffiliationFactory,
    CitationFactory,
    EventFactory,
    EventStoryFactory,
    ParticipationFactory,
    RelatedEventFactory,
    SourceBylineFactory,
    SourceFactory,
    SourceLinkFactory,
    SourceSnapshotFactory,
    StatementFactory,
    StatementLinkFactory,
    StoryFactory,
    TopicFactory,
)
LISTED = "Choose one of the listed values."
TOO_LONG = "This text is too long: shorten it to fit."
ONE_SPEAKER = (
    "Choose the speaker, or give the report's words for an unnamed one: one of the two."
)
SLUG = "Use small letters, digits and single hyphens, as in “openai-nato”."


@dataclass(frozen=True)
class Wrong:
    """A row that is refused: how it is made, what is wrong with it, what is said."""

    factory: type
    values: dict
    said: str
    made_with: dict = field(default_factory=dict)

    def row(self):
        return self.factory(**self.made_with)

    def spoil(self, row):
        for name, value in self.wrong(row).items():
            setattr(row, name, value)
        return row

    def wrong(self, row):
        return {
            name: value(row) if callable(value) else value
            for name, value in self.values.items()
        }


def wrong(id, factory, said, /, made_with=None, **values):
    return pytest.param(Wrong(factory, values, said, made_with or {}), id=id)


WRONG = [
    wrong(
        "a kind that is not listed",
        ActorFactory,
        "Value 'robot' is not a valid choice.",
        kind="robot",
    ),
    wrong(
        "a number that is not listed",
        StatementFactory,
        "Value 'dozens' is not a valid choice.",
        described_number="dozens",
    ),
    wrong(
        "a state that is not listed",
        EventFactory,
        LISTED,
        live_state="famous",
    ),
    wrong(
        "a line that is too long",
        ActorFactory,
        "Ensure this value has at most 300 characters (it has 301).",
        name="x" * 301,
    ),
    wrong("prose that is too long", StoryFactory, TOO_LONG, summary="x" * 5001),
    wrong(
        "a script for an address",
        SourceFactory,
        "Enter a valid URL.",
        original_url="javascript:alert(1)",
    ),
    wrong(
        "a script with slashes",
        SourceFactory,
        "Enter a valid URL.",
        archived_url="javascript://example.org/%0aalert(1)",
    ),
    wrong(
        "an address that is not the web's",
        SourceFactory,
        "Give an address that begins with https://.",
        original_url="ftp://files.example.org/report",
    ),
    wrong(
        "a source taken from itself",
        SourceLinkFactory,
        "A report cannot be taken from itself: choose another.",
        target_id=lambda row: row.source_id,
    ),
    wrong(
        "an event related to itself",
        RelatedEventFactory,
        "An event is not related to itself: choose another.",
        target_id=lambda row: row.event_id,
    ),
    wrong(
        "a statement that corrects itself",
        StatementLinkFactory,
        "A statement does nothing to itself: choose another.",
        target_id=lambda row: row.statement_id,
    ),
    wrong(
        "a role in oneself",
        AffiliationFactory,
        "An actor has no role in itself: choose the organisation.",
        organisation_id=lambda row: row.actor_id,
    ),
    wrong(
        "a source that credits itself",
        CitationFactory,
        "A report does not credit itself.",
        via_id=lambda row: row.source_id,
    ),
    wrong(
        "a source that is its own copy",
        CitationFactory,
        "A report is not its own copy.",
        read_in_id=lambda row: row.source_id,
    ),
    wrong(
        "own words with a credit",
        CitationFactory,
        "A passage is the report's own addition or credits another: not both.",
        own_words=True,
        via_id=lambda row: SourceFactory().pk,
    ),
    wrong(
        "a passage that is too long",
        CitationFactory,
        "Quote less: the passage and the words around it are 300 characters at most.",
        prefix="x" * 30,
        exact="x" * 260,
        suffix="x" * 11,
    ),
    wrong("no speaker", StatementFactory, ONE_SPEAKER, speaker_id=None),
    wrong("two speakers", StatementFactory, ONE_SPEAKER, described_as="a spokesperson"),
    wrong(
        "an unnamed speaker with a name",
        StatementFactory,
        ONE_SPEAKER,
        made_with={"unnamed": True},
        speaker_id=lambda row: ActorFactory().pk,
    ),
    wrong(
        "two occasions",
        StatementFactory,
        "Give the occasion in words, or choose the document: one of them.",
        said_in_words="a company meeting",
        said_in_source_id=lambda row: SourceFactory().pk,
    ),
    wrong(
        "a translation of nothing",
        StatementFactory,
        "There is no quote to translate.",
        quote_translation="No more.",
    ),
    wrong(
        "no title and no label",
        SourceFactory,
        "Give a title, or a label in your own words where it has none.",
        title="",
    ),
    wrong(
        "a name without letters", ActorFactory, "This field cannot be blank.", name=""
    ),
    wrong("a slug with an underscore", EventFactory, SLUG, slug="first_event"),
    wrong("no slug", TopicFactory, "This field cannot be blank.", slug=""),
    wrong("no key", ActorNameFactory, "Fill this in.", key=""),
]


@pytest.mark.parametrize("factory", FACTORIES)
def test_what_the_factories_make_passes_the_checks(factory):
    factory().full_clean()


def test_an_event_that_is_ready_has_what_publishing_asks_for():
    event = ready_event()

    assert event.date == parse("2026-03-03")
    assert event.stories.count() == 1
    assert event.statements.get().citations.get().source.publisher


@pytest.mark.parametrize("case", WRONG)
def test_the_form_says_what_is_wrong(case):
    row = case.spoil(case.row())

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert refused.value.messages == [case.said]


@pytest.mark.parametrize("case", WRONG)
def test_the_database_refuses_it_in_an_update(case):
    row = case.row()
    same = type(row)._base_manager.filter(pk=row.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        same.update(**case.wrong(row))


@pytest.mark.parametrize("case", WRONG)
def test_the_database_refuses_it_as_a_new_row(case):
    row = case.spoil(another(case.row()))

    with pytest.raises(DatabaseError), transaction.atomic():
        type(row)._base_manager.bulk_create([row])


@pytest.mark.parametrize("case", WRONG)
def test_the_database_takes_the_same_row_without_the_fault(case):
    row = another(case.row())

    # One citation of a source, one link of a kind: the first of each makes room.
    type(row)._base_manager.exclude(pk=row.pk).delete()
    type(row)._base_manager.bulk_create([row])

    assert type(row)._base_manager.count() == 1


def another(row):
    """The same row with a name of its own, not yet stored."""
    row.pk = None
    for name in ("key", "slug", "public_id"):
        if hasattr(row, name):
            setattr(row, name, f"another-{name}".replace("_", "-"))
    return row


# Twice the same.


def test_a_source_republishes_or_rewrites_one_other_at_most():
    first = SourceLinkFactory(kind="republishes")
    second = SourceLink(
        source=first.source, key="second", kind="rewrites", target=SourceFactory()
    )

    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    with pytest.raises(DatabaseError), transaction.atomic():
        SourceLink.objects.bulk_create([second])

    assert refused.value.messages == [
        "A report republishes, translates or rewrites one other at most."
    ]


def test_a_source_that_republishes_one_may_correct_others():
    first = SourceLinkFactory(kind="republishes")

    for kind in ("updates", "corrects"):
        SourceLinkFactory(source=first.source, kind=kind).full_clean()

    assert first.source.links.count() == 3


def test_a_statement_cites_a_source_once():
    first = CitationFactory()
    second = Citation(statement=first.statement, source=first.source, key="second")

    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    with pytest.raises(DatabaseError), transaction.atomic():
        Citation.objects.bulk_create([second])

    assert refused.value.messages == [
        "This statement cites that report already: put both passages into one."
    ]


@pytest.mark.parametrize(
    ("factory", "parent"),
    [
        (ActorNameFactory, "actor"),
        (CitationFactory, "statement"),
        (ParticipationFactory, "event"),
        (SourceBylineFactory, "source"),
        (StatementLinkFactory, "statement"),
    ],
)
def test_a_key_is_used_once_in_its_parent_and_again_elsewhere(factory, parent):
    first = factory()
    factory(key=first.key)

    with pytest.raises(DatabaseError), transaction.atomic():
        factory(key=first.key, **{parent: getattr(first, parent)})


@pytest.mark.parametrize("factory", [ActorFactory, EventFactory, StatementFactory])
def test_slugs_and_permanent_ids_are_used_once(factory):
    first = factory()

    for name in ("slug", "public_id"):
        with pytest.raises(DatabaseError), transaction.atomic():
            factory(**{name: getattr(first, name)})


def test_what_statements_rest_on_cannot_be_deleted():
    citation = CitationFactory()

    for row in (citation.source, citation.source.publisher, citation.statement.speaker):
        with pytest.raises(ProtectedError):
            row.delete()


# Text.

UNSTORABLE = [
    pytest.param("a\0b", "0000", id="NUL"),
    pytest.param("a\ud800b", "D800", id="a lone surrogate"),
    pytest.param("a\x1bb", "001B", id="an escape"),
]
TYPED, STORED = "Zu\u0308rich", "Zürich"


@pytest.mark.parametrize(("text", "code"), UNSTORABLE)
def test_text_that_cannot_be_stored_is_refused_by_every_road(text, code):
    event = EventFactory()

    event.title = text
    for road in (
        event.full_clean,
        event.save,
        lambda: Event.objects.filter(pk=event.pk).update(title=text),
        lambda: Event.objects.bulk_create([Event(slug="other", title=text)]),
        lambda: Event.objects.bulk_update([event], ["title"]),
    ):
        with pytest.raises(ValidationError) as refused, transaction.atomic():
            road()
        assert refused.value.messages == [
            "This text holds a character that cannot be stored "
            f"(U+{code}). Remove it and save again."
        ]


@pytest.mark.parametrize("text", ["one\ntwo", "one\ttwo", "‮right to left", "👍🏽"])
def test_other_text_is_kept(text):
    event = EventFactory(summary=text)

    event.refresh_from_db()

    assert event.summary == text


def test_text_is_stored_composed():
    event = EventFactory(title=TYPED)
    (other,) = Event.objects.bulk_create([Event(slug="other", title=TYPED)])
    updated = EventFactory()
    Event.objects.filter(pk=updated.pk).update(title=TYPED)

    titles = Event.objects.values_list("title", flat=True)

    assert set(titles) == {STORED}
    assert len({event.pk, other.pk, updated.pk}) == len(titles) == 3
    assert unicodedata.is_normalized("NFC", STORED)


def test_all_free_text_of_the_desk_is_cleaned():
    plain = {
        (model.__name__, column.name)
        for model in {factory._meta.model for factory in FACTORIES}
        for column in model._meta.concrete_fields
        if type(column) in (CharField, TextField) and not column.choices
    }

    assert {name for _, name in plain} <= {
        *("public_id", "slug", "key", "language", "quote_language"),
        *("date_rule", "said_rule", "described_number"),
    }


# Dates.


def first_second(day):
    return parse(day).earliest


def last_second(day):
    return parse(day).latest


def load(**fields):
    """An event as a fixture gives it: raw, without its derived columns."""
    row = {"model": "timeline.event", "fields": {"title": "Event", **fields}}
    (loaded,) = serializers.deserialize("json", json.dumps([row]))
    loaded.save()
    return Event.objects.get(slug=fields["slug"])


def test_bounds_precision_and_order_are_derived_when_a_fixture_is_loaded():
    event = load(slug="some-day", date="[2026-02-26..2026-02-28]")

    assert (
        Event.objects.filter(
            date_earliest=first_second("2026-02-26"),
            date_latest=last_second("2026-02-28"),
            date_sort=first_second("2026-02-26"),
            date_precision=event.date.precision,
        ).get()
        == event
    )
    assert str(event.date) == "[2026-02-26..2026-02-28]"


def test_an_open_date_has_no_bound_on_that_side():
    event = load(slug="by-then", date="[..2026-03-03]")

    assert event.date_earliest is None
    assert event.date_latest == event.date_sort == last_second("2026-03-03")


def test_a_row_without_a_date_comes_last():
    event = load(slug="undated")

    assert event.date is None
    assert (event.date_earliest, event.date_latest) == (None, None)
    assert (event.date_precision, event.date_sort) == ("", UNDATED)


def test_what_a_fixture_claims_of_derived_columns_does_not_count():
    event = load(slug="claimed", date="2026-03-03", date_sort=1, date_earliest=1)

    assert event.date_sort == event.date_earliest == first_second("2026-03-03")


def test_a_date_of_another_day_moves_its_columns():
    event = EventFactory(date="2026-03-03")

    event.date = "2026-03-04"
    event.save()
    event.refresh_from_db()

    assert event.date_sort == first_second("2026-03-04")


@pytest.mark.parametrize("text", ["2023-02-29", "yesterday", "2024/2023", "9" * 61])
def test_what_is_no_date_is_refused_when_it_is_assigned(text):
    with pytest.raises(ValidationError):
        Event(slug="event", title="Event", date=text)


def test_the_newest_event_comes_first_and_the_undated_one_at_an_end():
    undated, old, new = (
        EventFactory(date=date) for date in ("", "2025-40", "2026-03-03")
    )

    assert list(Event.objects.order_by("date_sort")) == [old, new, undated]


# Held texts.


def test_a_held_text_is_never_altered():
    snapshot = SourceSnapshotFactory(text="As it was read.")

    snapshot.text = "As it was not."
    with pytest.raises(TypeError, match="A held text is never altered: add a new one."):
        snapshot.save()
    snapshot.refresh_from_db()

    assert snapshot.text == "As it was read."


def test_a_new_held_text_stands_beside_the_old_one():
    first = SourceSnapshotFactory()

    SourceSnapshotFactory(source=first.source)

    assert first.source.snapshots.count() == 2


# Natural keys.


@pytest.mark.parametrize("factory", FACTORIES)
def test_every_row_is_found_by_its_natural_key(factory):
    row = factory()

    assert type(row).objects.get_by_natural_key(*row.natural_key()) == row


def test_every_noun_makes_itself_a_permanent_id():
    prefixes = {Event: "evt_", Source: "src_", Statement: "stm_"}

    for model, prefix in prefixes.items():
        made = {model().public_id for _ in range(100)}

        assert len(made) == 100
        assert all(one.startswith(prefix) and len(one) == 16 for one in made)

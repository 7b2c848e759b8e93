"""Where facts are kept, and how those of one entry are found without an index by it."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActorFactory,
    SourceBylineFactory,
    SourceFactory,
    StoryFactory,
    ready_event,
)
from timeline.models.record import (
    CurrentEntry,
    CurrentFact,
    Facet,
    FactCount,
    Revision,
    Variant,
)
from timeline.publishing.read.documents import current_document
from timeline.publishing.write import finding, rebuild, suppress, verify_record
from timeline.publishing.write.finding import facts_naming
from timeline.publishing.write.log import destroy
from timeline.publishing.write.naming import wanted

from .desk import edit, put, take_away

MIGRATION = "timeline.migrations.0017_narrower_facts"
COLUMNS = ("facet", "thing", "sort_key", "statement", "sequence", "marks", "names")

OF_RANGES = [int(kind) for kind in Variant if kind]
pytestmark = pytest.mark.django_db


def facts():
    return sorted(CurrentFact.objects.values_list(*COLUMNS))


def table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE name = %s",
            [CurrentFact._meta.db_table],
        )
        return cursor.fetchone()[0]


@pytest.fixture
def events():
    story = StoryFactory(slug="harbour")
    found = [ready_event(story=story) for _ in range(2)]
    for event in found:
        put(event)
    return found


@pytest.mark.sqlite
def test_the_migration_moves_every_fact_there_and_back(events):
    before, migration = facts(), import_module(MIGRATION)
    assert table().endswith("WITHOUT ROWID")

    migration.lie_as_they_come(None, SimpleNamespace(connection=connection))
    assert not table().endswith("WITHOUT ROWID")
    assert facts() == before != []

    migration.lie_in_order(None, SimpleNamespace(connection=connection))
    assert table().endswith("WITHOUT ROWID")
    assert facts() == before


def test_what_follows_from_other_facts_is_not_kept_nor_lost(events):
    kept, migration = facts(), import_module("timeline.migrations.0020_facts_said_once")
    editor = SimpleNamespace(connection=connection)

    migration.say_all(None, editor)

    said = facts()
    assert set(kept) < set(said)
    for event in events:
        entities = current_document(event.public_id)["entities"]
        every = {row["id"] for rows in entities.values() for row in rows}
        key = CurrentEntry.objects.get(event_id=event.public_id).sort_key
        at = [row for row in said if row[2] == key]
        named = [row[1] for row in at if row[0] == Facet.NAMES]
        borne = {row[1:4] for row in at if row[0] == Facet.BEARS}
        assert sorted(named) == sorted(every)
        assert borne >= {row[1:4] for row in at if row[0] == Facet.ALONE} != set()

    migration.say_once(None, editor)
    assert facts() == kept


def test_what_only_a_byline_names_has_a_fact_of_its_own():
    reporter = ActorFactory(name="Rita Reporter", kind="person")
    source = SourceFactory()
    SourceBylineFactory(source=source, actor=reporter, name="Rita Reporter")
    event = ready_event(story=StoryFactory(slug="byline"), source=source)
    put(event)

    rows = CurrentFact.objects.filter(thing=reporter.public_id)
    assert [row.facet for row in rows] == [Facet.NAMES]
    found = facts_naming([reporter.public_id, source.publisher.public_id])
    assert {row.thing for row in found} == {
        reporter.public_id,
        source.publisher.public_id,
    }
    assert list(verify_record()) == []


def test_facts_of_ranges_of_dates_are_not_counted():
    event = ready_event(story=StoryFactory(slug="month"), date="2026-02")
    put(event)

    assert CurrentFact.objects.filter(facet__gte=min(OF_RANGES)).exists()
    assert not FactCount.objects.filter(facet__gte=min(OF_RANGES)).exists()
    counted = set(FactCount.objects.values_list("facet", "thing"))
    facts = CurrentFact.objects.exclude(facet__in=finding.UNCOUNTED)
    facts = facts.exclude(facet__gte=min(OF_RANGES))
    assert counted == set(facts.values_list("facet", "thing"))


@pytest.mark.postgres
def test_bodies_are_packed_and_stay_in_their_rows():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attcompression, attstorage FROM pg_attribute"
            " WHERE attrelid = 'timeline_currentbody'::regclass AND attname = 'body'"
        )
        assert cursor.fetchone() == ("l", "m")


@pytest.mark.postgres
def test_documents_are_packed_by_the_quicker_way():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attcompression FROM pg_attribute"
            " WHERE attrelid = 'timeline_revision'::regclass AND attname = 'document'"
        )
        assert cursor.fetchone() == ("l",)


def test_what_is_published_anew_leaves_no_fact_of_what_it_said(events):
    edit(events[0], importance="major")
    put(events[0], note="It matters more.")
    edit(events[1], date="2019-02-03")
    put(events[1], note="It was earlier.")

    kept = facts()
    rebuild()
    assert kept == facts()


def test_an_entry_whose_text_is_destroyed_leaves_no_fact(events):
    first = Revision.objects.get(event_id=events[0].public_id)
    mine = CurrentFact.objects.filter(sequence=first.sequence)
    assert mine.exists()
    destroy([first.sequence])

    take_away(events[0])

    assert not mine.exists()
    assert CurrentFact.objects.exists()


def test_suppressing_does_not_look_through_all_facts(events):
    with CaptureQueriesContext(connection) as asked:
        suppress(events[0], revisions=[1], by=None, reason="A court said so.")

    whole = 'FROM "timeline_currentfact" WHERE "timeline_currentfact"."sort_key" IN'
    assert [one["sql"] for one in asked if whole in one["sql"]] == []
    kept = facts()
    rebuild()
    assert kept == facts()


def test_facets_go_by_their_own_numbers():
    called = {"UNDATED": "UNREPORTED"}  # that of dates is another
    for facet in Facet:
        assert getattr(finding, called.get(facet.name, facet.name)) == facet.value


def test_a_fact_too_many_is_found(events):
    row = CurrentFact.objects.order_by(*COLUMNS).last()
    row.thing = "act_of_nobody"
    row.save(force_insert=True)

    assert [fault for fault in verify_record() if "Filters find" in fault] != []


def test_a_fact_of_no_entry_is_found(events):
    row = CurrentFact.objects.order_by(*COLUMNS).last()
    row.sort_key += 1_000
    row.save(force_insert=True)

    (fault,) = verify_record()
    assert "what is not shown, at 1 places" in fault


@pytest.mark.sqlite
def test_names_are_looked_up_by_their_key():
    (text, values), *_others = next(wanted([("event", "one")])).questions()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {text}", values)
        plan = [row[-1] for row in cursor.fetchall()]

    (asked,) = [step for step in plan if "timeline_thingname" in step]
    assert asked.startswith("SEARCH")
    assert asked.endswith("(noun=? AND name=?)")

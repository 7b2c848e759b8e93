"""From a document to facts, to the key of its place, and to what is sent."""

import json

import pytest
from django.test import override_settings

from timeline.dates import UNDATED, parse
from timeline.models.record import CurrentBody, CurrentFact, Facet, Rendering
from timeline.provenance import CitationFacts, SourceFacts
from timeline.publishing.read.facts import (
    ai_alone,
    matched_sources,
    noun_of,
    sources_of,
    statements_of,
    support,
)
from timeline.publishing.read.keys import HIGHEST, LOWEST, PLACES, sort_key
from timeline.publishing.read.rendering import addressed, moved
from timeline.publishing.write import is_stale, rebuild, verify_record
from timeline.publishing.write.finding import facts_naming

from .desk import (
    a_citation,
    a_source,
    a_statement,
    an_actor,
    an_event,
    derived,
    edit,
    live,
    put,
    taken,
)

SITE = "https://timeline.example"


def test_time_comes_first_then_first_publication():
    dates = ["-9999", "-0044", "0000", "1969-12-31", "2026-03-03", "9999-12-31"]
    seconds = [parse(date).sort_key for date in dates] + [UNDATED]

    keys = [
        sort_key(second, ordinal) for second in seconds for ordinal in (1, PLACES - 1)
    ]

    assert keys == sorted(set(keys))
    assert LOWEST < keys[0] < keys[-1] <= HIGHEST


@pytest.mark.parametrize("ordinal", [0, -1, PLACES])
def test_more_events_than_keys_have_room_for_are_refused(ordinal):
    with pytest.raises(OverflowError):
        sort_key(0, ordinal)


@pytest.mark.parametrize(
    ("public_id", "noun"),
    [
        ("evt_1", "event"),
        ("stm_1", "statement"),
        ("act_1", "actor"),
        ("src_1", "source"),
        ("sto_1", "story"),
        ("top_1", "topic"),
        ("xyz_1", None),
        ("", None),
    ],
)
def test_an_id_says_what_it_is_of(public_id, noun):
    assert noun_of(public_id) == noun


def test_all_that_is_named_has_addresses_and_a_statement_is_on_its_events_page():
    value = {
        "slug": "talks",
        "id": "evt_1",
        "statements": [{"id": "stm_1", "slug": "said", "links": ["stm_2"]}],
        "actors": [{"kind": "person", "name": "A", "slug": "a", "id": "act_1"}],
    }

    assert addressed(value, site=SITE, page="") == {
        "id": "evt_1",
        "slug": "talks",
        "url": f"{SITE}/api/v1/events/talks/",
        "html_url": f"{SITE}/events/talks/",
        "actors": [
            {
                "id": "act_1",
                "slug": "a",
                "url": f"{SITE}/api/v1/actors/a/",
                "html_url": f"{SITE}/actors/a/",
                "name": "A",
                "kind": "person",
            }
        ],
        "statements": [
            {
                "id": "stm_1",
                "slug": "said",
                "url": f"{SITE}/api/v1/statements/said/",
                "html_url": f"{SITE}/events/talks/#said",
                "links": ["stm_2"],
            }
        ],
    }


def test_only_addresses_of_the_site_move_with_it():
    own = {
        "url": f"{SITE}/api/v1/events/talks/",
        "html_url": f"{SITE}/events/talks/",
        "text": f'It read "url":"{SITE}/api/v1/" and "html_url":"{SITE}/".',
        "original_url": f"{SITE}/articles/1",
        "passage": {"url": f"{SITE}/articles/1#:~:text=said"},
    }
    text = json.dumps(own, separators=(",", ":"))

    result = json.loads(moved(text, made_for=SITE, site="https://new.example/sub"))

    assert result == own | {
        "url": "https://new.example/sub/api/v1/events/talks/",
        "html_url": "https://new.example/sub/events/talks/",
    }
    assert moved(text, made_for=SITE, site=SITE) == text


@pytest.fixture
def document(db):
    """Of an event with one statement, found in a wire story that credits a paper."""
    wire, paper = a_source("Wire"), a_source("Paper", updated="2026-04-02")
    copy = a_source("Copy", reporting="unknown", production="ai_generated")
    taken(copy, wire)
    event = an_event(statements=0)
    statement = a_statement(event, kind="denial", told_to=an_actor("The Desk"))
    a_citation(statement, wire, via=paper, read_in=copy, credit="found")
    put(event)
    return live(event).document


def by_title(document):
    return {row["title"]: row["id"] for row in document["entities"]["sources"]}


def test_a_document_says_the_same_of_its_sources_as_the_desk(document):
    ids = by_title(document)
    publishers = {
        row["title"]: row["publisher"]["id"] for row in document["entities"]["sources"]
    }

    sources = sources_of(document)

    assert sources[ids["Paper"]] == SourceFacts(
        ids["Paper"],
        publishers["Paper"],
        reporting="own",
        published=parse("2026-03-03"),
        updated=parse("2026-04-02"),
    )
    assert sources[ids["Copy"]] == SourceFacts(
        ids["Copy"],
        publishers["Copy"],
        production="ai_generated",
        published=parse("2026-03-03"),
        taken_from=ids["Wire"],
    )


def test_a_document_says_the_same_of_its_statements_as_the_desk(document):
    ids = by_title(document)

    (facts,) = statements_of(document)

    assert (facts.event, facts.kind) == (document["id"], "denial")
    assert facts.citations == (
        CitationFacts(
            ids["Wire"], via=ids["Paper"], read_in=ids["Copy"], credit="found"
        ),
    )


def test_a_statement_is_found_by_every_source_that_carries_it(document):
    ids = by_title(document)
    (statement,) = document["statements"]

    assert matched_sources(statement) == set(ids.values())
    assert list(support(document)) == [
        (1, {ids["Wire"], ids["Paper"]}, {ids["Wire"], ids["Paper"]})
    ]
    assert not ai_alone(statement)


def test_filters_find_an_entry_by_what_it_says(document):
    ids = by_title(document)
    (statement,) = document["statements"]
    speaker, told = statement["speaker"]["id"], statement["told_to"]["id"]

    facts = {
        facet: set(
            CurrentFact.objects.filter(facet=facet).values_list("thing", "statement")
        )
        for facet in Facet
    }

    assert facts[Facet.ACTOR] == {(speaker, 1), (told, 1)}
    assert facts[Facet.SPEAKER] == {(speaker, 1)}
    assert facts[Facet.SOURCE] == {(name, 1) for name in ids.values()}
    assert facts[Facet.ALONE] == {(ids["Wire"], 1), (ids["Paper"], 1)}
    assert facts[Facet.BEARS] == facts[Facet.NAMES] == set()
    every = {row["id"] for rows in document["entities"].values() for row in rows}
    assert {name for name in every if facts_naming([name]).exists()} == every


def test_entries_made_for_another_address_are_stale_until_they_are_rebuilt(document):
    body = CurrentBody.objects.get().body
    assert not is_stale()

    with override_settings(SITE_URL="https://new.example"):
        assert is_stale()
        again = moved(body, made_for=SITE, site="https://new.example")
        rebuild()

        assert not is_stale()
        assert CurrentBody.objects.get().body == again
        assert list(verify_record()) == []


def test_entries_made_by_older_code_are_stale(document):
    Rendering.objects.update(form=0)

    assert is_stale()


@pytest.mark.django_db
def test_an_empty_record_is_not_stale():
    assert not is_stale()


@pytest.mark.django_db
def test_entries_go_on_being_made_for_the_address_of_the_others():
    event = an_event()
    put(event)
    edit(event, title="Changed")

    with override_settings(SITE_URL="https://new.example"):
        put(event)
        before = CurrentBody.objects.get().body

        assert f'"url":"{SITE}/api/v1/events/' in before
        assert list(verify_record()) == []
    rebuild()
    assert derived()["CurrentBody"][0]["body"] == before

"""The first story in every format: what the feed sends is what the formats read."""

import json
from html import unescape

import pytest
from django.core.management import call_command

from tests.api.formats import test_atom, test_ics, test_jsonld, test_table
from tests.api.formats.samples import statements_of, statements_written, written
from tests.api.telling import body

pytestmark = pytest.mark.django_db

# All that has a day of its own; the others happened by a day, or nobody says when.
DAYS = {"openai-pentagon-deal", "openai-updates-pentagon-statement"}

CENTRAL = "openai-considers-nato-contract"


@pytest.fixture
def story(db):
    call_command("loaddata", "openai_nato", verbosity=0)
    return body("timeline/", page_size=200)["results"]


def slugs(addresses):
    return {address.rstrip("/").rpartition("/")[2] for address in addresses}


def test_a_feed_has_an_item_an_event(story):
    feed = test_atom.read(*story)
    items = json.loads(written("jsonfeed", *story))["items"]

    assert slugs(item.link for item in feed.entries) == {row["slug"] for row in story}
    assert {item.id for item in feed.entries} == {item["id"] for item in items}


def test_a_calendar_has_what_happened_on_a_day(story):
    assert slugs(event["url"] for event in test_ics.read(*story).events) == DAYS


def test_a_line_of_time_has_all_events_in_words_at_least(story):
    told = json.loads(written("timelinejs", *story))
    placed = {slide["text"]["headline"] for slide in told["events"]}

    assert len(placed) == 3
    listed = told["title"]["text"]["text"]
    assert listed.count("<li>") == len(story) - len(placed)
    assert "by 3 March 2026: <a " in listed


def test_a_table_has_a_row_an_event_and_a_row_a_citation(story):
    events = test_table.rows(written("csv", *story))
    citations = test_table.rows(statements_written("csv", *statements_of(*story)))

    assert [row["slug"] for row in events] == [row["slug"] for row in story]
    assert len(citations) == sum(
        len(statement["citations"])
        for event in story
        for statement in event["statements"]
    )


def test_the_remark_that_was_corrected_names_its_correction_everywhere(story):
    (central,) = (
        row for row in story if row["slug"] == "openai-considers-nato-contract"
    )
    (fallen,) = (row for row in central["statements"] if row["standing"] == "corrected")
    (link,) = (row for row in fallen["linked_by"] if row["kind"] == "corrects")
    (truth,) = (row for row in central["statements"] if row["id"] == link["statement"])

    content = unescape(test_atom.read(central).entries[0].content[0].value)
    nodes = test_jsonld.read(central)

    assert truth["text"] in content.partition("Instead:")[2]
    claim = nodes[f"{test_jsonld.API}/statements/{fallen['id']}/"]
    assert claim["correction"] == [f"{test_jsonld.API}/statements/{truth['id']}/"]


def test_a_processor_takes_the_whole_story(story):
    nodes = test_jsonld.read(*story)

    types = [node["@type"] for node in nodes.values()]
    assert types.count("Event") == len(story)
    assert types.count("Claim") == sum(len(row["statements"]) for row in story)

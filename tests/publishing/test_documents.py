"""What a document says, and in which words; what of the desk it leaves out."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from timeline.publishing.write.document import build
from timeline.publishing.write.holdings import VOICES

from .desk import (
    a_citation,
    a_source,
    a_statement,
    an_actor,
    an_event,
    first,
    live,
    put,
    taken,
)

pytestmark = pytest.mark.django_db


def said(statement):
    put(statement.event)
    return live(statement.event).said[statement.public_id]


def test_an_unnamed_speaker_is_attributed_in_the_reports_words():
    company, wire = an_actor("OpenAI"), an_actor("Reuters", kind="outlet")
    journal = an_actor("The Wall Street Journal", kind="outlet")
    statement = a_statement(
        an_event(statements=0),
        described_as="a company spokeswoman",
        described_number="one",
        on_behalf_of=company,
        told_to=journal,
    )
    a_citation(statement, a_source(publisher=wire), via=a_source(publisher=journal))

    document = said(statement)

    assert document["attribution"] == (
        "A company spokeswoman, for OpenAI, to The Wall Street Journal, as reported "
        "by Reuters"
    )
    assert document["speaker"] is None
    assert document["described_as"] == "a company spokeswoman"


def attribution(speaker="A minister", kind="claim", via=None, **fields):
    statement = a_statement(
        an_event(statements=0), kind=kind, speaker=an_actor(speaker), **fields
    )
    a_citation(
        statement,
        a_source(publisher=an_actor("The Paper", kind="outlet")),
        via=via and a_source(publisher=an_actor(via, kind="outlet")),
    )
    return said(statement)["attribution"]


def test_what_is_carried_from_elsewhere_names_both():
    words = attribution(via="The Wire")

    assert words == "A minister, as reported by The Paper, citing The Wire"


def test_whoever_passed_it_on_is_named():
    words = attribution(relayed_by=an_actor("A friend"))

    assert words == "A minister, as relayed by A friend, as reported by The Paper"


def test_whoever_passed_it_on_does_not_report_or_cite_itself_as_well():
    paper = an_actor("The Paper", kind="outlet")
    company = an_actor("The Company")
    event = an_event(statements=0)
    direct = a_statement(event, speaker=an_actor("A minister"), relayed_by=paper)
    a_citation(direct, a_source(publisher=paper))
    cited = a_statement(event, speaker=an_actor("A minister"), relayed_by=company)
    a_citation(cited, a_source(publisher=paper), via=a_source(publisher=company))

    words = [said(row)["attribution"] for row in (direct, cited)]

    assert words == [
        "A minister, as relayed by The Paper",
        "A minister, as relayed by The Company, as reported by The Paper",
    ]


@pytest.mark.parametrize("kind", ["no_response", "declined_to_comment"])
def test_whoever_did_not_answer_was_asked(kind):
    words = attribution(kind=kind, told_to=an_actor("The Wire"))

    assert words == "A minister, asked by The Wire, as reported by The Paper"


def test_an_outlet_in_its_own_voice_does_not_report_itself():
    paper = an_actor("The Paper", kind="outlet")
    statement = a_statement(an_event(statements=0), kind="report", speaker=paper)
    a_citation(statement, a_source(publisher=paper))

    assert said(statement)["attribution"] == "The Paper"


def test_a_quote_has_its_language_and_our_translation():
    statement = a_statement(
        an_event(statements=0),
        source=a_source(),
        quote="nicht geheime Netze",
        quote_language="de",
        quote_translation="unclassified networks",
    )
    plain = a_statement(statement.event, source=a_source(), quote="networks")
    none = a_statement(statement.event, source=a_source())

    quotes = [said(row)["quote"] for row in (statement, plain, none)]

    assert quotes == [
        {
            "text": "nicht geheime Netze",
            "language": "de",
            "translation": "unclassified networks",
        },
        {"text": "networks", "language": "en", "translation": None},
        None,
    ]


def test_an_occasion_is_words_or_a_document():
    paper = a_source("The charter")
    event = an_event(statements=0)
    words = a_statement(event, source=paper, said_in_words="a company meeting")
    document = a_statement(event, source=a_source(), said_in_source=paper)
    none = a_statement(event, source=a_source())

    occasions = [said(row)["said_in"] for row in (words, document, none)]

    assert occasions[0] == {"words": "a company meeting", "source": None}
    assert occasions[1]["source"]["title"] == "The charter"
    assert occasions[2] is None


def test_the_address_of_a_passage_is_read_by_browsers_as_meant():
    source = a_source(original_url="https://paper.example/a?b=1#top")
    statement = a_statement(an_event(statements=0))
    a_citation(
        statement, source, prefix="so, ", exact="a well-known & old", suffix=" - yes"
    )

    (citation,) = said(statement)["citations"]

    assert citation["passage"]["url"] == (
        "https://paper.example/a?b=1#:~:text="
        "so%2C-,a%20well%2Dknown%20%26%20old,-%2D%20yes"
    )


def test_a_passage_without_an_address_has_none():
    statement = a_statement(an_event(statements=0))
    a_citation(statement, a_source(), exact="words", locator="p. 3")

    (citation,) = said(statement)["citations"]

    assert citation["passage"] == {
        "state": "found",
        "exact": "words",
        "prefix": None,
        "suffix": None,
        "locator": "p. 3",
        "url": None,
    }


def test_an_affiliation_without_a_source_stays_on_the_desk():
    person, company = an_actor("A person", kind="person"), an_actor("A company")
    hidden = an_actor("CANARY company")
    cited = a_source("The profile")
    person.affiliations.create(role="chief", organisation=company, source=cited)
    person.affiliations.create(role="CANARY role", organisation=hidden)
    statement = a_statement(an_event(statements=0), speaker=person, source=a_source())

    put(statement.event)

    document = live(statement.event).document
    assert "CANARY" not in json.dumps(document)
    entities = {row["name"]: row for row in document["entities"]["actors"]}
    (affiliation,) = entities["A person"]["affiliations"]
    assert affiliation["organisation"]["name"] == "A company"
    assert "A company" in entities
    titles = [row["title"] for row in document["entities"]["sources"]]
    assert "The profile" in titles


def test_an_affiliation_says_in_which_copy_it_was_read():
    person, company = an_actor("A person", kind="person"), an_actor("A company")
    wire, copy = a_source("The wire"), a_source("The copy")
    person.affiliations.create(
        role="chief", organisation=company, source=wire, read_in=copy
    )
    event = an_event(statements=0)
    a_statement(event, speaker=person, source=a_source())

    put(event)

    entities = live(event).document["entities"]
    (affiliation,) = next(
        row["affiliations"] for row in entities["actors"] if row["name"] == "A person"
    )
    assert affiliation["source"]["title"] == "The wire"
    assert affiliation["read_in"]["title"] == "The copy"
    assert "The copy" in {row["title"] for row in entities["sources"]}


def test_a_document_describes_everything_that_it_names():
    wire = a_source("The wire")
    other = a_source("Another wire")
    taken(a_source("A copy"), wire)
    taken(a_source("A copy of the other"), other, "translates")
    taken(wire, other, "updates")
    event = an_event(source=wire)
    put(event)
    document = live(event).document

    entities = document.pop("entities")

    described = {row["id"] for rows in entities.values() for row in rows}
    titles = {row["title"] for row in entities["sources"]}
    assert titles == {"The wire", "Another wire", "A copy", "A copy of the other"}
    assert named({"document": document, "entities": entities}) == described


def a_statement_that_names_all_that_one_can(event):
    """With what is named there; each name says where."""
    told = a_statement(
        event,
        source=a_source("cited", publisher=an_actor("its publisher", kind="outlet")),
        said="2026-03-01",
        said_words="on Sunday",
        said_anchor=a_source("said after"),
        said_rule="by hand",
        said_in_source=a_source("said in"),
        **{voice: an_actor(voice) for voice in VOICES},
    )
    citation = told.citations.get()
    citation.via, citation.read_in = a_source("via"), a_source("read in")
    citation.save()
    source = citation.source
    taken(citation.read_in, source)
    taken(a_source("another copy"), source, "translates")
    taken(source, a_source("its lineage"), "updates")
    source.byline.create(name="A writer", actor=an_actor("its writer"))
    told.speaker.affiliations.create(
        role="chief",
        organisation=an_actor("affiliated with"),
        source=a_source("affiliated by", publisher=an_actor("far away")),
        read_in=a_source("affiliated in"),
    )
    return told


def test_a_document_describes_what_is_named_in_each_place():
    event = an_event(
        statements=0,
        date="2026-03",
        date_words="this month",
        date_anchor=a_source("dated after"),
        date_rule="by hand",
    )
    event.participations.create(actor=an_actor("takes part"), role="agent")
    a_statement_that_names_all_that_one_can(event)

    (built,) = build([event.pk])

    entities = built.document["entities"]
    described = {row["id"] for rows in entities.values() for row in rows}
    assert named({**built.document, "entities": entities}) == described
    assert {row["name"] for row in entities["actors"]} == {
        *VOICES,
        *("its publisher", "its writer", "affiliated with", "far away", "takes part"),
        "The Paper",  # of the other sources
    }
    assert {row["title"] for row in entities["sources"]} == {
        *("cited", "said after", "said in", "via", "read in", "another copy"),
        *("its lineage", "affiliated by", "affiliated in", "dated after"),
    }


def named(value):
    """Every actor, source, story and topic that is named anywhere in a value."""
    if isinstance(value, list):
        return set().union(*map(named, value))
    if not isinstance(value, dict):
        return set()
    own = value.get("id")
    found = {own} if own and own[:4] in ("act_", "src_", "sto_", "top_") else set()
    return found.union(*map(named, value.values()))


def test_documents_built_together_are_those_built_alone():
    events = [an_event(name, statements=2) for name in "abc"]
    taken(a_source(), first(events[1]).citations.get().source)
    keys = [event.pk for event in events]

    together = build(keys)

    assert [item.document for item in together] == [
        build([key])[0].document for key in keys
    ]
    assert [item.event for item in together] == events


def test_three_documents_take_as_many_queries_as_one(django_assert_num_queries):
    events = [an_event(name, statements=2) for name in "abc"]

    with CaptureQueriesContext(connection) as of_one:
        build([events[0].pk])

    with django_assert_num_queries(len(of_one)):
        build([event.pk for event in events])

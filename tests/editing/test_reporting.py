"""From a report: an event, its source and who said what, in one save or not at all."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.admin.desk import account
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    EventFactory,
    OutletFactory,
    SourceFactory,
    SourceSnapshotFactory,
)
from timeline.dates import parse
from timeline.editing import Stale
from timeline.editing.addresses import publisher_at, report_at, same_address
from timeline.editing.checking import BadInput
from timeline.editing.people import called
from timeline.editing.reporting import (
    Happening,
    Report,
    from_report,
    hold_text,
    report_in,
    several_from_report,
)
from timeline.models import Actor, Event, Source, Statement
from timeline.publishing.write import publish

pytestmark = pytest.mark.django_db

TEXT = """A deal is weighed
The company weighs a deal, a person said late last week.
“We are looking at it closely,” Ada Lovelace said. She called it “a small step”.
"""


def report(**changes):
    given = {
        "address": "https://www.wire.example/deal",
        "text": TEXT,
        "publisher": "The Wire",
        "published": parse("2026-03-03"),
        "title": "A deal is weighed",
    }
    return Report(**given | changes)


def happening(**changes):
    given = {
        "title": "The company weighs a deal",
        "when": "late last week",
        "who": "Ada Lovelace",
        "words": "We are looking at it closely",
    }
    return Happening(**given | changes)


@pytest.fixture
def writer():
    return account("Writer")


def counts():
    return [model.objects.count() for model in (Actor, Source, Event, Statement)]


def test_all_of_it_is_made_at_once(writer):
    event = from_report(report(), happening(), by=writer)

    statement = event.statements.get()
    citation = statement.citations.get()
    source = citation.source
    assert (event.title, event.slug) == (
        "The company weighs a deal",
        "the-company-weighs-a-deal",
    )
    assert event.date.edtf == "[2026-02-26..2026-02-28]"
    assert (event.date_words, event.date_anchor) == ("late last week", source)
    assert (event.date_rule, event.owner) == ("part-of-week", writer)
    assert (source.kind, source.title) == ("article", "A deal is weighed")
    assert (source.publisher.name, source.publisher.kind) == ("The Wire", "outlet")
    assert source.snapshots.get().text == TEXT
    assert (statement.speaker.name, statement.speaker.kind) == (
        "Ada Lovelace",
        "person",
    )
    assert (statement.kind, statement.mode) == ("claim", "direct_quote")
    assert statement.quote == "We are looking at it closely"
    assert (citation.exact, citation.passage) == (statement.quote, "found")


def test_what_is_made_may_be_published(writer):
    event = from_report(report(), happening(), by=writer)

    assert publish(event, by=None, version=event.version).number == 1


def test_who_is_known_is_not_added_again(writer):
    wire = OutletFactory(name="The Wire")
    ada = ActorFactory(name="Augusta Ada King")
    ActorNameFactory(actor=ada, name="Ada Lovelace")

    event = from_report(report(publisher="the wire"), happening(), by=writer)

    statement = event.statements.get()
    assert statement.speaker == ada
    assert statement.citations.get().source.publisher == wire
    assert Actor.objects.count() == 2


def test_where_several_bear_a_name_one_is_asked_which(writer):
    first, second = (ActorFactory(name="Ada Lovelace") for _ in range(2))

    with pytest.raises(BadInput) as refused:
        from_report(report(), happening(), by=writer)

    assert refused.value.field == "who"
    assert f"Ada Lovelace ({second.slug})" in str(refused.value)
    assert called(f"Ada Lovelace ({first.slug})").actor == first


def test_who_is_not_named_is_kept_in_the_words_of_the_report(writer):
    event = from_report(
        report(), happening(who="a person familiar with the matter"), by=writer
    )

    statement = event.statements.get()
    assert statement.speaker is None
    assert statement.described_as == "a person familiar with the matter"


def test_without_words_the_report_itself_says_it(writer):
    event = from_report(report(), happening(who="", words=""), by=writer)

    statement = event.statements.get()
    assert (statement.kind, statement.mode) == ("report", "narration")
    assert statement.speaker.name == "The Wire"
    assert statement.text == "The company weighs a deal"


def test_without_a_date_it_happened_by_the_day_of_the_report(writer):
    event = from_report(report(), happening(when=""), by=writer)
    undated = from_report(
        report(address="", published=None), happening(when=""), by=writer
    )

    assert event.date.edtf == "[..2026-03-03]"
    assert undated.date is None


# What is selected in the text, the quote, and how it is told.
WORDS = [
    ("We are looking at it closely", "We are looking at it closely", "direct_quote"),
    ("“We are looking at it closely,”", "We are looking at it closely", "direct_quote"),
    ("a small step", "a small step", "partial_quote"),
    ("She called it “a small step”.", "a small step", "partial_quote"),
    ("The company weighs a deal", "", "paraphrase"),
]


@pytest.mark.parametrize(("words", "quote", "mode"), WORDS)
def test_the_marks_in_the_text_say_what_is_quoted(writer, words, quote, mode):
    event = from_report(report(), happening(words=words), by=writer)

    statement = event.statements.get()
    assert (statement.quote, statement.mode) == (quote, mode)
    assert statement.citations.get().exact == words


def test_the_same_words_twice_are_told_apart_by_where_they_were_selected(writer):
    text = "He said “yes”. Then, at the end, she also said “yes”. That was all."
    words = happening(words="“yes”")

    with pytest.raises(BadInput) as refused:
        from_report(report(text=text), words, by=writer)
    event = from_report(
        report(text=text), happening(words="“yes”", at=text.rindex("“yes”")), by=writer
    )

    assert refused.value.field == "words"
    citation = event.statements.get().citations.get()
    assert citation.prefix.endswith("she also said ")
    assert publish(event, by=None, version=event.version)


def test_a_long_passage_is_held_by_its_beginning(writer):
    long = "We shall " + "go on and " * 60 + "stop."
    text = f"She said: “{long}” And left."

    event = from_report(report(text=text), happening(words=long), by=writer)

    statement = event.statements.get()
    assert statement.quote == long
    assert long.startswith(statement.citations.get().exact)
    assert publish(event, by=None, version=event.version)


def test_line_ends_of_a_browser_change_nothing(writer):
    text = TEXT.replace("\n", "\r\n")
    words = "late last week.\r\n“We are looking"

    event = from_report(report(text=text), happening(words=words), by=writer)

    citation = event.statements.get().citations.get()
    assert citation.source.snapshots.get().text == TEXT
    assert citation.passage == "found"


def test_without_its_text_a_passage_is_not_checked(writer):
    event = from_report(report(text="", title=""), happening(), by=writer)

    citation = event.statements.get().citations.get()
    assert citation.passage == "unchecked"
    assert str(citation.source) == "Report by The Wire, 3 March 2026"


# What is wrong, the field it is said at, and a word of the sentence.
WRONG = [
    ({}, {"words": "Never said"}, "words", "exactly once"),
    ({}, {"who": ""}, "who", "Say who said it"),
    ({}, {"words": ""}, "words", "leave the speaker out"),
    ({}, {"when": "some time ago"}, "when", "table of phrases"),
    ({}, {"when": "2026-13"}, "when", "no month 13"),
    ({"published": None}, {}, "when", "choose that report"),
    ({"publisher": ""}, {}, "publisher", "Say who published it"),
    ({"address": "javascript:alert(1)"}, {}, "address", "valid URL"),
    ({}, {"title": ""}, "title", "blank"),
    ({}, {"title": "x" * 301}, "title", "300"),
]


@pytest.mark.parametrize(("of_report", "of_event", "field", "word"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(
    writer, of_report, of_event, field, word
):
    with pytest.raises(BadInput) as refused:
        from_report(report(**of_report), happening(**of_event), by=writer)

    assert refused.value.field == field
    assert word in str(refused.value)
    assert counts() == [0, 0, 0, 0]


def test_who_may_only_read_makes_nothing():
    with pytest.raises(PermissionDenied):
        from_report(report(), happening(), by=account("Viewer"))

    assert counts() == [0, 0, 0, 0]


def test_web_names_are_free_also_for_what_has_no_letters(writer):
    first = from_report(report(), happening(title="会议"), by=writer)
    second = from_report(report(address=""), happening(title="会议"), by=writer)

    assert (first.slug, second.slug) == ("event", "event-2")


def test_many_events_of_one_report_are_made_or_none(writer):
    source = SourceFactory()
    SourceSnapshotFactory(source=source, text=TEXT)
    rows = [
        happening(),
        happening(title="Another", who="", words="", when="March 2026"),
    ]

    events = several_from_report(source, rows, by=writer)

    assert [event.title for event in events] == ["The company weighs a deal", "Another"]
    assert {
        row.source
        for event in events
        for said in event.statements.all()
        for row in said.citations.all()
    } == {source}
    with pytest.raises(BadInput) as refused:
        several_from_report(source, [*rows, happening(words="Never said")], by=writer)
    assert (refused.value.row, Event.objects.count()) == (2, 2)


def test_a_report_is_added_to_an_event_as_a_statement_of_its_own(writer):
    event, source = EventFactory(), SourceFactory()
    SourceSnapshotFactory(source=source, text=TEXT)

    statement = report_in(event, source, by=writer, version=1, words="weighs a deal")

    assert (statement.kind, statement.speaker) == ("report", source.publisher)
    assert statement.citations.get().passage == "found"
    with pytest.raises(Stale):
        report_in(event, source, by=writer, version=1)


def test_a_report_without_publisher_says_nothing_by_itself(writer):
    with pytest.raises(BadInput, match="Say who published"):
        report_in(EventFactory(), SourceFactory(publisher=None), by=writer, version=1)


def test_a_text_is_held_once(writer):
    source = SourceFactory()

    hold_text(source, TEXT, by=writer)
    hold_text(source, TEXT.replace("\n", "\r\n"), by=writer)
    hold_text(source, " \n", by=writer)

    assert source.snapshots.get().text == TEXT


SAME = [
    "https://www.wire.example/deal",
    "http://wire.example/deal/",
    "https://WIRE.example/deal?utm_source=mail&fbclid=1#top",
]
OTHER = [
    "https://wire.example/deal?id=2",
    "https://wire.example/",
    "deal",
    "http://[",
    "",
]


def test_an_address_is_known_however_it_is_written():
    source = SourceFactory(original_url="https://www.wire.example/deal?utm_medium=x")

    assert {same_address(address) for address in SAME} == {"wire.example/deal"}
    assert [report_at(address) for address in SAME] == [source] * len(SAME)
    assert [report_at(address) for address in OTHER] == [None] * len(OTHER)
    assert publisher_at("http://wire.example/other") == source.publisher
    assert publisher_at("http://notwire.example/other") is None


def test_a_publisher_is_known_by_the_host_and_by_no_part_of_it():
    wire = SourceFactory(original_url="https://www.wire.example?story=1")
    for number in range(60):
        SourceFactory(original_url=f"https://notwire.example/wire.example/{number}")
    SourceFactory(original_url="https://wire.example.other.example/deal")

    assert publisher_at("https://Wire.example:443/other") == wire.publisher
    for other in ("https://example/", "https://www.ire.example/", "https://%.example/"):
        assert publisher_at(other) is None

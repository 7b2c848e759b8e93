"""What holds for every text and date, tried on the worst that Hypothesis makes up."""

import copy
import json

import feedparser
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.api.formats import test_atom, test_ics, test_jsonld, test_table
from tests.api.formats.samples import (
    actor,
    citation,
    date,
    entry,
    gone,
    named,
    revision,
    source,
    statement,
    statements_of,
    statements_written,
    written,
)
from tests.dates.test_properties import TEXTS, parsed
from timeline.api.formats import EVENTS, FORMATS
from timeline.api.formats.days import exact
from timeline.dates import parse

NASTY = st.sampled_from(
    [
        "]]>",
        "<script>alert(1)</script>",
        "&lt;b&gt; &amp; &#0;",
        "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n",
        "\x00\x08\x0b\x1b\x7f\x85\u2028",
        "\u202eright to left\u2066",
        "\N{FIRECRACKER}\N{ZERO WIDTH JOINER}\ufe0f",
        "e" + "\u0301" * 300,
        "\ud800",
        "\udfff\ufffe\uffff",
        '=cmd|"/c calc"!A1',
        '"; drop\\,;:\t',
        "{{ x }} %s {0}",
    ]
)
HOSTILE = st.lists(st.one_of(NASTY, st.text(st.characters())), max_size=4).map("".join)
EDTF = TEXTS.filter(parsed)
EDGES = st.sampled_from(
    ["0000", "-0044", "-0043-03-15", "9999", "9999-12-31", "-9999", "0001-01-01", ".."]
    + ["[..0001-01-01]", "{1960,1961-12}", "1670..1672".join("[]"), "198X", "2024-24"]
    + ["9999-12-31T23:59:59-18:00", "0001-01-01T00:00+18:00", "2026-03-03/.."]
)
DATES = st.one_of(EDGES, EDTF).map(date)


@st.composite
def entries(draw):
    """An event whose every text and date is the worst there is."""
    text = draw(HOSTILE)
    some = draw(st.lists(HOSTILE, min_size=4, max_size=4))
    said = statement(
        text=some[0],
        attribution=some[1],
        language=some[2],
        standing=draw(st.sampled_from(["stands", "disputed", "corrected"])),
        said=draw(DATES),
        speaker=draw(st.none() | st.just(actor(name=text))),
        described_as=some[3],
        described_number="one",
        quote={"text": some[3], "language": some[0], "translation": text},
        citations=[citation(source=source(title=text, published=None))],
    )
    return entry(
        title=text,
        summary=some[0],
        place=some[1],
        status=draw(st.sampled_from(["happened", "planned", "cancelled"])),
        date={**draw(DATES), "words": some[2]},
        stories=[named("story", "s", title=some[3])],
        topics=[named("topic", "t", name=text)],
        statements=[said],
        revision=revision("correction", some[2]),
    )


FIELDS = st.fixed_dictionaries(
    {
        "title": HOSTILE,
        "description": HOSTILE,
        "publisher": HOSTILE,
        "licence_name": HOSTILE,
        "as_of": st.none() | HOSTILE,
        "gone": st.builds(gone, title=HOSTILE, note=HOSTILE).map(lambda one: (one,)),
    }
)


def sent(name, *events, **fields):
    """The text, as it goes over the line and comes back."""
    return written(name, *events, **fields).encode().decode()


@given(entries(), FIELDS)
def test_atom_is_well_formed_and_keeps_to_its_grammar(event, fields):
    assert len(test_atom.read(event, **fields).entries) == 2


@given(entries(), FIELDS)
def test_json_can_be_sent_and_read(event, fields):
    told = json.loads(sent("jsonfeed", event, **fields))

    assert len(told["items"]) == 2
    assert json.loads(sent("json", event))["results"][0]["id"] == event["id"]


@given(entries(), FIELDS)
def test_a_calendar_is_read_back_as_it_was_meant(event, fields):
    span = exact(event["date"]["edtf"])

    found = test_ics.read(event, **fields).events

    assert len(found) == bool(span)
    for read in found:
        assert read["dtstart"].dt == span[0]
        assert ("dtend" in read) == bool(span[1])


@given(entries())
def test_a_table_is_read_back_and_no_cell_is_a_formula(event):
    (row,) = test_table.rows(sent("csv", event))
    listed = statements_written("csv", *statements_of(event)).encode().decode()
    (said,) = test_table.rows(listed)

    for cell in (*row.values(), *said.values()):
        assert not cell.startswith(tuple("=+-@\t\r"))
    assert row["date"].removeprefix("'") == event["date"]["edtf"]


@given(entries(), FIELDS)
def test_json_ld_is_taken_by_a_processor(event, fields):
    nodes = test_jsonld.read(event, **fields)

    assert f"{test_jsonld.API}/events/{event['id']}/" in nodes


@given(entries(), FIELDS)
def test_no_format_says_more_of_a_date_than_is_known(event, fields):
    when = parse(event["date"]["edtf"])
    told = json.loads(sent("timelinejs", event, **fields))
    node = json.loads(sent("jsonld", event))["@graph"]
    dates = [item.get("startDate") for item in node if item.get("@type") == "Event"]

    starts = [slide["start_date"] for slide in told["events"]]
    assume(starts or any(dates))
    for text in filter(None, [*dates, *map(as_edtf, starts)]):
        stated = parse(text)
        assert stated.earliest <= when.earliest
        if "/" not in when.edtf:
            assert when.latest <= stated.latest


def as_edtf(start):
    """What a start of TimelineJS states."""
    year, *rest = start.values()
    if abs(year) > 9999:
        return None
    sign = "-" if year < 0 else ""
    day = "-".join([f"{sign}{abs(year):04d}", *(f"{part:02d}" for part in rest[:2])])
    clock = ":".join(f"{part:02d}" for part in rest[2:])
    return f"{day}T{clock}Z" if clock else day


@given(entries(), st.sampled_from(sorted(FORMATS)))
def test_what_is_left_out_is_counted(event, name):
    left_out = FORMATS[name].left_out([event["date"]["edtf"]])
    text = sent(name, event)
    found = {
        "ics": text.count("\r\nBEGIN:VEVENT\r\n"),
        "timelinejs": text.count('"unique_id"'),
    }

    assert left_out + found.get(name, 1) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_changes_nothing_that_it_is_given(name):
    event = entry()
    before = copy.deepcopy(event)

    written(name, event)

    assert event == before


def test_a_feed_reader_takes_every_feed_of_json_and_atom_alike():
    events = [entry(slug) for slug in "abc"]

    atom = feedparser.parse(written("atom", *events))
    feed = json.loads(written("jsonfeed", *events))

    assert [item.id for item in atom.entries] == [item["id"] for item in feed["items"]]
    assert FORMATS["atom"].lists == FORMATS["jsonfeed"].lists == {EVENTS}

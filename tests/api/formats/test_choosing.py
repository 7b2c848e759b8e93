"""Which format a reader gets, and what each says of itself."""

import pytest

from timeline.api.formats import EVENTS, FORMATS, STATEMENTS, chosen, names

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
THUNDERBIRD = (
    "application/rss+xml, application/atom+xml, application/xml;q=0.8, */*;q=0.1"
)


def name_of(accept="", name=None, kind=EVENTS):
    found = chosen(accept, name, kind=kind)
    return found and found.name


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/json", "json"),
        ("application/*", "json"),
        ("application/feed+json", "jsonfeed"),
        ("application/atom+xml", "atom"),
        ("Application/Atom+XML", "atom"),
        ("text/calendar", "ics"),
        ("text/calendar; charset=utf-8", "ics"),
        ("text/csv", "csv"),
        ("text/csv; header=present", "csv"),
        ("application/ld+json", "jsonld"),
        ('application/ld+json; profile="http://www.w3.org/ns/json-ld#x"', "jsonld"),
        ("application/json;q=0.5, text/csv", "csv"),
        ("application/json;q=0.5, text/csv;q=0.4", "json"),
        ("text/csv, application/json", "json"),
        ("application/json;q=0, */*;q=0.1", "jsonfeed"),
        ("text/csv;q=0, text/*", "ics"),
        ("*/*;q=0.1, application/ld+json;q=0.2", "jsonld"),
        ("text/csv;q=nan", "csv"),
        ("text/csv;q=much", "csv"),
        (", ,,", "json"),
        (FIREFOX, "json"),
        (THUNDERBIRD, "atom"),
        ("text/html", None),
        ("image/png, text/html;q=0.1", None),
        ("*/*;q=0", None),
    ],
)
def test_the_header_names_the_format(accept, expected):
    assert name_of(accept) == expected


@pytest.mark.parametrize("name", FORMATS)
def test_the_parameter_decides_whatever_the_header_says(name):
    assert name_of("text/csv, application/json;q=0.1", name) == name


@pytest.mark.parametrize("name", ["", "xml", "JSON", "atom "])
def test_a_name_that_no_format_has_is_no_format(name):
    assert name_of("*/*", name) is None


def test_statements_come_in_the_formats_that_have_a_word_for_them():
    assert names(STATEMENTS) == ("json", "csv", "jsonld")
    assert name_of("application/atom+xml", kind=STATEMENTS) is None
    assert name_of("application/atom+xml, */*;q=0.1", kind=STATEMENTS) == "json"
    assert name_of(name="ics", kind=STATEMENTS) is None


def test_events_come_in_every_format():
    assert names(EVENTS) == tuple(FORMATS)


def test_timelinejs_has_no_type_of_its_own_and_is_had_by_name_only():
    assert FORMATS["timelinejs"].content_type == "application/json"
    assert name_of("application/json") == "json"


def test_a_header_of_any_length_is_answered():
    assert name_of("text/html," * 100_000) is None
    assert name_of("*/*," + "x/y," * 100_000) == "json"


def test_each_format_says_what_it_sends():
    assert {one.name: one.content_type for one in FORMATS.values()} == {
        "json": "application/json",
        "jsonfeed": "application/feed+json",
        "atom": "application/atom+xml; charset=utf-8",
        "ics": "text/calendar; charset=utf-8",
        "csv": "text/csv; charset=utf-8; header=present",
        "timelinejs": "application/json",
        "jsonld": "application/ld+json",
    }


def test_only_what_is_a_file_has_the_name_of_one():
    found = {one.name: one.filename(EVENTS) for one in FORMATS.values()}

    assert {name: file for name, file in found.items() if file} == {
        "ics": "events.ics",
        "csv": "events.csv",
    }


def test_a_format_counts_what_it_leaves_out():
    dates = ["2026-03-03", "[..2026-03-03]", "2026-03", "-0043-03-15", ".."]

    found = {one.name: one.left_out(dates) for one in FORMATS.values()}

    assert found == dict.fromkeys(FORMATS, 0) | {"ics": 4, "timelinejs": 2}
    assert [one.name for one in FORMATS.values() if one.leaves_out] == [
        "ics",
        "timelinejs",
    ]

"""The value itself and its public shape."""

from dataclasses import FrozenInstanceError

import pytest

from timeline.dates import UNDATED, as_json, parse


def test_a_date_in_json_has_its_bounds_as_instants():
    found = as_json(parse("[..2026-03-03]"))

    assert found == {
        "edtf": "[..2026-03-03]",
        "display": "by 3 March 2026",
        "earliest": None,
        "latest": "2026-03-03T23:59:59Z",
        "precision": "day",
        "uncertain": False,
        "approximate": False,
        "words": None,
        "anchor": None,
        "rule": None,
    }


def test_a_date_in_json_keeps_its_words_anchor_and_rule():
    found = as_json(
        parse("[2026-02-26..2026-02-28]"),
        words="late last week",
        anchor={"slug": "reuters-openai-nato"},
        rule="part-of-week",
    )

    assert found["words"] == "late last week"
    assert found["anchor"] == {"slug": "reuters-openai-nato"}
    assert found["rule"] == "part-of-week"


def test_empty_words_and_rule_are_null():
    found = as_json(parse("-0044"), words="", rule="")

    assert (found["words"], found["rule"]) == (None, None)
    assert found["earliest"] == "-0044-01-01T00:00:00Z"


def test_no_date_is_null():
    assert as_json(None) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1970-01-02", 86_400),
        ("[..1970-01-01]", 86_399),
        ("1970-01-02/..", 86_400),
        ("..", UNDATED),
        ("XXXX-12-25", UNDATED),
    ],
)
def test_the_sort_key_is_the_earliest_bound_else_the_latest_else_last(text, key):
    assert parse(text).sort_key == key


def test_what_has_no_date_sorts_after_everything_that_has_one():
    texts = ["9999-24", "2026-03-03", "..", "[..2026-03-02]", "-0044", "-9999"]

    found = sorted(map(parse, texts), key=lambda date: date.sort_key)

    assert list(map(str, found)) == [
        "-9999",
        "-0044",
        "[..2026-03-02]",
        "2026-03-03",
        "9999-24",
        "..",
    ]


def test_a_date_is_a_value():
    date = parse("2026-03-03")

    assert {date, parse.__wrapped__("2026-03-03")} == {date}
    with pytest.raises(FrozenInstanceError):
        date.edtf = "2026-03-04"

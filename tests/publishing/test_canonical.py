"""Canonical JSON and the digests of the record, against RFC 8785 and by hand."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.publishing.read.canonical import (
    _with_care,
    canonical,
    content_digest,
    row_digest,
    words_of_act,
)

# RFC 8785, 3.2.2, without the numbers that are not integers.
OF_THE_STANDARD = {
    "numbers": [333333333, 4, 2, 0],
    "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
    "literals": [None, True, False],
}
AS_THE_STANDARD_HAS_IT = (
    '{"literals":[null,true,false],"numbers":[333333333,4,2,0],'
    '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
)


def test_an_object_is_written_as_in_the_standard():
    assert canonical(OF_THE_STANDARD) == AS_THE_STANDARD_HAS_IT


@pytest.mark.parametrize(
    ("character", "written"),
    [
        ("\b", r"\b"),
        ("\t", r"\t"),
        ("\n", r"\n"),
        ("\f", r"\f"),
        ("\r", r"\r"),
        ('"', r"\""),
        ("\\", r"\\"),
        ("\x00", r"\u0000"),
        ("\x1f", r"\u001f"),
        ("\x7f", "\x7f"),
        ("/", "/"),
        ("\u2028", "\u2028"),
        ("</script>", "</script>"),
        ("😂", "😂"),
        ("דּ", "דּ"),
    ],
)
def test_only_what_json_must_escape_is_escaped(character, written):
    assert canonical(character) == f'"{written}"'


def test_keys_are_in_the_order_of_their_characters_at_every_depth():
    value = {"b": 1, "a": {"_": 1, "Z": 2, "10": 3, "2": 4, "": 5}, "B": [{"z": 1}]}

    assert canonical(value) == (
        '{"B":[{"z":1}],"a":{"":5,"10":3,"2":4,"Z":2,"_":1},"b":1}'
    )


def test_lists_keep_their_order():
    assert canonical([3, 1, (2,)]) == "[3,1,[2]]"


@pytest.mark.parametrize("name", ["Ame\u0301lie", "Am\u00e9lie"])
def test_text_is_composed(name):
    assert canonical([name]) == '["Am\u00e9lie"]'


@pytest.mark.parametrize("number", [0, -1, 2**53 - 1, -(2**53) + 1])
def test_an_integer_that_every_reader_can_hold_is_written_as_it_is(number):
    assert canonical(number) == str(number)


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        0.5,
        float("nan"),
        float("inf"),
        2**53,
        -(2**53),
        b"bytes",
        {1, 2},
        object(),
        {1: "a"},
        {None: "a"},
        {"é": 1},
        {"a": [{"b": 1.5}]},
        "\ud800",
        ["\udfff and more"],
    ],
)
def test_what_has_no_place_in_a_document_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


def test_what_was_written_is_written_the_same_again():
    text = canonical(OF_THE_STANDARD)

    assert canonical(json.loads(text)) == text


def test_a_salt_is_hashed_as_its_characters_before_the_text():
    salt, text = "0123456789abcdef" * 2, '{"title":"Münster"}'
    by_hand = hashlib.sha256(b"0123456789abcdef" * 2 + text.encode("utf-8"))

    assert content_digest(salt, text) == by_hand.hexdigest()


def test_the_digest_of_a_row_is_over_what_it_chains_and_nothing_else():
    row = {
        "previous": "0" * 64,
        "sequence": 1,
        "id": "evt_3k9xw2p7",
        "number": 1,
        "kind": "publication",
        "published_at": "2026-03-04T05:06:07.000000Z",
        "successor": None,
        "content": "f" * 64,
    }
    by_hand = (
        f'{{"content":"{"f" * 64}","id":"evt_3k9xw2p7","kind":"publication",'
        f'"number":1,"previous":"{"0" * 64}",'
        '"published_at":"2026-03-04T05:06:07.000000Z","sequence":1,"successor":null}'
    )

    digest = row_digest({**row, "note": "not chained", "salt": "not chained"})

    assert digest == hashlib.sha256(by_hand.encode()).hexdigest()


def test_a_row_without_a_document_covers_its_own_words():
    words = words_of_act(slug="a-b", note="Why.", caused_by=None, suppresses=[])

    assert words == '{"caused_by":null,"note":"Why.","slug":"a-b","suppresses":[]}'


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**60), max_value=2**60)
    | st.floats()
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_the_quick_way_writes_what_the_careful_one_does(value):
    assert said(canonical, value) == said(_with_care, value)


@pytest.mark.parametrize(
    "value",
    [
        {"a": "\n\u0303"},  # an escape, whose last letter a mark could join
        {"a": "e\u0301", "b": "é"},
        {"é": 1},
        {"a": 'é said ":'},
        {"a": float("nan")},
        {"a": 2**53},
        {"a": "\ud800"},
        {"b": "\x7f\u2028\x1f", "a": ["\\", '"', "/"]},
        {1: 2},
        {"a": (1, 2)},
    ],
)
def test_both_ways_agree_where_it_is_hard(value):
    assert said(canonical, value) == said(_with_care, value)


def said(write, value):
    """What a way of writing gives, or the kind of its refusal."""
    try:
        return write(value)
    except (TypeError, ValueError) as error:
        return type(error).__mro__[-4:]

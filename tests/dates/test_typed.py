"""A date as it is typed: a date, words that name one, or words that are counted."""

import pytest

from timeline.dates import BadDate, UnknownPhrase, parse, read_typed

ANCHOR = parse("2026-03-03")

# What is typed, and the date it is, whatever it is counted from.
NAMED = [
    ("2026-03-03", "2026-03-03"),
    ("[..2026-04-02]", "[..2026-04-02]"),
    ("..", ".."),
    ("3 March 2026", "2026-03-03"),
    ("March 3, 2026", "2026-03-03"),
    ("March 2026", "2026-03"),
    ("by 2 April 2026", "[..2026-04-02]"),
    ("the first half of 2025", "2025-40"),
]
# Words, and what they are counted from the anchor.
COUNTED = [
    ("late last week", "[2026-02-26..2026-02-28]"),
    ("on Tuesday", "2026-03-03"),
    ("early March", "[2026-03-01..2026-03-10]"),
    ("yesterday", "2026-03-02"),
]


@pytest.mark.parametrize(("text", "date"), NAMED)
@pytest.mark.parametrize("anchor", [None, ANCHOR])
def test_a_date_that_is_named_needs_no_anchor(text, date, anchor):
    found = read_typed(text, anchor)

    assert (found.date.edtf, found.counted) == (date, False)


@pytest.mark.parametrize(("text", "date"), COUNTED)
def test_words_are_counted_from_the_anchor(text, date):
    found = read_typed(f" {text} ", ANCHOR)

    assert (found.date.edtf, found.counted, found.text) == (date, True, text)
    assert found.rule


@pytest.mark.parametrize("text", [text for text, _date in COUNTED])
def test_counted_words_without_an_anchor_are_refused(text):
    with pytest.raises(UnknownPhrase, match="choose that report"):
        read_typed(text)


REFUSED = ["foo bar", "3.3.2026", "2026-13", "", "29 February 2023", "x" * 300]


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("anchor", [None, ANCHOR])
def test_the_rest_is_refused_and_never_guessed(text, anchor):
    with pytest.raises(BadDate):
        read_typed(text, anchor)


def test_what_no_anchor_makes_sense_of_is_said_as_such():
    with pytest.raises(BadDate, match="not in the table of phrases"):
        read_typed("some time ago, maybe")

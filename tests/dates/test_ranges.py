"""Dates in a range, by "may" and by "must", and the range of a source's versions."""

import pytest

from timeline.dates import (
    BadDate,
    may_overlap,
    must_be_within,
    parse,
    published_until_updated,
)

CASES = [
    # date, since, until, may, must
    ("2026-03-03", "2026-03", None, True, True),
    ("2026-03-03", None, "2026-03-02", False, False),
    ("2026-03-03", "2026-03-03", "2026-03-03", True, True),
    ("2026-03", "2026-03-15", None, True, False),
    ("2026-03", None, "2026-03-15", True, False),
    ("2026-03", "2026", "2026", True, True),
    ("2026-03", None, None, True, True),
    ("[..2026-03-03]", "2026-01", None, True, False),
    ("[..2026-03-03]", None, "2026-03", True, True),
    ("[..2026-03-03]", "2026-04", None, False, False),
    ("2026-03-03/..", "2026-01", None, True, True),
    ("2026-03-03/..", None, "2026-12", True, False),
    ("2026-03-03/..", None, "2026-02", False, False),
    ("..", "2026", "2026", True, False),
    ("..", None, None, True, True),
    ("2026-03-03", "[2026-03-01..]", None, True, True),
    ("2026-03-03", None, "../2026-03-02", False, False),
]


@pytest.mark.parametrize(("text", "since", "until", "may", "must"), CASES)
def test_may_asks_for_overlap_and_must_for_bounds_inside(text, since, until, may, must):
    date = parse(text)
    limits = {"since": since and parse(since), "until": until and parse(until)}

    assert may_overlap(date, **limits) is may
    assert must_be_within(date, **limits) is must


@pytest.mark.parametrize("ask", [may_overlap, must_be_within])
@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        ("[..2026]", None, "has no earliest bound"),
        (None, "2026/..", "has no latest bound"),
        ("..", None, "has no earliest bound"),
    ],
)
def test_a_limit_without_its_bound_is_refused(ask, since, until, sentence):
    limits = {"since": since and parse(since), "until": until and parse(until)}

    with pytest.raises(BadDate, match=sentence):
        ask(parse("2026"), **limits)


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        ("2026-03-04", "2026-04-02", "[2026-03-04..2026-04-02]"),
        ("2026-03", "2026-04", "[2026-03-01..2026-04-30]"),
        ("2026-03-04T10:00Z", "2026-03-05T23:30Z", "[2026-03-04..2026-03-05]"),
        ("2026-03-04", "2026-03-04", "2026-03-04"),
        ("..", "2026-04-02", "[..2026-04-02]"),
        ("2026-03-04", "..", "[2026-03-04..]"),
        ("..", "..", ".."),
    ],
)
def test_a_passage_found_later_counts_from_publication_to_update(
    published, updated, expected
):
    found = published_until_updated(parse(published), parse(updated))

    assert found == parse(expected)


def test_an_update_before_publication_is_refused():
    with pytest.raises(BadDate, match="The end comes before the start"):
        published_until_updated(parse("2026-03-04"), parse("2026-03-03"))

"""The plain values: fixed, comparable, with the defaults of what is not known."""

from dataclasses import FrozenInstanceError

import pytest

from timeline.provenance import (
    ACYCLIC_LINKS,
    COUNTED_KINDS,
    LINK_KINDS,
    STANDINGS,
    CitationFacts,
    LinkFacts,
    Origins,
    SourceFacts,
    StatementFacts,
)


@pytest.mark.parametrize(
    ("value", "written_out"),
    [
        (
            SourceFacts("s", None),
            SourceFacts(
                id="s",
                publisher=None,
                reporting="unknown",
                production="unknown",
                status="current",
                published=None,
                updated=None,
                taken_from=None,
            ),
        ),
        (
            CitationFacts("s"),
            CitationFacts(
                source="s",
                via=None,
                read_in=None,
                own_words=False,
                credit="unchecked",
                after_update=False,
            ),
        ),
        (
            StatementFacts("a", "e", "claim"),
            StatementFacts(id="a", event="e", kind="claim", citations=()),
        ),
        (
            LinkFacts("a", "corrects", "b"),
            LinkFacts(statement="a", kind="corrects", target="b"),
        ),
        (Origins(("Wire",), True), Origins(publishers=("Wire",), unknown=True)),
    ],
)
def test_a_value_says_no_more_than_it_was_told_and_cannot_change(value, written_out):
    assert value == written_out
    assert hash(value) == hash(written_out)
    assert not hasattr(value, "__dict__")
    with pytest.raises(FrozenInstanceError):
        setattr(value, next(iter(value.__slots__)), "other")


def test_origins_count_their_publishers_and_not_the_unknown():
    result = [Origins((), True).count, Origins(("Paper", "Wire"), True).count]

    assert result == [0, 2]


def test_the_closed_lists_are_spelled_as_in_fixtures():
    assert STANDINGS == ("stands", "clarified", "disputed", "corrected", "retracted")
    assert LINK_KINDS == (
        "corrects",
        "retracts",
        "denies",
        "contradicts",
        "confirms",
        "clarifies",
        "repeats",
    )
    assert ACYCLIC_LINKS == ("corrects", "retracts", "clarifies")
    assert COUNTED_KINDS == (
        "announcement",
        "claim",
        "report",
        "confirmation",
        "clarification",
        "commitment",
        "directive",
    )

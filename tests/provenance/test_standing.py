"""What links leave standing, as tables of examples."""

import pytest

from timeline.provenance import (
    ACYCLIC_LINKS,
    LINK_KINDS,
    STANDINGS,
    LinkCycle,
    LinkFacts,
    link_cycle,
    no_longer_stands,
    ordered,
    standings,
)

LONG = 10_000


def links(*sentences):
    """Return links from sentences such as "a corrects b"."""
    return [LinkFacts(*sentence.split()) for sentence in sentences]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param([], "stands stands stands", id="without links all stand"),
        pytest.param(
            ["a retracts b"], "stands retracted stands", id="what is retracted"
        ),
        pytest.param(
            ["a corrects b"], "stands corrected stands", id="what is corrected"
        ),
        pytest.param(["a denies b"], "stands disputed stands", id="what is denied"),
        pytest.param(
            ["a contradicts b"], "stands disputed stands", id="what is contradicted"
        ),
        pytest.param(
            ["a clarifies b"], "stands clarified stands", id="what is clarified"
        ),
        pytest.param(
            ["a confirms b", "c repeats b"],
            "stands stands stands",
            id="confirming and repeating change nothing",
        ),
        pytest.param(
            ["a corrects b", "c retracts b"],
            "stands retracted stands",
            id="retracted comes before corrected",
        ),
        pytest.param(
            ["a denies b", "c corrects b"],
            "stands corrected stands",
            id="corrected comes before disputed",
        ),
        pytest.param(
            ["a clarifies b", "c denies b"],
            "stands disputed stands",
            id="denied comes before clarified",
        ),
        pytest.param(
            ["a clarifies b", "c contradicts b"],
            "stands disputed stands",
            id="contradicted comes before clarified",
        ),
        pytest.param(
            ["a denies b", "b contradicts a"],
            "disputed disputed stands",
            id="two that dispute each other are both disputed",
        ),
        pytest.param(
            ["a denies b", "b denies c", "c denies a"],
            "disputed disputed disputed",
            id="a circle of denials is no fault",
        ),
        pytest.param(
            ["a corrects b", "b corrects c"],
            "stands corrected stands",
            id="a corrected correction restores the original",
        ),
        pytest.param(
            ["b corrects c", "a retracts b"],
            "stands retracted stands",
            id="a retracted correction restores the original",
        ),
        pytest.param(
            ["a corrects b", "b retracts c"],
            "stands corrected stands",
            id="a corrected retraction restores the original",
        ),
        pytest.param(
            ["b denies c", "a retracts b"],
            "stands retracted stands",
            id="a retracted denial no longer disputes",
        ),
        pytest.param(
            ["b clarifies c", "a corrects b"],
            "stands corrected stands",
            id="a corrected clarification no longer clarifies",
        ),
        pytest.param(
            ["b corrects c", "a denies b"],
            "stands disputed corrected",
            id="a disputed correction still corrects",
        ),
        pytest.param(
            ["b corrects c", "a clarifies b"],
            "stands clarified corrected",
            id="a clarified correction still corrects",
        ),
        pytest.param(
            ["b corrects c", "c denies b"],
            "stands stands corrected",
            id="what is corrected no longer disputes its correction",
        ),
        pytest.param(
            ["b retracts c", "b corrects c", "a confirms c"],
            "stands stands retracted",
            id="of two links from one statement the first that applies",
        ),
    ],
)
def test_links_leave_three_statements(given, expected):
    result = standings("abc", links(*given), ai_alone=())

    assert result == dict(zip("abc", expected.split(), strict=True))


@pytest.mark.parametrize("kind", LINK_KINDS)
def test_a_link_from_what_rests_on_generated_sources_alone_changes_nothing(kind):
    result = standings("ab", links(f"a {kind} b"), ai_alone=["a"])

    assert result == {"a": "stands", "b": "stands"}


def test_what_rests_on_generated_sources_alone_can_itself_be_corrected():
    result = standings("ab", links("a corrects b"), ai_alone={"b"})

    assert result == {"a": "stands", "b": "corrected"}


def test_a_generated_retraction_leaves_a_correction_in_force():
    given = links("a retracts b", "b corrects c")

    result = standings("abc", given, ai_alone={"a"})

    assert result == {"a": "stands", "b": "stands", "c": "corrected"}


def test_links_from_and_to_statements_not_known_are_ignored():
    given = links("x corrects a", "a corrects x", "x retracts x", "a denies b")

    result = standings("ab", given, ai_alone=())

    assert result == {"a": "stands", "b": "disputed"}


def test_every_known_statement_has_its_standing_in_the_order_given():
    result = standings(iter("cab"), iter(links("c denies b")), ai_alone=())

    assert list(result.items()) == [
        ("c", "stands"),
        ("a", "stands"),
        ("b", "disputed"),
    ]


@pytest.mark.parametrize("turned", [False, True], ids=["forwards", "backwards"])
@pytest.mark.parametrize(
    ("kind", "standing"), [("corrects", "corrected"), ("retracts", "retracted")]
)
def test_ten_thousand_corrections_of_corrections_alternate(kind, standing, turned):
    ids = [str(number) for number in range(LONG)]
    given = [
        LinkFacts(here, kind, target)
        for here, target in zip(ids, ids[1:], strict=False)
    ]

    result = standings(ids, given[::-1] if turned else given, ai_alone=())

    assert result == {
        each: standing if number % 2 else "stands" for number, each in enumerate(ids)
    }


def test_ten_thousand_denials_of_one_statement_dispute_it():
    ids = [str(number) for number in range(LONG)]
    given = [LinkFacts(each, "denies", "0") for each in ids[1:]]

    result = standings(ids, given, ai_alone=ids[2:])

    assert result == {**dict.fromkeys(ids, "stands"), "0": "disputed"}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        pytest.param([], None, id="no link"),
        pytest.param(["a corrects b", "b corrects c"], None, id="a chain"),
        pytest.param(
            ["a corrects c", "b corrects c", "a corrects b"], None, id="two ways round"
        ),
        pytest.param(
            ["a corrects b", "b denies a", "b contradicts a", "b repeats a"],
            None,
            id="other kinds may lead back",
        ),
        pytest.param(
            ["a corrects b", "b confirms a"], None, id="confirming may lead back"
        ),
        pytest.param(["a corrects a"], "aa", id="a statement that corrects itself"),
        pytest.param(["a corrects b", "b corrects a"], "aba", id="two corrections"),
        pytest.param(["a retracts b", "b clarifies a"], "aba", id="kinds mixed"),
        pytest.param(
            ["a clarifies b", "b corrects c", "c retracts a"], "abca", id="all three"
        ),
        pytest.param(
            ["x corrects a", "a corrects b", "b corrects a", "b corrects y"],
            "aba",
            id="without what leads in and out",
        ),
    ],
)
def test_a_circle_of_links_is_found(given, path):
    result = link_cycle(links(*given))

    assert _from_smallest(result) == _from_smallest(path and tuple(path))


@pytest.mark.parametrize("kind", ACYCLIC_LINKS)
def test_standings_refuse_a_circle_of_links(kind):
    given = links(f"a {kind} b", f"b {kind} c", f"c {kind} a", "d denies a")

    with pytest.raises(LinkCycle) as caught:
        standings("abcd", given, ai_alone=())

    path = caught.value.path
    assert isinstance(caught.value, ValueError)
    assert _from_smallest(path) == tuple("abca")
    assert str(caught.value) == (
        "These statements correct, retract or clarify each other in a circle: "
        f"{' → '.join(path)}. Take out one of the links."
    )


def test_a_circle_is_refused_also_through_generated_sources():
    given = links("a corrects b", "b corrects a")

    with pytest.raises(LinkCycle):
        standings("ab", given, ai_alone={"a"})


def test_a_circle_through_a_statement_not_known_is_no_circle():
    given = links("a corrects b", "b corrects x", "x corrects a")

    result = standings("ab", given, ai_alone=())

    assert result == {"a": "stands", "b": "corrected"}


def test_a_circle_of_ten_thousand_is_found():
    ids = [str(number) for number in range(LONG)]
    given = [
        LinkFacts(here, "corrects", target)
        for here, target in zip(ids, [*ids[1:], "0"], strict=True)
    ]

    result = link_cycle(given)

    start = ids.index(result[0])
    assert result == (*ids[start:], *ids[:start], result[0])


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        ("stands", False),
        ("clarified", False),
        ("disputed", False),
        ("corrected", True),
        ("retracted", True),
    ],
)
def test_only_the_corrected_and_the_retracted_no_longer_stand(standing, expected):
    assert no_longer_stands(standing) is expected
    assert standing in STANDINGS


def test_statements_that_no_longer_stand_come_last_in_the_order_given():
    standing = dict(zip("fedcb", [*STANDINGS[::-1]], strict=True))

    result = ordered(iter("fedcba"), standing)

    assert result == ("d", "c", "b", "a", "f", "e")


def _from_smallest(circle):
    """Return a closed path turned so that it begins with its smallest member."""
    if circle is None:
        return None
    start = circle.index(min(circle))
    return (*circle[start:-1], *circle[: start + 1])

"""Whose reporting counts, as tables of examples."""

import pytest

from timeline.provenance import (
    COUNTED_KINDS,
    STANDINGS,
    CitationFacts,
    Origins,
    SourceFacts,
    StatementFacts,
    bearing_sources,
    event_origins,
    rests_on_ai_alone,
    sole_supports,
    statement_origins,
)

SOURCES = {
    source.id: source
    for source in (
        SourceFacts("wire", "Wire", reporting="own", production="human"),
        SourceFacts("wire-later", "Wire", reporting="own", production="human"),
        SourceFacts("paper", "Paper", reporting="own", production="ai_assisted"),
        SourceFacts("copy", "Site", taken_from="wire"),
        SourceFacts("own-copy", "Desk", reporting="own", taken_from="wire"),
        SourceFacts("blog", "Blog"),
        SourceFacts("leaflet", None, reporting="own"),
        SourceFacts(
            "robot", "Robot", production="ai_generated", taken_from="robot-too"
        ),
        SourceFacts("robot-too", "Robot", production="ai_generated", taken_from="blog"),
    )
}


def statement(*citations, kind="claim", statement_id="said"):
    return StatementFacts(statement_id, "event", kind, citations)


def cites(source, **options):
    return CitationFacts(source, **options)


@pytest.mark.parametrize(
    ("citations", "expected"),
    [
        pytest.param([], Origins((), unknown=False), id="no citation, no origin"),
        pytest.param(
            [cites("wire")], Origins(("Wire",), unknown=False), id="its own reporting"
        ),
        pytest.param(
            [cites("wire"), cites("copy")],
            Origins(("Wire",), unknown=False),
            id="a copy is the same voice",
        ),
        pytest.param(
            [cites("own-copy")],
            Origins(("Wire",), unknown=False),
            id="the reporting of a copy does not count, only its origin's",
        ),
        pytest.param(
            [cites("wire"), cites("wire-later")],
            Origins(("Wire",), unknown=False),
            id="two articles of one publisher are one origin",
        ),
        pytest.param(
            [cites("wire"), cites("paper")],
            Origins(("Paper", "Wire"), unknown=False),
            id="two publishers are two, sorted",
        ),
        pytest.param(
            [cites("paper", via="wire")],
            Origins(("Wire",), unknown=False),
            id="who credits another is no origin",
        ),
        pytest.param(
            [cites("paper", via="wire", credit="not_found")],
            Origins(("Paper",), unknown=False),
            id="a credit that was not found counts for who made it",
        ),
        pytest.param(
            [cites("copy", own_words=True)],
            Origins((), unknown=True),
            id="the republisher's own words are not known to be gathered",
        ),
        pytest.param(
            [cites("blog")], Origins((), unknown=True), id="unknown reporting adds none"
        ),
        pytest.param(
            [cites("robot")],
            Origins((), unknown=True),
            id="a rewrite of a rewrite of unknown reporting adds none",
        ),
        pytest.param(
            [cites("leaflet")], Origins((), unknown=True), id="no publisher adds none"
        ),
        pytest.param(
            [cites("gone")],
            Origins((), unknown=True),
            id="a source not known adds none",
        ),
        pytest.param(
            [cites("blog"), cites("wire")],
            Origins(("Wire",), unknown=True),
            id="one known and one unknown",
        ),
    ],
)
def test_the_origins_of_a_statement_are(citations, expected):
    result = statement_origins(statement(*citations), SOURCES)

    assert result == expected
    assert result.count == len(expected.publishers)


def test_the_origins_of_an_event_are_those_of_its_statements_together():
    statements = [
        statement(cites("wire"), statement_id="first"),
        statement(cites("paper"), cites("copy"), statement_id="second"),
        statement(cites("blog"), statement_id="third"),
    ]

    result = event_origins(statements, {"first": "stands"}, SOURCES)

    assert result == Origins(("Paper", "Wire"), unknown=True)


def test_an_event_without_statements_has_no_origins():
    result = event_origins([], {}, SOURCES)

    assert result == Origins((), unknown=False)


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("announcement", True),
        ("claim", True),
        ("report", True),
        ("denial", False),
        ("confirmation", True),
        ("clarification", True),
        ("commitment", True),
        ("directive", True),
        ("opinion", False),
        ("no_response", False),
        ("declined_to_comment", False),
    ],
)
def test_only_what_asserts_the_event_counts_for_it(kind, counts):
    statements = [statement(cites("wire"), cites("blog"), kind=kind)]

    result = event_origins(statements, {"said": "stands"}, SOURCES)

    assert result == (
        Origins(("Wire",), unknown=True) if counts else Origins((), unknown=False)
    )
    assert (kind in COUNTED_KINDS) == counts


@pytest.mark.parametrize(
    ("standing", "counts"),
    [
        ("stands", True),
        ("clarified", True),
        ("disputed", True),
        ("corrected", False),
        ("retracted", False),
    ],
)
def test_what_was_corrected_or_retracted_does_not_count(standing, counts):
    statements = [statement(cites("wire"), cites("blog"))]

    result = event_origins(statements, {"said": standing}, SOURCES)

    assert result == (
        Origins(("Wire",), unknown=True) if counts else Origins((), unknown=False)
    )
    assert standing in STANDINGS


@pytest.mark.parametrize(
    ("citations", "expected"),
    [
        pytest.param([cites("robot")], True, id="one generated source"),
        pytest.param([cites("robot"), cites("robot-too")], True, id="generated ones"),
        pytest.param([cites("robot", via="wire")], True, id="whatever it credits"),
        pytest.param([cites("robot"), cites("wire")], False, id="a human one besides"),
        pytest.param([cites("robot"), cites("blog")], False, id="one not known so"),
        pytest.param([cites("robot"), cites("gone")], False, id="one not known at all"),
        pytest.param([cites("paper")], False, id="assisted is not generated"),
        pytest.param([cites("wire", read_in="robot")], False, id="read in such a copy"),
        pytest.param([], False, id="nothing cited"),
    ],
)
def test_a_statement_rests_on_generated_sources_alone(citations, expected):
    result = rests_on_ai_alone(statement(*citations), SOURCES)

    assert result is expected


@pytest.mark.parametrize(
    ("citations", "bearing", "sole"),
    [
        pytest.param([], set(), set(), id="nothing cited, nothing bears"),
        pytest.param([cites("wire")], {"wire"}, {"wire"}, id="one source"),
        pytest.param(
            [cites("copy")],
            {"copy", "wire"},
            {"copy", "wire"},
            id="both ends of a single trail",
        ),
        pytest.param(
            [cites("copy"), cites("paper", via="wire")],
            {"copy", "paper", "wire"},
            {"wire"},
            id="where all trails meet",
        ),
        pytest.param(
            [cites("wire"), cites("paper")],
            {"wire", "paper"},
            set(),
            id="trails that never meet",
        ),
        pytest.param(
            [cites("wire", read_in="copy")],
            {"wire"},
            {"wire"},
            id="not the copy it was read in",
        ),
        pytest.param([cites("gone")], {"gone"}, {"gone"}, id="a source not known"),
    ],
)
def test_a_statement_rests_on(citations, bearing, sole):
    said = statement(*citations)

    assert bearing_sources(said, SOURCES) == bearing
    assert sole_supports(said, SOURCES) == sole

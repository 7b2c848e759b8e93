"""The figures of the first story, from its sources and citations."""

import pytest

from timeline.dates import parse
from timeline.provenance import (
    CitationFacts,
    LinkFacts,
    Origins,
    SourceFacts,
    StatementFacts,
    bearing_sources,
    earliest_of,
    event_origins,
    first_reported,
    origin,
    rests_on_ai_alone,
    sole_supports,
    standings,
    statement_origins,
    trails,
)

SOURCES = {
    source.id: source
    for source in (
        SourceFacts(
            "reuters",
            "reuters",
            reporting="own",
            production="human",
            published=parse("2026-03-03"),
        ),
        SourceFacts(
            "wsj",
            "wall-street-journal",
            reporting="own",
            published=parse("[..2026-03-03]"),
        ),
        SourceFacts(
            "gbf",
            "global-banking-and-finance",
            published=parse("2026-03-04"),
            updated=parse("2026-04-02"),
            taken_from="reuters",
        ),
        SourceFacts(
            "openai-statement",
            "openai",
            reporting="own",
            published=parse("2026-03-02"),
        ),
        SourceFacts("domain-b", "domain-b"),
        SourceFacts(
            "sectorhq", "sectorhq", production="ai_generated", taken_from="domain-b"
        ),
    )
}

READ_IN_REUTERS = CitationFacts("reuters", read_in="gbf")
REUTERS_CREDITS_WSJ = CitationFacts("reuters", via="wsj", read_in="gbf")
ADDED_BY_REPUBLISHER = CitationFacts("gbf", own_words=True, after_update=True)
SECTORHQ_CREDITS_DOMAIN_B = CitationFacts("sectorhq", via="domain-b")

STATEMENTS = {
    statement.id: statement
    for statement in (
        StatementFacts("unnamed-person", "talks", "claim", (READ_IN_REUTERS,)),
        StatementFacts("journal-first", "talks", "report", (REUTERS_CREDITS_WSJ,)),
        StatementFacts(
            "altman-classified",
            "talks",
            "claim",
            (REUTERS_CREDITS_WSJ, CitationFacts("gbf"), CitationFacts("wsj")),
        ),
        StatementFacts("spokeswoman", "talks", "clarification", (REUTERS_CREDITS_WSJ,)),
        StatementFacts("nato-silent", "talks", "no_response", (READ_IN_REUTERS,)),
        StatementFacts("takeaway", "talks", "report", (ADDED_BY_REPUBLISHER,)),
        StatementFacts("weighing", "talks", "report", (SECTORHQ_CREDITS_DOMAIN_B,)),
        StatementFacts(
            "domain-b-first", "talks", "claim", (SECTORHQ_CREDITS_DOMAIN_B,)
        ),
        StatementFacts("pentagon-deal", "deal", "announcement", (READ_IN_REUTERS,)),
        StatementFacts(
            "affirmation",
            "deal",
            "confirmation",
            (CitationFacts("reuters", via="openai-statement", read_in="gbf"),),
        ),
    )
}

LINKS = (
    LinkFacts("spokeswoman", "corrects", "altman-classified"),
    LinkFacts("pentagon-deal", "contradicts", "domain-b-first"),
    LinkFacts("domain-b-first", "contradicts", "pentagon-deal"),
)

STANDINGS = {
    **dict.fromkeys(STATEMENTS, "stands"),
    "altman-classified": "corrected",
    "domain-b-first": "disputed",
}


def talks():
    return [each for each in STATEMENTS.values() if each.event == "talks"]


def test_the_chief_executive_is_corrected_and_the_rewrite_disputed_alone():
    ai_alone = {
        statement.id
        for statement in STATEMENTS.values()
        if rests_on_ai_alone(statement, SOURCES)
    }

    result = standings(STATEMENTS, LINKS, ai_alone=ai_alone)

    assert ai_alone == {"weighing", "domain-b-first"}
    assert result == STANDINGS


def test_the_central_event_has_two_origins_and_unknown_ones_besides():
    result = event_origins(talks(), STANDINGS, SOURCES)

    assert result == Origins(("reuters", "wall-street-journal"), unknown=True)
    assert result.count == 2


def test_without_the_rewrite_and_the_additions_no_origin_is_unknown():
    known = [each for each in talks() if each.id not in {"takeaway", "weighing"}]
    known = [each for each in known if each.id != "domain-b-first"]

    result = event_origins(known, STANDINGS, SOURCES)

    assert result == Origins(("reuters", "wall-street-journal"), unknown=False)


def test_three_outlets_that_carry_one_remark_are_one_origin():
    remark = STATEMENTS["altman-classified"]

    result = statement_origins(remark, SOURCES)

    assert trails(remark, SOURCES) == (
        ("reuters", "wsj"),
        ("gbf", "reuters", "wsj"),
        ("wsj",),
    )
    assert result == Origins(("wall-street-journal",), unknown=False)
    assert sole_supports(remark, SOURCES) == {"wsj"}


def test_the_claim_of_a_first_has_no_known_origin():
    claim = STATEMENTS["domain-b-first"]

    result = statement_origins(claim, SOURCES)

    assert origin(claim.citations[0], claim.citations, SOURCES) == "domain-b"
    assert result == Origins((), unknown=True)
    assert result.count == 0


def test_an_affirmation_relayed_in_a_statement_goes_back_to_the_statement():
    affirmation = STATEMENTS["affirmation"]

    result = statement_origins(affirmation, SOURCES)

    assert result == Origins(("openai",), unknown=False)
    assert bearing_sources(affirmation, SOURCES) == {"reuters", "openai-statement"}


@pytest.mark.parametrize(
    ("statement", "edtf"),
    [
        pytest.param("affirmation", "2026-03-02", id="the company's own text is first"),
        pytest.param("unnamed-person", "2026-03-03", id="the wire's day"),
        pytest.param("journal-first", "[..2026-03-03]", id="by the wire's day"),
        pytest.param("takeaway", "[2026-03-04..2026-04-02]", id="added some day later"),
    ],
)
def test_a_statement_is_first_reported(statement, edtf):
    result = first_reported(STATEMENTS[statement], SOURCES)

    assert result == parse(edtf)


@pytest.mark.parametrize("statement", ["weighing", "domain-b-first"])
def test_the_undated_rewrite_of_an_undated_article_has_no_first_report(statement):
    result = first_reported(STATEMENTS[statement], SOURCES)

    assert result is None


def test_the_central_event_was_reported_by_the_day_of_the_wire():
    result = earliest_of(first_reported(each, SOURCES) for each in talks())

    assert result == parse("[..2026-03-03]")

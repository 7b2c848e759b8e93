"""What holds of every provenance, over generated sources, citations and links."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from timeline.dates import parse
from timeline.provenance import (
    ACYCLIC_LINKS,
    LINK_KINDS,
    CitationFacts,
    LinkFacts,
    SourceFacts,
    StatementFacts,
    bearing_sources,
    earliest_of,
    event_origins,
    first_reported,
    lineage,
    rests_on_ai_alone,
    sole_supports,
    standings,
    statement_origins,
    supports,
    trail,
    trails,
)

PUBLISHERS = st.sampled_from(["Wire", "Paper", "Site", None])
REPORTING = st.sampled_from(["own", "unknown"])
DATES = st.sampled_from(
    [
        None,
        *map(parse, ["2026-03-02", "2026-03-03", "[..2026-03-03]", "[2026-03-01..]"]),
    ]
)
UPDATES = st.sampled_from([None, parse("2026-04-02"), parse("2026-04-05")])


def _later(draw, number, size):
    """Draw the id of a later source, perhaps one that is not known, or None.

    All ways lead to later sources, so that no trail can close.
    """
    choice = draw(st.none() | st.integers(number + 1, size))
    return None if choice is None else str(choice)


@st.composite
def provenances(draw):
    """Draw a statement with its citations, and the sources known by id."""
    size = draw(st.integers(1, 6))
    sources = {
        str(number): SourceFacts(
            str(number),
            draw(PUBLISHERS),
            reporting=draw(REPORTING),
            production=draw(st.sampled_from(["human", "ai_generated"])),
            published=draw(DATES),
            updated=draw(UPDATES),
            taken_from=_later(draw, number, size),
        )
        for number in range(size)
    }
    citations = tuple(
        CitationFacts(
            str(number),
            via=_later(draw, number, size),
            own_words=draw(st.booleans()),
            credit=draw(st.sampled_from(["unchecked", "found", "not_found"])),
            after_update=draw(st.booleans()),
        )
        for number in draw(st.lists(st.integers(0, size - 1), max_size=6))
    )
    return StatementFacts("said", "event", "claim", citations), sources


@st.composite
def linked_statements(draw):
    """Draw statements, links among them, and those that rest on generated sources.

    Links that must not form a circle lead to lower numbers only.
    """
    size = draw(st.integers(1, 7))
    statements = [str(number) for number in range(size)]
    pairs = st.tuples(st.sampled_from(statements), st.sampled_from(statements))
    links = []
    for pair in draw(st.lists(pairs, max_size=12)):
        kind = draw(st.sampled_from(LINK_KINDS))
        if kind not in ACYCLIC_LINKS:
            links.append(LinkFacts(pair[0], kind, pair[1]))
        elif pair[0] != pair[1]:
            links.append(LinkFacts(max(pair), kind, min(pair)))
    return statements, links, draw(st.sets(st.sampled_from(statements)))


@given(provenances())
def test_a_trail_ends_at_a_source_with_no_way_on(provenance):
    statement, sources = provenance

    for citation, path in zip(
        statement.citations, trails(statement, sources), strict=True
    ):
        here = [each for each in statement.citations if each.source == path[-1]]
        here = [citation] if len(path) == 1 else here
        deciding = [each for each in here if each.own_words or each.via]
        assert (
            path[-1] not in sources
            or any(each.own_words or each.credit == "not_found" for each in deciding)
            or (not deciding and sources[path[-1]].taken_from is None)
        )


@given(provenances())
def test_a_trail_begins_where_it_was_cited_and_meets_no_source_twice(provenance):
    statement, sources = provenance

    for citation, path in zip(
        statement.citations, trails(statement, sources), strict=True
    ):
        assert path[0] == citation.source
        assert len(set(path)) == len(path)
        assert path == trail(citation, statement.citations, sources)


@given(provenances())
def test_without_a_deciding_citation_a_trail_is_the_line_of_copies(provenance):
    _, sources = provenance

    for source_id in sources:
        plain = CitationFacts(source_id)

        assert trail(plain, [plain], sources) == lineage(source_id, sources)


@given(provenances(), st.data())
def test_adding_a_copy_changes_no_origin(provenance, data):
    statement, sources = provenance
    assume(statement.citations)
    copied = data.draw(st.sampled_from(sorted(bearing_sources(statement, sources))))
    copy = SourceFacts(
        "copy", "Copyist", reporting=data.draw(REPORTING), taken_from=copied
    )
    carried = replace(
        statement, citations=(*statement.citations, CitationFacts("copy"))
    )

    result = statement_origins(carried, {**sources, "copy": copy})

    assert result == statement_origins(statement, sources)


@given(provenances(), st.data())
def test_the_order_of_citations_changes_nothing(provenance, data):
    statement, sources = provenance
    citations = data.draw(st.permutations(statement.citations))
    turned = replace(statement, citations=tuple(citations))

    for computed in (
        statement_origins,
        first_reported,
        bearing_sources,
        sole_supports,
        rests_on_ai_alone,
    ):
        assert computed(turned, sources) == computed(statement, sources)
    for citation in citations:
        assert trail(citation, citations, sources) == trail(
            citation, statement.citations, sources
        )


@given(provenances())
def test_the_origins_of_one_statement_are_those_of_its_event(provenance):
    statement, sources = provenance

    result = event_origins([statement, statement], {"said": "stands"}, sources)

    assert result == statement_origins(statement, sources)


@given(provenances())
def test_what_it_rests_on_is_told_at_once(provenance):
    told = supports(*provenance)

    assert told == (bearing_sources(*provenance), sole_supports(*provenance))


@given(provenances())
def test_without_its_sole_support_a_statement_has_no_trail_left(provenance):
    statement, sources = provenance
    paths = trails(statement, sources)

    for source_id in bearing_sources(statement, sources):
        left = [path for path in paths if source_id not in path]
        assert (source_id in sole_supports(statement, sources)) == (not left)


@given(provenances())
def test_another_citation_never_makes_a_first_report_later(provenance):
    statement, sources = provenance
    wire = SourceFacts("wire", "Wire", published=parse("2026-03-02"))
    more = replace(statement, citations=(*statement.citations, CitationFacts("wire")))

    result = first_reported(more, {**sources, "wire": wire})

    assert result == earliest_of([wire.published, first_reported(statement, sources)])


@given(linked_statements(), st.data())
def test_the_order_of_links_changes_no_standing(linked, data):
    statements, links, ai_alone = linked
    turned = data.draw(st.permutations(links))

    result = standings(statements, turned, ai_alone=ai_alone)

    assert result == standings(statements, links, ai_alone=ai_alone)


@given(linked_statements())
def test_standings_follow_the_rule_read_from_its_end(linked):
    statements, links, ai_alone = linked

    result = standings(statements, links, ai_alone=ai_alone)

    assert result == {each: _by_the_rule(each, links, ai_alone) for each in statements}


def _by_the_rule(statement, links, ai_alone):
    """Return the standing as the rule is written, by plain recursion."""
    kinds = _counting_kinds(statement, links, ai_alone)
    if "retracts" in kinds:
        return "retracted"
    if "corrects" in kinds:
        return "corrected"
    if kinds & {"denies", "contradicts"}:
        return "disputed"
    return "clarified" if "clarifies" in kinds else "stands"


def _counting_kinds(statement, links, ai_alone):
    return {
        link.kind
        for link in links
        if link.target == statement
        and link.statement not in ai_alone
        and not _is_overruled(link.statement, links, ai_alone)
    }


def _is_overruled(statement, links, ai_alone):
    overruling = [link for link in links if link.kind in {"corrects", "retracts"}]
    return bool(_counting_kinds(statement, overruling, ai_alone))

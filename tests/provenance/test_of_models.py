"""The desk's rows, read as the plain values that provenance computes over."""

import pytest

from tests.publishing.desk import (
    a_citation,
    a_source,
    a_statement,
    an_actor,
    an_event,
    first,
    link,
    taken,
)
from timeline.dates import parse
from timeline.models import Statement
from timeline.provenance import CitationFacts, LinkFacts, SourceFacts, StatementFacts
from timeline.provenance.of_models import (
    cited,
    desk_standings,
    links_around,
    sources_by_lineage,
    statement_facts,
    with_citations,
)

pytestmark = pytest.mark.django_db


def test_a_source_is_read_with_all_that_it_was_taken_from():
    wire = a_source("Wire", publisher=None, published="2026-03-03")
    copy = a_source("Copy", reporting="unknown", updated="2026-04-02", published=None)
    rewrite = a_source("Rewrite", production="ai_generated", status="corrected")
    taken(copy, wire)
    taken(rewrite, copy, "rewrites")

    found = sources_by_lineage([rewrite.pk, None])

    assert found == {
        rewrite.public_id: SourceFacts(
            id=rewrite.public_id,
            publisher=rewrite.publisher.public_id,
            reporting="own",
            production="ai_generated",
            status="corrected",
            published=parse("2026-03-03"),
            taken_from=copy.public_id,
        ),
        copy.public_id: SourceFacts(
            id=copy.public_id,
            publisher=copy.publisher.public_id,
            updated=parse("2026-04-02"),
            taken_from=wire.public_id,
        ),
        wire.public_id: SourceFacts(
            id=wire.public_id,
            publisher=None,
            reporting="own",
            published=parse("2026-03-03"),
        ),
    }


@pytest.mark.parametrize("kind", ["updates", "corrects"])
def test_what_a_source_updates_or_corrects_is_not_its_lineage(kind):
    old, new = a_source("Old"), a_source("New")
    taken(new, old, kind)

    found = sources_by_lineage([new.pk])

    assert {key: facts.taken_from for key, facts in found.items()} == {
        new.public_id: None
    }


def test_a_lineage_that_comes_back_is_read_to_its_end():
    a, b = a_source("A"), a_source("B")
    taken(a, b)
    taken(b, a)

    found = sources_by_lineage([a.pk])

    assert {facts.taken_from for facts in found.values()} == set(found)


def test_no_source_is_read_where_none_is_asked_for():
    assert sources_by_lineage([]) == {}
    assert sources_by_lineage([None]) == {}


def test_a_statement_is_read_with_its_citations_in_their_order():
    wire, journal, copy = a_source("Wire"), a_source("Journal"), a_source("Copy")
    event = an_event(statements=0)
    statement = a_statement(event, kind="denial")
    a_citation(statement, copy, own_words=True, after_update=True, position=2)
    a_citation(statement, wire, via=journal, read_in=copy, credit="found", position=1)

    (read,) = with_citations(Statement.objects.all())

    assert statement_facts(read) == StatementFacts(
        id=statement.public_id,
        event=event.public_id,
        kind="denial",
        citations=(
            CitationFacts(
                wire.public_id,
                via=journal.public_id,
                read_in=copy.public_id,
                credit="found",
            ),
            CitationFacts(copy.public_id, own_words=True, after_update=True),
        ),
    )
    assert cited([read]) == {wire.pk, journal.pk, copy.pk}


def test_statements_are_read_in_as_many_queries_for_three_as_for_one(
    django_assert_num_queries,
):
    for _ in range(3):
        an_event()
    statements = with_citations(Statement.objects.order_by("pk"))

    for some in (statements[:1], statements[:3]):
        with django_assert_num_queries(2):
            for row in some:
                statement_facts(row)


def test_links_are_followed_both_ways_to_their_end():
    a, b, c, d, apart, other = (first(an_event(name)) for name in "abcdef")
    link(a, "corrects", b)
    link(c, "denies", b)
    link(d, "confirms", c)
    link(apart, "corrects", other)

    around = links_around([a.pk])

    assert set(around) == {
        LinkFacts(a.public_id, "corrects", b.public_id),
        LinkFacts(c.public_id, "denies", b.public_id),
        LinkFacts(d.public_id, "confirms", c.public_id),
    }
    assert len(around) == 3
    assert links_around([]) == []


def test_the_standing_on_the_desk_counts_drafts_and_what_lies_behind_them():
    claim, correction, retraction = (first(an_event(name)) for name in "abc")
    link(correction, "corrects", claim)
    statements = [claim]
    assert desk_standings(statements) == {claim.public_id: "corrected"}

    link(retraction, "retracts", correction)

    assert desk_standings(statements)[claim.public_id] == "stands"
    assert desk_standings(with_citations(Statement.objects.all())) == {
        claim.public_id: "stands",
        correction.public_id: "retracted",
        retraction.public_id: "stands",
    }


def test_on_the_desk_too_ai_generated_reports_alone_change_nothing():
    machine = a_source(production="ai_generated", publisher=an_actor("Machine"))
    claim, denial = first(an_event()), first(an_event(source=machine))
    link(denial, "denies", claim)

    assert desk_standings([claim])[claim.public_id] == "stands"

    a_citation(denial, a_source())

    assert desk_standings([claim])[claim.public_id] == "disputed"

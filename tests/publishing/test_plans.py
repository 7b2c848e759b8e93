"""A page is a range over an index: nothing is scanned or sorted whole."""

import pytest
from django.db import connection

from timeline.dates import parse
from timeline.models.record import Facet, FactCount
from timeline.publishing.read import Query, terms_of
from timeline.publishing.read.tables import CURRENT, PAST
from timeline.publishing.read.timeline import Walk
from timeline.publishing.read.walking import ranges

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

# The way by their key; current facts lie in its order, and so need no index beside.
BY_KEY = {
    "currentfact": "USING PRIMARY KEY",
    "pastfact": "USING COVERING INDEX sqlite_autoindex_timeline_pastfact_1",
}
BY_FACT = {
    "a story": {"stories": ("sto_1",)},
    "a topic": {"topics": ("top_1",)},
    "an actor": {"actors": ("act_1",)},
    "an actor in a role": {"actors": ("act_1",), "roles": ("agent",)},
    "a source": {"sources": ("src_1",)},
    "a publisher": {"publishers": ("act_1",)},
    "a speaker": {"speakers": ("act_1",)},
    "a kind of statement": {"statement_kinds": ("claim",)},
    "a standing": {"standings": ("corrected",)},
    "an importance": {"importance": ("major",)},
    "origins": {"min_origins": 2},
    "a source and a speaker": {"sources": ("src_1",), "speakers": ("act_1",)},
    "a story and a kind": {"stories": ("sto_1",), "statement_kinds": ("claim",)},
    "an actor from a date on": {"actors": ("act_1",), "since": parse("2020")},
}
DATES = {
    "from": {"since": parse("2020")},
    "until": {"until": parse("2021")},
    "between": {"since": parse("2020"), "until": parse("2021")},
    "within": {"since": parse("2020"), "until": parse("2021"), "match": "must"},
}
# Keys of the page itself, once found, and the union of ranges that are each limited.
OF_ONE_PAGE = ("SCAN k", "SCAN u", "COMPOUND QUERY", "UNION ALL", "USE TEMP B-TREE")


@pytest.fixture(autouse=True)
def counts():
    """As of a large record, in which no filter's own facts are few."""
    FactCount.objects.bulk_create(
        FactCount(facet=facet, thing=thing, entries=many)
        for facet, thing, many in [
            (Facet.EVERY, "", 1_000_000),
            (Facet.STATEMENT, "", 1_000_000),
            (Facet.STORY, "sto_1", 50_000),
            (Facet.ACTOR, "act_1", 50_000),
            (Facet.SOURCE, "src_1", 20_000),
            (Facet.SPEAKER, "act_1", 40_000),
            (Facet.KIND, "claim", 500_000),
        ]
    )


def steps(tables=CURRENT, *, at=1_000_000, bounded=False, **question):
    """How SQLite reads a range, a line for each step."""
    walk = Walk(Query(**question), at=at, head=1_000_000)
    part = ranges(walk.query.order, after=None, back=False)[0]
    sql = walk.select(tables, part, 51, bounded=bounded)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql.text}", sql.values)
        return [row[-1] for row in cursor.fetchall()]


def scans(lines):
    return [
        line for line in lines if line.startswith("SCAN") and line not in OF_ONE_PAGE
    ]


@pytest.mark.parametrize("order", ["-date", "date"])
def test_a_plain_page_is_one_range_of_the_table_of_bodies(order):
    assert steps(order=order) == [
        "SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
        "SCALAR SUBQUERY 1",  # what was replaced last, once for the page
        "SEARCH timeline_pastentry USING COVERING INDEX pastentry_until",
    ]


@pytest.mark.parametrize("order", ["-date", "date"])
@pytest.mark.parametrize("question", BY_FACT.values(), ids=BY_FACT)
def test_a_filter_is_a_range_of_the_facts(question, order):
    lines = steps(order=order, **question)

    driven = [line for line in lines if line.startswith("SEARCH f ")]
    assert driven
    assert all(
        BY_KEY["currentfact"] in line
        and "(facet=? AND thing=? AND sort_key>? AND sort_key<?)" in line
        for line in driven
    )
    assert scans(lines) == []


@pytest.mark.parametrize("question", BY_FACT.values(), ids=BY_FACT)
def test_by_publication_it_is_a_range_of_them_too(question):
    if "since" in question:
        question = {**question, "since": None}

    lines = steps(order="-published", **question)

    driven = [line for line in lines if line.startswith("SEARCH f ")]
    assert driven == [
        "SEARCH f USING COVERING INDEX currentfact_published"
        " (facet=? AND thing=? AND sequence<?)"
    ]
    assert scans(lines) == []


@pytest.mark.parametrize("bounded", [False, True])
@pytest.mark.parametrize("order", ["-date", "date", "-published"])
@pytest.mark.parametrize("more", [{}, {"speakers": ("act_1",)}])
def test_the_statements_of_an_event_are_gathered_in_any_order(order, more, bounded):
    question = {"events": ("evt_1",), "of_statements": True, **more}

    lines = steps(order=order, bounded=bounded, **question)

    driven = [line for line in lines if line.startswith("SEARCH f ")]
    assert len(driven) == 1
    assert driven[0].startswith(
        f"SEARCH f {BY_KEY['currentfact']} (facet=? AND thing=?"
    )
    assert scans(lines) == []


@pytest.mark.parametrize("order", ["-date", "date"])
@pytest.mark.parametrize("question", DATES.values(), ids=DATES)
def test_dates_are_ranges_of_each_length_of_dates(question, order):
    lines = steps(order=order, **question)

    driven = [line for line in lines if line.startswith("SEARCH f ")]
    loose = question.get("match") != "must"
    assert len(driven) == 1 + 3 * (loose and "since" in question) + (
        loose and "until" in question
    )
    assert all("sort_key>? AND sort_key<?" in line for line in driven)
    assert scans(lines) == []


@pytest.mark.parametrize("question", BY_FACT.values(), ids=BY_FACT)
@pytest.mark.parametrize("bounded", [True, False])
def test_what_was_is_read_by_the_same_ranges(question, bounded):
    lines = steps(PAST, at=900_000, bounded=bounded, **question)

    driven = [line for line in lines if line.startswith("SEARCH f ")]
    assert driven
    assert all(BY_KEY["pastfact"] in line for line in driven)
    assert scans(lines) == []


@pytest.mark.parametrize("order", ["-date", "date"])
def test_statements_are_a_range_of_facts_in_the_order_of_their_events(order):
    lines = steps(of_statements=True, order=order, speakers=("act_1",))

    driven = [line for line in lines if line.startswith("SEARCH f ")]
    assert len(driven) == 1 and "sort_key>? AND sort_key<?" in driven[0]
    assert "USE TEMP B-TREE FOR ORDER BY" not in lines
    assert scans(lines) == []


def test_a_search_reads_the_word_index_in_the_order_of_the_page():
    lines = steps(terms=terms_of("harbour"))

    read = [line for line in lines if line.startswith(("SCAN s", "SEARCH f"))]
    assert read[0].startswith("SCAN s VIRTUAL TABLE INDEX")
    assert read[1].startswith("SEARCH f USING INTEGER PRIMARY KEY")
    assert [line for line in lines if "TEMP B-TREE" in line] == []

"""A page is a range over an index: nothing is scanned whole, nothing is sorted."""

import pytest
from django.db import connection

from timeline.dates import parse
from timeline.publishing.read import Query
from timeline.publishing.read.timeline import CURRENT, select
from timeline.publishing.read.walking import ranges

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

BY_NAME = {
    "a story": {"stories": ("sto_1",)},
    "an actor": {"actors": ("act_1",)},
    "a source": {"sources": ("src_1",)},
    "a speaker": {"speakers": ("act_1",)},
    "a source and a speaker": {"sources": ("src_1",), "speakers": ("act_1",)},
    "an actor in a range of dates": {"actors": ("act_1",), "since": parse("2020")},
}
OF_ONE_PAGE = ("SCAN k", "SCAN u")  # the keys of the page itself, once found


def plan(**question):
    """How SQLite reads a page, a line for each step, without those on the page."""
    query = Query(**question)
    part = ranges(query.order, after=None, back=False)[0]
    sql, values = select(CURRENT, query, 10, part, query.page_size + 1)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        steps = [row[-1] for row in cursor.fetchall()]
    return [step for step in steps if step not in OF_ONE_PAGE]


@pytest.mark.parametrize("order", ["-date", "date"])
def test_a_plain_page_is_one_range_of_the_table_of_bodies(order):
    assert plan(order=order) == [
        "SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"
    ]


@pytest.mark.parametrize("order", ["-date", "date"])
@pytest.mark.parametrize("question", BY_NAME.values(), ids=BY_NAME)
def test_a_page_by_name_is_a_range_of_the_facts(question, order):
    steps = plan(order=order, **question)

    ranged = [step for step in steps if "sort_key>? AND sort_key<?" in step]
    assert ranged == [
        "SEARCH f USING COVERING INDEX sqlite_autoindex_timeline_currentfact_1 "
        "(facet=? AND thing=? AND sort_key>? AND sort_key<?)"
    ]
    assert not any(step.startswith("SCAN") for step in steps)


@pytest.mark.parametrize("order", ["-date", "date", "-published"])
def test_a_page_of_a_range_of_dates_or_of_publications_is_a_range_of_entries(order):
    question = {} if order == "-published" else {"since": parse("2020")}

    steps = plan(order=order, **question)

    assert not any(step.startswith("SCAN") or "TEMP" in step for step in steps)
    assert "sequence>?" in steps[1] if order == "-published" else "rowid>?" in steps[1]

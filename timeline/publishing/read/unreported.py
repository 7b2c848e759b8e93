"""How much of what is asked for nobody can say when it was reported."""

from dataclasses import replace
from functools import lru_cache

from timeline.models.record import Facet

from .asking import Groups, Query, groups_of
from .drivers import Plan
from .keys import HIGHEST, LOWEST
from .planning import Planner, number_of
from .records import Head
from .selecting import Selection
from .tables import CURRENT, PAST
from .timeline import anything_replaced_since
from .walking import Range

MOST_COUNTED = 1000
UNDATED = (Facet.UNDATED, ("",))


def undated(query: Query, *, at: int, head: Head) -> tuple[int, bool]:
    """How many statements that a query would find have no dated report.

    Of those in the newest events, up to a thousand; whether there may be more. Every
    page of a walk says it: it is counted once as long as the record stays as it is.
    """
    return _undated(replace(query, page_size=0), at, head.sequence, head.digest)


@lru_cache(maxsize=512)
def _undated(query: Query, at: int, head: int, _digest: str) -> tuple[int, bool]:
    asked = replace(query, of_statements=True, known_at=None, order="-date")
    found = groups_of(asked)
    groups = Groups(found.entry, (*found.statement, UNDATED))
    planner = Planner(asked, groups, at=at, head=head)
    halves = [CURRENT, PAST] if anything_replaced_since(at) else [CURRENT]
    few = planner.count(planner.least()) <= MOST_COUNTED
    counted, cut = 0, False
    for half in halves:
        selection = Selection(half, asked, groups, at)
        if few:
            plan = Plan("facts", planner.least())
            sql = selection.keys(plan, Range(LOWEST, HIGHEST, True), MOST_COUNTED)
            counted += number_of(sql) if sql else 0
        else:
            newest = selection.first_of(UNDATED, MOST_COUNTED)
            cut = cut or number_of(newest) == MOST_COUNTED
            counted += number_of(selection.among(newest, UNDATED))
    return counted, cut

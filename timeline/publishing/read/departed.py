"""Events that were taken away, as feed readers are told of them."""

from collections.abc import Iterator

import orjson
from django.db import connection

from timeline.models.record import Revision

from .asking import Query, groups_of
from .conditions import Sql, all_of, dates_of, has_fact, has_statement, has_words
from .records import successor_of
from .rendering import addresses
from .tables import PAST
from .timeline import Key, Page

MOST = 50


def departed(
    query: Query, page: Page, *, at: int, after: Key | None, site: str
) -> Iterator[dict]:
    """What was withdrawn or merged among the publications of a page, newest first.

    Each was found by the query when it was last shown. `after`: the key that the page
    follows, None where nobody has come from there.
    """
    low = page.last[0] if page.last and page.more_after else 0
    high = at + 1
    if page.more_before:
        high = (after or page.first or (high,))[0]
    condition = all_of(_conditions(query, low, high))
    sql = (
        "SELECT k.sequence, k.slug, f.body FROM timeline_knownevent k"
        " JOIN timeline_pastentry f ON f.event_id = k.event_id"
        " AND f.until_sequence = k.sequence"
        f" WHERE {condition.text} ORDER BY k.sequence DESC LIMIT {MOST}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, condition.values)
        found = cursor.fetchall()
    acts = Revision.objects.defer("document").in_bulk([row[0] for row in found])
    for sequence, slug, body in found:
        yield _told(acts[sequence], slug, body, site)


def _conditions(query: Query, low: int, high: int) -> list[Sql]:
    groups = groups_of(query)
    where = [
        Sql("k.state IN ('withdrawn', 'merged')"),
        Sql("k.sequence > %s AND k.sequence < %s", (low, high)),
        *(has_fact(PAST, "f", group) for group in groups.entry),
    ]
    if groups.statement:
        where.append(has_statement(PAST, "f", list(groups.statement)))
    if query.terms:
        where.append(has_words(PAST, "f", query))
    return [*where, *dates_of("f", query)]


def _told(row: Revision, slug: str, body: str, site: str) -> dict:
    return {
        "id": row.event_id,
        "slug": slug,
        **addresses("event", slug, site=site, page=""),
        "title": orjson.loads(body)["title"],
        "kind": row.kind,
        "note": row.note,
        "successor": successor_of(row) if row.successor else None,
        "published_at": row.published_at,
    }

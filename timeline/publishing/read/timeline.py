"""Pages of the timeline: key ranges over narrow tables, bodies ready to send.

A walk shows the record as it stood at its first page: current entries that were
there then, merged with those that were replaced since.
"""

from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from django.db import connection

from .asking import Query, groups_of
from .conditions import Sql
from .keys import from_second
from .planning import Planner
from .selecting import Selection
from .spans import DAY
from .tables import CURRENT, PAST, Tables
from .walking import Range, ranges

FRESH = 1000  # so few rows behind the head, a walk reads today's bodies and leaves some
SEQUENCE, SORT_KEY = attrgetter("sequence"), attrgetter("sort_key")
STATEMENT = attrgetter("statement")

REPLACED = "(SELECT MAX(until_sequence) FROM timeline_pastentry)"

Key = tuple[int, int]  # of the order, and of the statement (0: an entry)


class Row(NamedTuple):
    """One entry that was found, or one statement of it by its place, from 1."""

    sort_key: int
    sequence: int
    statement: int
    body: str | bytes
    replaced: int | None  # the last sequence that any entry stood until
    whole_from: int | None


_row = partial(tuple.__new__, Row)  # of many rows `_make` takes a part of the page


@dataclass(frozen=True, slots=True)
class Page:
    """What is sent, with the keys that the pages around begin from."""

    bodies: list[str | bytes]  # JSON
    first: Key | None = None
    last: Key | None = None
    more_before: bool = False
    more_after: bool = False


class Walk:
    """The rows of one query as the record stood at sequence `at`, range by range.

    `head` is how many rows the record has. Without `bodies` only places are read.
    """

    def __init__(self, query: Query, *, at: int, head: int, bodies: bool = True):
        self.query, self.at, self.head, self.bodies = query, at, head, bodies
        self.groups = groups_of(query)
        self.planner = Planner(query, self.groups, at=at, head=head)
        self.by_publication = query.order == "-published"

    def rows(self, limit: int, *, after: Key | None = None, back: bool = False):
        """The first rows behind a key (`back`: before it, outwards)."""
        key, statement = after or (None, None)
        parts = ranges(
            self.query.order,
            after=key,
            back=back,
            statement=statement if self.query.of_statements else None,
        )
        found: list[Row] = []
        for part in chain.from_iterable(map(self._cut, parts)):
            if len(found) < limit:
                found += self._in_range(part, limit - len(found))
        return found

    def _cut(self, part: Range) -> list[Range]:
        """A range in two, where what only reaches into a range of dates lies in one.

        Most pages need not look there.
        """
        since = self.query.since.earliest if self.query.since else None
        if since is None or self.by_publication or self.query.match != "may":
            return [part]
        middle = from_second(since - DAY)
        if not part.low < middle < part.high:
            return [part]
        pieces = [replace(part, low=middle), replace(part, high=middle)]
        return pieces if part.down else pieces[::-1]

    def key(self, row: Row) -> Key:
        """The place of a row in the order."""
        place = row.sequence if self.by_publication else row.sort_key
        return place, row.statement

    def _in_range(self, part: Range, limit: int) -> list[Row]:
        rows = self._read(CURRENT, part, limit, bounded=False)
        if not self._replaced(rows):
            return rows[:limit]
        full = len(rows) == limit
        bound = self._up_to(part, self.key(rows[-1])[0]) if full else part
        # One that was replaced between the two reads is in both.
        found = {self.key(row): row for row in rows}
        for row in self._read(PAST, bound, limit, bounded=full):
            found[self.key(row)] = row
        return self._in_order(list(found.values()), part)[:limit]

    def _replaced(self, rows: list[Row]) -> bool:
        """Whether entries that stood have been replaced, as of when `rows` were read.

        No act slips in between: each row says it, or it is asked afterwards.
        """
        if not rows:
            return anything_replaced_since(self.at)
        last = rows[0].replaced
        return last is not None and last > self.at

    def _up_to(self, part: Range, last: int) -> Range:
        """What lies behind the last row of a full page cannot be on it."""
        if part.down:
            return replace(part, low=max(part.low, last - 1))
        return replace(part, high=min(part.high, last + 1))

    def _in_order(self, rows: list[Row], part: Range) -> list[Row]:
        if self.query.of_statements:
            rows.sort(key=STATEMENT, reverse=part.back)
        key = SEQUENCE if self.by_publication else SORT_KEY
        rows.sort(key=key, reverse=part.down)
        return rows

    def _read(
        self, tables: Tables, part: Range, limit: int, *, bounded: bool
    ) -> list[Row]:
        sql = self.select(tables, part, limit, bounded=bounded)
        if sql is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql.text, sql.values)
            rows = list(map(_row, cursor.fetchall()))
        return self._in_order(rows, part)

    def select(
        self, tables: Tables, part: Range, limit: int, *, bounded: bool = False
    ) -> Sql | None:
        """The SQL of one range; the rows it gives are not yet in order.

        Sorting them here keeps their bodies out of the database's sorter.
        """
        if tables is CURRENT and self._is_plain and self.bodies:
            return _of_bodies(part, self.at, limit)
        selection = Selection(tables, self.query, self.groups, self.at)
        keys = selection.keys(
            self.planner.plan(selection, bounded=bounded), part, limit
        )
        if keys is None:
            return None
        if not self.bodies:
            text = f"SELECT k.*, '', {REPLACED}, NULL FROM ({keys.text}) k"
            return Sql(text, keys.values)
        if tables is PAST:
            body = "JOIN timeline_pastentry b ON b.sequence = k.sequence"
            whole = "b.whole_from"
        else:
            body = "JOIN timeline_currentbody b ON b.sort_key = k.sort_key"
            whole = "NULL"
            if self.query.known_by is not None:
                body += " JOIN timeline_currententry w ON w.sort_key = k.sort_key"
                whole = "w.whole_from"
        columns = f"k.sort_key, k.sequence, k.statement, b.body, {REPLACED}, {whole}"
        return Sql(f"SELECT {columns} FROM ({keys.text}) k {body}", keys.values)

    @property
    def _is_plain(self) -> bool:
        """Whether nothing is asked but the order: then bodies are read as they lie."""
        query = self.query
        asked = self.groups.entry or self.groups.statement or query.terms
        dated = query.since or query.until or query.known_at
        return not (
            asked
            or dated
            or query.of_statements
            or self.by_publication
            or self.at < self.head - FRESH
        )


def _of_bodies(part: Range, at: int, limit: int) -> Sql:
    # What is sent as it lies is not made a text of, where that saves something.
    body = "CAST(e.body AS BLOB)" if connection.vendor == "sqlite" else "e.body"
    return Sql(
        f"SELECT e.sort_key, e.sequence, 0, {body}, {REPLACED}, NULL"
        " FROM timeline_currentbody e"
        " WHERE e.sort_key > %s AND e.sort_key < %s AND e.sequence <= %s"
        f" ORDER BY e.sort_key {'DESC' if part.down else 'ASC'} LIMIT %s",
        (part.low, part.high, at, limit),
    )


def anything_replaced_since(at: int) -> bool:
    """Whether an entry that stood at a sequence no longer does."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {REPLACED}")
        (last,) = cursor.fetchone()
    return last is not None and last > at

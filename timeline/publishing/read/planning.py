"""From where a question is read: always from the side that has least.

Costs are counted in rows looked at. What is counted stops at `FEW`, so that a plan is
found in less time than the page takes.
"""

import time
from dataclasses import replace
from functools import lru_cache

from django.db import connection

from timeline.models.record import Facet

from .asking import Group, Groups, Query
from .conditions import ENTRY_ALONE, Sql, all_of, said_when
from .drivers import EACH_STATEMENT, EVERY, Plan
from .keys import HIGHEST, LOWEST
from .selecting import Selection
from .tables import CURRENT, Tables
from .walking import Range
from .words import Terms, asked

FEW = 3000  # rows that are gathered and sorted rather than walked over
FEW_KNOWN = 7000  # the same where the walk would pass by most
FEW_DATED = 1000  # the same where each has to be tested to be counted
EARLY = 12_000  # a record so young is read by sequence
SAMPLE = 200  # hits that show how common words are
RAREST = 1 / 300
PROBE = 2  # to test the words of an entry costs as much as so many rows found
COUNTED = """
    SELECT facet, thing, entries FROM timeline_factcount
    WHERE facet IN ({facets}) AND thing IN ({things})
"""
STATISTICS_HOLD = 600  # seconds


class Planner:
    """Plans for one query; what it counts it counts once."""

    def __init__(self, query: Query, groups: Groups, *, at: int, head: int):
        self.query, self.groups, self.at, self.head = query, groups, at, head
        self.by_publication = query.order == "-published"
        self._counts: dict[Group, int] | None = None

    def plan(self, selection: Selection, *, bounded: bool) -> Plan:
        """How one half of the record is read; `bounded`: of a range of one page."""
        tables = selection.tables
        if bounded:
            return self._in_a_page(tables)
        least = self.least()
        if self._is_early(least):
            return Plan("entries", gathers=True)
        said = self.query.said_since or self.query.said_until
        if said and self._said(tables) < min(FEW, self.count(least)):
            return Plan("said", gathers=True)
        if self.query.terms and self._by_words(tables, least):
            return Plan("search", self._beside(), gathers=tables is not CURRENT)
        if self.query.known_by is not None and self._known(tables) < FEW_KNOWN:
            return Plan("known", gathers=True)
        if self.by_publication:
            return self._by_publication(selection, least)
        return self._by_facts()

    def _in_a_page(self, tables: Tables) -> Plan:
        if self.by_publication and tables is not CURRENT:
            return Plan("entries")
        return self._by_facts()

    def _by_facts(self) -> Plan:
        """What has the rarest facts; those of an event are few, and gathered."""
        least = self.least()
        return Plan("facts", least, gathers=least[0] == Facet.EVENT)

    def _by_publication(self, selection: Selection, least: Group) -> Plan:
        gathered = Plan("facts", least, gathers=True)
        if selection.dated and self._few_by_date(selection, least):
            return gathered
        if selection.tables is not CURRENT:
            return gathered if self._any else Plan("entries")
        return self._by_facts()

    def _few_by_date(self, selection: Selection, least: Group) -> bool:
        """Whether so few are met that all can be gathered; found by their dates."""
        query = replace(self.query, order="-date")
        dated = Selection(selection.tables, query, self.groups, self.at)
        found = dated.keys(
            Plan("facts", least), Range(LOWEST, HIGHEST, True), FEW_DATED
        )
        return found is None or number_of(found) < FEW_DATED

    @property
    def _any(self) -> bool:
        return bool(self.groups.entry or self.groups.statement)

    def least(self) -> Group:
        """The facts that fewest entries have."""
        every = EACH_STATEMENT if self.query.of_statements else EVERY
        groups = [*self.groups.entry, *self.groups.statement]
        if len(groups) > 1:
            return min(groups, key=self.count)
        return groups[0] if groups else every

    def count(self, group: Group) -> int:
        """How many current entries have one of these facts, at most.

        Of the statements of an event nothing is counted: there are always few.
        """
        if self._counts is None:
            self._counts = self._ask()
        return self._counts.get(group, 0)

    def _ask(self) -> dict[Group, int]:
        groups = [*self.groups.entry, *self.groups.statement, EVERY, EACH_STATEMENT]
        things = {thing for _facet, names in groups for thing in names}
        facets = sorted({int(facet) for facet, _ in groups})
        sql = COUNTED.format(
            facets=", ".join(["%s"] * len(facets)),
            things=", ".join(["%s"] * len(things)),
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [*facets, *things])
            rows = cursor.fetchall()
        counts = {(facet, thing): entries for facet, thing, entries in rows}
        return {
            (facet, names): sum(counts.get((int(facet), name), 0) for name in names)
            for facet, names in groups
        }

    def _is_early(self, least: Group) -> bool:
        return (
            self.at <= EARLY
            and self.at * 8 < self.head
            and (not self._any or self.at < self.count(least))
        )

    def _beside(self) -> Group:
        """Facts of entries alone that words are looked up beside."""
        groups = [group for group in self.groups.entry if group[0] in ENTRY_ALONE]
        groups = [group for group in groups if len(group[1]) == 1]
        return min(groups, key=self.count) if groups else EVERY

    def _by_words(self, tables: Tables, least: Group) -> bool:
        """Whether to read from the word index, and test for the rest."""
        hits, total = self._hits(tables), max(self.count(EVERY), 1)
        if hits < FEW:
            return not self._any or hits < PROBE * self.count(least)
        if connection.vendor == "postgresql" or self.by_publication:
            return False
        if tables is not CURRENT:
            return False
        wanted, of_least = self.query.page_size + 1, self.count(least)
        from_facts = min(wanted / self._share(tables), of_least)
        if self._any:
            return wanted * total / max(of_least, 1) < from_facts
        if self.query.order == "date":
            begins_later = self.query.since
        else:
            begins_later = self.query.until or self.query.known_by
        return not begins_later or from_facts > FEW

    def _share(self, tables: Tables) -> float:
        """The share of the newest entries that hold the words, on SQLite."""
        text = asked(self.query.terms, vendor=connection.vendor)
        return share_of_newest(_database(), tables, text, _period())

    def _hits(self, tables: Tables) -> int:
        terms = self.query.terms
        if connection.vendor == "postgresql":
            share = share_of(tables.search, terms)
            return int(share * max(self.count(EVERY), 1)) if share else 0
        index = f"{tables.search}_index"
        return about(
            f"SELECT 1 FROM {index} WHERE {index} MATCH %s",
            asked(terms, vendor=connection.vendor),
            FEW,
        )

    def _known(self, tables: Tables) -> int:
        sql = f"SELECT 1 FROM {tables.entry} WHERE known_from <= %s"
        return about(sql, self.query.known_by, FEW_KNOWN)

    def _said(self, tables: Tables) -> int:
        return sum(
            at_most(
                f"SELECT 1 FROM {tables.said} f WHERE {where.text}", where.values, FEW
            )
            for where in (all_of(rows) for rows in said_when(self.query))
        )


def at_most(sql: str, values, limit: int) -> int:
    """How many rows there are, counted up to a limit."""
    return number_of(Sql(f"{sql} LIMIT %s", (*values, limit)))


def about(sql: str, value, limit: int) -> int:
    """How many rows there are, or were some minutes ago, up to a limit.

    To count them can take as long as the page. Where the figure is out of date a page
    may take longer, and is the same.
    """
    return _about(_database(), sql, value, limit, _period())


@lru_cache(maxsize=1024)
def _about(_database: str, sql: str, value, limit: int, _of: int) -> int:
    return at_most(sql, [value], limit)


@lru_cache(maxsize=1024)
def share_of_newest(_database: str, tables: Tables, text: str, _of: int) -> float:
    """The share of the newest entries in SQLite that hold words.

    Of as many as hold them two hundred times, and at least one in three hundred.
    """
    index = f"{tables.search}_index"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*), MIN(rowid) FROM (SELECT rowid FROM {index}"
            f" WHERE {index} MATCH %s ORDER BY rowid DESC LIMIT {SAMPLE})",
            [text],
        )
        hits, last = cursor.fetchone()
    newest = f"SELECT 1 FROM {tables.entry} WHERE sort_key >= %s"
    return hits / max(at_most(newest, [last], int(SAMPLE / RAREST)), hits, 1)


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _period() -> int:
    return int(time.monotonic() // STATISTICS_HOLD)


def number_of(rows: Sql) -> int:
    """How many rows a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({rows.text}) c", rows.values)
        return cursor.fetchone()[0]


def share_of(table: str, terms: Terms) -> float:
    """The share of rows that hold the rarest word of `terms`, by what PostgreSQL noted.

    0 where it noted nothing, as of a rare word. Wrong where it is out of date: then a
    page takes longer, and is the same.
    """
    common = common_words(table, _period())
    words = [word for phrase in terms.phrases for word in phrase]
    return min((common.get(word, 0.0) for word in words), default=0.0)


@lru_cache(maxsize=4)
def common_words(table: str, _period: int) -> dict[str, float]:
    """The commonest words of a table with their shares, as of the last ANALYZE."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT most_common_elems::text::text[], most_common_elem_freqs"
            " FROM pg_stats WHERE tablename = %s AND attname = 'words'",
            [table],
        )
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return {}
    return dict(zip(row[0], row[1], strict=False))

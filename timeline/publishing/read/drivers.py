"""What a plan reads: one narrow range, whose rows are then looked at."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from timeline.models.record import Facet

from .asking import Group, Query
from .conditions import ENTRY_ALONE, Sql, said_when
from .tables import CURRENT, LISTED, Tables
from .words import asked

EVERY: Group = (Facet.EVERY, ("",))
EACH_STATEMENT: Group = (Facet.STATEMENT, ("",))


@dataclass(frozen=True, slots=True)
class Plan:
    """What a range is read from: the rest is tested row by row.

    `driver` is `facts` (those of `group`), `entries`, `known`, `search` (beside facts
    of a `group` that is true of entries alone) or `said`.
    Where it `gathers`, all it has is read and sorted; else its own order serves.
    """

    driver: str
    group: Group = EVERY
    gathers: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What a plan reads: `f` is the row that is found, `key` where its sort key is."""

    tables: Sql
    key: str
    where: tuple[Sql, ...] = ()
    stands: str = "f"  # the row that says from which sequence it stands


class Drivers:
    """What plans read of one half of the record, for one query."""

    def __init__(self, tables: Tables, query: Query):
        self.tables, self.query = tables, query
        self.by_publication = query.order == "-published"

    def source(self, plan: Plan, thing: str, variant: int) -> Source:
        if plan.driver == "facts":
            return self._facts(plan, thing, variant)
        if plan.driver == "search":
            return self._found(plan)
        row = self._row()
        key = f"{row}.sort_key{' + 0' if plan.gathers else ''}"
        return self._with_statements(Sql(f"{self.tables.entry} {row}"), key, ())

    def said(self) -> Iterator[Source]:
        """Statements by when they were said."""
        table = Sql(f"{self.tables.said} f")
        for where in said_when(self.query):
            yield Source(table, "f.sort_key + 0", tuple(where))

    def _row(self) -> str:
        """The name of a row that stands for an entry, whatever is asked for."""
        return "d" if self.query.of_statements else "f"

    def _facts(self, plan: Plan, thing: str, variant: int) -> Source:
        facet = plan.group[0]
        alone = self.query.of_statements and facet in ENTRY_ALONE
        row = "d" if alone else "f"
        where = [
            Sql(f"{row}.facet = %s AND {row}.thing = %s", (facet + variant, thing))
        ]
        if self.query.of_statements and facet == Facet.ACTOR:
            where.append(Sql("f.statement > 0"))
        if self.by_publication and not plan.gathers and self.tables is CURRENT:
            where.append(Sql(LISTED.format(f=row)))
        key = f"{row}.sort_key"
        tables = Sql(f"{self.tables.fact} {row}")
        if alone:
            return self._with_statements(tables, key, tuple(where))
        return Source(tables, key, tuple(where))

    def _with_statements(self, tables: Sql, key: str, where: tuple[Sql, ...]) -> Source:
        """The same, with all statements of each entry where those are asked for."""
        if not self.query.of_statements:
            return Source(tables, key, where)
        each = Sql(f"{tables.text} CROSS JOIN {self.tables.fact} f", tables.values)
        more = (
            Sql(self.tables.joined("f", "d")),
            Sql(f"f.facet = {int(Facet.STATEMENT)} AND f.thing = ''"),
        )
        return Source(each, key, (*where, *more), stands="d")

    def _found(self, plan: Plan) -> Source:
        """What the word index finds, joined to its entries."""
        row, by, entry = self._row(), self.tables.found_by, self.tables.entry
        text = asked(self.query.terms, vendor=connection.vendor)
        if connection.vendor == "postgresql":
            found = (
                f"(SELECT {by} FROM {self.tables.search} WHERE words @@ %s::tsquery"
                f" OFFSET 0) s JOIN {entry} {row} ON {row}.{by} = s.{by}"
            )
            return self._with_statements(Sql(found, (text,)), f"{row}.sort_key + 0", ())
        index = f"{self.tables.search}_index"
        words = Sql(f"s.{index} MATCH %s", (text,))
        if self.reads_facts(plan):  # nothing else is read of those that have it not
            fact = (int(plan.group[0]), *plan.group[1])
            where = (
                words,
                Sql("f.facet = %s AND f.thing = %s AND f.sort_key = s.rowid", fact),
            )
            found = Sql(f"{index} s CROSS JOIN {self.tables.fact} f")
            return Source(found, "s.rowid", where)
        in_order = self.tables is CURRENT and not self.by_publication
        key = "s.rowid" if in_order else f"{row}.sort_key + 0"
        where = (words, Sql(f"{row}.{by} = s.rowid"))
        return self._with_statements(
            Sql(f"{index} s CROSS JOIN {entry} {row}"), key, where
        )

    def reads_facts(self, plan: Plan) -> bool:
        """Whether the row that a plan finds is a fact of its group."""
        return plan.driver == "facts" or (
            plan.driver == "search"
            and plan.group != EVERY
            and connection.vendor == "sqlite"
            and self.tables is CURRENT
            and not self.by_publication
            and not self.query.of_statements
        )

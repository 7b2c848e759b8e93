"""The SQL that finds the keys of a page: one narrow range, and probes beside it.

Every statement gives rows (sort_key, sequence, statement), at most as many as are
asked for, the first of their range in its direction. `statement` is 0 where entries are
asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from timeline.models.record import Variant

from .asking import Group, Groups, Query
from .conditions import (
    ENTRY_ALONE,
    Sql,
    all_of,
    dates_of,
    has_fact,
    has_statement,
    has_words,
    is_marked,
    was_said,
)
from .drivers import Drivers, Plan, Source
from .keys import HIGHEST, LOWEST, UNDATED_FROM
from .marks import tells
from .spans import Stretch, known_by, stretches
from .tables import Tables
from .walking import Range


@dataclass(frozen=True, slots=True)
class Shape:
    """What all parts that a plan reads have in common."""

    columns: str
    beside: str
    where: Sql
    order: str


class Selection:
    """The keys of one half of the record that a query finds at a sequence."""

    def __init__(self, tables: Tables, query: Query, groups: Groups, at: int):
        self.tables, self.query, self.groups, self.at = tables, query, groups, at
        self.drivers = Drivers(tables, query)
        self.by_publication = query.order == "-published"
        self.dated = bool(query.since or query.until)
        self.loose = query.match == "may"

    def keys(self, plan: Plan, part: Range, limit: int) -> Sql | None:
        """The first `limit` keys of a range; None where there can be none."""
        branches = list(self._branches(plan, part, limit))
        if not branches:
            return None
        if len(branches) == 1:
            return branches[0]
        # One entry lies in one stretch, but may be found by more than one thing.
        union = " UNION " if len(plan.group[1]) > 1 else " UNION ALL "
        text = union.join(f"SELECT * FROM ({branch.text}) u" for branch in branches)
        values = tuple(value for branch in branches for value in branch.values)
        order = self._order(part, "sequence" if self.by_publication else "sort_key", "")
        return Sql(f"{text} ORDER BY {order} LIMIT %s", (*values, limit))

    def first_of(self, group: Group, limit: int) -> Sql:
        """The newest statements that have a fact, whatever else is asked for."""
        where = all_of(
            [
                Sql("f.facet = %s AND f.thing = %s", (int(group[0]), group[1][0])),
                Sql("f.sort_key > %s AND f.sort_key < %s", (LOWEST, HIGHEST)),
                self._stood("f.sequence + 0"),
            ]
        )
        return Sql(
            "SELECT f.sort_key, f.sequence, f.statement"
            f" FROM {self.tables.fact} f WHERE {where.text}"
            " ORDER BY f.sort_key DESC LIMIT %s",
            (*where.values, limit),
        )

    def among(self, rows: Sql, group: Group) -> Sql:
        """Those of some statements, which have a fact, that are all else, too."""
        where = [Sql("f.statement > 0"), *self._probes(Plan("facts", group))]
        beside = ""
        if self.dated:
            beside = f" JOIN {self.tables.entry} e ON {self.tables.beside}"
            where += dates_of("e", self.query)
        condition = all_of(where)
        return Sql(
            f"SELECT f.sort_key FROM ({rows.text}) f{beside} WHERE {condition.text}",
            (*rows.values, *condition.values),
        )

    def _branches(self, plan: Plan, part: Range, limit: int) -> Iterator[Sql]:
        parts = list(self._parts(plan, part))
        if parts:
            shape = self._shape(plan, parts[0][0], part)
            for source, stretch in parts:
                yield self._branch(shape, source, stretch, limit)

    def _parts(self, plan: Plan, part: Range) -> Iterator[tuple[Source, Stretch]]:
        """What is read, and where in it."""
        found = list(self._stretches(part))
        walked = plan.driver != "facts" or (self.by_publication and not plan.gathers)
        if found and walked:  # there, dates are looked at one by one
            found = [Stretch(Variant.NONE, *self._bounds(part))]
        if plan.driver == "said":
            whole = Stretch(Variant.NONE, *self._bounds(part))
            yield from ((source, whole) for source in self.drivers.said())
            return
        for thing in plan.group[1] if plan.driver == "facts" else [""]:
            for stretch in found:
                yield self.drivers.source(plan, thing, stretch.variant), stretch

    def _bounds(self, part: Range) -> tuple[int, int]:
        """The sort keys of a range, which may be one of sequences."""
        return (LOWEST, HIGHEST) if self.by_publication else (part.low, part.high)

    def _stretches(self, part: Range) -> Iterator[Stretch]:
        """Where in a range the dates asked for can lie."""
        low, high = self._bounds(part)
        found = [Stretch(Variant.NONE, low, high)]
        if self.dated:
            since = self.query.since.earliest if self.query.since else None
            until = self.query.until.latest if self.query.until else None
            found = stretches(since, until, loose=self.loose)
            if self.loose:  # what has no date at all may lie anywhere
                found.append(Stretch(Variant.NONE, UNDATED_FROM, HIGHEST))
        if self.query.known_by is not None:
            found = known_by(found, self.query.known_by)
        for stretch in found:
            first, last = max(low, stretch.low), min(high, stretch.high)
            if first + 1 < last:
                yield Stretch(stretch.variant, first, last)

    def _shape(self, plan: Plan, source: Source, part: Range) -> Shape:
        # The sum keeps the database from reading by sequence what is in order already.
        walks_by_it = self.by_publication and not plan.gathers
        walks_by_it = walks_by_it or plan.driver == "entries"
        sequence = f"{source.stands}.sequence{'' if walks_by_it else ' + 0'}"
        key = sequence if self.by_publication else source.key
        of_facts = self.drivers.reads_facts(plan)
        marks = self._marks(plan, source.stands) if of_facts else []
        where = [*marks, self._stood(sequence)]
        if self.by_publication and (part.low, part.high) != (LOWEST, HIGHEST):
            where.append(Sql(f"{key} > %s AND {key} < %s", (part.low, part.high)))
        if part.beyond is not None:
            way = "<" if part.back else ">"
            where.append(Sql(f"f.statement {way} %s", (part.beyond,)))
        where += self._probes(plan, marked=of_facts)
        beside = ""
        if not of_facts and plan.driver != "said":
            where += dates_of(source.stands, self.query)
        elif self.dated or self.query.known_by is not None:
            beside = f" JOIN {self.tables.entry} e ON {self.tables.beside}"
            where += dates_of("e", self.query)
        distinct = self._distinct(key) if self._repeats(plan) else ""
        statement = "f.statement" if self.query.of_statements else "0"
        return Shape(
            columns=f"{distinct}f.sort_key AS sort_key, {sequence} AS sequence,"
            f" {statement} AS statement",
            beside=beside,
            where=all_of(where),
            order=self._order(part, key, "f."),
        )

    def _branch(
        self, shape: Shape, source: Source, stretch: Stretch, limit: int
    ) -> Sql:
        where = [*source.where]
        whole = (stretch.low, stretch.high) == (LOWEST, HIGHEST)
        if not (whole and self.by_publication):  # else it tells the index to be read
            bounds = f"{source.key} > %s AND {source.key} < %s"
            where.append(Sql(bounds, (stretch.low, stretch.high)))
        condition = all_of([*where, shape.where])
        return Sql(
            f"SELECT {shape.columns} FROM {source.tables.text}{shape.beside}"
            f" WHERE {condition.text} ORDER BY {shape.order} LIMIT %s",
            (*source.tables.values, *condition.values, limit),
        )

    def _stood(self, sequence: str) -> Sql:
        """That a row stood, by the name that its sequence has."""
        row = sequence.partition(".")[0]
        text = self.tables.stood.format(sequence=sequence, f=row)
        return Sql(text, (self.at,) * self.tables.times)

    def _distinct(self, key: str) -> str:
        """Of rows with one key the first, without reading all of them before."""
        if connection.vendor == "postgresql":
            return f"DISTINCT ON ({key}) "
        return "DISTINCT "

    def _order(self, part: Range, key: str, f: str) -> str:
        """The order of a page; the statements of an event keep theirs."""
        order = f"{key} {'DESC' if part.down else 'ASC'}"
        if self.query.of_statements:
            order += f", {f}statement {'DESC' if part.back else 'ASC'}"
        return order

    def _repeats(self, plan: Plan) -> bool:
        """Whether the driver gives one entry more than once."""
        if self.query.of_statements or plan.driver != "facts":
            return False
        return plan.group[0] not in ENTRY_ALONE

    def _marks(self, plan: Plan, row: str) -> list[Sql]:
        """What the marks of a fact say of all that is asked for."""
        groups = [*self.groups.entry, *self.groups.statement]
        return [
            condition
            for group in groups
            if group != plan.group
            for condition in is_marked(row, group)
        ]

    def _probes(self, plan: Plan, *, marked: bool = False) -> list[Sql]:
        """Conditions on `f`; what the marks say for certain is not looked up."""
        driven = plan.group if self.drivers.reads_facts(plan) else None
        entry = [group for group in self.groups.entry if group != driven]
        said = [group for group in self.groups.statement if group != driven]
        of_one = self.query.of_statements or driven in self.groups.statement
        found: list[Sql] = []
        if marked:
            entry = [group for group in entry if not tells(*group)]
            if len(said) == 1 and not of_one and tells(*said[0]):
                said = []
        found += [has_fact(self.tables, "f", group) for group in entry]
        if of_one:
            found += [
                has_fact(self.tables, "f", group, statement="f.statement")
                for group in said
            ]
        elif said:
            found.append(has_statement(self.tables, "f", said))
        if self.query.terms and plan.driver != "search":
            found.append(has_words(self.tables, "f", self.query))
        said_when_asked = self.query.said_since or self.query.said_until
        if said_when_asked and plan.driver != "said":
            found.append(was_said(self.tables, "f", self.query))
        return found

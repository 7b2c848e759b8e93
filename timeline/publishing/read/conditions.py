"""What an entry or a statement must be, in SQL: probes of narrow tables, by key."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from timeline.dates import UNDATED
from timeline.models.record import Facet, Variant

from .asking import Group, Query
from .marks import marks_for
from .spans import Moments, moments
from .tables import Tables
from .words import asked

# Facts that are true of entries alone, never of one of their statements.
ENTRY_ALONE = frozenset(
    (
        Facet.EVERY,
        Facet.STORY,
        Facet.TOPIC,
        Facet.IMPORTANCE,
        Facet.ORIGINS,
        Facet.ROLE,
        Facet.PARTICIPATION,
    )
)


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with its values."""

    text: str
    values: tuple = ()


def all_of(parts: list[Sql]) -> Sql:
    """All conditions at once."""
    return Sql(
        " AND ".join(part.text for part in parts),
        tuple(value for part in parts for value in part.values),
    )


def exists(table: str, alias: str, parts: list[Sql]) -> Sql:
    """That a table has a row like this.

    PostgreSQL thinks that more rows meet a condition than do, and would read the whole
    list that is only to be looked up in. What has an offset it asks row by row.
    """
    where = all_of(parts)
    alone = " OFFSET 0" if connection.vendor == "postgresql" else ""
    return Sql(
        f"EXISTS (SELECT 1 FROM {table} {alias} WHERE {where.text}{alone})",
        where.values,
    )


def has_fact(
    tables: Tables,
    f: str,
    group: Group,
    *,
    statement: str | None = None,
) -> Sql:
    """That one of these facts is true of the entry of `f`, or of `statement` in it."""
    facet, things = group
    holes = ", ".join(["%s"] * len(things))
    parts = [
        Sql(tables.joined("g", f)),
        Sql(f"g.facet = %s AND g.thing IN ({holes})", (int(facet), *things)),
    ]
    if statement:
        parts.append(Sql(f"g.statement = {statement}"))
    elif facet in ENTRY_ALONE:
        parts.append(Sql("g.statement = 0"))
    return exists(tables.fact, "g", parts)


def is_marked(row: str, group: Group) -> list[Sql]:
    """That the marks of a fact do not speak against one of these: see `marks`.

    It is no equation, of which databases think that hardly any row meets it.
    """
    bits = marks_for(*group)._asdict()
    return [
        Sql(f"({row}.{column} & %s) <> 0", (value,))
        for column, value in bits.items()
        if value
    ]


def has_statement(tables: Tables, f: str, groups: list[Group]) -> Sql:
    """That one statement of the entry of `f` meets all of these."""
    (facet, things), others = groups[0], groups[1:]
    holes = ", ".join(["%s"] * len(things))
    parts = [
        Sql(tables.joined("h", f)),
        Sql(f"h.facet = %s AND h.thing IN ({holes})", (int(facet), *things)),
        *(has_fact(tables, "h", row, statement="h.statement") for row in others),
    ]
    return exists(tables.fact, "h", parts)


def has_words(tables: Tables, f: str, query: Query) -> Sql:
    """That the words of this very entry hold what is searched for."""
    if connection.vendor == "postgresql":
        text = asked(query.terms, vendor=connection.vendor)
        # The function, unlike the operator, never asks the index for all of them.
        parts = [
            Sql(f"s.{tables.found_by} = {f}.{tables.found_by}"),
            Sql("ts_match_vq(s.words, %s::tsquery)", (text,)),
        ]
        return exists(tables.search, "s", parts)
    # To look one entry up in the word index costs twenty times as much.
    held = Sql(f"s.{tables.found_by} = {f}.{tables.found_by}")
    phrases = tuple(f" {' '.join(phrase)} " for phrase in query.terms.phrases)
    found = [Sql("instr(' ' || s.words || ' ', %s) > 0", (one,)) for one in phrases]
    return exists(tables.search, "s", [held, *found])


def was_said(tables: Tables, f: str, query: Query) -> Sql:
    """That the statement of `f` was said when the query asks for."""
    parts = [
        Sql(tables.joined("t", f)),
        Sql(f"t.statement = {f}.statement"),
        *said_within("t", query),
    ]
    return exists(tables.said, "t", parts)


def said_within(row: str, query: Query) -> list[Sql]:
    """That the bounds of a row of `Said` are such as the query asks for."""
    since = query.said_since.earliest if query.said_since else None
    until = query.said_until.latest if query.said_until else None
    return within(row, since, until, loose=query.match == "may")


def within(row: str, since: int | None, until: int | None, *, loose: bool) -> list[Sql]:
    """That the bounds of `row` may be, or are, between two seconds."""
    found = []
    if since is not None:
        text = f"({row}.latest IS NULL OR {row}.latest >= %s)"
        found.append(Sql(text if loose else f"{row}.earliest >= %s", (since,)))
    if until is not None:
        text = f"({row}.earliest IS NULL OR {row}.earliest <= %s)"
        found.append(Sql(text if loose else f"{row}.latest <= %s", (until,)))
    return found


def dates_of(entry: str, query: Query) -> list[Sql]:
    """What the dates of an entry must be."""
    since = query.since.earliest if query.since else None
    until = query.until.latest if query.until else None
    found = within(entry, since, until, loose=query.match == "may")
    if query.known_by is not None:
        found.append(Sql(f"{entry}.known_from <= %s", (query.known_by,)))
    return found


def said_when(query: Query) -> Iterator[list[Sql]]:
    """Conditions on `f`, a row of `Said`: one after the other, ranges of its moment."""
    since = query.said_since.earliest if query.said_since else None
    until = query.said_until.latest if query.said_until else None
    loose = query.match == "may"
    parts = moments(since, until, loose=loose)
    if loose and until is not None:  # what was said nobody knows when
        parts.append(Moments(Variant.NONE, UNDATED, None))
    for part in parts:
        where = said_within("f", query)
        if part.variant != Variant.NONE:
            where.append(Sql("f.variant = %s", (int(part.variant),)))
        if part.first is not None:
            where.append(Sql("f.moment >= %s", (part.first,)))
        if part.last is not None:
            where.append(Sql("f.moment <= %s", (part.last,)))
        yield where

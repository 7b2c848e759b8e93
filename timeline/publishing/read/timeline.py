"""Pages of the timeline: key ranges over narrow tables, bodies ready to send.

A walk shows the record as it stood at its first page: current entries that were
there then, merged with those that were replaced since.
"""

from dataclasses import dataclass, replace

from django.db import connection

from timeline.dates import UncertainDate
from timeline.models.record import Facet

from .walking import Range, ranges


@dataclass(frozen=True, slots=True)
class Query:
    """What a page is asked for; names are ids, any one of each tuple will do.

    `sources` and `speakers` are met by one and the same statement.
    """

    stories: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    since: UncertainDate | None = None
    until: UncertainDate | None = None
    match: str = "may"
    order: str = "-date"
    page_size: int = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Entries as they are sent, with the keys that the pages around begin from."""

    bodies: list[str]
    first: int | None = None
    last: int | None = None
    more_before: bool = False
    more_after: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """Where one half of the record is read: what is current, or what was."""

    entry: str
    fact: str
    body: str
    same: str
    stood: str


CURRENT = Tables(
    entry="timeline_currententry",
    fact="timeline_currentfact",
    body="timeline_currentbody",
    same="{f}.sort_key = e.sort_key",
    stood="e.sequence <= %s",
)
PAST = Tables(
    entry="timeline_pastentry",
    fact="timeline_pastfact",
    body="timeline_pastentry",
    same="{f}.sort_key = e.sort_key AND {f}.sequence = e.sequence",
    stood="e.sequence <= %s AND e.until_sequence > %s",
)


def page(
    query: Query, *, at: int, after: int | None = None, back: bool = False
) -> Page:
    """One page of the timeline as the record stood at sequence `at`.

    `after` is the key of the entry that the page follows (`back`: precedes).
    """
    wanted = query.page_size + 1
    rows = _rows(query, at, ranges(query.order, after=after, back=back), wanted)
    more, rows = len(rows) == wanted, rows[: query.page_size]
    if back:
        rows.reverse()
    return Page(
        bodies=[body for _key, body in rows],
        first=rows[0][0] if rows else None,
        last=rows[-1][0] if rows else None,
        more_before=more if back else after is not None,
        more_after=after is not None if back else more,
    )


def _rows(query: Query, at: int, parts: list[Range], wanted: int) -> list:
    found: list[tuple[int, str]] = []
    for part in parts:
        if len(found) < wanted:
            found += _in_range(query, at, part, wanted - len(found))
    return found


def _in_range(query: Query, at: int, part: Range, limit: int) -> list:
    rows = _read(CURRENT, query, at, part, limit)
    if _anything_replaced_since(at):
        bound = part
        if len(rows) == limit:  # nothing behind the last row can be on this page
            low, high = part.low, part.high
            last = rows[-1][0]
            bound = (
                replace(part, low=max(low, last - 1))
                if part.down
                else replace(part, high=min(high, last + 1))
            )
        # One that was replaced between the two reads is in both.
        rows = list(dict(rows + _read(PAST, query, at, bound, limit)).items())
        rows.sort(key=lambda row: row[0], reverse=part.down)
    return rows[:limit]


def _anything_replaced_since(at: int) -> bool:
    """Asked after the current entries are read, so that no act slips in between."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(until_sequence) FROM timeline_pastentry")
        (last,) = cursor.fetchone()
    return last is not None and last > at


def _read(tables: Tables, query: Query, at: int, part: Range, limit: int) -> list:
    """(key, body) of the entries of one range, in its direction."""
    sql, values = select(tables, query, at, part, limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    rows.sort(key=lambda row: row[0], reverse=part.down)
    return rows


def select(tables: Tables, query: Query, at: int, part: Range, limit: int):
    """The SQL of one range, and its values; the rows it gives are not yet in order.

    Sorting them here keeps their bodies out of the database's sorter.
    """
    key = "sequence" if query.order == "-published" else "sort_key"
    way = "DESC" if part.down else "ASC"
    if tables is CURRENT and key == "sort_key" and not _narrowed(query):
        return (
            "SELECT e.sort_key, e.body FROM timeline_currentbody e"
            " WHERE e.sort_key > %s AND e.sort_key < %s AND e.sequence <= %s"
            f" ORDER BY e.sort_key {way} LIMIT %s",
            [part.low, part.high, at, limit],
        )
    where, values = _conditions(tables, query, at)
    keys, key_values = _keys(tables, query, key, part, where, values, limit, way)
    if tables is PAST:
        body = "JOIN timeline_pastentry b ON b.sequence = k.sequence"
    else:
        body = "JOIN timeline_currentbody b ON b.sort_key = k.sort_key"
    return f"SELECT k.{key}, b.body FROM ({keys}) k {body}", key_values


def _narrowed(query: Query) -> bool:
    return bool(_facets(query) or query.since or query.until)


def _facets(query: Query) -> list[tuple[Facet, tuple[str, ...]]]:
    given = [
        (Facet.SOURCE, query.sources),
        (Facet.SPEAKER, query.speakers),
        (Facet.STORY, query.stories),
        (Facet.ACTOR, query.actors),
    ]
    return [(facet, things) for facet, things in given if things]


def _conditions(tables: Tables, query: Query, at: int) -> tuple[str, list]:
    """What an entry `e` must meet besides the filters by name."""
    where = [tables.stood]
    values: list = [at] * tables.stood.count("%s")
    loose = query.match == "may"
    if query.since and query.since.earliest is not None:
        where.append(
            "(e.latest IS NULL OR e.latest >= %s)" if loose else "e.earliest >= %s"
        )
        values.append(query.since.earliest)
    if query.until and query.until.latest is not None:
        where.append(
            "(e.earliest IS NULL OR e.earliest <= %s)" if loose else "e.latest <= %s"
        )
        values.append(query.until.latest)
    return " AND ".join(where), values


def _keys(tables, query, key, part, where, values, limit, way) -> tuple[str, list]:
    """The keys of a range's entries: one range, or the union of one a value."""
    facets = _facets(query)
    bounds = f"e.{key} > %s AND e.{key} < %s"
    columns = "e.sort_key, e.sequence"
    if not facets:
        return (
            f"SELECT {columns} FROM {tables.entry} e WHERE {bounds} AND {where}"
            f" ORDER BY e.{key} {way} LIMIT %s",
            [part.low, part.high, *values, limit],
        )
    (facet, things), others = facets[0], facets[1:]
    also, also_values = _others(tables, facet, others)
    drive = f"f.{key}" if key == "sort_key" else f"e.{key}"
    one = (
        f"SELECT DISTINCT {columns.replace('e.sort_key', 'f.sort_key')}"
        f" FROM {tables.fact} f JOIN {tables.entry} e ON {tables.same.format(f='f')}"
        f" WHERE f.facet = %s AND f.thing = %s AND {drive} > %s AND {drive} < %s"
        f" AND {where}{also} ORDER BY {drive} {way} LIMIT %s"
    )
    parts, all_values = [], []
    for thing in things:
        parts.append(f"SELECT * FROM ({one}) u")
        all_values += [int(facet), thing, part.low, part.high]
        all_values += [*values, *also_values, limit]
    union = " UNION ".join(parts)
    return f"{union} ORDER BY {key} {way} LIMIT %s", [*all_values, limit]


def _others(tables: Tables, first: Facet, others) -> tuple[str, list]:
    """The conditions that the other filters add to the one that is driven from."""
    sql, values = "", []
    for number, (facet, things) in enumerate(others):
        name = f"g{number}"
        holes = ", ".join(["%s"] * len(things))
        same = tables.same.format(f=name)
        if first == Facet.SOURCE and facet == Facet.SPEAKER:
            same += f" AND {name}.statement = f.statement"
        sql += (
            f" AND EXISTS (SELECT 1 FROM {tables.fact} {name} WHERE {same}"
            f" AND {name}.facet = %s AND {name}.thing IN ({holes}))"
        )
        values += [int(facet), *things]
    return sql, values

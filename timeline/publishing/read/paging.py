"""Pages as they are sent: rows that were found, looked at again where that is needed.

What had been reported by a day, and which statement of an entry holds a word, is not
in the tables: then more rows are found than are shown, up to a limit, and a page may be
shorter than it could be. Its `next` leads on.
"""

from collections.abc import Iterator
from typing import NamedTuple

import orjson
from django.conf import settings

from .asking import Query
from .documents import documents_at
from .facts import matched_publishers, matched_sources, voices
from .known import known_entries
from .rendering import moved
from .searching import entry_holds, statement_holds
from .timeline import Key, Page, Row, Walk

MOST_LOOKED_AT = 1000
AT_ONCE = 200
EVENT = ("id", "slug", "url", "html_url", "title", "date")


class Shown(NamedTuple):
    """One row with what is sent of it; None where nothing is."""

    key: Key
    text: str | None


def page(
    query: Query,
    *,
    at: int,
    head: int,
    made_for: str,
    after: Key | None = None,
    back: bool = False,
) -> Page:
    """One page of a query as the record stood at sequence `at`, of `head` rows.

    `after` is the key of the row that the page follows (`back`: precedes).
    """
    walk = Walk(query, at=at, head=head)
    if query.of_statements or query.known_at is not None:
        shown, more = _fill(walk, made_for, after=after, back=back)
        bodies = [row.text for row in (shown[::-1] if back else shown)]
        keys = [row.key for row in shown]
    else:
        rows = walk.rows(query.page_size + 1, after=after, back=back)
        more, rows = len(rows) > query.page_size, rows[: query.page_size]
        bodies = _sent(rows[::-1] if back else rows, made_for)
        keys = [walk.key(row) for row in (rows[:1] + rows[-1:])]
    first, last = (keys[0], keys[-1]) if keys else (None, None)
    return Page(
        bodies=[body for body in bodies if body is not None],
        first=last if back else first,
        last=first if back else last,
        more_before=more if back else after is not None,
        more_after=after is not None if back else more,
    )


def every(
    query: Query,
    *,
    at: int,
    head: int,
    made_for: str,
    limit: int,
    after: Key | None = None,
) -> Iterator[str]:
    """All that a query finds behind a key, read in parts, up to `limit` rows."""
    walk, left = Walk(query, at=at, head=head), limit
    while left > 0:
        wanted = min(AT_ONCE, left)
        rows = walk.rows(wanted, after=after)
        shown = _shown(walk, rows, made_for)
        yield from (row.text for row in shown if row.text is not None)
        if len(rows) < wanted:
            return
        left -= wanted
        after = walk.key(rows[-1])


def reach(
    query: Query, *, at: int, head: int, limit: int, after: Key | None = None
) -> Key | None:
    """The key of the last of `limit` rows, where there are more behind it."""
    walk = Walk(query, at=at, head=head, bodies=False)
    rows = walk.rows(limit + 1, after=after)
    return walk.key(rows[limit - 1]) if len(rows) > limit else None


def _fill(
    walk: Walk, made_for: str, *, after: Key | None, back: bool
) -> tuple[list[Shown], bool]:
    """The rows of a page in the direction of reading, and whether there are more.

    The last one says where to go on, and may be one of which nothing is sent.
    """
    size = walk.query.page_size
    if not looks_again(walk.query):
        rows = walk.rows(size + 1, after=after, back=back)
        return _shown(walk, rows[:size], made_for), len(rows) > size
    found: list[Shown] = []
    sent = looked_at = 0
    while looked_at < MOST_LOOKED_AT:
        wanted = size + 1
        rows = walk.rows(wanted, after=after, back=back)
        for row in _shown(walk, rows, made_for):
            if sent == size:
                return found, True
            found.append(row)
            sent += row.text is not None
        looked_at += len(rows)
        if len(rows) < wanted:
            return found, False
        after = walk.key(rows[-1])
    return found, bool(walk.rows(1, after=after, back=back))


def looks_again(query: Query) -> bool:
    """Whether what was found is looked at again before it is sent."""
    return query.known_at is not None or bool(query.of_statements and query.terms)


def _shown(walk: Walk, rows: list[Row], made_for: str) -> list[Shown]:
    query = walk.query
    if not query.of_statements and query.known_at is None:
        texts = _sent(rows, made_for)
        return [
            Shown(walk.key(row), text) for row, text in zip(rows, texts, strict=True)
        ]
    bodies = _bodies(walk, rows, made_for)
    texts = _statements(query, rows, bodies) if query.of_statements else bodies
    if not query.of_statements:
        texts = [text if text and _meets(query, text) else None for text in texts]
        if query.terms:
            texts = _with_words(query, rows, texts)
    return [Shown(walk.key(row), text) for row, text in zip(rows, texts, strict=True)]


def _sent(rows: list[Row], made_for: str) -> list[str | bytes]:
    """Entries as they are stored, with the addresses of this site."""
    site, bodies = settings.SITE_URL, [row.body for row in rows]
    if made_for == site:
        return bodies
    texts = (body.decode() if isinstance(body, bytes) else body for body in bodies)
    return [moved(text, made_for=made_for, site=site) for text in texts]


def _bodies(walk: Walk, rows: list[Row], made_for: str) -> list[str | None]:
    """The entry of each row, as it was known where that is asked for."""
    by, site = walk.query.known_by, settings.SITE_URL
    found = {
        row.sequence: moved(row.body, made_for=made_for, site=site) for row in rows
    }
    if by is not None:
        again = {row.sequence: row.body for row in rows if not _is_whole(row, by)}
        reduced = known_entries(
            list(again.items()), by=by, at=walk.at, site=site, made_for=made_for
        )
        found |= dict(zip(again, reduced, strict=True))
    return [found[row.sequence] for row in rows]


def _statements(
    query: Query, rows: list[Row], bodies: list[str | None]
) -> list[str | None]:
    """Each statement with its event; None where it was not known, or does not meet."""
    known = {row.sequence: body for row, body in zip(rows, bodies, strict=True)}
    known = {key: orjson.loads(body) if body else None for key, body in known.items()}
    whole = known
    if query.known_at is not None:
        whole = {row.sequence: row.body for row in rows}
        whole = {key: orjson.loads(body) for key, body in whole.items()}
    texts = []
    for row in rows:
        wanted = whole[row.sequence]["statements"][row.statement - 1]["id"]
        entry = known[row.sequence] or {"statements": ()}
        said = next((s for s in entry["statements"] if s["id"] == wanted), None)
        meets_all = (
            said
            and _statement_meets(query, said)
            and (query.terms is None or statement_holds(query.terms, said))
        )
        texts.append(_with_event(said, entry) if meets_all else None)
    return texts


def _with_event(statement: dict, entry: dict) -> str:
    event = {part: entry[part] for part in EVENT}
    return orjson.dumps({**statement, "event": event}).decode()


def _with_words(
    query: Query, rows: list[Row], texts: list[str | None]
) -> list[str | None]:
    """The entries that hold what is searched for, as they were known."""
    changed = {row.sequence for row in rows if not _is_whole(row, query.known_by)}
    documents = documents_at(changed)
    return [
        text
        if text
        and (
            row.sequence not in documents
            or entry_holds(query.terms, orjson.loads(text), documents[row.sequence])
        )
        else None
        for row, text in zip(rows, texts, strict=True)
    ]


def _is_whole(row: Row, by: int) -> bool:
    """Whether nothing in an entry was reported later."""
    return row.whole_from is not None and row.whole_from <= by


def _meets(query: Query, text: str) -> bool:
    """Whether an entry, as it was known, still meets what its query asks for."""
    if not _asks_of_what_was_known(query):
        return True
    entry = orjson.loads(text)
    if entry["origins"]["count"] < query.min_origins:
        return False
    if query.actors and not query.roles:
        there = {row["id"] for row in entry["actors"]}
        there |= {name for row in entry["statements"] for name in voices(row)}
        if not there & set(query.actors):
            return False
    return any(_statement_meets(query, row) for row in entry["statements"])


def _asks_of_what_was_known(query: Query) -> bool:
    return bool(
        query.min_origins
        or query.actors
        or query.speakers
        or query.sources
        or query.publishers
        or query.statement_kinds
        or query.standings
    )


def _statement_meets(query: Query, row: dict) -> bool:
    """Whether one statement, as it was known, meets all that is asked of one."""
    if query.known_at is None:
        return True
    if query.of_statements:
        if query.actors and not set(query.actors).intersection(voices(row)):
            return False
        if row["origins"]["count"] < query.min_origins:
            return False
    return is_one(query, row)


def is_one(query: Query, row: dict) -> bool:
    """Whether a statement is the one that all which is asked of one is met by."""
    speaker = {row["speaker"]["id"]} if row["speaker"] else set()
    asked = (
        (query.speakers, speaker),
        (query.sources, matched_sources(row)),
        (query.publishers, matched_publishers(row)),
        (query.statement_kinds, {row["kind"]}),
        (query.standings, {row["standing"]}),
    )
    return all(not wanted or there & set(wanted) for wanted, there in asked)

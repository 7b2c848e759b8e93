"""The documents of an act: built within it, or before it in the turn of others."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

import orjson
from django.db import connection

from timeline.editing import Refused, check_event
from timeline.models import Event
from timeline.provenance import TrailCycle

from .document import Built, build
from .naming import Held
from .sending import Noting, ask, noted

# What the record holds of the names of events (`?`, primary keys) and their statements.
NAMES = """
    WITH act(key) AS (SELECT value FROM json_each(?)),
    events AS (
        SELECT public_id, slug FROM timeline_event WHERE id IN (SELECT key FROM act)
    ),
    statements AS (
        SELECT public_id, slug FROM timeline_statement
        WHERE event_id IN (SELECT key FROM act)
    )
    SELECT noun, name, thing, former FROM timeline_thingname
    WHERE noun = 'event'
        AND name IN (SELECT public_id FROM events UNION SELECT slug FROM events)
    UNION ALL
    SELECT noun, name, thing, former FROM timeline_thingname
    WHERE noun = 'statement'
        AND name IN (SELECT public_id FROM statements UNION SELECT slug FROM statements)
"""
# Where the record stands; whatever gives names moves one of them on.
STANDS = """
    SELECT (SELECT MAX(sequence) FROM timeline_revision),
        (SELECT MAX(rowid) FROM timeline_thingname)
"""


@dataclass(frozen=True, slots=True)
class Made:
    """Documents, and what was asked for them, with the answers."""

    keys: list[int]
    built: list[Built]
    asked: Noting


@dataclass(frozen=True, slots=True)
class Ahead:
    """Documents that were built before the act that they are for.

    `version` is what SQLite calls the version of its data: it is another as soon as
    any other connection has written anything (its documentation: PRAGMA data_version).
    What this connection itself writes does not change it, so nothing may be written by
    it between building and the act.

    `names` are what the record holds of the names of these events and their statements
    as it `stands` then; None where that could not be asked.
    """

    made: Made
    version: int
    stands: tuple
    names: list[Held] | None = None

    @property
    def built(self) -> list[Built]:
        """The documents, in the order of the keys."""
        return self.made.built

    def still(self, keys: list[int]) -> "Ahead | None":
        """What holds of it for these events, in the transaction that is to write.

        Where somebody has written since, all that they were built of is read again.
        """
        if self.made.keys != keys:
            return None
        if self.version == _version():
            return self
        if not self.made.asked.is_told_again():
            return None
        return self if self.stands == _one(STANDS) else replace(self, names=None)


def built_ahead(keys: list[int], found: Made | None = None) -> Ahead | None:
    """The documents of these events, all from one state, without holding up others.

    `found` is what was built of them from an earlier state: it is taken where nothing
    that it was built of is another now. None where a database cannot say whether they
    still hold, where there are none, and within a transaction.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return None
    with _one_state(), ThreadPoolExecutor(1) as beside:
        # Before anything else is read, here or beside.
        version, stands = _version(), _one(STANDS)
        names = beside.submit(_names, connection.settings_dict["NAME"], keys)
        try:
            if not (found and found.asked.is_told_again()):
                found = _made(keys)
        except Refused:
            return None  # the act itself will say why, or find it mended
        return Ahead(found, version, stands, names.result())


def made_apart(keys: list[int]) -> Made:
    """The documents of these events as they are now; raises as `built_of` does."""
    with _one_state():
        return _made(keys)


def _made(keys: list[int]) -> Made:
    """The same, as they are where it is called."""
    with noted() as noting:
        return Made(keys, built_of(keys), noting)


@contextmanager
def _one_state() -> Iterator[None]:
    """Read one state of SQLite, whatever others write; nobody waits for a reader."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def built_of(keys: list[int]) -> list[Built]:
    """The documents of these events; `Refused` names a trail that goes in a circle."""
    try:
        return build(keys)
    except TrailCycle:
        for event in Event.objects.filter(pk__in=keys):
            check_event(event)  # says which trail, in names
        raise


def _names(path: str, keys: list[int]) -> list[Held] | None:
    """What the record holds of their names, by a connection of its own.

    There are thousands to look for, in a table that grows with the record: SQLite does
    that on a thread while Python builds.
    """
    try:
        with closing(sqlite3.connect(path, uri=True, isolation_level=None)) as own:
            rows = own.execute(NAMES, [orjson.dumps(keys).decode()])
            return [Held._make(row) for row in rows]
    except sqlite3.Error:
        return None  # the act will ask, and say what is wrong


def _version() -> int:
    return _one("PRAGMA data_version")[0]


def _one(question: str) -> tuple:
    ((row,),) = ask((question, ()))
    return row

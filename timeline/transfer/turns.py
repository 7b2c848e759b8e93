"""Others' turn between two large acts on SQLite, and what is done meanwhile.

SQLite does not queue those who wait: each looks again after at most so long. And what
was written goes from the log to its place in the file only when somebody sees to it.
Left to the commits of large acts that is a quarter of their time, in which they do
nothing else.
"""

import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from time import monotonic, sleep

from django.db import connection

TURN = 0.11  # seconds
MANY = 100  # events in an act for which others will have waited
ACTS = 3  # at most, that begin while the log is being emptied


class Turns:
    """To be told of each act; before the next it waits until others had their turn.

    On PostgreSQL whoever asked for the lock of the record first gets it first, and
    there is nothing to wait for.
    """

    def __init__(self):
        self.since = 0.0  # when the last large act was over, by `monotonic`
        self.begun = 0  # acts since the log began anew
        self.mover: ThreadPoolExecutor | None = None
        self.moving: Future | None = None
        if connection.vendor == "sqlite" and not connection.is_in_memory_db():
            self.mover = ThreadPoolExecutor(max_workers=1)

    def over(self, events: int) -> None:
        """An act of so many events is over: it is others' turn."""
        if connection.vendor != "sqlite" or events < MANY:
            return
        self.since = monotonic()
        if self.mover:
            self.moving = self.mover.submit(_move, connection.settings_dict["NAME"])

    def wait(self) -> None:
        """Until others had their turn.

        The log begins anew where all in it is in its place as an act begins. Every few
        acts that is waited for, too: to read in a long log takes ever longer.
        """
        if self.since:
            sleep(max(0, self.since + TURN - monotonic()))
            self.since = 0.0
        self.begun += 1
        if self.moving and self.begun >= ACTS:
            self.moving.result()
        if not self.moving or self.moving.done():
            self.moving, self.begun = None, 0

    def end(self) -> None:
        """What is being moved is moved; nothing more will be."""
        if self.mover:
            self.mover.shutdown()


def _move(path: str) -> None:
    """Move what is in the log to its place; nobody waits for that."""
    with (
        suppress(sqlite3.OperationalError),  # somebody else is at it
        closing(sqlite3.connect(path, isolation_level=None)) as own,
    ):
        own.execute("PRAGMA wal_checkpoint(PASSIVE)")

"""Others' turn between two large acts on SQLite, and what is done meanwhile.

SQLite does not queue those who wait for it: each looks again after at most `TURN`. And
what was written to its log goes to its place in the file when a commit finds the log
long. In bulk that was a quarter of the time of each act; here it is done beside them.
"""

import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from time import monotonic, sleep

from django.db import connection

TURN = 0.11  # seconds
MANY = 100  # events in an act for which others will have waited
ACTS = 3  # at most, that begin while the log is being emptied
LONGEST = 100_000  # pages of the log, 400 MB, until a commit empties it after all


class Turns:
    """To be told of each act; before the next it waits until others had their turn.

    On PostgreSQL whoever asked for the lock of the record first gets it first, and
    there is nothing to wait for.
    """

    def __init__(self):
        self.since = 0.0  # when the last large act was over, by `monotonic`
        self.written = 0  # events since what was written was last moved
        self.begun = 0  # acts since the log began anew
        self.mover: ThreadPoolExecutor | None = None
        self.moving: Future | None = None
        if connection.vendor == "sqlite" and not connection.is_in_memory_db():
            self.mover = ThreadPoolExecutor(max_workers=1)
            self.before = _longest_log(LONGEST)

    def over(self, events: int) -> None:
        """An act of so many events is over: it is others' turn."""
        if connection.vendor != "sqlite":
            return
        self.written += events
        if events >= MANY:
            self.since = monotonic()
        if self.mover and self.written >= MANY:
            self.moving = self.mover.submit(_move, connection.settings_dict["NAME"])
            self.written = 0

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
        """What is being moved is moved; commits see to the log again."""
        if self.mover:
            self.mover.shutdown()
            _longest_log(self.before)


def _longest_log(pages: int) -> int:
    """Say from how many pages on a commit empties the log; gives what was said."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA wal_autocheckpoint = {pages}")
    return before


def _move(path: str) -> None:
    """Move what is in the log to its place, as far as nobody has to wait for that."""
    with (
        suppress(sqlite3.Error),  # the act itself will say what is wrong
        closing(sqlite3.connect(path, uri=True, isolation_level=None)) as own,
    ):
        own.execute("PRAGMA wal_checkpoint(PASSIVE)")

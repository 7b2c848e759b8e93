"""A command that writes much waits longer for its turn than a page may.

And on SQLite it has more at hand than a page needs: otherwise the tables that an act
writes all over go to the disk and back within it, and again after it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SETTINGS = {
    "busy_timeout": 120_000,  # milliseconds to wait for other writers
    "cache_size": -64 * 1024,  # kilobytes
    "wal_autocheckpoint": 20_000,  # pages, 80 MB
}


@contextmanager
def patience() -> Iterator[None]:
    """On SQLite set all this, until it ends; elsewhere there is no such limit."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    with connection.cursor() as cursor:
        before = {name: _setting(cursor, name) for name in SETTINGS}
        _set(cursor, SETTINGS)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            _set(cursor, before)


def _setting(cursor, name: str) -> int:
    cursor.execute(f"PRAGMA {name}")
    return cursor.fetchone()[0]


def _set(cursor, settings: dict[str, int]) -> None:
    for name, value in settings.items():
        cursor.execute(f"PRAGMA {name} = {value}")

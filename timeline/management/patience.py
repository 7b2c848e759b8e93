"""A command that writes much waits longer for its turn than a page may."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

SECONDS = 120


@contextmanager
def patience() -> Iterator[None]:
    """On SQLite wait this long for other writers; elsewhere there is no such limit."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {SECONDS * 1000}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {before}")

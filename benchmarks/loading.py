"""Loading, by `import_story` and by Django's own `loaddata`, on both databases:
`python -m benchmarks.loading [OBJECTS...] [--without-stock] [--publish EVENTS]`.

Each load is a process of its own on an empty database (ours once more, unchanged). Its
CPU time is that of the command, without what starting Python takes, which is the same
for both; on PostgreSQL the server's is added. Up to 10,000 objects each way is taken in
turns, and compared with the one beside it. Memory is the most that a process ever held.
`--publish` publishes so many events in bulk, up to 10,000 three times.
"""

import argparse
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import psycopg

from benchmarks.spending import Spent, measured, server_seconds
from benchmarks.story_file import EVENT, write
from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
TIMED = """
import sys, time
import benchmarks.ready
from django.core.management import call_command
from django.core.management.commands.loaddata import Command
from django.db import connection
from timeline.management.commands.import_story import Command as Ours
way, file = sys.argv[1:]
connection.ensure_connection()
begun = time.process_time()
if way == "stock":
    call_command(Command(), file, verbosity=0)
else:
    call_command(Ours(), file, no_publish=True, verbosity=0)
print(time.process_time() - begun, file=sys.stderr)
"""
# As a site runs it: with DEBUG each statement that is carried out is made up once more,
# for a log that nobody reads here.
SITE = {"DEBUG": "0", "SECRET_KEY": "0" * 50, "SITE_URL": "http://localhost:8000"}
OURS, STOCK = "ours", "stock"
RECORD_LOCK = 0x6461_7465_0002
AT_ONCE = 500
ROUNDS = 3
IN_TURNS = 10_000  # objects; more are loaded by `loaddata` once
LEAST = 0.05  # seconds that can be told from nothing


class Database:
    """Where to load into, made anew for each load."""

    def __init__(self, name: str, folder: str):
        self.name, self.folder, self.number = name, folder, 0
        self.url = ""
        self.prepared = False

    def anew(self) -> None:
        self.number += 1
        if self.name == "SQLite":
            self.url = f"sqlite:///{self.folder}/{self.number}.sqlite3"
            run(self.url, "manage.py", "migrate", "-v0")
            return
        base = postgres.start(durable=True).rpartition("/")[0]
        host = unquote(base.rpartition("@")[2])
        if not self.prepared:
            administer(host, "CREATE DATABASE empty")
            run(f"{base}/empty", "manage.py", "migrate", "-v0")
            self.prepared = True
        administer(host, f"CREATE DATABASE load_{self.number} TEMPLATE empty")
        self.url = f"{base}/load_{self.number}"

    def settle(self) -> None:
        """Have what was loaded written and counted, as it is some minutes later.

        Else the server does that while something else is measured.
        """
        if self.name == "PostgreSQL":
            self.carry_out("VACUUM ANALYZE")
        self.write_out()

    def write_out(self) -> None:
        """Have all that is in the log written to where it belongs."""
        is_sqlite = self.name == "SQLite"
        self.carry_out("PRAGMA wal_checkpoint(FULL)" if is_sqlite else "CHECKPOINT")

    def carry_out(self, statement: str) -> None:
        """Carry out one statement, by a connection of its own."""
        with closing(connected(self.url)) as connection:
            connection.execute(statement)


def connected(url: str):
    """A connection of the database's own, which commits each statement."""
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        return sqlite3.connect(path, timeout=120, isolation_level=None)
    base, _, name = url.rpartition("/")
    host = unquote(base.rpartition("@")[2])
    told = f"host={host} user={postgres.ROLE} dbname={name}"
    return psycopg.connect(told, autocommit=True)


def administer(host: str, statement: str) -> None:
    conninfo = f"host={host} user={postgres.ROLE} dbname=postgres"
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(statement)


def environment(url: str) -> dict:
    return os.environ | SITE | {"DATABASE_URL": url}


def run(url: str, *command: str) -> str:
    """Carry out a command; the last line of what it says beside its answer."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 0, (command, done.stderr)
    return done.stderr.rpartition("\n")[0].rpartition("\n")[2]


def idle(url: str, folder: str) -> float:
    """What it takes to start and load nothing: it is in the figures of publishing."""
    empty = Path(folder) / "empty.json"
    empty.write_text("[]")
    found: dict[str, Spent] = {}
    for number in range(ROUNDS):
        with measured(found, str(number)):
            run(url, "manage.py", "import_story", str(empty), "--no-publish")
    return min(spent.cpu for spent in found.values())


def loaded(url: str, file: str, way: str) -> float:
    """CPU seconds of loading a file, the server's with it."""
    server = server_seconds()
    told = run(url, "-c", TIMED, way, file)
    return float(told) + server_seconds() - server


def compare(database: Database, file: str, count: int, *, stock: bool) -> None:
    """One file, loaded in each way in turns: what follows one another is compared."""
    rounds: dict[str, list[float]] = {}
    for number in range(ROUNDS):
        database.anew()
        for label in ("import_story", "import_story again"):
            rounds.setdefault(label, []).append(loaded(database.url, file, OURS))
        if stock and (number == 0 or count <= IN_TURNS):
            database.anew()
            spent = loaded(database.url, file, STOCK)
            rounds.setdefault("stock loaddata", []).append(spent)
    print(f"{database.name}, {count:,} objects; CPU seconds, each time")
    for label, spent in rounds.items():
        told = ", ".join(f"{one:.3f}" for one in spent)
        print(f"  {label}: {told}")
    if stock:
        first, again, whole = rounds.values()
        times = [
            f"{long / short:.0f}" for long, short in zip(whole, first, strict=False)
        ]
        worst = max(*again, LEAST)
        over = "over " if worst == LEAST else ""
        told = f"{over}{min(whole) / worst:.0f}"
        print(f"  {', '.join(times)} times; unchanged {told} times")


class Editor(threading.Thread):
    """Somebody who saves an event, and publishes, every now and then."""

    def __init__(self, url: str):
        super().__init__()
        self.url, self.over, self.waits = url, threading.Event(), []

    def run(self) -> None:
        with closing(connected(self.url)) as connection:
            while not self.over.wait(1):
                started = time.perf_counter()
                self.save(connection)
                self.waits.append(time.perf_counter() - started)

    def save(self, connection) -> None:
        """As a save does, the row; as an act of publishing does, alone."""
        lock = f"SELECT pg_advisory_xact_lock({RECORD_LOCK})"
        is_sqlite = self.url.startswith("sqlite")
        connection.execute("BEGIN IMMEDIATE" if is_sqlite else "BEGIN")
        connection.execute(
            "UPDATE timeline_event SET notes = 'Seen.'"
            " WHERE id = (SELECT MAX(id) FROM timeline_event)"
        )
        if not is_sqlite:
            connection.execute(lock)
        connection.execute("COMMIT")


def publish(database: Database, file: str, events: int) -> None:
    """So many events, published in acts of at most 500, beside an editor: each time."""
    for _number in range(ROUNDS if events <= IN_TURNS else 1):
        publish_once(database, file, events)


def publish_once(database: Database, file: str, events: int) -> None:
    """Import them, wait until the database has come to rest, and publish them.

    What it writes of that afterwards is in the CPU time, but not in the clock.
    """
    found: dict[str, Spent] = {}
    database.anew()
    run(database.url, "manage.py", "import_story", file, "--no-publish")
    database.settle()
    start = idle(database.url, database.folder)
    editor = Editor(database.url)
    editor.start()
    with measured(found, "all"):
        started = time.perf_counter()
        run(database.url, "manage.py", "publish", "--ready")
        clock = time.perf_counter() - started
        editor.over.set()
        editor.join()
        database.write_out()
    spent = found["all"]
    print(
        f"{database.name}: {events:,} events published in {clock:.0f} s,"
        f" {1000 * (spent.cpu - start) / events:.2f} ms of CPU each"
        f" (the server's {1000 * spent.served / events:.2f}),"
        f" {1000 * clock / events:.2f} by the clock"
    )
    act = clock / (events / AT_ONCE)
    print(
        f"  an act took {act:.2f} s; of {len(editor.waits)} saves beside them the"
        f" slowest took {max(editor.waits):.2f}, the middle one"
        f" {sorted(editor.waits)[len(editor.waits) // 2]:.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[10_000])
    parser.add_argument("--without-stock", action="store_true")
    parser.add_argument("--publish", type=int, metavar="EVENTS", default=0)
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("SQLite", "PostgreSQL"):
            if given.only in (None, name):
                measure(Database(name, folder), folder, given)
    postgres.stop()
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"The most that any process held: {most:.0f} MB")


def measure(database: Database, folder: str, given) -> None:
    for count in given.counts:
        file = story(folder, count)
        compare(database, file, count, stock=not given.without_stock)
    if given.publish:
        file = story(folder, given.publish * EVENT, publish=True)
        publish(database, file, given.publish)


def story(folder: str, count: int, **more) -> str:
    path = Path(folder) / f"story-{count}.json"
    with path.open("w", encoding="utf-8") as out:
        write(out, count, **more)
    return str(path)


if __name__ == "__main__":
    main()

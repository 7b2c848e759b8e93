"""Six writers at once on PostgreSQL: `python -m benchmarks.writers [1000]`.

Each publishes so many events of its own. First with random pauses, beside a reader
that keeps a replica (`docs/replica.py`) from a live server: no row is missed, none
comes twice, and the replica is equal to a walk.

Then without the reader, with the same pauses and with none. What order costs: the
documents are appended to the record, in order, numbered and chained, under its lock;
against a plain insert of the same rows. What all of a publication costs, which reads
the desk, builds the document and derives what is read: against an insert of all the
rows that it writes, by SQL and as Django does.

The cluster is the benchmark's own, and each commit reaches the disk. Rows that many
events share (counts, what is told of a thing) are left out of the plain inserts:
without a lock, writers would wait for one another there.
"""

import os
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote
from urllib.request import urlopen

import psycopg

from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs"))

import replica as consumer  # noqa: E402

WRITERS = 6
PAUSE = 0.1  # seconds, at most
SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Cluster:
    """A PostgreSQL of its own, with a desk in it that databases are copied from."""

    def __init__(self, events):
        self.base = postgres.start(durable=True).rpartition("/")[0]
        self.folder = unquote(self.base.rpartition("@")[2])
        self.administer("CREATE DATABASE desk")
        self.run("desk", "manage.py", "migrate", "-v0")
        self.run("desk", "-m", "benchmarks.writer", "fill", str(events))

    def administer(self, statement):
        with self.connected("postgres") as connection:
            connection.execute(statement)

    def connected(self, name):
        return psycopg.connect(self.conninfo(name), autocommit=True)

    def conninfo(self, name):
        return f"host={self.folder} user={postgres.ROLE} dbname={name}"

    def copied(self, name):
        """A fresh copy of the desk, of which nothing is published."""
        self.administer(f"CREATE DATABASE {name} TEMPLATE desk")
        return name

    def environment(self, name, **more):
        return os.environ | {"DATABASE_URL": f"{self.base}/{name}", "DEBUG": "1"} | more

    def run(self, name, *command):
        subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment(name),
            check=True,
        )

    def writers(self, name, what, *arguments):
        """All of them, who wait to be told; `arguments` are `what`'s own."""
        return [
            subprocess.Popen(
                [
                    *(sys.executable, "-m", "benchmarks.writer", what),
                    *map(str, (writer, WRITERS, *arguments)),
                ],
                cwd=ROOT,
                env=self.environment(name),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            for writer in range(WRITERS)
        ]

    @contextmanager
    def server(self, name):
        """A live server of a database; gives the address of its feed."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        serve = [sys.executable, "manage.py", "runserver", "--noreload", str(port)]
        environment = self.environment(name, SITE_URL=url)
        running = subprocess.Popen(serve, cwd=ROOT, env=environment, **SILENT)
        try:
            yield awake(f"{url}/api/v1/", running)
        finally:
            running.terminate()
            running.wait()


def awake(url, running):
    while running.poll() is None:
        try:
            urlopen(f"{url}record/").close()
        except OSError:
            time.sleep(0.1)
        else:
            return url
    raise SystemExit("The server did not start.")


def together(writers):
    """Tell all to begin, once all are ready."""
    for writer in writers:
        assert writer.stdout.readline() == b"ready\n"
    for writer in writers:
        writer.stdin.write(b"go\n")
        writer.stdin.flush()


def finished(writers):
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0


def seconds(writers):
    """How long they take, all of them."""
    together(writers)
    start = time.perf_counter()
    finished(writers)
    return time.perf_counter() - start


def read_along(cluster, path):
    """Keep a replica while they write with pauses; the rows that came, and if equal.

    The script refuses a row that does not follow on the one before it.
    """
    name = cluster.copied("read")
    held = sqlite3.connect(path)
    held.execute(f"CREATE TABLE {consumer.EVENT}")
    with cluster.server(name) as url:
        writers = cluster.writers(name, "publish", PAUSE)
        together(writers)
        came, busy = [], True
        while busy:
            busy = any(writer.poll() is None for writer in writers)
            came.append(consumer.update(held, url))
            time.sleep(random.random() * PAUSE)
        finished(writers)
        held.close()
        print(f"  {sum(came):,} rows came in {len(came):,} polls")
        return sum(came), not consumer.main(url, path)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    total = WRITERS * count
    cluster = Cluster(total)
    print(f"{WRITERS} writers, {total:,} publications, pauses to {PAUSE * 1000:.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        rows, equal = read_along(cluster, str(Path(folder) / "replica.sqlite3"))
    print(f"  missed or repeated: {total - rows}; equal: {equal}")
    spent = {}
    for pause, said in ((PAUSE, "with the same pauses"), (0, "without pauses")):
        print(f"{said}:")
        held = cluster.copied(f"held_{len(spent)}")
        spent["publish", pause] = seconds(cluster.writers(held, "publish", pause))
        for what in ("append", "row", "insert", "create"):
            name = cluster.copied(f"by_{what}_{len(spent)}")
            writers = cluster.writers(name, what, pause, cluster.conninfo(held))
            spent[what, pause] = seconds(writers)
        compare(total, {what: spent[what, pause] for what, of in spent if of == pause})
    postgres.stop()


def compare(total, spent):
    """How many a second, beside plain inserts of the same rows."""
    pairs = (("append", "row"), ("publish", "insert"), ("publish", "create"))
    for what, plain in pairs:
        rates = total / spent[what], total / spent[plain]
        print(
            f"  {what} {rates[0]:,.0f} a second, {plain} {rates[1]:,.0f}:"
            f" {rates[0] / rates[1]:.0%}"
        )


if __name__ == "__main__":
    main()

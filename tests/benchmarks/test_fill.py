"""What the benchmarks are measured on is what publishing would have made."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import tuple_row

from benchmarks import bare
from timeline.publishing.read.keys import UNDATED_FROM

ROOT = Path(__file__).resolve().parents[2]
COUNTS = """
    SELECT (SELECT COUNT(*) FROM timeline_currententry),
           (SELECT COUNT(*) FROM timeline_pastentry),
           (SELECT MAX(sequence) FROM timeline_revision)
"""


@pytest.fixture
def database(tmp_path):
    """The address of an empty database that nobody else uses, and how to ask it."""
    if os.environ.get("TEST_DATABASE") != "postgresql":
        path = tmp_path / "filled.sqlite3"
        yield f"sqlite:///{path}", lambda: sqlite3.connect(path)
        return
    cluster, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    with psycopg.connect(f"{cluster}/postgres", autocommit=True) as keeper:
        keeper.execute("CREATE DATABASE filled")
        address = f"{cluster}/filled"
        yield address, lambda: psycopg.connect(address, row_factory=tuple_row)
        keeper.execute("DROP DATABASE filled WITH (FORCE)")


def run(database, *arguments):
    """What a command of the project prints, in a process of its own."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_filled_record_is_whole_and_so_is_all_that_is_derived_from_it(database):
    address, connect = database

    run(address, "-m", "benchmarks.fill", "240", "480")
    said = run(address, "manage.py", "verify_record", "--derived")

    assert said.startswith("The record is whole: 720 row(s)")
    with connect() as held:
        assert tuple(held.execute(COUNTS).fetchone()) == (240, 480, 720)


def test_the_bare_page_begins_where_the_feed_does():
    assert bare.UNDATED_FROM == UNDATED_FROM

"""Between large acts on SQLite others have their turn, and the log is emptied."""

import sqlite3
import threading
import time
from contextlib import closing

import pytest
from django.db import DEFAULT_DB_ALIAS, connections

from timeline.transfer import turns
from timeline.transfer.turns import ACTS, LONGEST, MANY, TURN, Turns, _move


@pytest.fixture
def file(tmp_path):
    """A file in whose log there is something that nobody has moved."""
    path = tmp_path / "log.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as own:
        own.execute("PRAGMA journal_mode=WAL")
        own.execute("PRAGMA wal_autocheckpoint=0")
        own.execute("CREATE TABLE seen (value)")
        own.executemany("INSERT INTO seen VALUES (?)", [("x" * 1000,)] * 100)
        yield path


@pytest.fixture
def used(file, monkeypatch):
    """Django's connection, as if that file were its database."""
    found = connections[DEFAULT_DB_ALIAS]
    monkeypatch.setattr(found, "is_in_memory_db", lambda: False)
    monkeypatch.setitem(found.settings_dict, "NAME", str(file))
    return found


def in_place(path):
    """The bytes of the file itself, without its log."""
    return path.stat().st_size


def test_what_is_in_the_log_goes_to_its_place(file):
    assert in_place(file) < 100_000

    _move(str(file))

    assert in_place(file) > 100_000


def test_a_writer_at_work_does_not_hold_it_up(file):
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO seen VALUES ('y')")
        _move(str(file))
        other.execute("COMMIT")

    assert in_place(file) > 100_000


def test_a_file_that_cannot_be_opened_holds_nothing_up(tmp_path):
    _move(str(tmp_path / "missing" / "log.sqlite3"))


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.usefixtures("used")
def test_after_a_large_act_others_have_their_turn(file):
    waiting = Turns()
    begun = time.monotonic()

    waiting.over(MANY)
    waiting.wait()

    assert time.monotonic() - begun >= TURN
    waiting.end()
    assert in_place(file) > 100_000


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.usefixtures("used")
def test_the_log_begins_anew_after_some_acts_at_the_latest(monkeypatch):
    slow = threading.Event()
    monkeypatch.setattr(turns, "_move", lambda _path: slow.wait(20))
    monkeypatch.setattr(turns, "TURN", 0)
    waiting, waited = Turns(), []

    for number in range(ACTS):
        waiting.over(MANY)
        if number == ACTS - 1:
            threading.Timer(0.2, slow.set).start()
        waiting.wait()
        waited.append(slow.is_set())

    assert waited == [False] * (ACTS - 1) + [True]
    assert waiting.moving is None
    waiting.end()


@pytest.fixture
def slept(monkeypatch):
    """How long was waited, each time; nobody does."""
    found = []
    monkeypatch.setattr(turns, "sleep", found.append)
    return found


def after(events):
    """Who waited after an act of so many events."""
    waiting = Turns()
    waiting.over(events)
    waiting.wait()
    waiting.end()
    return waiting


@pytest.mark.django_db
@pytest.mark.parametrize("events", [0, MANY - 1])
def test_after_a_small_one_nobody_waits(events, slept):
    after(events)

    assert slept == []


@pytest.mark.sqlite
@pytest.mark.django_db
def test_after_one_that_is_just_large_enough_somebody_does(slept):
    after(MANY)

    assert len(slept) == 1
    assert 0 < slept[0] <= TURN


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_has_a_queue_of_its_own(slept):
    assert after(MANY).mover is None
    assert slept == []


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.usefixtures("used")
def test_many_small_acts_empty_it_too_and_commits_see_to_it_again(file):
    before = longest()
    waiting = Turns()
    assert longest() == LONGEST != before

    for _number in range(MANY - 1):
        waiting.over(1)
    assert waiting.moving is None
    waiting.over(1)
    waiting.end()

    assert in_place(file) > 100_000
    assert longest() == before


def longest():
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        return cursor.execute("PRAGMA wal_autocheckpoint").fetchone()[0]

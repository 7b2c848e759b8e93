"""What is written to a connection beside what goes on here."""

import sqlite3
import threading

import pytest
from django.db import IntegrityError, OperationalError, transaction

from timeline.models.record import StoryThing
from timeline.publishing.write.beside import Beside
from timeline.publishing.write.filling import (
    add_up,
    delete,
    delete_each,
    insert,
    update,
)
from timeline.publishing.write.rows import Plain, rows_of_each
from timeline.publishing.write.sending import carry_out, kept_back, write

COLUMNS = ("story", "thing", "entries")
MANY = [("one", f"{number:03}", number) for number in range(300)]
ADD = "INSERT INTO timeline_storything (story, thing, entries) VALUES (%s, %s, %s)"


def held():
    rows = StoryThing.objects.order_by("story", "thing")
    return list(rows.values_list("story", "thing", "entries"))


class Stopped(Exception):
    """Somebody breaks it off."""


def test_one_thing_comes_after_another_and_all_is_done_then():
    beside, done, begun = Beside(), [], threading.Event()

    def slow():
        begun.wait(10)
        done.append("slow")

    beside.do(slow)
    beside.do(lambda: done.append("quick"))
    assert done == []
    begun.set()
    beside.done()
    assert done == ["slow", "quick"]
    beside.end()


def test_after_what_fails_nothing_is_begun():
    beside, done = Beside(), []
    beside.do(lambda: done.append(1))
    beside.do(lambda: 1 / 0)
    beside.do(lambda: done.append(2))
    with pytest.raises(ZeroDivisionError):
        beside.done()
    beside.do(lambda: done.append(3))
    beside.end()
    assert done == [1]


def test_who_ends_it_waits_for_what_has_begun_and_for_nothing_else():
    beside, done = Beside(), []
    begun, ending = threading.Event(), threading.Event()

    def slow():
        begun.set()
        ending.wait(10)
        done.append("slow")

    beside.do(slow)
    beside.do(lambda: done.append("later"))
    begun.wait(10)
    threading.Timer(0.05, ending.set).start()
    beside.end()
    assert done == ["slow"]


@pytest.mark.django_db
def test_many_rows_and_what_follows_are_written_in_their_order():
    with transaction.atomic(), kept_back():
        write(ADD, ["one", "before", 1])
        insert(StoryThing, COLUMNS, MANY)
        add_up(StoryThing, COLUMNS, [("one", "007", 1), ("one", "new", 5)])
        delete(StoryThing, "thing", ["003"])
        insert(StoryThing, COLUMNS, [("two", "a", 1), ("two", "b", 2)])
        update(StoryThing, ("thing", "entries"), [("a", 10), ("b", 20)])
        delete_each(StoryThing, ("story", "thing"), [("one", "004")])
        insert(
            StoryThing,
            COLUMNS,
            [("one", f"{number:03}", -number) for number in range(100, 250)],
            unless=("story", "thing"),
        )
        ((found,), (count,)) = rows_of_each(
            Plain("SELECT entries FROM timeline_storything WHERE thing = %s", ["007"]),
            Plain("SELECT COUNT(*) FROM timeline_storything"),
        )
        write(ADD, ["one", "after", 2])
    assert (found, count) == ((8,), (302,))
    rows = {(story, thing): entries for story, thing, entries in held()}
    wanted = {(story, thing): entries for story, thing, entries in MANY}
    wanted |= {("one", f"{number:03}"): -number for number in range(100, 250)}
    wanted |= {("one", "007"): 8, ("one", "new"): 5, ("two", "a"): 10}
    wanted |= {("two", "b"): 20, ("one", "before"): 1, ("one", "after"): 2}
    assert rows == {
        key: entries
        for key, entries in wanted.items()
        if key not in (("one", "003"), ("one", "004"))
    }


@pytest.mark.django_db
def test_what_django_asks_waits_for_what_is_written_beside():
    with transaction.atomic(), kept_back():
        insert(StoryThing, COLUMNS, MANY)
        assert StoryThing.objects.count() == 300
        with transaction.atomic():  # a savepoint is a statement, too
            insert(StoryThing, COLUMNS, [("two", *row[1:]) for row in MANY])
        StoryThing.objects.filter(story="one").delete()
    assert len(held()) == 300


@pytest.mark.django_db
def test_many_rows_that_are_refused_are_refused_here_and_nothing_after_them_written():
    after = []
    with pytest.raises(IntegrityError), transaction.atomic(), kept_back():
        insert(StoryThing, COLUMNS, [*MANY, MANY[0]])
        carry_out(lambda raw: after.append(raw), rows=1000)
        insert(StoryThing, COLUMNS, [("two", "a", 1), ("two", "b", 2)])
    assert held() == []
    assert after == []


@pytest.mark.django_db
def test_what_breaks_off_here_waits_for_the_row_that_is_being_written():
    ending, begun = threading.Event(), threading.Event()

    def slow(raw):
        begun.set()
        ending.wait(10)
        raw.execute("INSERT INTO timeline_storything VALUES ('slow', 'a', 1)")

    with pytest.raises(Stopped), transaction.atomic(), kept_back():
        carry_out(slow, rows=1000)
        insert(StoryThing, COLUMNS, MANY)
        begun.wait(10)
        threading.Timer(0.05, ending.set).start()
        raise Stopped
    assert held() == []
    insert(StoryThing, COLUMNS, MANY)  # the connection is of use again
    assert len(held()) == 300


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_where_sqlite_itself_ends_the_transaction_nothing_is_written_without_one():
    def full(raw):
        raw.execute("ROLLBACK")  # as it may where a disk is full
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(OperationalError), transaction.atomic(), kept_back():
        insert(StoryThing, COLUMNS, MANY)
        carry_out(full, rows=1000)
        insert(StoryThing, COLUMNS, [("two", "a", 1), ("two", "b", 2)])
        write(ADD, ["two", "c", 1])
    assert held() == []

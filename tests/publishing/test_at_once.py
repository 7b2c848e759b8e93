"""People at work at once: nothing is lost, and the record is as if one came after one.

Each test has threads of its own and real transactions.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection, connections

from timeline.editing import Refused, Stale, saving
from timeline.models import Event, Source, StatementLink
from timeline.models.record import Revision
from timeline.publishing.read.documents import current_document
from timeline.publishing.write import publish, publish_many, rebuild, verify_record

from .desk import (
    a_citation,
    a_source,
    a_statement,
    an_event,
    bring_back,
    derived,
    destroy_text,
    edit,
    first,
    give_way,
    keep_back,
    kinds_of,
    link,
    live,
    put,
    record_of,
    relate,
    size,
    standing,
    take_away,
    taken,
)
from .test_random_acts import (
    as_published,
    declared_by,
    live_documents,
    settled_from_scratch,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks):
    """What each task returns, or the refusal it raised; all begin together."""
    start = threading.Barrier(len(tasks))

    def run(task):
        try:
            start.wait(timeout=30)
            return task()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def check_the_record():
    sequences = list(
        Revision.objects.order_by("sequence").values_list("sequence", flat=True)
    )
    assert sequences == list(range(1, len(sequences) + 1))
    assert list(verify_record()) == []
    before = derived()
    rebuild()
    assert derived() == before


@pytest.mark.parametrize("turn", range(3))
def test_one_event_published_twice_at_once_is_published_once(turn):
    event = an_event()
    opened = [Event.objects.get(), Event.objects.get()]

    results = at_once(*(lambda e=e: publish(e, by=None, version=1) for e in opened))

    assert sorted(map(type, results), key=str) == sorted(
        [Revision, type(None)], key=str
    )
    assert kinds_of(event) == ["publication"]
    check_the_record()


def test_one_event_saved_and_published_at_once_is_published_as_one_version_saw_it():
    for _ in range(5):
        event = an_event("Before")
        opened = Event.objects.get(pk=event.pk)

        at_once(
            lambda event=event: publish(event, by=None, version=1),
            lambda opened=opened: edit(opened, title="After"),
        )

        event = Event.objects.get(pk=event.pk)
        assert (event.title, event.version) == ("After", 2)
        if record_of(event):
            assert live(event).title == "Before"
            assert (event.live_state, event.published_version) == ("live", 1)
        else:
            assert (event.live_state, event.published_version) == ("never", None)


def test_an_event_published_and_withdrawn_at_once_ends_as_the_record_says():
    event = an_event("Before")
    put(event)
    edit(event, title="After")

    at_once(lambda: put(Event.objects.get()), lambda: take_away(Event.objects.get()))

    event.refresh_from_db()
    assert event.live_state == ("live" if live(event) else "withdrawn")
    check_the_record()


@pytest.mark.parametrize("turn", range(3))
def test_events_that_correct_one_another_published_at_once_all_show_it(turn):
    events = [an_event(f"Event {place}", statements=2) for place in range(4)]
    for place, event in enumerate(events):
        own, said = first(event), events[(place + 1) % 4].statements.last()
        link(own, "corrects", said)
        relate(event, events[(place + 2) % 4])

    at_once(*(lambda event=event: put(event) for event in events))

    documents = live_documents()
    declared = {event.public_id: declared_by(event) for event in events}
    assert len(documents) == 4
    assert as_published(documents) == settled_from_scratch(documents, declared)
    assert [standing(event.statements.last()) for event in events] == ["corrected"] * 4
    assert [len(live(event).related) for event in events] == [1] * 4
    check_the_record()


def test_many_acts_at_once_leave_one_chain():
    events = [an_event(f"Event {place}") for place in range(4)]
    for one, other in zip(events, events[1:], strict=False):
        link(first(one), "denies", first(other))

    def work(event):
        for turn in range(4):
            put(event)
            edit(event, title=f"Title {turn}")
            put(event)
            take_away(event)
        put(event)

    at_once(*(lambda event=event: work(event) for event in events))

    documents = live_documents()
    declared = {event.public_id: declared_by(event) for event in events}
    assert as_published(documents) == settled_from_scratch(documents, declared)
    times = list(
        Revision.objects.order_by("sequence").values_list("published_at", flat=True)
    )
    assert times == sorted(times)
    check_the_record()


def test_groups_with_events_in_common_published_at_once_do_not_block_each_other():
    events = [an_event(f"Event {place}") for place in range(6)]

    def many(some):
        return list(publish_many(some, by=None, note="Many."))

    at_once(
        lambda: many(events[:4]),
        lambda: many(events[5:1:-1]),
        lambda: many(events[::-2]),
    )

    assert size() == 6
    check_the_record()


def test_ten_saves_each_by_four_writers_are_all_kept():
    event = an_event(statements=0)

    def write(writer):
        for turn in range(10):
            saved = False
            while not saved:
                opened = Event.objects.get()
                try:
                    with saving(opened, version=opened.version):
                        opened.summary += f"{writer}{turn} "
                        opened.save()
                    saved = True
                except Stale:
                    continue

    at_once(*(lambda writer=writer: write(writer) for writer in "abcd"))

    event.refresh_from_db()
    expected = [f"{writer}{turn}" for writer in "abcd" for turn in range(10)]
    assert sorted(event.summary.split()) == expected
    assert event.version == 41


def refused(results):
    return [result for result in results if isinstance(result, Refused)]


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_close_a_circle_of_sources_at_once_one_is_refused(turn):
    a, b = a_source("A"), a_source("B")

    def close(one, other):
        source = Source.objects.get(pk=one.pk)
        with saving(source, version=1):
            taken(source, other)

    results = at_once(lambda: close(a, b), lambda: close(b, a))

    assert len(refused(results)) == 1
    assert Source.objects.filter(links__isnull=False).count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_close_a_trail_at_once_one_is_refused(turn):
    a, b = a_source("A"), a_source("B")
    event = an_event(statements=0)
    statement = a_statement(event)

    def cite():
        opened = Event.objects.get()
        with saving(opened, version=1):
            a_citation(statement, a, via=b)

    def copy():
        source = Source.objects.get(pk=b.pk)
        with saving(source, version=1):
            taken(source, a)

    results = at_once(cite, copy)

    assert len(refused(results)) == 1
    assert statement.citations.count() + b.links.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_of_two_who_close_a_circle_of_corrections_at_once_one_is_refused(turn):
    one, other = an_event("One"), an_event("Other")

    def correct(event, target):
        opened = Event.objects.get(pk=event.pk)
        with saving(opened, version=1):
            link(first(opened), "corrects", first(target))

    results = at_once(lambda: correct(one, other), lambda: correct(other, one))

    assert len(refused(results)) == 1
    assert StatementLink.objects.count() == 1


def test_two_events_merged_into_each_other_at_once_are_merged_once():
    for turn in range(12):
        one, other = an_event(f"One {turn}"), an_event(f"Other {turn}")
        put(one)
        put(other)

        results = at_once(
            lambda one=one, other=other: give_way(one, other),
            lambda one=one, other=other: give_way(other, one),
        )

        (told,) = refused(results)
        assert "is not live" in told.sentences[0]
        one.refresh_from_db()
        other.refresh_from_db()
        assert sorted([one.live_state, other.live_state]) == ["live", "merged"]
        assert sorted([bool(live(one)), bool(live(other))]) == [False, True]
    check_the_record()


@pytest.mark.parametrize("turn", range(3))
def test_holds_releases_and_suppressions_at_once_leave_one_chain(turn):
    events = [an_event(f"Event {place}") for place in range(3)]
    for one, other in zip(events, events[1:], strict=False):
        link(first(one), "denies", first(other))
        relate(other, one)
    for event in events:
        put(event)

    def work(event):
        for _ in range(3):
            keep_back(event)
            bring_back(event)
            with suppress(Refused):  # its text went with another's title meanwhile
                destroy_text(event)
            put(event, note="Said anew.")

    results = at_once(
        *(lambda event=event: work(Event.objects.get(pk=event.pk)) for event in events)
    )
    assert results == [None] * 3

    documents = live_documents()
    declared = {event.public_id: declared_by(event) for event in events}
    assert len(documents) == 3
    assert as_published(documents) == settled_from_scratch(documents, declared)
    check_the_record()


def test_an_event_on_hold_while_it_is_published_ends_as_the_record_says():
    for turn in range(5):
        event = an_event(f"Event {turn}")
        put(event)
        edit(event, title="After")

        at_once(
            lambda event=event: put(Event.objects.get(pk=event.pk)),
            lambda event=event: keep_back(Event.objects.get(pk=event.pk)),
        )

        event.refresh_from_db()
        assert event.live_state == "held"
        assert live(event) is None
    check_the_record()


KILLED = """
import os, signal, sys, time
import django
django.setup()
from timeline.models import Event
from timeline.publishing.write import acting, building, publish_many

said = sys.stdout
used_in = building if "{step}" == "build" else acting
real = used_in.{step}
def stop_there(*args, **kwargs):
    result = real(*args, **kwargs) if {after} else None
    print("there", flush=True)
    time.sleep(60)
    return result
used_in.{step} = stop_there
list(publish_many(Event.objects.order_by("pk"), by=None, note="All."))
"""


def signature():
    """Everything that an act of publishing writes."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(tables):
            if table.startswith("timeline_"):
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(cursor.fetchall(), key=repr)
    return found


@pytest.mark.parametrize(
    ("step", "after"),
    [("build", True), ("append", False), ("append", True), ("apply", True)],
)
def test_a_process_killed_in_mid_publish_leaves_what_was_before(step, after):
    events = [an_event(f"Event {place}") for place in range(3)]
    link(first(events[0]), "corrects", first(events[1]))
    put(events[0])
    before = signature()

    killed(step, after)

    assert signature() == before
    list(publish_many(Event.objects.all(), by=None, note="All."))
    assert standing(first(events[1])) == "corrected"
    check_the_record()


def killed(step, after):
    """Run a publication of everything up to a step, in a process, and kill it there."""
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED.format(step=step, after=after)],
        env=os.environ | {"DATABASE_URL": database_url()},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "there\n"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    if connection.vendor == "postgresql":
        wait_until_alone()


def database_url():
    """The address of the database of this test, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{base}/{name}"


def wait_until_alone():
    """Wait until the server has noticed that a process is gone."""
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND datname = current_database() AND state <> 'idle'"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)


def test_a_reader_sees_an_act_whole_or_not_at_all():
    claim, correction = an_event("The claim"), an_event("The correction")
    link(first(correction), "corrects", first(claim))
    put(claim)
    seen, done = [], threading.Event()

    def read():
        while not done.is_set():
            seen.append(bool(current_document(correction.public_id)))

    def write():
        try:
            for _ in range(10):
                put(correction)
                take_away(correction)
        finally:
            done.set()

    at_once(read, write)

    assert seen
    assert standing(first(claim)) == "stands"
    check_the_record()

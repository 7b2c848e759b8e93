"""The example that keeps a replica from `changes/` keeps one, and proves it."""

import random
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.publishing.desk import (
    an_event,
    bring_back,
    destroy_text,
    edit,
    first,
    give_way,
    keep_back,
    link,
    put,
    relate,
    take_away,
)
from tests.publishing.test_at_once import at_once
from tests.publishing.test_random_acts import Desk
from timeline.models import Act
from timeline.models.record import CurrentBody, CurrentEntry, Revision
from timeline.publishing.write import rebuild

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "replica.py"

pytestmark = pytest.mark.django_db(transaction=True)


class Replica:
    """Somebody's replica, kept by the script as a reader would run it."""

    def __init__(self, url, path):
        self.url = url
        self.path = path

    def run(self):
        """The script's exit status, what it says, and what it complains of."""
        done = subprocess.run(
            [sys.executable, SCRIPT, self.url, self.path],
            capture_output=True,
            text=True,
            timeout=120,
            env={"PYTHONUTF8": "1"},
        )
        return done.returncode, done.stdout.splitlines(), done.stderr.strip()

    def proven(self):
        """How many events it holds, and their hash; it must be equal to a walk."""
        status, said, complaint = self.run()
        assert (status, complaint) == (0, "")
        count = re.fullmatch(r"Equal: (\d+) events\.", said[0])
        return int(count[1]), said[1]

    def known(self):
        """The rows that it has seen: event, newest sequence."""
        with sqlite3.connect(self.path) as held:
            return dict(held.execute("SELECT id, sequence FROM event"))


@pytest.fixture
def replica(live_server, settings, tmp_path):
    settings.SITE_URL = live_server.url
    return Replica(f"{live_server.url}/api/v1/", tmp_path / "replica.sqlite3")


def published(title="Something happened"):
    event = an_event(title)
    put(event)
    return event


def test_an_empty_record_has_an_empty_replica(replica):
    assert replica.proven()[0] == 0


def test_what_is_published_comes_to_it_once(replica):
    one = published()
    replica.proven()
    edit(one, title="Another title")
    put(one)
    published("Très grave: “x” & y")

    assert replica.proven()[0] == 2
    assert replica.proven()[0] == 2
    assert sorted(replica.known().values()) == [2, 3]


def test_what_follows_in_another_event_comes_to_it(replica):
    claim, correction = published("The claim"), an_event("The correction")
    replica.proven()
    link(first(correction), "corrects", first(claim))
    relate(claim, correction)
    put(correction)

    assert replica.proven()[0] == 2
    assert len(set(replica.known().values())) == 2


def merge(event):
    give_way(event, published("The other"))


def suppress(event):
    destroy_text(event, 1)


@pytest.mark.parametrize("go", [take_away, keep_back, merge, suppress])
@pytest.mark.parametrize("seen", [True, False])
def test_an_event_that_is_gone_goes_with_its_text(replica, go, seen):
    event = published("The canary said so")
    published("It stays")
    if seen:
        replica.proven()
        assert b"canary" in replica.path.read_bytes()

    go(event)

    assert replica.proven()[0] == 1 + (go is merge)
    assert b"canary" not in replica.path.read_bytes()


@pytest.mark.parametrize("seen", [True, False])
def test_an_event_that_is_released_comes_back(replica, seen):
    event = published()
    keep_back(event)
    if seen:
        assert replica.proven()[0] == 0

    bring_back(event)

    assert replica.proven()[0] == 1


def test_a_release_brings_back_nothing_that_was_withdrawn_before(replica):
    event = published()
    take_away(event)
    keep_back(event)
    bring_back(event)

    assert replica.proven()[0] == 0


def test_an_event_that_comes_back_after_its_withdrawal_is_there_again(replica):
    event = published()
    take_away(event)
    replica.proven()
    put(event)

    assert replica.proven()[0] == 1


@pytest.mark.parametrize("seen", [True, False])
def test_suppressing_an_older_text_leaves_the_newest(replica, seen):
    event = published("The canary said so")
    edit(event, title="It was said")
    edit(first(event), text="It was said.")
    put(event)
    if seen:
        replica.proven()

    destroy_text(event, 1)

    assert replica.proven()[0] == 1
    assert b"canary" not in replica.path.read_bytes()


def start_over():
    """Another record under the same address, shorter than the one before."""
    Act.objects.all().delete()
    Revision.objects.all().delete()
    rebuild()


def test_another_record_is_begun_anew(replica):
    for _ in range(3):
        take_away(published("The canary said so"))
        published("The canary said so")
    assert replica.proven()[0] == 3
    start_over()
    published("It was said")

    assert replica.proven()[0] == 1
    assert b"canary" not in replica.path.read_bytes()


def test_a_record_that_came_back_from_an_older_backup_is_begun_anew(replica):
    published()
    lost = published()
    replica.proven()
    Revision.objects.filter(event_id=lost.public_id).delete()
    rebuild()

    assert replica.proven()[0] == 1
    assert list(replica.known().values()) == [1]


def test_a_row_that_was_changed_is_refused_and_taken_once_it_is_right(replica):
    published()
    replica.proven()
    put_in = published()
    row = Revision.objects.get(event_id=put_in.public_id)
    Revision.objects.filter(pk=2).update(document=row.document.replace("So", "Su"))

    status, said, complaint = replica.run()

    assert (status, said) == (1, [])
    assert complaint == "Row 2 has another text than was published."
    assert list(replica.known().values()) == [1]
    row.save()
    assert replica.proven()[0] == 2


def test_a_timeline_that_says_something_else_is_found(replica):
    published("Something happened")
    body = CurrentBody.objects.get()
    CurrentBody.objects.update(body=body.body.replace("Something", "Nothing"))

    status, said, _ = replica.run()

    assert status == 1
    assert said[0].startswith("Not equal to ")


@pytest.mark.parametrize("seed", range(3))
def test_random_acts_are_followed_and_come_to_the_same_as_read_at_once(replica, seed):
    desk = Desk(random.Random(seed))
    found = []

    for number in range(60):
        desk.act()
        if number % 12 == 11:
            count, _ = proof = replica.proven()
            found.append(proof)
            assert count == CurrentEntry.objects.count()

    afresh = Replica(replica.url, replica.path.with_name("afresh.sqlite3"))
    assert afresh.proven() == found[-1]
    assert len(set(found)) > 2
    assert afresh.known() == replica.known()


@pytest.mark.postgres
def test_beside_six_writers_no_row_is_missed_and_none_comes_twice(replica):
    """The script refuses a row that does not follow on the one before it."""
    chance = random.Random(6)
    events = [an_event(f"Event {number}") for number in range(36)]
    pauses = [chance.random() / 20 for _ in events]
    written, seen = [], []

    def write(writer):
        for event, pause in list(zip(events, pauses, strict=True))[writer::6]:
            put(event)
            time.sleep(pause)
        written.append(writer)

    def read():
        while len(written) < 6:
            status, _, complaint = replica.run()
            assert (status, complaint) == (0, "")
            seen.append(len(replica.known()))

    at_once(read, *(lambda writer=writer: write(writer) for writer in range(6)))

    assert replica.proven()[0] == 36
    assert seen == sorted(seen)
    assert sorted(replica.known().values()) == list(range(1, 37))

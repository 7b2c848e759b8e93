"""Documents built before their act are taken only where they still hold."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction

from timeline.editing import Refused
from timeline.models import Actor, Event
from timeline.models.record import ThingName
from timeline.publishing.read.documents import current_document
from timeline.publishing.write import (
    NotReady,
    building,
    bulk,
    naming,
    publish,
    publish_keys,
    upcoming,
    verify_derived,
    verify_record,
)
from timeline.publishing.write.acts import publish_together
from timeline.publishing.write.building import built_ahead
from timeline.publishing.write.holdings import Holdings

from .desk import a_source, a_statement, an_actor, an_event, edit, relate

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


@pytest.fixture
def speaker():
    return an_actor("Ada Example")


@pytest.fixture
def event(speaker):
    made = an_event("A talk", statements=0)
    a_statement(made, speaker=speaker, source=a_source("Wire"))
    return made


@pytest.fixture
def builds(monkeypatch):
    """The events that documents are built of, act by act."""
    found, build = [], building.build

    def counting(keys):
        found.append(list(keys))
        return build(keys)

    monkeypatch.setattr(building, "build", counting)
    return found


@pytest.fixture
def asked(monkeypatch):
    """The nouns of the names that an act itself asks for."""
    found, wanted = [], naming.wanted

    def noting(given):
        found.extend(noun for noun, _name in given)
        return wanted(given)

    monkeypatch.setattr(naming, "wanted", noting)
    return found


def elsewhere(task):
    """Do it on another connection, and wait until it is done."""

    def alone():
        try:
            task()
        finally:
            connection.close()

    worker = threading.Thread(target=alone)
    worker.start()
    worker.join()


def speakers(event):
    document = current_document(event.public_id)
    return [row["speaker"]["name"] for row in document["statements"]]


def take_name(noun, name):
    ThingName.objects.create(noun=noun, name=name, thing=f"{noun[:3]}_0other")


def names_of(event):
    rows = [event, *event.statements.all()]
    return [(type(row).__name__.lower(), row) for row in rows]


def broken(*_args, **_options):
    raise sqlite3.OperationalError("unable to open database file")


def chosen(event):
    event.refresh_from_db()
    return [(event.pk, event.version)]


def act(event, ahead):
    told = {"kind": None, "note": "", "reason": ""}
    return publish_together(chosen(event), by=None, ahead=ahead, **told)


def test_what_was_built_before_is_taken(event, builds):
    ahead = built_ahead([event.pk])

    act(event, ahead)

    assert builds == [[event.pk]]
    assert speakers(event) == ["Ada Example"]


def test_what_somebody_wrote_since_is_in_it(event, speaker, builds):
    ahead = built_ahead([event.pk])
    elsewhere(lambda: Actor.objects.filter(pk=speaker.pk).update(name="Ada Sample"))

    act(event, ahead)

    assert builds == [[event.pk], [event.pk]]
    assert speakers(event) == ["Ada Sample"]


def test_what_somebody_wrote_about_something_else_changes_nothing(event, builds, asked):
    other = an_actor("Else Example")
    ahead = built_ahead([event.pk])
    elsewhere(lambda: edit(an_event("Another talk")))
    elsewhere(lambda: Actor.objects.filter(pk=other.pk).update(name="Else Sample"))

    act(event, ahead)

    assert builds == [[event.pk]]
    assert speakers(event) == ["Ada Example"]
    assert set(asked) == {"actor", "source"}


def test_what_the_orm_asked_is_not_known_to_be_the_same(event, builds):
    """Of what was merged the record is asked for the names, by the ORM."""
    merged = an_actor("Ida Example")
    Actor.objects.filter(pk=merged.pk).update(
        merged_into=event.statements.get().speaker
    )
    ahead = built_ahead([event.pk])
    elsewhere(lambda: an_actor("Else Example"))

    act(event, ahead)

    assert builds == [[event.pk], [event.pk]]


def test_those_of_other_events_are_not_taken(event, builds):
    other = an_event("Another talk")
    ahead = built_ahead([other.pk])

    act(event, ahead)

    assert builds == [[other.pk], [event.pk]]
    assert speakers(event) == ["Ada Example"]


def test_all_is_read_from_one_state(event, speaker, monkeypatch):
    """Who deletes while it is built is not met halfway."""
    fetch = Holdings.fetch

    def late(self, **wanted):
        elsewhere(lambda: (event.statements.all().delete(), speaker.delete()))
        return fetch(self, **wanted)

    monkeypatch.setattr(Holdings, "fetch", late)
    ahead = built_ahead([event.pk])
    monkeypatch.undo()

    assert ahead.built[0].document["statements"][0]["speaker"]["name"] == "Ada Example"
    with pytest.raises(NotReady):
        act(event, ahead)


def test_nothing_is_built_before_within_a_transaction(event):
    with transaction.atomic():
        assert built_ahead([event.pk]) is None


def test_it_is_built_before_others_have_their_turn(event, speaker, builds):
    """So that what they write in it is seen, and costs a second look."""
    seen = []

    def turn():
        seen.append(list(builds))
        elsewhere(lambda: Actor.objects.filter(pk=speaker.pk).update(name="Ada Sample"))

    (done,) = publish_keys(dict(chosen(event)), by=None, turn=turn)

    assert seen == [[[event.pk]]]
    assert done.refused == {}
    assert speakers(event) == ["Ada Sample"]


def test_a_version_that_was_edited_in_their_turn_is_refused(event):
    def turn():
        elsewhere(lambda: edit(event, title="Another title"))

    (done,) = publish_keys(dict(chosen(event)), by=None, turn=turn)

    assert done.keys == []
    assert list(done.refused) == [event.pk]


def test_names_are_asked_again_where_the_record_went_on(event, asked):
    other = an_event("Another talk")
    version = other.version
    ahead = built_ahead([event.pk])
    elsewhere(lambda: publish(other, by=None, version=version))
    asked.clear()

    act(event, ahead)

    assert set(asked) == {"event", "statement", "actor", "source"}


def test_names_are_looked_for_while_it_is_built(event, asked):
    ahead = built_ahead([event.pk])

    assert ahead.names == []
    act(event, ahead)
    assert set(asked) == {"actor", "source"}
    assert set(ThingName.objects.values_list("noun", flat=True)) > {"event"}

    again = built_ahead([event.pk])
    assert {(row.noun, row.name) for row in again.names} == {
        (noun, name)
        for noun, row in names_of(event)
        for name in (row.public_id, row.slug)
    }


@pytest.mark.parametrize("which", [0, 1], ids=["event", "statement"])
@pytest.mark.parametrize("when", ["before", "meanwhile", "unasked"])
def test_a_name_that_is_taken_is_refused(event, which, when, monkeypatch):
    noun, row = names_of(event)[which]
    if when != "meanwhile":
        take_name(noun, row.slug)
    if when == "unasked":
        monkeypatch.setattr(building.sqlite3, "connect", broken)
    ahead = built_ahead([event.pk])
    monkeypatch.undo()
    assert (ahead.names is None) == (when == "unasked")
    if when == "meanwhile":
        elsewhere(lambda: take_name(noun, row.slug))

    with pytest.raises(Refused, match=f"another: “{row.slug}”"):
        act(event, ahead)


@pytest.fixture
def one_by_one(monkeypatch):
    """Two events that are published in an act each, in this order.

    So small an act is over before the next is built, were that not waited for.
    """
    begin = upcoming.Upcoming.begin

    def until_built(self, keys):
        begin(self, keys)
        self.wait()

    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    monkeypatch.setattr(upcoming.Upcoming, "begin", until_built)
    monkeypatch.setattr(upcoming, "WORTH", 0)
    return [an_event("First"), an_event("Second")]


@pytest.fixture
def built_where(monkeypatch):
    """The events that documents are built of, by whom, and the rows there were then."""
    found, build = [], building.build

    def rows_there():
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as own:
            return own.execute("SELECT COUNT(*) FROM timeline_revision").fetchone()[0]

    def noting(keys):
        found.append((list(keys), threading.get_ident(), rows_there()))
        return build(keys)

    monkeypatch.setattr(building, "build", noting)
    return found


def acts_of(events):
    return publish_keys({event.pk: event.version for event in events}, by=None)


def whole():
    return [*verify_record(), *verify_derived()] == []


def live_titles():
    found = Event.objects.filter(live_state="live").order_by("pk")
    return [event.title for event in found]


def files_open():
    """How many files of the database are open, and its logs."""
    path = os.fspath(connection.settings_dict["NAME"])
    files = Path("/proc/self/fd")
    if not files.is_dir():
        pytest.skip("This machine does not tell which files are open.")
    return sum(os.path.realpath(one).startswith(path) for one in files.iterdir())


def test_those_of_the_next_act_are_built_before_this_one_is_committed(
    one_by_one, built_where
):
    acts = acts_of(one_by_one)
    next(acts)

    here, (first, second) = threading.get_ident(), one_by_one
    assert built_where[0] == ([first.pk], here, 0)
    (keys, elsewhere_, rows) = built_where[1]
    assert (keys, rows) == ([second.pk], 0)
    assert elsewhere_ != here

    assert [act.keys for act in acts] == [[second.pk]]
    assert len(built_where) == 2
    assert whole()


def test_what_the_act_before_changed_is_seen(one_by_one, builds):
    first, second = one_by_one
    relate(second, first)  # whose row says after its act that it is live

    done = list(acts_of(one_by_one))

    assert [act.refused for act in done] == [{}, {}]
    assert builds == [[first.pk], [second.pk], [second.pk]]
    (related,) = current_document(second.public_id)["related"]
    assert related["id"] == first.public_id
    assert whole()


def test_where_an_act_did_not_wait_for_long_nothing_is_built_in_it(
    one_by_one, built_where, monkeypatch
):
    monkeypatch.setattr(upcoming, "WORTH", 3600)

    list(acts_of(one_by_one))

    here, (first, second) = threading.get_ident(), one_by_one
    assert built_where == [([first.pk], here, 0), ([second.pk], here, 1)]


def test_what_somebody_wrote_after_the_act_before_is_in_it(
    event, speaker, one_by_one, builds
):
    acts = acts_of([one_by_one[0], event])
    next(acts)
    assert builds[1:] == [[event.pk]]
    elsewhere(lambda: Actor.objects.filter(pk=speaker.pk).update(name="Ada Sample"))

    assert next(acts).refused == {}

    assert speakers(event) == ["Ada Sample"]


def test_what_could_not_be_built_early_is_built_by_its_act(
    one_by_one, builds, monkeypatch
):
    tried = []

    def not_to_be_had(keys):
        tried.append(keys)
        broken()

    monkeypatch.setattr(upcoming, "made_apart", not_to_be_had)

    done = list(acts_of(one_by_one))

    assert tried == [[one_by_one[1].pk]]
    assert [act.keys for act in done] == [[event.pk] for event in one_by_one]
    assert builds == [[event.pk] for event in one_by_one]


def test_an_act_that_is_refused_leaves_what_comes_after_it(one_by_one, builds):
    refused = an_event("Without a statement", statements=0)
    first, second = one_by_one

    done = list(acts_of([first, refused, second]))

    assert [act.keys for act in done] == [[first.pk], [], [second.pk]]
    assert list(done[1].refused) == [refused.pk]
    assert live_titles() == ["First", "Second"]
    assert whole()


@pytest.mark.parametrize("to_the_end", [True, False], ids=["ended", "broken off"])
def test_no_thread_and_no_connection_is_left(one_by_one, to_the_end):
    list(acts_of(one_by_one))  # SQLite keeps what it opened for the next who asks
    threads, files = threading.active_count(), files_open()

    acts = acts_of(one_by_one)
    next(acts)
    if to_the_end:
        list(acts)
    acts.close()

    assert threading.active_count() == threads
    assert files_open() == files

"""Documents built before their act are taken only where nobody wrote meanwhile."""

import sqlite3
import threading

import pytest
from django.db import connection, transaction

from timeline.editing import Refused
from timeline.models import Actor
from timeline.models.record import ThingName
from timeline.publishing.read.documents import current_document
from timeline.publishing.write import (
    NotReady,
    building,
    naming,
    publish,
    publish_keys,
)
from timeline.publishing.write.acts import publish_together
from timeline.publishing.write.building import built_ahead
from timeline.publishing.write.holdings import Holdings

from .desk import a_source, a_statement, an_actor, an_event, edit

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

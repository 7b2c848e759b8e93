"""Hold keeps an event back at once; release brings back what it found."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from timeline.editing import Refused, Stale, lift_embargo, set_embargo
from timeline.models import Act, Event
from timeline.models.record import KnownEvent, NamedThing, PastEntry
from timeline.publishing.read.canonical import canonical
from timeline.publishing.write import hold, publish, release, verify_record

from .desk import (
    a_source,
    a_statement,
    an_actor,
    an_editor,
    an_event,
    bring_back,
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
    somebody,
    standing,
    take_away,
)

pytestmark = pytest.mark.django_db


def state_of(event):
    """Where an event stands: for the readers, and on the desk."""
    event.refresh_from_db()
    return KnownEvent.objects.get(pk=event.public_id).state, event.live_state


def told(event):
    """What a live event says, whoever published it and why."""
    return {**live(event).document, "act": None}


def test_an_event_on_hold_is_nowhere_and_comes_back_as_it_was():
    event = an_event("The talks")
    put(event)
    before = told(event)

    row = keep_back(event, note="A complaint is looked into.", reason="Letter of 3 May")

    assert live(event) is None
    assert state_of(event) == ("held", "held")
    assert (row.kind, row.note, row.document) == (
        "hold",
        "A complaint is looked into.",
        None,
    )
    assert Act.objects.get(sequence=row.sequence).reason == "Letter of 3 May"

    row = bring_back(event, note="It was unfounded.")

    assert told(event) == before
    assert state_of(event) == ("live", "live")
    assert (row.kind, row.document) == ("release", canonical(live(event).document))
    assert list(verify_record()) == []


def test_what_readers_saw_once_is_kept_back_too_and_comes_back():
    event = an_event("The talks")
    put(event)
    edit(event, title="The talks, renamed")
    put(event)
    before = list(PastEntry.objects.values_list("sequence", "until_sequence", "body"))

    keep_back(event)

    assert not PastEntry.objects.exists()

    bring_back(event)

    after = PastEntry.objects.order_by("sequence")
    rows = list(after.values_list("sequence", "until_sequence", "body"))
    assert [row[:2] for row in rows] == [(1, 2), (2, 3)]
    assert rows[:1] == before


def test_what_is_published_meanwhile_is_what_a_release_is_settled_among():
    claim, correction = an_event("The claim"), an_event("The correction")
    link(first(correction), "corrects", first(claim))
    put(claim)
    keep_back(claim)

    put(correction)

    assert live(correction).statements[0]["links"] == []

    bring_back(claim)

    assert standing(first(claim)) == "corrected"
    assert live(correction).statements[0]["links"][0]["event"] == claim.public_id
    follows = record_of(correction)[-1]
    assert json.loads(follows.caused_by)["number"] == 3


def test_nothing_live_names_or_rests_on_what_is_on_hold():
    claim, correction = an_event("The claim"), an_event("The correction")
    link(first(correction), "corrects", first(claim))
    relate(claim, correction)
    put(claim)
    put(correction)

    keep_back(correction)

    assert standing(first(claim)) == "stands"
    assert live(claim).statements[0]["linked_by"] == []
    assert live(claim).related == []

    bring_back(correction)

    assert standing(first(claim)) == "corrected"
    assert live(claim).related[0]["title"] == "The correction"


def test_an_edit_on_the_desk_does_not_slip_out_with_a_release():
    event = an_event("The talks")
    put(event)
    keep_back(event)
    edit(event, title="CANARY")

    bring_back(event)

    assert live(event).title == "The talks"
    event.refresh_from_db()
    assert event.has_unpublished_changes


def test_a_release_does_not_overrule_what_was_said_of_a_person_meanwhile():
    person, source = an_actor("Old name"), a_source()
    events = [an_event(f"Event {place}", statements=0) for place in range(2)]
    for event in events:
        a_statement(event, speaker=person, source=source)
        put(event)
    keep_back(events[0])
    person.name = "New name"
    person.save()
    put(events[1])

    bring_back(events[0])

    assert list(verify_record()) == []
    assert live(events[0]).statements[0]["speaker"]["name"] == "Old name"
    assert named(person) == "New name"


def named(person):
    """What readers are told that a person is called."""
    return json.loads(NamedThing.objects.get(pk=person.public_id).body)["name"]


@pytest.mark.parametrize("gone", ["withdrawn", "merged"])
def test_what_was_gone_before_a_hold_is_gone_again_after_it(gone):
    event, other = an_event("The talks"), an_event("Better")
    put(other)
    put(event)
    take_away(event) if gone == "withdrawn" else give_way(event, other)
    before = KnownEvent.objects.values().get(pk=event.public_id)

    keep_back(event)

    assert state_of(event) == ("held", "held")

    row = bring_back(event)

    assert row.document is None
    assert state_of(event) == (gone, gone)
    after = KnownEvent.objects.values().get(pk=event.public_id)
    assert after == before | {"number": 4}
    assert PastEntry.objects.filter(event_id=event.public_id).count() == 1


def test_an_event_on_hold_is_neither_published_nor_withdrawn_nor_merged():
    event, other = an_event("The talks"), an_event("Better")
    put(other)
    put(event)
    keep_back(event)
    before = size()

    for act in (put, take_away, lambda event: give_way(event, other)):
        with pytest.raises(Refused) as refusal:
            act(event)
        assert refusal.value.sentences == [
            "“The talks” cannot be published or withdrawn: it is on hold."
        ]

    assert size() == before


def test_nothing_stands_in_the_place_of_another_while_it_is_on_hold():
    event, other = an_event("The talks"), an_event("Better")
    put(event)
    put(other)
    keep_back(other)

    with pytest.raises(Refused, match="“Better” is not live"):
        give_way(event, other)


@pytest.mark.parametrize(
    ("before", "act", "sentence"),
    [
        ([], keep_back, "“The talks” was never published."),
        ([], bring_back, "“The talks” was never published."),
        ([put], bring_back, "“The talks” is not on hold."),
        ([put, keep_back], keep_back, "“The talks” is on hold already."),
    ],
)
def test_a_hold_or_a_release_out_of_turn_is_refused_with_a_sentence(
    before, act, sentence
):
    event = an_event("The talks")
    for step in before:
        step(event)
    standing_before = Event.objects.values().get()

    with pytest.raises(Refused) as refusal:
        act(event)

    assert refusal.value.sentences == [sentence]
    assert Event.objects.values().get() == standing_before


def test_what_was_saved_since_is_not_put_on_hold_or_released_unseen():
    event = an_event("The talks")
    publish(event, by=None, version=1)
    edit(event, title="Another")

    with pytest.raises(Stale):
        hold(event, by=None, version=1)

    keep_back(event)
    edit(event, title="Yet another")

    with pytest.raises(Stale):
        release(event, by=None, version=2)

    assert kinds_of(event) == ["publication", "hold"]


def test_any_editor_may_hold_and_release_and_nobody_else():
    event, writer = an_event("The talks"), somebody("change_event", username="w")
    put(event)

    with pytest.raises(PermissionDenied):
        keep_back(event, by=writer)
    keep_back(event, by=an_editor())
    with pytest.raises(PermissionDenied):
        bring_back(event, by=writer)

    assert kinds_of(event) == ["publication", "hold"]
    assert Act.objects.get(sequence=2).by_name == "m.keller"


def test_during_an_embargo_nothing_is_released():
    event, by = an_event("The talks"), an_editor()
    put(event)
    keep_back(event)
    until = timezone.now() + timedelta(days=1)
    set_embargo(event, by=None, version=1, until=until, reason="As agreed.")

    with pytest.raises(
        Refused, match="“The talks” is under embargo until .* As agreed"
    ):
        bring_back(event, by=by)

    assert kinds_of(event) == ["publication", "hold"]
    lift_embargo(event, by=by, version=1, reason="It is out.")
    bring_back(event, by=by)
    assert live(event)

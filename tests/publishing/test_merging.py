"""Merge: one event gives way to another."""

import pytest
from django.core.exceptions import PermissionDenied

from timeline.editing import Refused, Stale
from timeline.models import Event
from timeline.models.record import KnownEvent
from timeline.publishing.write import merge, verify_record

from .desk import (
    an_editor,
    an_event,
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


def two():
    """Two live events."""
    event, other = an_event("The talks"), an_event("The same talks")
    put(event)
    put(other)
    return event, other


def test_a_merged_event_is_gone_and_names_the_one_it_is_part_of():
    event, other = two()

    row = give_way(event, other, note="Reported twice.")

    assert (row.kind, row.successor, row.note, row.document) == (
        "merge",
        other.public_id,
        "Reported twice.",
        None,
    )
    assert live(event) is None
    assert KnownEvent.objects.get(pk=event.public_id).state == "merged"
    assert event.live_state == "merged"
    assert kinds_of(other) == ["publication"]
    assert list(verify_record()) == []


def test_what_follows_from_a_merge_happens_in_it():
    claim, correction = an_event("The claim"), an_event("The correction")
    link(first(correction), "corrects", first(claim))
    relate(claim, correction)
    put(claim)
    put(correction)
    other = an_event("Better")
    put(other)

    give_way(correction, other)

    assert standing(first(claim)) == "stands"
    assert live(claim).related == []
    assert record_of(claim)[-1].caused_by is not None


def test_a_merged_event_is_not_published_again():
    event, other = two()
    give_way(event, other)

    with pytest.raises(Refused, match="it is merged into another"):
        put(event)


def test_an_event_is_merged_only_into_another_that_is_live():
    event, other = two()
    draft = an_event("A draft")
    before = size()

    with pytest.raises(Refused, match="merged into itself"):
        give_way(event, event)
    with pytest.raises(Refused, match="“A draft” is not live"):
        give_way(event, draft)
    take_away(other)
    with pytest.raises(Refused, match="“The same talks” is not live"):
        give_way(event, other)
    with pytest.raises(Refused, match="“The same talks” is not live"):
        give_way(other, event)

    assert size() == before + 1
    assert Event.objects.get(pk=event.pk).live_state == "live"


def test_what_was_saved_since_is_not_merged_unseen():
    event, other = two()

    with pytest.raises(Stale):
        merge(event, into=other, by=None, version=9)


def test_only_who_may_merge_does():
    event, other = two()

    with pytest.raises(PermissionDenied):
        give_way(event, other, by=somebody("publish_event", username="w"))
    give_way(event, other, by=an_editor())

    assert kinds_of(event) == ["publication", "merge"]


def test_what_another_was_merged_into_may_be_put_on_hold():
    event, other = two()
    give_way(event, other)

    keep_back(other)

    assert KnownEvent.objects.get(pk=event.public_id).state == "merged"
    assert list(verify_record()) == []

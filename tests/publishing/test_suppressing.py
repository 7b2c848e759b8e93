"""Suppress destroys what was said; that something was said stays on record."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from timeline.editing import Refused
from timeline.editing.merging import merge_things
from timeline.models import Act, Event
from timeline.models.record import KnownEvent, PastEntry, Revision, ThingName
from timeline.publishing.write import (
    publish,
    suppress,
    verify_derived,
    verify_record,
)

from .desk import (
    a_source,
    a_statement,
    a_story,
    an_actor,
    an_editor,
    an_event,
    bring_back,
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
    somebody,
    standing,
    take_away,
)

pytestmark = pytest.mark.django_db


def whole():
    """Whether the record, and all that is made from it, is as it should be."""
    return [*verify_record(), *verify_derived()] == []


def tables_with(word):
    """The tables of the record, and of what is derived from it, that say a word."""
    desk = {
        model._meta.db_table
        for model in Event._meta.apps.get_app_config("timeline").get_models()
        if model.__module__ != "timeline.models.record"
    }
    found = []
    for table in connection.introspection.table_names():
        if table.startswith("timeline_") and table not in desk:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}"')
                if word in repr(cursor.fetchall()).lower():
                    found.append(table)
    return found


def state_of(event):
    event.refresh_from_db()
    return KnownEvent.objects.get(pk=event.public_id).state, event.live_state


def revised():
    """A live event with two revisions; only the first says CANARY."""
    event = an_event("The CANARY talks")
    edit(first(event), text="CANARY was said.")
    put(event)
    edit(event, title="The talks")
    edit(first(event), text="It was said.")
    put(event)
    return event


def canaries():
    """A live event in which everything that may be named is a canary."""
    canary = an_actor("Canary Ltd", slug="canary-ltd")
    paper = an_actor("The Daily Canary", slug="daily-canary", kind="outlet")
    source = a_source("Canary report", slug="canary-report", publisher=paper)
    event = an_event("Canary event", statements=0, summary="Canary summary")
    event.story_links.create(story=a_story("Canary story", slug="canary-story"))
    event.participations.create(actor=canary)
    a_statement(event, "Canary text", slug="canary-text", speaker=canary, source=source)
    put(event)
    return event


def test_a_past_revision_is_destroyed_and_the_event_stands():
    event = revised()
    before = live(event).document

    row = destroy_text(event, 1, note="It named a child.", reason="Judgment 1 O 23/26")

    assert live(event).document == before
    assert state_of(event) == ("live", "live")
    first_row = record_of(event)[0]
    assert (first_row.document, first_row.salt) == (None, None)
    assert (row.kind, row.note, json.loads(row.suppresses)) == (
        "suppression",
        "It named a child.",
        [1],
    )
    assert Act.objects.get(sequence=row.sequence).reason == "Judgment 1 O 23/26"
    assert not PastEntry.objects.exists()
    assert tables_with("canary") == []
    assert whole()


def test_nothing_but_text_and_salt_is_taken_from_a_row():
    event = revised()
    before = Revision.objects.values().get(pk=1)

    destroy_text(event, 1)

    after = Revision.objects.values().get(pk=1)
    assert after == before | {"document": None, "salt": None}


def test_without_its_newest_text_an_event_is_live_no_longer():
    event = revised()

    destroy_text(event, 2)

    assert live(event) is None
    assert state_of(event) == ("suppressed", "suppressed")
    assert list(PastEntry.objects.values_list("sequence", flat=True)) == [1]
    assert whole()


def test_of_an_event_suppressed_as_a_whole_no_word_is_left():
    event = canaries()
    edit(event, title="Canary event, renamed")
    put(event)
    assert "timeline_revision" in tables_with("canary")

    destroy_text(event)

    assert tables_with("canary") == []
    names = ThingName.objects.values_list("name", flat=True)
    assert sorted(names) == sorted([event.public_id, event.slug])
    assert whole()


@pytest.mark.django_db(transaction=True)
def test_the_index_of_words_lets_go_of_them_too():
    event, other = canaries(), an_event("Other")
    edit(event, title="Canary event, renamed")
    for one in (event, other):
        put(one)

    destroy_text(event)

    assert tables_with("anary") == []  # an index leaves out what words begin alike


def test_names_that_another_text_gives_as_well_stay():
    event = canaries()
    other = an_event("Another", statements=0)
    a_statement(other, speaker=an_actor("Somebody", slug="somebody"), source=a_source())
    other.participations.create(actor=event.participations.get().actor)
    put(other)
    keep_back(other)

    destroy_text(event)

    kept = ThingName.objects.filter(noun="actor").values_list("name", flat=True)
    assert {"canary-ltd", "somebody"} <= set(kept)
    assert "daily-canary" not in kept
    bring_back(other)
    assert whole()


def test_names_of_what_was_merged_since_go_with_the_only_text_that_gave_them():
    event, other = canaries(), an_event("Another", statements=0)
    old = event.participations.get().actor
    into = an_actor("The company", slug="the-company")
    a_statement(other, speaker=into, source=a_source())
    put(event), put(other)
    merge_things(old, into=into, version=old.version, into_version=1, by=None)
    edit(other, title="Another, that names both by one name")
    put(other)
    lead = ThingName.objects.filter(thing=into.public_id)
    assert {old.slug, old.public_id} <= set(lead.values_list("name", flat=True))

    destroy_text(event)

    assert set(lead.values_list("name", flat=True)) == {into.slug, into.public_id}
    assert whole()


def test_a_title_goes_where_other_events_named_it_too():
    event, other = an_event("The CANARY talks"), an_event("Other")
    relate(other, event)
    put(event)
    put(other)
    edit(other, summary="More is known.")
    put(other)
    cause = destroy_text(event, note="Its title was wrong.")

    assert live(other).related == []
    assert kinds_of(other) == ["publication", "update", "update", "suppression"]
    follows = record_of(other)[-1]
    assert json.loads(follows.suppresses) == [2, 3]
    assert json.loads(follows.caused_by)["number"] == cause.number
    assert tables_with("canary") == []
    assert whole()


def test_a_title_that_a_remaining_revision_has_takes_nothing_from_others():
    event, other = an_event("The talks"), an_event("Other")
    relate(other, event)
    put(event)
    edit(first(event), text="Something else.")
    put(event)
    put(other)

    destroy_text(event, 1)

    assert kinds_of(other) == ["publication"]
    assert live(other).related[0]["title"] == "The talks"


def test_what_others_that_are_on_hold_said_of_it_goes_too():
    event, other = an_event("The CANARY talks"), an_event("Other")
    relate(other, event)
    put(event)
    put(other)
    keep_back(other)

    destroy_text(event)

    assert tables_with("canary") == []
    assert state_of(other) == ("held", "held")
    assert bring_back(other).document is None
    assert state_of(other) == ("suppressed", "suppressed")
    put(other)
    assert live(other).title == "Other"
    assert whole()


def test_what_follows_from_a_suppression_happens_in_it():
    claim, correction = an_event("The claim"), an_event("The correction")
    link(first(correction), "corrects", first(claim))
    put(claim)
    put(correction)

    destroy_text(correction)

    assert standing(first(claim)) == "stands"
    assert live(claim).statements[0]["linked_by"] == []
    assert whole()


def test_a_clean_text_is_published_after_a_suppression():
    event = canaries()
    destroy_text(event)
    event.refresh_from_db()
    clean = an_event("Clean", statements=1)
    event.statements.all().delete()
    event.story_links.all().delete()
    event.participations.all().delete()
    clean.statements.update(event=event)
    edit(event, title="Clean", summary="")

    put(event)

    assert state_of(event) == ("live", "live")
    assert kinds_of(event) == ["publication", "suppression", "publication"]
    assert tables_with("canary") == []
    assert whole()


def test_a_hold_lasts_through_a_suppression():
    event = revised()
    keep_back(event)

    destroy_text(event, 2)

    assert state_of(event) == ("held", "held")
    assert not PastEntry.objects.exists()

    row = bring_back(event)

    assert row.document is None
    assert state_of(event) == ("suppressed", "suppressed")
    assert list(PastEntry.objects.values_list("sequence", flat=True)) == [1]
    assert whole()


def test_a_past_text_destroyed_during_a_hold_does_not_come_back_with_a_release():
    event = revised()
    keep_back(event)

    destroy_text(event, 1)
    bring_back(event)

    assert live(event).title == "The talks"
    assert tables_with("canary") == []
    assert whole()


@pytest.mark.parametrize("gone", ["withdrawn", "merged"])
def test_what_is_gone_stays_gone_as_it_was_without_its_text(gone):
    event, other = revised(), an_event("Better")
    put(other)
    take_away(event) if gone == "withdrawn" else give_way(event, other)
    before = KnownEvent.objects.values().get(pk=event.public_id)

    destroy_text(event)

    assert state_of(event) == (gone, gone)
    after = KnownEvent.objects.values().get(pk=event.public_id)
    assert after == before | {"number": 4}
    assert whole()


def test_a_web_name_is_replaced_where_the_whole_event_is_suppressed():
    event = an_event("The talks", slug="canary-talks")
    claim, related = an_event("The claim"), an_event("Related")
    link(first(event), "denies", first(claim))
    relate(related, event)
    for one in (claim, related, event):
        put(one)
    take_away(event)
    put(event)
    every = [row.number for row in record_of(event)]

    row = destroy_text(event, *every, slug="talks")

    event.refresh_from_db()
    assert (row.slug, event.slug) == ("talks", "talks")
    assert tables_with("canary") == []
    assert set(ThingName.objects.filter(thing=event.public_id).values_list("name")) == {
        ("talks",),
        (event.public_id,),
    }
    assert standing(first(claim)) == "stands"
    assert whole()
    edit(event, title="Clean")
    put(event)
    assert live(event).slug == "talks"
    assert whole()


def test_an_event_that_said_what_caused_it_is_appended_again_without_the_old_name():
    cause, other = an_event("The talks", slug="canary-talks"), an_event("Other")
    relate(other, cause)
    put(other)
    put(cause)
    take_away(cause)
    every = [row.number for row in record_of(cause)]

    destroy_text(cause, *every, slug="talks")

    assert record_of(other)[-2].note == (
        "Follows from another event: its web name was replaced."
    )
    assert live(other).document["act"]["caused_by"]["slug"] == "talks"
    assert tables_with("canary") == []
    assert whole()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"revisions": [1], "reason": " "}, "Say in the reason why"),
        ({"revisions": [1, 7]}, "“The talks” has no revision 7."),
        ({"revisions": []}, "These revisions have no text"),
        ({"revisions": [3]}, "These revisions have no text"),
        ({"revisions": [1], "slug": "new"}, "suppress all to replace it"),
        ({"revisions": [1, 2, 3], "slug": "Not a name"}, "Use small letters"),
        ({"revisions": [1, 2, 3], "slug": "taken"}, "This web name is taken: taken."),
    ],
)
def test_a_suppression_that_cannot_be_is_refused_with_a_sentence(options, sentence):
    put(an_event(slug="taken"))
    event = revised()
    take_away(event)
    before = size()

    with pytest.raises(Refused) as refusal:
        suppress(event, by=None, **{"reason": "A court ordered it."} | options)

    assert sentence in refusal.value.sentences[0]
    assert size() == before
    assert Revision.objects.exclude(document=None).count() == 3


def test_what_is_destroyed_already_is_not_destroyed_again():
    event = revised()
    destroy_text(event, 1)

    with pytest.raises(Refused, match="no text that could be suppressed"):
        destroy_text(event, 1)


def test_only_who_may_suppress_does():
    event = revised()

    with pytest.raises(PermissionDenied):
        destroy_text(event, 1, by=an_editor())
    destroy_text(event, 1, by=somebody("suppress_event", username="chief"))

    assert kinds_of(event)[-1] == "suppression"


def test_a_suppressed_text_that_came_back_is_found():
    event = revised()
    kept = Revision.objects.get(pk=1)
    destroy_text(event, 1)

    kept.save()

    assert list(verify_record()) == [
        f"Row 1 ({event.slug}, 1) has a text again, though it was suppressed."
    ]


def test_the_version_on_the_desk_does_not_matter_to_a_suppression():
    event = an_event("The talks")
    publish(event, by=None, version=1)
    edit(event, title="Another")

    destroy_text(event)

    assert state_of(event) == ("suppressed", "suppressed")

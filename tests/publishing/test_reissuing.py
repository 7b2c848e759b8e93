"""Correct once: one act tells all live events that carry old words anew."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from timeline.editing import Refused, saving
from timeline.editing.merging import merge_things
from timeline.editing.unmerging import undo_merge
from timeline.models import Event
from timeline.models.record import NamedThing, ThingName
from timeline.publishing.write import carriers, rebuild, reissue, verify_record

from .desk import (
    a_citation,
    a_source,
    a_statement,
    an_actor,
    an_event,
    derived,
    destroy_text,
    edit,
    first,
    kinds_of,
    link,
    live,
    put,
    size,
    somebody,
    taken,
)

pytestmark = pytest.mark.django_db(transaction=True)


def change(thing, **columns):
    thing.refresh_from_db()
    with saving(thing, version=thing.version):
        for name, value in columns.items():
            setattr(thing, name, value)
        thing.save()


def spoken_by(actor, title="Something happened", **fields):
    event = an_event(title, statements=0, **fields)
    a_statement(event, f"{title}.", speaker=actor, source=a_source())
    put(event)
    return event


def join(duplicate, into, by=None):
    for row in (duplicate, into):
        row.refresh_from_db()
    return merge_things(
        duplicate,
        into=into,
        version=duplicate.version,
        into_version=into.version,
        by=by,
    )


def check_the_record():
    assert list(verify_record()) == []
    before = derived()
    rebuild()
    assert derived() == before


def test_a_new_name_is_told_in_every_live_event_that_carries_the_old_one():
    actor = an_actor("Departement of War")
    events = [spoken_by(actor, f"Event {n}") for n in range(3)]
    other = spoken_by(an_actor("Somebody else"))
    change(actor, name="Department of War")
    before = size()

    appended = reissue(actor, by=None, kind="correction", note="A name was misspelt.")

    assert {row.event_id for row in appended} == {one.public_id for one in events}
    assert size() == before + 3
    for event in events:
        said = live(event).said[first(event).public_id]
        assert said["speaker"]["name"] == "Department of War"
        assert said["attribution"].startswith("Department of War")
        assert kinds_of(event) == ["publication", "correction"]
    assert kinds_of(other) == ["publication"]
    assert carriers(actor).events == []
    check_the_record()


def test_what_is_not_published_of_an_event_stays_so():
    actor = an_actor("Old name")
    event = spoken_by(actor, "As readers see it")
    edit(event, title="Not yet to be read")
    change(actor, name="New name")

    reissue(actor, by=None, note="A new name.")

    event.refresh_from_db()
    assert live(event).title == "As readers see it"
    assert live(event).said[first(event).public_id]["speaker"]["name"] == "New name"
    assert event.has_unpublished_changes


def test_a_new_link_that_waits_for_its_target_stays_unpublished_too():
    actor, draft = an_actor("Old name"), an_event("Not live yet")
    event = spoken_by(actor, "As readers see it")
    with saving(event, version=event.version):
        link(first(event), "corrects", first(draft))
    change(actor, name="New name")

    reissue(actor, by=None, note="A new name.")

    event.refresh_from_db()
    assert event.has_unpublished_changes
    put(draft), put(event)
    assert live(draft).said[first(draft).public_id]["standing"] == "corrected"


def test_nothing_else_of_what_changed_on_the_desk_is_told():
    actor, other = an_actor("Old name"), an_actor("As readers know it")
    event = an_event(statements=0)
    source = a_source()
    a_statement(event, speaker=actor, told_to=other, source=source)
    put(event)
    change(actor, name="New name")
    change(other, name="Changed too")
    change(source, title="Another title")

    reissue(actor, by=None, note="A new name.")

    [said] = live(event).said.values()
    assert said["told_to"]["name"] == "As readers know it"
    assert said["citations"][0]["source"]["title"] == "A report"


def test_a_retracted_report_is_told_where_it_is_cited_and_where_it_was_taken_from():
    wire = a_source("The wire", status="current")
    copy = a_source("The copy", reporting="unknown")
    taken(copy, wire)
    event, other = an_event(source=wire), an_event(source=copy)
    put(event), put(other)
    change(wire, status="retracted", title="The wire, retracted")

    reissue(wire, by=None, note="The agency took its report back.")

    for one in (event, other):
        [said] = live(one).said.values()
        assert said["citations"][0]["origin"]["title"] == "The wire, retracted"
        assert said["citations"][0]["origin"]["status"] == "retracted"
    check_the_record()


def test_what_was_found_to_be_machine_made_no_longer_contradicts():
    report, wire = a_source("By a machine"), a_source("The wire")
    event, other = an_event(source=report), an_event(source=wire)
    link(first(event), "contradicts", first(other))
    put(other), put(event)
    [said] = live(other).said.values()
    assert said["standing"] == "disputed"
    change(report, production="ai_generated")

    reissue(report, by=None, note="It was made by a machine.")

    [said] = live(other).said.values()
    assert said["standing"] == "stands"
    assert kinds_of(other)[-1] == "update"
    check_the_record()


def test_only_who_may_publish_tells_readers_and_never_without_a_note():
    actor = an_actor("Old name")
    spoken_by(actor)
    change(actor, name="New name")

    with pytest.raises(PermissionDenied):
        reissue(actor, by=somebody("change_actor"), note="A new name.")
    with pytest.raises(Refused):
        reissue(actor, by=None, note=" ")
    assert size() == 1


def answer(path):
    return Client().get(path)


def test_old_addresses_of_a_merged_name_lead_to_the_other_and_back_when_undone():
    duplicate, into = an_actor("Reuters Ltd"), an_actor("Reuters")
    event, other = spoken_by(duplicate, "One"), spoken_by(into, "Other")
    merge = join(duplicate, into)
    event.refresh_from_db()
    assert event.has_unpublished_changes

    reissue(into, by=None, note="One and the same.")

    event.refresh_from_db()
    assert not event.has_unpublished_changes
    assert live(event).said[first(event).public_id]["speaker"]["name"] == "Reuters"
    for name in (duplicate.slug, duplicate.public_id):
        page, feed = answer(f"/actors/{name}/"), answer(f"/api/v1/actors/{name}/")
        assert (page.status_code, feed.status_code) == (308, 308)
        assert page["Location"].endswith(f"/actors/{into.slug}/")
        assert feed["Location"].endswith(f"/api/v1/actors/{into.slug}/")
    found = answer(f"/api/v1/timeline/?actor={duplicate.slug}").json()["results"]
    assert len(found) == 2
    told = answer(f"/api/v1/actors/{into.slug}/").json()
    assert told["former_slugs"] == [duplicate.slug]
    check_the_record()

    undo_merge(merge, by=None)
    reissue(duplicate, by=None, note="Two, after all.")
    reissue(into, by=None, note="Two, after all.")

    assert live(event).said[first(event).public_id]["speaker"]["slug"] == duplicate.slug
    assert live(other).said[first(other).public_id]["speaker"]["slug"] == into.slug
    assert answer(f"/actors/{duplicate.slug}/").status_code == 200
    assert answer(f"/api/v1/actors/{into.slug}/").json()["former_slugs"] == []
    assert not Event.objects.with_unpublished_changes().exists()
    check_the_record()


def test_old_addresses_of_a_merged_report_lead_to_the_other():
    duplicate, into = a_source("The wire"), a_source("The wire story")
    event = an_event(source=duplicate)
    put(event), put(an_event(source=into))
    join(duplicate, into)

    reissue(into, by=None, note="One report, entered twice.")

    assert answer(f"/sources/{duplicate.slug}/")["Location"].endswith(
        f"/sources/{into.slug}/"
    )
    assert answer(f"/api/v1/sources/{duplicate.slug}/").status_code == 308
    told = answer(f"/api/v1/sources/{into.slug}/").json()
    assert told["former_slugs"] == [duplicate.slug]
    assert len(told["rests_on_it"]["statements"]) == 2
    check_the_record()


def test_the_web_name_of_what_readers_never_saw_is_not_told():
    duplicate, into = an_actor("Never published"), an_actor("Known")
    event = spoken_by(into)
    join(duplicate, into)

    assert carriers(into).events == []
    edit(event, title="Again")
    put(event)

    assert answer(f"/api/v1/actors/{into.slug}/").json()["former_slugs"] == []
    assert answer(f"/api/v1/actors/{duplicate.slug}/").status_code == 404


def test_after_an_undone_merge_other_changes_keep_an_event_apart():
    duplicate, into = an_actor("One"), an_actor("Other")
    event = spoken_by(duplicate)
    spoken_by(into)
    merge = join(duplicate, into)
    reissue(into, by=None, note="One and the same.")
    undo_merge(merge, by=None)
    edit(event, title="Changed besides")

    found = carriers(duplicate)

    assert (found.events, found.apart) == ([], [event])
    put(event)
    assert answer(f"/actors/{duplicate.slug}/").status_code == 200
    check_the_record()


def test_two_citations_that_become_one_are_told_once():
    duplicate, into = a_source("The wire"), a_source("The wire story")
    event = an_event(source=duplicate)
    second = a_citation(first(event), into)
    put(event)
    second.delete()
    join(duplicate, into)

    reissue(into, by=None, note="One report, entered twice.")

    [said] = live(event).said.values()
    assert [row["source"]["slug"] for row in said["citations"]] == [into.slug]
    check_the_record()


def test_what_is_still_told_may_have_lost_its_names_and_is_published_again():
    duplicate, into = an_actor("One"), an_actor("Other")
    event = spoken_by(duplicate)
    merge = join(duplicate, into)  # readers are not told: the event names it still
    other = spoken_by(into, "Another")  # its names lead to the other now
    destroy_text(other)  # and go with the text that named that
    assert not ThingName.objects.filter(name=duplicate.public_id).exists()
    assert NamedThing.objects.filter(thing=duplicate.public_id).exists()
    undo_merge(merge, by=None)
    edit(event, title="Again")

    put(event)

    assert answer(f"/actors/{duplicate.slug}/").status_code == 200
    assert NamedThing.objects.get(pk=duplicate.public_id).events == 1
    check_the_record()

"""`loaddata` fills the desk by natural keys, and publishes what a fixture marks."""

import json

import pytest
from django.core.management import CommandError, call_command

from timeline.editing import Stale, claim, saving
from timeline.models import Actor, Citation, Event, Statement
from timeline.models.record import CurrentBody, CurrentEntry, Revision
from timeline.publishing.write import publish, verify_record, withdraw

pytestmark = pytest.mark.django_db


def story():
    """A small fixture: an outlet, its report, one event with one statement."""
    return [
        {
            "model": "timeline.actor",
            "fields": {"slug": "courier", "kind": "outlet", "name": "The Courier"},
        },
        {
            "model": "timeline.source",
            "fields": {
                "slug": "courier-ferry",
                "kind": "article",
                "title": "The ferry",
                "publisher": ["courier"],
                "published": "2026-03-03",
            },
        },
        {
            "model": "timeline.event",
            "publish": True,
            "fields": {
                "slug": "ferry-stops",
                "title": "The ferry stops",
                "date": "[..2026-03-03]",
            },
        },
        {
            "model": "timeline.statement",
            "fields": {
                "slug": "courier-says",
                "event": ["ferry-stops"],
                "kind": "report",
                "mode": "narration",
                "speaker": ["courier"],
                "text": "The ferry no longer runs.",
            },
        },
        {
            "model": "timeline.citation",
            "fields": {
                "statement": ["courier-says"],
                "key": "one",
                "source": ["courier-ferry"],
            },
        },
    ]


@pytest.fixture
def load(tmp_path, capsys):
    """Loads a list of objects as a fixture; returns what the command said."""

    def load(objects, **options):
        path = tmp_path / "story.json"
        text = objects if isinstance(objects, str) else json.dumps(objects)
        path.write_text(text)
        call_command("loaddata", str(path), **options)
        return capsys.readouterr()

    return load


def fields_of(objects, model):
    return next(row["fields"] for row in objects if row["model"] == model)


def test_a_load_fills_the_desk_and_publishes_what_is_marked(load):
    said = load(story())

    event = Event.objects.get(slug="ferry-stops")
    assert (event.live_state, event.version, event.published_version) == ("live", 1, 1)
    assert Citation.objects.get().source.slug == "courier-ferry"
    assert [row.kind for row in Revision.objects.all()] == ["publication"]
    assert "Installed 5 object(s) from 1 fixture(s)" in said.out
    assert "Appended 1 revision(s)" in said.out


def test_no_publish_leaves_everything_on_the_desk(load):
    load(story(), no_publish=True)

    assert Event.objects.get().live_state == "never"
    assert not Revision.objects.exists()


def test_what_is_not_marked_stays_on_the_desk(load):
    objects = story()
    objects[2]["publish"] = "yes"

    load(objects)

    assert not Revision.objects.exists()


def test_twice_is_once(load):
    load(story())
    before = [list(model.objects.values()) for model in (Actor, Event, Statement)]

    said = load(story())

    after = [list(model.objects.values()) for model in (Actor, Event, Statement)]
    assert before == after
    assert Revision.objects.count() == 1
    assert "Appended 0 revision(s)" in said.out


def test_a_changed_fixture_is_an_update_that_says_so(load):
    load(story())
    objects = story()
    fields_of(objects, "timeline.statement")["text"] = "The ferry runs on Sundays."

    load(objects)

    last = Revision.objects.order_by("-sequence").first()
    assert (last.kind, last.number) == ("update", 2)
    assert last.note.startswith("Brought up to ")
    assert "The ferry runs on Sundays." in last.document
    assert Event.objects.get().version == 2
    assert list(verify_record()) == []


def test_a_form_that_was_open_during_a_load_conflicts(load):
    load(story())
    opened = Event.objects.get()
    objects = story()
    fields_of(objects, "timeline.event")["title"] = "The ferry has stopped"
    load(objects)

    with pytest.raises(Stale):
        claim(opened, version=1)


def corrected():
    """The event as an editor corrected and published it at the desk."""
    event = Event.objects.get()
    with saving(event, version=event.version):
        Statement.objects.update(text="The ferry runs on Sundays.")
    publish(event, by=None, version=event.version, kind="correction", note="It runs.")
    return event


def shown():
    """What readers are told, each statement's text."""
    body = json.loads(CurrentBody.objects.get().body)
    return [row["text"] for row in body["statements"]]


def test_a_correction_made_at_the_desk_outlives_every_later_load(load):
    load(story())
    corrected()

    said = load(story())

    assert shown() == ["The ferry runs on Sundays."]
    assert Revision.objects.count() == 2
    assert "“The ferry stops” was changed at the desk and is left as it is" in said.err
    assert Event.objects.get().version == 2


def test_a_load_leaves_an_editors_waiting_changes_alone(load):
    load(story())
    event = Event.objects.get()
    with saving(event, version=1):
        Event.objects.update(summary="Not for readers yet")
    objects = story()
    fields_of(objects, "timeline.statement")["text"] = "The ferry runs on Sundays."

    said = load(objects)

    assert Event.objects.get().summary == "Not for readers yet"
    assert Statement.objects.get().text == "The ferry no longer runs."
    assert Revision.objects.count() == 1
    assert "“The ferry stops” was changed at the desk" in said.err


def test_a_statement_taken_out_at_the_desk_stays_out_with_all_that_hangs_on_it(load):
    load(story(), no_publish=True)
    event = Event.objects.get()
    with saving(event, version=1):
        Statement.objects.all().delete()

    said = load(story())

    assert not Statement.objects.exists()
    assert not Citation.objects.exists()
    assert not Revision.objects.exists()
    assert "“The ferry stops” was changed at the desk" in said.err


def test_what_was_made_at_the_desk_under_the_same_name_is_left_as_it_is(load):
    Actor.objects.create(slug="courier", kind="outlet", name="The Evening Courier")

    said = load(story())

    assert Actor.objects.get().name == "The Evening Courier"
    assert "“The Courier” was changed at the desk" in said.err
    assert shown() == ["The ferry no longer runs."]


def test_a_load_does_not_bring_back_what_an_editor_withdrew(load):
    load(story())
    event = Event.objects.get()
    withdraw(event, by=None, version=event.version, note="It was wrong.")
    objects = story()
    fields_of(objects, "timeline.event")["title"] = "The ferry has stopped"

    said = load(objects)

    assert not CurrentEntry.objects.exists()
    assert "“The ferry has stopped” is withdrawn and stays so" in said.err


def test_a_row_that_is_there_keeps_its_id_and_its_state(load):
    load(story())
    event = Event.objects.get()
    publish(event, by=None, version=event.version)
    objects = story()
    fields_of(objects, "timeline.event").update(
        public_id="evt_000000000000", version=70, live_state="never", summary="New"
    )

    load(objects)

    again = Event.objects.get()
    assert again.public_id == event.public_id
    assert (again.live_state, again.version) == ("live", 2)
    assert again.summary == "New"


BROKEN = {
    "an unknown choice": ("timeline.statement", {"kind": "rumour"}),
    "a date that is none": ("timeline.event", {"date": "2023-02-29"}),
    "a reference to nothing": ("timeline.citation", {"source": ["nowhere"]}),
    "an address that runs": (
        "timeline.source",
        {"original_url": "javascript:alert(1)"},
    ),
    "a text that is too long": ("timeline.event", {"title": "x" * 301}),
    "a NUL": ("timeline.event", {"title": "a\u0000b"}),
    "no speaker at all": ("timeline.statement", {"speaker": None}),
    "a field that is unknown": ("timeline.event", {"colour": "red"}),
}


@pytest.mark.parametrize("model, change", BROKEN.values(), ids=BROKEN)
def test_a_broken_fixture_is_refused_whole(load, model, change):
    objects = story()
    fields_of(objects, model).update(change)

    with pytest.raises(CommandError, match="Nothing was loaded"):
        load(objects)

    assert not Actor.objects.exists()
    assert not Revision.objects.exists()


def test_a_circle_of_sources_is_refused_whole(load):
    objects = story()
    other = {**objects[1], "fields": {**objects[1]["fields"], "slug": "other"}}
    objects.insert(2, other)
    for one, two in (("courier-ferry", "other"), ("other", "courier-ferry")):
        link = {"source": [one], "key": "k", "kind": "rewrites", "target": [two]}
        objects.append({"model": "timeline.sourcelink", "fields": link})

    with pytest.raises(CommandError, match="taken from itself"):
        load(objects)

    assert not Actor.objects.exists()


@pytest.mark.parametrize("text", ["", "[", "[{}]", '[{"model": "timeline.x"}]'])
def test_a_file_that_is_no_fixture_is_refused_in_a_sentence(load, text):
    with pytest.raises(CommandError, match="Nothing was loaded"):
        load(text)

"""`import_story` and `export_story`: all of a file or nothing, the same bytes back."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ActorFactory, SourceFactory, ready_event
from timeline.editing import saving
from timeline.models import (
    Actor,
    Citation,
    Event,
    LiveState,
    Merge,
    Source,
    SourceSnapshot,
    Statement,
    StatementLink,
    Story,
    Topic,
)
from timeline.models.record import Revision
from timeline.publishing.write import publish, verify_record
from timeline.transfer.rules import rules_of
from timeline.transfer.shapes import BY_MODEL, MODELS, SHAPES

FIXTURE = Path(__file__).parents[2] / "fixtures" / "openai_nato.json"

pytestmark = pytest.mark.django_db(transaction=True)


def load(*names, **options):
    """What the command says, on both of its streams, and its exit code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(
            "import_story", *map(str, names), stdout=out, stderr=err, **options
        )
    except CommandError as error:
        err.write(str(error))
        code = error.returncode
    return out.getvalue(), err.getvalue(), code


def export(*slugs, **options):
    out = io.StringIO()
    call_command("export_story", *slugs, stdout=out, **options)
    return out.getvalue()


def thing(model, /, **fields):
    return {"model": f"timeline.{model}", "fields": fields}


def small():
    """A small story as a person would write it, without ids."""
    return [
        thing("story", slug="flood", title="The flood"),
        thing("actor", slug="mayor", kind="person", name="The mayor"),
        thing("actor", slug="herald", kind="outlet", name="The Herald"),
        thing(
            "source",
            slug="herald-flood",
            kind="article",
            publisher=["herald"],
            title="Water in the streets",
            published="2026-03-03",
        ),
        {
            **thing("event", slug="flood-begins", title="It floods", date="2026-03-02"),
            "publish": True,
        },
        thing("eventstory", event=["flood-begins"], key="flood", story=["flood"]),
        thing(
            "statement",
            slug="mayor-calm",
            event=["flood-begins"],
            kind="claim",
            mode="paraphrase",
            speaker=["mayor"],
            text="There is no danger.",
        ),
        thing(
            "citation", statement=["mayor-calm"], key="herald", source=["herald-flood"]
        ),
    ]


@pytest.fixture
def file(tmp_path):
    """Write these objects, or this text, or these bytes, to a file; its path."""

    def file(content, name="story.json"):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            path.write_text(text, encoding="utf-8")
        return path

    return file


def rows():
    """How many rows the desk has, by model."""
    return {model.__name__: model.objects.count() for model in MODELS}


def test_the_first_story_comes_in_as_loaddata_brings_it():
    call_command("loaddata", FIXTURE, verbosity=0)
    expected = export("openai-nato")
    call_command("flush", interactive=False, verbosity=0)

    out, err, code = load(FIXTURE)

    assert (err, code) == ("", 0)
    assert "12 revision(s) published" in out
    assert export("openai-nato") == expected
    assert list(verify_record()) == []


def test_the_same_file_again_changes_nothing():
    load(FIXTURE)
    before = export("openai-nato"), rows(), Revision.objects.count()
    histories = Event.history.model.objects.count()

    out, err, code = load(FIXTURE)

    assert (err, code) == ("", 0)
    assert "events: 0 created, 0 changed, 12 as they were" in out
    assert (export("openai-nato"), rows(), Revision.objects.count()) == before
    assert Event.history.model.objects.count() == histories


def test_what_goes_out_comes_in_and_out_again_the_same(file):
    load(FIXTURE)
    SourceSnapshot.objects.create(
        source=Source.objects.order_by("slug").first(),
        taken_at="2026-03-04T10:11:12.123456Z",
        text="A held text,\nof two lines: “quoted”, and 日本.",
    )
    first = export(all=True)
    call_command("flush", interactive=False, verbosity=0)

    load(file(first))

    assert export(all=True) == first


def test_a_story_written_by_hand_is_loaded_and_published(file):
    out, err, code = load(file(small()))

    assert (err, code) == ("", 0)
    event = Event.objects.get(slug="flood-begins")
    assert (event.live_state, event.version, event.loaded_version) == ("live", 1, 1)
    assert event.public_id.startswith("evt_")
    document = json.loads(Revision.objects.get().document)
    assert document["statements"][0]["attribution"] == (
        "The mayor, as reported by The Herald"
    )


def test_history_says_where_it_came_from(file):
    load(file(small(), "flood.json"))

    row = Statement.history.model.objects.get()
    root = Event.history.model.objects.get()
    assert row.history_change_reason == "Imported from flood.json."
    assert (row.history_type, row.root_id, row.saved_version) == ("+", root.id, 1)


def test_what_is_other_is_changed_and_published_again(file):
    load(file(small()))
    changed = small()
    changed[4]["fields"]["title"] = "It floods in March"
    changed[6]["fields"]["text"] = "There is hardly any danger."

    out, err, code = load(file(changed, "again.json"))

    assert "events: 0 created, 1 changed, 0 as they were" in out
    event = Event.objects.get()
    assert (event.title, event.version) == ("It floods in March", 2)
    assert event.loaded_version == event.published_version == 2
    kinds = Revision.objects.order_by("sequence").values_list("kind", "note")
    assert list(kinds) == [
        ("publication", ""),
        ("update", "Imported from again.json."),
    ]
    (history,) = Statement.history.model.objects.filter(saved_version=2)
    assert (history.history_type, history.text) == ("~", "There is hardly any danger.")


def test_a_part_alone_takes_its_thing_to_the_next_version(file):
    load(file(small()))
    changed = small()
    changed[7]["fields"]["locator"] = "page 2"

    load(file(changed))

    assert Event.objects.get().version == 2
    assert Event.history.model.objects.filter(saved_version=2).count() == 1


def test_a_dry_run_says_everything_and_writes_nothing(file):
    load(file(small()))
    before = rows(), Event.objects.get().version
    changed = [*small(), thing("topic", slug="water", name="Water")]
    changed[4]["fields"]["title"] = "It floods in March"

    out, err, code = load(file(changed), dry_run=True)

    assert (
        "event “flood-begins”, title: here It floods; in the files It floods in" in out
    )
    assert "topic “water”: new" in out
    assert "Nothing was written." in out
    assert (rows(), Event.objects.get().version) == before


class TestWhatWasChangedHere:
    @pytest.fixture(autouse=True)
    def _changed_here(self, file):
        load(file(small()))
        event = Event.objects.get()
        with saving(event, version=1):
            event.title = "The desk's own title"
            event.save()
        theirs = small()
        theirs[4]["fields"]["title"] = "The file's title"
        theirs[1]["fields"]["name"] = "The mayor herself"
        self.path = file(theirs, "theirs.json")

    def test_it_stops_and_lists_it(self):
        _out, err, code = load(self.path)

        assert code == 3
        assert "event “flood-begins” was changed here" in err
        assert "title: here The desk's own title; in the files The file's title" in err
        assert Actor.objects.get(slug="mayor").name == "The mayor"

    def test_it_is_kept(self):
        out, _err, code = load(self.path, on_conflict="keep")

        assert code == 0
        assert "“flood-begins” was changed here and is left as it is." in out
        assert Event.objects.get().title == "The desk's own title"
        assert Actor.objects.get(slug="mayor").name == "The mayor herself"

    def test_it_is_taken(self):
        _out, _err, code = load(self.path, on_conflict="take")

        assert code == 0
        event = Event.objects.get()
        assert (event.title, event.version) == ("The file's title", 3)
        assert event.published_version == 3

    def test_what_says_the_same_is_no_conflict(self, file):
        same = small()
        same[4]["fields"]["title"] = "The desk's own title"

        _out, err, code = load(file(same))

        assert (err, code) == ("", 0)
        assert Event.objects.get().version == 2


def test_a_stub_is_made_and_never_changed(file):
    one = {**thing("story", slug="other", title="Another"), "stub": True}
    load(file([one]))
    one["fields"]["title"] = "Renamed elsewhere"

    _out, err, code = load(file([one]))

    assert (err, code) == ("", 0)
    assert Story.objects.get().title == "Another"


def test_other_stories_of_an_event_go_out_as_stubs(file):
    load(file(small()))
    other = Story.objects.create(slug="other", title="Another", summary="Long.")
    Event.objects.get().story_links.create(story=other, key="other")

    found = json.loads(export("flood"))

    (stub,) = [one for one in found if one.get("stub")]
    assert stub["fields"]["slug"] == "other"


def test_links_to_what_is_not_in_the_file_are_left_out_and_told(file):
    load(file(small()))
    other = ready_event(slug="elsewhere")
    StatementLink.objects.create(
        statement=Statement.objects.get(slug="mayor-calm"),
        kind="contradicts",
        target=other.statements.get(),
    )
    err = io.StringIO()
    out = io.StringIO()

    call_command("export_story", "flood", stdout=out, stderr=err)

    assert "1 link(s) to events of other stories are left out" in err.getvalue()
    assert "timeline.statementlink" not in out.getvalue()


def test_a_draft_is_not_marked_and_neither_are_changes_of_a_live_event(file):
    load(file(small()))
    event = Event.objects.get()
    with saving(event, version=1):
        event.summary = "Not seen by readers yet."
        event.save()

    assert '"publish": true' not in export("flood")


def test_a_file_is_written_whole_or_not_at_all(file, tmp_path):
    load(file(small()))
    target = tmp_path / "out.json"

    call_command("export_story", "flood", output=str(target))
    assert json.loads(target.read_text())
    with pytest.raises(CommandError, match="no story “nothing”"):
        call_command("export_story", "nothing", output=str(target))

    assert target.read_text() == export("flood")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "out.json",
        "story.json",
    ]


def test_packed_files_folders_and_standard_input(file, tmp_path, monkeypatch):
    parts = small()
    folder = tmp_path / "several"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(parts[:3]))
    (folder / "b.json.gz").write_bytes(gzip.compress(json.dumps(parts[3:]).encode()))
    (folder / "notes.txt").write_text("not a fixture")

    _out, err, code = load(folder)
    assert (err, code, Event.objects.count()) == ("", 0, 1)

    class Stdin:
        buffer = io.BytesIO(json.dumps([thing("topic", slug="t", name="T")]).encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    _out, err, code = load("-")
    assert (err, code, Topic.objects.count()) == ("", 0, 1)


def test_what_is_not_ready_stays_on_the_desk_and_is_told(file):
    story = small()
    unready = thing("event", slug="nothing-said", title="Nothing said", date="2026")
    story.append({**unready, "publish": True})

    _out, err, code = load(file(story))

    assert code == 4
    assert "“Nothing said” is not published: Add a statement" in err
    assert Event.objects.get(slug="flood-begins").live_state == LiveState.LIVE


def test_what_broke_off_while_publishing_is_finished_by_the_same_command(file):
    path = file(small())
    load(path, no_publish=True)
    assert Event.objects.get().live_state == LiveState.NEVER

    load(path)

    assert Event.objects.get().live_state == LiveState.LIVE


def test_an_approval_ends_where_a_file_changes_the_event(file):
    load(file(small()), no_publish=True)
    Event.objects.update(review_state="approved")
    changed = small()
    changed[4]["fields"]["title"] = "Other"

    load(file(changed), no_publish=True)

    assert Event.objects.get().review_state == "in_review"


def test_a_merged_duplicate_is_not_named_again(file):
    kept, gone = ActorFactory(slug="mayoress"), ActorFactory(slug="mayor")
    Actor.objects.filter(pk=gone.pk).update(merged_into=kept)
    story = [one for one in small() if one["fields"].get("slug") != "mayor"]

    _out, err, code = load(file(story))

    assert code == 1
    assert "speaker: “mayor” was merged into “mayoress”: name that." in err
    assert Merge.objects.count() == 0


def test_a_dates_anchor_that_moved_marks_what_is_counted_from_it(file):
    story = small()
    story[4]["fields"] |= {
        "date": "2026-03-02",
        "date_words": "on Monday",
        "date_anchor": ["herald-flood"],
        "date_rule": "latest-weekday",
    }
    load(file(story))
    assert Event.objects.get().date_is_stale is False
    story[3]["fields"]["published"] = "2026-03-20"

    load(file(story))

    assert Event.objects.get().date_is_stale is True


def test_rows_of_the_desk_are_all_in_the_format():
    """What a model gains has to be in the format, or be left out knowingly."""
    left_out = {
        *("id", "version", "loaded_version", "created_at", "changed_at"),
        *("live_state", "published_version", "owner", "review_state", "name_key"),
        *("review_version", "review_by", "review_at", "review_note", "address_key"),
        *("merged_into", "date_is_stale", "said_is_stale"),
    }
    for model in MODELS:
        names = {field.name for field in model._meta.concrete_fields}
        derived = {
            name
            for name in names
            if name.endswith(("_earliest", "_latest", "_precision", "_sort"))
        }
        assert names - derived - left_out == set(BY_MODEL[model].names), model


def test_passages_have_to_stand_in_held_texts(file):
    source = SourceFactory(slug="held", title="Held")
    SourceSnapshot.objects.create(
        source=source, taken_at="2026-03-03T00:00:00Z", text="He said: “no danger”."
    )
    story = small()
    story[7]["fields"] |= {"source": ["held"], "exact": "no danger", "passage": "found"}
    _out, err, code = load(file(story))
    assert (err, code) == ("", 0)

    story[7]["fields"]["exact"] = "great danger"
    _out, err, code = load(file(story))

    assert code == 1
    assert "exact: This passage is not in the held text" in err
    assert Citation.objects.get().exact == "no danger"


def test_nothing_is_left_behind_in_the_database(file):
    load(file(small()))
    load(file("[{]"))

    tables = connection.introspection.table_names()
    assert not [name for name in tables if name.startswith("import_")]


def test_publishing_elsewhere_is_seen(file):
    """An event that was published at the desk meanwhile is not published twice."""
    load(file(small()), no_publish=True)
    publish(Event.objects.get(), by=None, version=1)

    load(file(small()))

    assert Revision.objects.count() == 1


def test_the_example_beside_the_documents_is_loaded_and_published(file):
    text = (FIXTURE.parents[1] / "docs" / "loading.md").read_text(encoding="utf-8")
    example = text.partition("```json\n")[2].partition("```")[0]

    _out, err, code = load(file(example))

    assert (err, code) == ("", 0)
    document = json.loads(Revision.objects.get().document)
    assert document["statements"][0]["attribution"] == ("Ada Bridge, to The Herald")


def test_what_is_in_one_place_stays_in_the_order_that_readers_know(file):
    """Events of one day, as they were first published; statements, as they stand."""
    story = small()
    later = thing("statement", **{**story[6]["fields"], "slug": "a-later-one"})
    load(file([*story, later]))
    for slug in ("b-second", "a-third"):
        event = ready_event(slug=slug, date="2026-03-02")
        publish(event, by=None, version=event.version)
    first = export(all=True)
    call_command("flush", interactive=False, verbosity=0)

    load(file(first))

    told = Revision.objects.order_by("sequence").values_list("slug", flat=True)
    assert list(told) == ["flood-begins", "b-second", "a-third"]
    said = Statement.objects.filter(event__slug="flood-begins")
    assert [one.slug for one in said] == ["mayor-calm", "a-later-one"]
    assert export(all=True) == first


def test_fields_that_come_late_in_a_long_file_are_not_lost(file):
    plain = [thing("topic", slug=f"t-{n}", name=f"Topic {n}") for n in range(4200)]
    late = [
        thing("topic", slug=f"late-{n}", name=f"a\tb\\ {n}", notes="It’s\nlate.")
        for n in range(9)
    ]

    load(file([*plain, *late, thing("topic", slug="last", name="Last")]))

    assert Topic.objects.exclude(notes="").count() == 9
    assert Topic.objects.get(slug="late-3").name == "a\tb\\ 3"
    assert Topic.objects.get(slug="late-3").notes == "It’s\nlate."
    assert set(Topic.objects.exclude(slug__startswith="late").values_list("notes")) == {
        ("",)
    }


@pytest.mark.parametrize("late", ["public_id", "notes"])
def test_values_stay_in_their_fields_whichever_comes_late(file, late):
    fields = [
        {
            "slug": f"t-{n}",
            "public_id": f"top_{n:012d}",
            "name": f"Topic {n}",
            "notes": f"Note {n}",
        }
        for n in range(4_300)
    ]
    for one in fields[:4_200]:
        del one[late]

    load(file([thing("topic", **one) for one in fields]))

    held = Topic.objects.in_bulk(field_name="slug")
    assert len(held) == 4_300
    for one in fields:
        row = held[one["slug"]]
        assert {name: getattr(row, name) for name in one} == one


def test_rules_that_reading_keeps_are_not_asked_again():
    asked = {rule.name for shape in SHAPES for rule, _sql in rules_of(shape)}

    assert "statement_text_length" not in asked
    assert "event_title_filled" not in asked
    assert "citation_credit_listed" not in asked
    assert {"event_date_length", "statement_one_speaker", "source_named"} <= asked


def test_no_list_is_looked_through_once_for_each_row(file):
    """As PostgreSQL does by NOT IN, where a list is too long for its memory."""
    with CaptureQueriesContext(connection) as asked:
        load(file(small()))
        load(FIXTURE)

    texts = [one["sql"] for one in asked]
    assert any("EXCEPT SELECT pk FROM import_event" in text for text in texts)
    assert [text for text in texts if "NOT IN (SELECT" in text] == []

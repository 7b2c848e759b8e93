"""The same files once more: nothing is read, as long as nothing has changed."""

import json

import pytest
from django.db.models import F
from django.utils import timezone

from timeline.editing import saving
from timeline.models import Actor, Event, ImportedFiles, Merge, Source, SourceSnapshot
from timeline.publishing.write import withdraw
from timeline.transfer import importing
from timeline.transfer.importing import Import
from timeline.transfer.unchanged import digest_of

from .test_import_story import load, small

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "story.json"
    path.write_text(json.dumps(small()))
    return path


@pytest.fixture
def loaded(file):
    assert load(file)[2] == 0
    return file


@pytest.fixture
def reads(monkeypatch):
    """The files that are read from now on."""
    found = []

    def objects_in(path):
        found.append(path.name)
        return real(path)

    real = importing.objects_in
    monkeypatch.setattr(importing, "objects_in", objects_in)
    return found


def test_the_same_file_is_not_read_again(loaded, reads):
    before = ImportedFiles.objects.values().get()
    out, err, code = load(loaded)
    assert (reads, err, code) == ([], "", 0)
    assert "events: 0 created, 0 changed, 1 as they were" in out
    assert ImportedFiles.objects.values().get() == before
    assert load(loaded, dry_run=True)[0].endswith("Nothing was written.\n")
    assert reads == []


def test_another_text_under_its_name_is_read(loaded, reads):
    objects = small()
    objects[0]["fields"]["title"] = "The great flood"
    loaded.write_text(json.dumps(objects))
    assert "stories: 0 created, 1 changed" in load(loaded)[0]
    assert reads == ["story.json"]


def at_the_desk():
    event = Event.objects.get()
    with saving(event, by=None, version=event.version, why="a slip"):
        event.title = "It rained"
        event.save()


def a_report_more():
    SourceSnapshot.objects.create(
        source=Source.objects.get(), key="x", taken_at=timezone.now(), text="Other."
    )


def a_person_more():
    Actor.objects.create(slug="warden", kind="person", name="A warden")


def merged():
    other = Actor.objects.create(slug="the-mayor", kind="person", name="Mayor")
    Actor.objects.filter(slug="mayor").update(merged_into=other)
    assert not Merge.objects.exists()


def withdrawn():
    event = Event.objects.get()
    withdraw(event, by=None, version=event.version, note="It was another day.")


@pytest.mark.parametrize(
    "change", [at_the_desk, a_report_more, a_person_more, merged, withdrawn]
)
def test_it_is_read_again_after_any_change_here(loaded, reads, change):
    change()
    load(loaded)
    assert reads == ["story.json"]


def test_what_it_says_then_is_what_it_said_before(loaded):
    at_the_desk()
    assert load(loaded)[2] == 3
    assert load(loaded, on_conflict="keep")[2] == 0
    assert "is left as it is" in load(loaded, on_conflict="keep")[0]
    withdrawn()
    assert "it stays so" in load(loaded, on_conflict="take")[1]
    assert load(loaded)[2] == 4


def test_one_that_was_left_on_the_desk_is_published_when_that_is_asked(file, reads):
    load(file, no_publish=True)
    load(file, no_publish=True)
    assert reads == ["story.json"]
    assert "1 revision(s) published" in load(file)[0]
    load(file)
    load(file, no_publish=True)
    assert reads == ["story.json"] * 2


def test_what_nobody_published_is_not_remembered(file, reads):
    objects = [one for one in small() if one["model"] != "timeline.citation"]
    file.write_text(json.dumps(objects))
    assert load(file)[2] == 4
    assert load(file)[2] == 4
    assert reads == ["story.json"] * 2


def test_a_save_in_the_midst_of_an_import_is_not_taken_for_its_own(
    file, reads, monkeypatch
):
    other = Event.objects.create(slug="other", title="Other", date="2026-03-01")
    real = importing.write

    def write(staging, **options):
        Event.objects.filter(pk=other.pk).update(version=F("version") + 1)
        real(staging, **options)

    monkeypatch.setattr(importing, "write", write)
    load(file)
    assert not ImportedFiles.objects.exists()
    load(file)
    assert reads == ["story.json"] * 2


def test_the_last_are_remembered(tmp_path):
    for number in range(22):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(small()[:1]))
        Import([str(path)]).run()
    assert ImportedFiles.objects.count() == 20


def test_what_cannot_be_told_apart_is_not_remembered(tmp_path):
    assert digest_of([None]) == ""
    assert digest_of([tmp_path / "gone.json"]) == ""
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    one.write_text("[]")
    two.write_text("[]")
    found = {digest_of(files) for files in ([one], [two], [one, two], [two, one])}
    assert len(found) == 4

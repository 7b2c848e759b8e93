"""`publish`: what is on the desk of a story, or of all, to readers; what is left."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.factories import EventFactory, EventStoryFactory, StoryFactory, ready_event
from timeline.editing import saving, submit
from timeline.models import Event
from timeline.models.record import Revision
from timeline.publishing.write import publish, verify_record, withdraw

pytestmark = pytest.mark.django_db


def run(*arguments):
    """What the command says, on both of its streams, and its exit code."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("publish", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
        code = error.returncode
    return out.getvalue().splitlines(), err.getvalue().splitlines(), code


@pytest.fixture
def flood():
    return StoryFactory(slug="flood")


def changed(event, **fields):
    with saving(event, version=event.version):
        for name, value in fields.items():
            setattr(event, name, value)
        event.save()


def told():
    """What the record says was done, in order."""
    return list(
        Revision.objects.order_by("sequence").values_list("slug", "kind", "note")
    )


def test_the_events_of_a_story_are_published_and_no_others(flood):
    ready_event(slug="it-rains", story=flood)
    ready_event(slug="it-floods", story=flood)
    ready_event(slug="elsewhere")

    out, err, code = run("--story", "flood")

    assert (out, err, code) == (["2 revision(s) published."], [], 0)
    assert {slug for slug, *_rest in told()} == {"it-rains", "it-floods"}
    assert Event.objects.get(slug="elsewhere").live_state == "never"
    assert list(verify_record()) == []


def test_what_readers_see_already_is_brought_up_to_date_with_the_note(flood):
    event = ready_event(slug="it-floods", story=flood)
    publish(event, by=None, version=event.version)
    changed(event, summary="To the second floor.")
    same = ready_event(slug="it-rains", story=flood)
    publish(same, by=None, version=same.version)

    _out, _err, code = run("--ready", "--note", "More is known.")

    assert code == 0
    assert told()[2:] == [("it-floods", "update", "More is known.")]


def test_twice_is_once(flood):
    ready_event(story=flood)
    run("--ready")

    out, _err, code = run("--ready")

    assert (out, code) == (["0 revision(s) published."], 0)
    assert Revision.objects.count() == 1


def test_what_is_not_ready_is_left_and_listed_and_the_others_are_published(flood):
    ready_event(slug="it-rains", story=flood)
    bare = EventFactory(title="Nobody said so")
    EventStoryFactory(event=bare, story=flood)
    out, err, code = run("--story", "flood")

    assert (out, code) == (["1 revision(s) published."], 4)
    assert err == [
        "“Nobody said so” is not published: Add a statement and where it was found: "
        "nothing here has a source.",
        "1 event(s) not published.",
    ]


def test_what_somebody_is_to_look_at_is_left_to_them(flood):
    event = ready_event(title="It floods", story=flood)
    submit(event, by=None, version=event.version)

    _out, err, code = run("--ready")

    assert code == 4
    assert err[0] == "“It floods” is not published: it is in review."
    assert not Revision.objects.exists()


def test_what_was_withdrawn_stays_so_and_is_no_failure(flood):
    event = ready_event(story=flood)
    publish(event, by=None, version=event.version)
    withdraw(event, by=None, version=event.version, note="It was wrong.")

    out, _err, code = run("--ready")

    assert code == 0
    assert out[-1] == ("1 event(s) withdrawn, merged, suppressed or on hold stay so.")
    assert Event.objects.get().live_state == "withdrawn"


def test_a_dry_run_publishes_nothing_and_says_what_would_be(flood):
    ready_event(story=flood)
    event = ready_event(story=flood)
    publish(event, by=None, version=event.version)
    changed(event, summary="More.")
    EventStoryFactory(event=EventFactory(title="Nobody said so"), story=flood)

    out, err, code = run("--story", "flood", "--dry-run")

    assert out == [
        "2 event(s) would be published for the first time, 1 again, 1 of them refused."
    ]
    assert err[0].startswith("“Nobody said so” is not published: Add a statement")
    assert code == 4
    assert Revision.objects.count() == 1


def test_a_story_that_is_not_there_is_named_and_nothing_published(flood):
    ready_event(story=flood)

    _out, err, code = run("--story", "flood", "--story", "drought")

    assert (err, code) == (["There is no story “drought” on this desk."], 1)
    assert not Revision.objects.exists()


@pytest.mark.parametrize("arguments", [(), ("--ready", "--story", "flood")])
def test_either_stories_or_everything_is_asked_for(arguments):
    with pytest.raises(CommandError):
        call_command("publish", *arguments)

"""Review: submit, send back, own and embargo, each by who may and at what was seen."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.admin.desk import account
from tests.factories import EventFactory, StatementFactory, ready_event
from timeline.editing import (
    Refused,
    Stale,
    assign,
    lift_embargo,
    needs_another,
    saving,
    send_back,
    set_embargo,
    submit,
)
from timeline.models import Event, EventStep
from timeline.publishing.write import approve, hold, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return account("Writer")


@pytest.fixture
def editor():
    return account("Editor")


def saved(event, *, by, **fields):
    """One save of an event by somebody, as the desk makes it."""
    event.refresh_from_db()
    with saving(event, version=event.version, by=by):
        for name, value in fields.items():
            setattr(event, name, value)
        event.save()
    return event


def state(event):
    event.refresh_from_db()
    return event.review_state


def trail(event):
    return list(event.steps.order_by("pk").values_list("kind", "by_name", "note"))


def tomorrow():
    return timezone.now() + timedelta(days=1)


def test_a_draft_goes_to_review_and_back_with_a_reason(writer, editor):
    event = ready_event()

    submit(event, by=writer, version=1, note="Please look.")
    send_back(event, by=editor, version=1, note="Who says so?")

    assert state(event) == "sent_back"
    assert (event.owner, event.review_by) == (writer, editor)
    assert event.review_note == "Who says so?"
    assert trail(event) == [
        ("submitted", "writer", "Please look."),
        ("sent_back", "editor", "Who says so?"),
    ]


def test_no_step_changes_what_was_looked_at(writer):
    event = ready_event()

    submit(event, by=writer, version=1)

    assert Event.objects.get().version == 1


def test_a_step_at_an_older_version_is_refused(writer):
    event = saved(ready_event(), by=writer, title="Second")

    with pytest.raises(Stale):
        submit(event, by=writer, version=1)

    assert state(event) == "draft"


def test_what_is_in_review_is_submitted_again_only_when_it_was_changed(writer):
    event = ready_event()
    submit(event, by=writer, version=1)

    with pytest.raises(Refused, match="in review already"):
        submit(event, by=writer, version=1)
    saved(event, by=writer, title="Second")
    submit(event, by=writer, version=2)

    assert event.review_version == 2


def test_what_readers_see_as_it_is_has_no_review(writer):
    event = ready_event()
    publish(event, by=None, version=1)

    with pytest.raises(Refused, match="has changed since it was published"):
        submit(event, by=writer, version=1)


def test_sending_back_needs_a_reason_and_something_in_review(writer, editor):
    event = ready_event()

    with pytest.raises(Refused, match="is not in review"):
        send_back(event, by=editor, version=1, note="Why?")
    submit(event, by=writer, version=1)
    with pytest.raises(Refused, match="what is to be done"):
        send_back(event, by=editor, version=1, note="  ")

    assert state(event) == "in_review"


def test_publishing_ends_the_review(writer, editor):
    event = ready_event()
    submit(event, by=writer, version=1)

    publish(event, by=editor, version=1)

    assert state(event) == "draft"


def test_who_may_take_which_step(writer, editor):
    viewer, event = account("Viewer"), ready_event()

    with pytest.raises(PermissionDenied):
        submit(event, by=viewer, version=1)
    with pytest.raises(PermissionDenied):
        assign(event, by=viewer, version=1, to=viewer)
    with pytest.raises(PermissionDenied):
        assign(event, by=writer, version=1, to=editor)
    with pytest.raises(PermissionDenied):
        send_back(event, by=writer, version=1, note="Why?")
    with pytest.raises(PermissionDenied):
        set_embargo(event, by=viewer, version=1, until=tomorrow(), reason="Asked.")
    with pytest.raises(PermissionDenied):
        lift_embargo(event, by=writer, version=1, reason="It is out.")

    assert not EventStep.objects.exists()


def test_a_writer_takes_an_event_over_and_an_editor_hands_it_on(writer, editor):
    event = ready_event()

    assign(event, by=writer, version=1, to=writer)
    assign(event, by=editor, version=1, to=editor, note="Mine now.")

    assert Event.objects.get().owner == editor
    assert trail(event)[-1] == ("assigned", "editor", "To editor. Mine now.")
    with pytest.raises(Refused, match="owns it already"):
        assign(event, by=editor, version=1, to=editor)
    with pytest.raises(Refused, match="cannot work on events"):
        assign(event, by=editor, version=1, to=account("Viewer"))


def test_who_makes_an_event_owns_it_and_who_mends_it_does_not(writer, editor):
    event = EventFactory.build()

    with saving(event, version=None, by=writer):
        event.save()
    saved(event, by=editor, title="Mended")
    saved(event, by=editor, title="Mended again")

    assert Event.objects.get().owner == writer
    assert [row[:2] for row in trail(event)] == [
        ("worked", "writer"),
        ("worked", "editor"),
    ]


# Embargo


def test_an_embargo_needs_a_reason_and_a_moment_to_come(writer):
    event = ready_event()

    with pytest.raises(Refused, match="Say why"):
        set_embargo(event, by=writer, version=1, until=tomorrow(), reason=" ")
    with pytest.raises(Refused, match="has passed"):
        set_embargo(
            event, by=writer, version=1, until=timezone.now(), reason="As asked."
        )


def test_a_writer_may_lengthen_an_embargo_and_only_an_editor_shorten_it(writer, editor):
    event = ready_event()
    set_embargo(event, by=writer, version=1, until=tomorrow(), reason="As asked.")
    later = tomorrow() + timedelta(days=1)
    sooner = tomorrow() - timedelta(hours=2)

    set_embargo(event, by=writer, version=1, until=later, reason="As asked.")
    with pytest.raises(PermissionDenied):
        set_embargo(event, by=writer, version=1, until=sooner, reason="Now.")
    set_embargo(event, by=editor, version=1, until=sooner, reason="They said so.")
    lift_embargo(event, by=editor, version=1, reason="It is out.")

    event.refresh_from_db()
    assert (event.embargo_until, event.embargo_reason) == (None, "")
    assert [row[0] for row in trail(event)] == ["embargo"] * 3 + ["embargo_lifted"]


# Two people for each change


@pytest.fixture
def two_people(settings):
    settings.DATELINE_REVIEW_NEEDS_ANOTHER = True


@pytest.mark.usefixtures("two_people")
def test_what_one_person_began_is_their_own(writer, editor):
    event = saved(ready_event(), by=editor, title="Mine")

    assert needs_another(event, editor)
    assert not needs_another(event, writer)
    assert not needs_another(event, None)


@pytest.mark.usefixtures("two_people")
def test_whoever_changed_any_of_it_since_it_was_published_wrote_it(writer, editor):
    chief = account("Chief editor")
    event = saved(ready_event(), by=editor, title="Begun")
    with saving(event, version=2, by=chief):
        StatementFactory(event=event)
    submit(event, by=writer, version=3)

    for author in (editor, chief):
        with pytest.raises(Refused, match="is your own draft"):
            publish(event, by=author, version=3)
    third = account("Editor", name="third")
    publish(event, by=third, version=3)
    saved(event, by=editor, title="Changed again")

    assert needs_another(event, editor)
    assert not needs_another(event, chief)


@pytest.mark.usefixtures("two_people")
def test_who_changed_it_before_there_was_a_trail_is_in_the_history(editor):
    event = saved(ready_event(), by=editor, title="Mine")
    event.steps.all().delete()

    assert needs_another(event, editor)


@pytest.mark.usefixtures("two_people")
def test_a_second_approval_lets_an_author_publish_what_was_approved(writer, editor):
    event = saved(ready_event(), by=editor, title="Mine")
    approve(event, by=account("Chief editor"), version=2)

    event.refresh_from_db()
    assert not needs_another(event, editor)


@pytest.mark.usefixtures("two_people")
def test_handing_ones_own_draft_on_makes_it_nobody_elses(writer, editor):
    event = saved(ready_event(), by=editor, title="Mine")
    assign(event, by=editor, version=2, to=writer)
    submit(event, by=writer, version=2)

    assert needs_another(event, editor)


@pytest.mark.usefixtures("two_people")
def test_who_took_a_draft_over_and_wrote_it_does_not_publish_it(writer, editor):
    event = saved(ready_event(), by=writer, title="Begun")
    assign(event, by=editor, version=2, to=editor)
    saved(event, by=editor, title="Written")

    assert needs_another(event, editor)


@pytest.mark.usefixtures("two_people")
def test_a_change_of_a_live_event_is_somebodys_own_too(writer, editor):
    event = saved(ready_event(), by=writer, title="Theirs")
    publish(event, by=editor, version=2)
    saved(event, by=editor, title="Changed by me")

    assert needs_another(event, editor)
    with pytest.raises(Refused, match="is your own draft"):
        publish(event, by=editor, version=3, note="Changed.")
    publish(event, by=None, version=3, note="Changed.")


def test_without_the_option_everybody_may_publish_their_own(editor):
    event = saved(ready_event(), by=editor, title="Mine")

    publish(event, by=editor, version=2)

    assert Event.objects.get().live_state == "live"


# What no column has room for


LONG = "x" * 4001


@pytest.mark.parametrize(
    "act",
    [
        lambda event, by: submit(event, by=by, version=1, note=LONG),
        lambda event, by: send_back(event, by=by, version=1, note=LONG),
        lambda event, by: assign(event, by=by, version=1, to=by, note=LONG),
        lambda event, by: lift_embargo(event, by=by, version=1, reason=LONG),
        lambda event, by: set_embargo(
            event, by=by, version=1, until=tomorrow(), reason=LONG
        ),
        lambda event, by: publish(event, by=by, version=1, note=LONG),
        lambda event, by: approve(event, by=by, version=1, reason=LONG),
        lambda event, by: hold(event, by=by, version=1, reason=LONG),
    ],
)
def test_a_reason_that_is_too_long_is_refused_with_a_sentence(editor, act):
    event = ready_event()

    with pytest.raises(Refused, match="has 4000 characters at most, and this one"):
        act(event, editor)

    assert not EventStep.objects.exists()


def test_the_longest_reason_fits_with_what_is_said_before_it(editor):
    event = ready_event()
    longest = LONG[1:]

    set_embargo(event, by=editor, version=1, until=tomorrow(), reason=longest)
    lift_embargo(event, by=editor, version=1, reason=longest)
    assign(event, by=editor, version=1, to=editor, note=longest)

    assert all(longest in row[2] for row in trail(event))


# Beside a save


def test_an_embargo_set_while_somebody_saves_is_kept(writer, editor):
    event = ready_event()
    opened = Event.objects.get()
    submit(event, by=writer, version=1, note="Please look.")
    set_embargo(event, by=editor, version=1, until=tomorrow(), reason="As agreed.")

    with saving(opened, version=1, by=writer):
        opened.title = "Saved by one who knew of neither"
        opened.save()

    now = Event.objects.get()
    assert (now.embargo_reason, now.review_note) == ("As agreed.", "Please look.")
    assert (now.embargo_until, now.review_by) == (event.embargo_until, writer)
    with pytest.raises(Refused, match="As agreed"):
        publish(now, by=editor, version=2)


def test_an_embargo_that_was_lifted_does_not_come_back_with_a_save(editor):
    event = ready_event()
    set_embargo(event, by=editor, version=1, until=tomorrow(), reason="As agreed.")
    opened = Event.objects.get()
    lift_embargo(event, by=editor, version=1, reason="It is out.")

    with saving(opened, version=1, by=editor):
        opened.save()

    assert Event.objects.get().embargo_until is None

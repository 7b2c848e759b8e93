"""Approved events are published when they are due; an embargo keeps every road shut."""

import io
import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.admin.desk import account
from tests.factories import CitationFactory, SourceFactory, ready_event
from timeline.editing import Refused, lift_embargo, saving, set_embargo, submit
from timeline.models import Act, Event
from timeline.models.record import Revision
from timeline.publishing.write import (
    NotReady,
    approve,
    hold,
    publish,
    publish_due,
    publish_many,
    readiness,
    release,
    suppress,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return account("Editor")


def embargoed(event, **more):
    until = timezone.now() + timedelta(**(more or {"days": 1}))
    set_embargo(event, by=None, version=event.version, until=until, reason="As agreed.")
    return event


def over(event):
    """Time passes, and the embargo with it."""
    Event.objects.filter(pk=event.pk).update(embargo_until=timezone.now())
    event.refresh_from_db()


def changed(event, **fields):
    with saving(event, version=event.version, by=account("Writer")):
        for name, value in fields.items():
            setattr(event, name, value)
        event.save()
    return event


def due():
    out, err = io.StringIO(), io.StringIO()
    call_command("publish_due", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def kinds():
    return list(Revision.objects.order_by("sequence").values_list("kind", flat=True))


def test_during_an_embargo_nobody_publishes_by_whatever_road(editor):
    event = embargoed(ready_event(title="Kept"))

    for road in (
        lambda: publish(event, by=editor, version=1),
        lambda: publish(event, by=None, version=1),
        lambda: list(publish_many([event], by=None)),
    ):
        with pytest.raises(NotReady, match="“Kept” is under embargo until .*As agreed"):
            road()

    assert kinds() == []
    assert any("under embargo" in row.sentence for row in readiness(event))


def test_a_fixture_publishes_nothing_under_embargo(tmp_path):
    path = tmp_path / "kept.json"
    path.write_text(json.dumps([kept_in_a_fixture()]))
    err = io.StringIO()

    call_command("loaddata", str(path), stderr=err, verbosity=0)

    assert "“Kept” is under embargo" in err.getvalue()
    assert kinds() == []


def kept_in_a_fixture():
    until = (timezone.now() + timedelta(days=1)).isoformat()
    fields = {"slug": "kept", "title": "Kept", "date": "..", "embargo_until": until}
    return {"model": "timeline.event", "publish": True, "fields": fields}


def test_what_is_approved_is_published_once_the_embargo_is_over(editor):
    event = embargoed(ready_event(title="Kept"))
    approve(event, by=editor, version=1, reason="Checked twice.")

    assert due() == ("", "")
    over(event)
    out, err = due()

    assert (out, err) == ("Published “Kept”, revision 1.\n", "")
    assert kinds() == ["publication"]
    assert Act.objects.get().reason == "Approved by editor. Checked twice."
    assert due() == ("", "")


def test_an_approval_without_an_embargo_is_due_at_once(editor):
    approve(ready_event(), by=editor, version=1)

    assert "Published" in due()[0]


def test_a_change_of_a_live_event_is_approved_with_its_kind_and_note(editor):
    event = ready_event()
    publish(event, by=editor, version=1)
    changed(event, date="2026-03-02")

    with pytest.raises(Refused, match="This is not minor"):
        approve(event, by=editor, version=2, kind="minor", note="A day.")
    with pytest.raises(Refused, match="Tell readers in the note"):
        approve(event, by=editor, version=2, kind="correction")
    approve(event, by=editor, version=2, kind="correction", note="It was a Monday.")
    due()

    newest = Revision.objects.latest("sequence")
    assert (newest.kind, newest.note) == ("correction", "It was a Monday.")


def test_what_is_changed_after_it_was_approved_waits_for_another(editor):
    event = ready_event()
    approve(event, by=editor, version=1)
    changed(event, title="Changed")

    assert due() == ("", "")
    event.refresh_from_db()
    assert event.review_state == "in_review"
    assert kinds() == []


def test_what_says_something_else_by_another_name_is_looked_at_again(editor):
    event = ready_event(title="Approved")
    approve(event, by=editor, version=1)
    changed(event.statements.get().speaker, name="Another Name")

    first, again = due(), due()

    assert first[1].startswith("Refused “Approved”: It says something else than what")
    assert again == ("", "") and kinds() == []
    event.refresh_from_db()
    assert event.review_state == "sent_back"


def test_whoever_approved_must_still_be_allowed_to_publish(editor):
    event = ready_event(title="Approved")
    approve(event, by=editor, version=1)
    editor.is_active = False
    editor.save()

    assert "may not publish any more" in due()[1]
    assert kinds() == []


def test_what_is_not_ready_cannot_be_approved(editor):
    with pytest.raises(NotReady, match="Say when it happened"):
        approve(ready_event(date=""), by=editor, version=1)


def test_what_cannot_be_published_when_it_is_due_goes_back_once(editor):
    event = ready_event(title="Broken")
    approve(event, by=editor, version=1)
    event.statements.get().citations.all().delete()

    first, again = due(), due()

    assert first[0] == ""
    assert first[1].startswith("Refused “Broken”: Add a statement")
    assert again == ("", "")
    event.refresh_from_db()
    assert event.review_state == "sent_back"
    assert "Add a statement" in event.review_note


def test_what_is_put_on_hold_meanwhile_waits_for_another_approval(editor):
    event = ready_event()
    publish(event, by=editor, version=1)
    approve(changed(event, title="Changed"), by=editor, version=2, kind="update")
    hold(event, by=editor, version=2)

    held = due()
    release(event, by=editor, version=2)

    assert held == due() == ("", "")
    assert kinds() == ["publication", "hold", "release"]
    assert Event.objects.get().review_state == "in_review"


def approved_change(by):
    """A live event with a change that waits for the end of an embargo."""
    event = ready_event()
    publish(event, by=by, version=1)
    embargoed(changed(event, title="Changed"))
    approve(event, by=by, version=2, kind="update")
    return event


def test_what_is_withdrawn_meanwhile_waits_for_another_approval(editor):
    event = approved_change(editor)
    withdraw(event, by=editor, version=2, note="It is wrong.")
    over(event)

    assert due() == ("", "")
    assert event.review_state == "in_review"
    assert kinds() == ["publication", "withdrawal"]


def test_what_is_suppressed_meanwhile_waits_for_another_approval():
    chief = account("Chief editor")
    event = approved_change(chief)
    suppress(event, revisions=[1], by=chief, reason="A court says so.")
    over(event)

    assert due() == ("", "")
    assert event.review_state == "in_review"
    assert kinds() == ["publication", "suppression"]


def test_many_reasons_for_which_one_event_is_refused_keep_back_no_other(editor):
    long = ready_event(title="Long")
    approve(long, by=editor, version=1)
    approve(ready_event(title="Other"), by=editor, version=1)
    statement = long.statements.get()
    for number in range(40):
        source = SourceFactory(publisher=None, title=f"{number} {'words ' * 40}")
        CitationFactory(statement=statement, source=source, position=number + 2)

    out, err = due()

    assert out == "Published “Other”, revision 1.\n"
    assert len(err) > 5000
    long.refresh_from_db()
    assert long.review_state == "sent_back"
    assert len(long.review_note) == 5000


def test_nobody_approves_their_own_draft_where_two_are_wanted(editor, settings):
    settings.DATELINE_REVIEW_NEEDS_ANOTHER = True
    other = account("Chief editor")
    event = ready_event()
    submit(event, by=editor, version=1)

    with pytest.raises(Refused, match="is your own draft"):
        approve(event, by=editor, version=1)
    approve(event, by=other, version=1)
    publish(event, by=editor, version=1)

    assert kinds() == ["publication"]


def test_an_approved_event_whose_embargo_is_lifted_is_due(editor):
    event = embargoed(ready_event())
    approve(event, by=editor, version=1)

    lift_embargo(event, by=editor, version=1, reason="It is out.")

    assert "Published" in due()[0]


@pytest.mark.django_db(transaction=True)
def test_asked_twice_at_once_it_publishes_each_event_once():
    editor = account("Editor")
    for _ in range(5):
        approve(ready_event(), by=editor, version=1)
    start, done = Barrier(3), []

    def run():
        start.wait()
        done.append([row for row in publish_due() if row.revision or row.refused])
        connection.close()

    threads = [Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(done) == 3
    outcomes = [row for part in done for row in part]
    assert [row.refused for row in outcomes] == [""] * 5
    assert kinds() == ["publication"] * 5
    assert set(Event.objects.values_list("review_state", flat=True)) == {"draft"}

"""From a draft to its readers by buttons: review, hold, merge, suppress, embargo."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from tests.admin.desk import account, at_the_desk, filled_in, list_url, said, text, url
from tests.factories import ready_event
from timeline.editing import saving, set_embargo, submit
from timeline.models import Act, Event
from timeline.models.record import Revision
from timeline.publishing.write import approve, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return at_the_desk("Writer")


@pytest.fixture
def editor():
    return at_the_desk("Editor")


@pytest.fixture
def chief():
    return at_the_desk("Chief editor")


def live_event(**fields):
    event = ready_event(**fields)
    publish(event, by=None, version=event.version)
    return event


def changed(event, **fields):
    with saving(event, version=event.version):
        for name, value in fields.items():
            setattr(event, name, value)
        event.save()
    return event


def act(browser, event, page, **words):
    event.refresh_from_db()
    data = {"version": event.version, **words}
    return browser.post(url(event, page), data, follow=True)


def kinds():
    return list(Revision.objects.order_by("sequence").values_list("kind", flat=True))


def offered(browser, event):
    """The acts whose pages the page of an event leads to."""
    page = browser.get(url(event))
    rows = page.context["first_acts"] + page.context["other_acts"]
    return [act.name for act, _page in rows]


def test_a_writer_submits_and_an_editor_sends_back_with_a_reason(writer, editor):
    event = ready_event()

    done = act(writer, event, "submit", note="Please look.")
    refused = act(editor, event, "send_back", note="")
    back = act(editor, event, "send_back", note="Who says so?")
    page = text(writer.get(url(event)))

    assert "is now in review" in said(done)[0]
    assert "Say what is to be done" in text(refused)
    assert "was sent back to its owner" in said(back)[0]
    assert "Who says so?" in page and "sent back" in page
    assert "Please look." in page


def test_each_page_and_each_button_says_what_stays_readable(chief):
    event = live_event()
    told = {
        "withdraw": "Withdraw; earlier revisions stay readable",
        "hold": "Hold; nothing stays readable until it is released",
        "merge": "Merge; its revisions stay readable",
        "suppress": "Suppress; nothing of the chosen revisions stays readable",
    }

    for name, button in told.items():
        page = text(chief.get(url(event, name)))

        assert f'value="{button}"' in page
        assert "What this does" in page


def test_acts_are_offered_where_they_make_sense(writer, chief):
    draft, live = ready_event(), live_event()

    assert offered(writer, draft) == ["submit", "owner", "embargo"]
    assert offered(writer, live) == ["owner", "embargo"]
    assert set(offered(chief, draft)) == {
        *("submit", "publish", "approve", "owner", "embargo")
    }
    assert set(offered(chief, live)) == {
        *("publish", "owner", "embargo"),
        *("withdraw", "hold", "merge", "suppress"),
    }


def test_what_makes_no_sense_now_is_said_and_not_done(chief):
    draft = ready_event()

    for name in ("send_back", "lift_embargo", "withdraw", "hold", "release", "merge"):
        response = act(chief, draft, name, note="x", reason="x")

        assert response.redirect_chain[-1][0] == url(draft), name
        assert len(said(response)) == 1, name
    assert kinds() == []


def test_an_event_is_held_and_released(editor):
    event = live_event()

    act(editor, event, "hold", note="A court asked.", reason="Counsel rang.")
    held = text(editor.get(url(event)))
    act(editor, event, "release", reason="It was withdrawn.")

    assert "on hold" in held and "Release…" in held
    assert kinds() == ["publication", "hold", "release"]


def test_an_event_is_merged_into_a_live_one_alone(editor):
    event, other, draft = live_event(), live_event(title="Other"), ready_event()

    for wrong in (draft.pk, event.pk, 10**12, "x", ""):
        response = act(editor, event, "merge", into=wrong)
        assert response.redirect_chain == [], wrong
    done = act(editor, event, "merge", into=other.pk, note="The same.")

    assert "is in the record" in said(done)[0]
    assert kinds() == ["publication", "publication", "merge"]
    assert Revision.objects.latest("sequence").successor == other.public_id
    assert offered(editor, event) == ["publish", "owner", "hold"]


def test_a_withdrawal_may_name_what_stands_in_its_place(editor):
    event, other = live_event(), live_event()

    act(editor, event, "withdraw", note="Told better.", successor=other.pk)

    newest = Revision.objects.latest("sequence")
    assert (newest.kind, newest.successor) == ("withdrawal", other.public_id)


def test_suppressing_names_revisions_and_needs_a_reason(chief):
    event = live_event(title="Canary")
    submit(changed(event, title="Plain"), by=None, version=2, note="canary too")
    publish(event, by=None, version=2)

    asked = text(chief.get(url(event, "suppress")))
    none = act(chief, event, "suppress", reason="A court.")
    silent = act(chief, event, "suppress", revisions=["1"])
    forged = act(chief, event, "suppress", revisions=["7"], reason="A court.")
    done = act(chief, event, "suppress", revisions=["1"], reason="A court.")

    assert "Revision 1, publication" in asked and "Revision 2" in asked
    assert "Choose at least one revision." in text(none)
    assert "Say why it is suppressed" in text(silent)
    assert forged.redirect_chain == []
    assert "(suppression) is in the record" in said(done)[0]
    first = Revision.objects.get(number=1)
    assert (first.document, first.salt) == (None, None)
    assert "anary" not in text(chief.get(url(event, "history")))
    assert list(event.steps.values_list("note", flat=True)) == [""]


def desk_tables_with(word):
    """The tables of the desk, and the admin's own log, that say a word."""
    models = apps.get_app_config("timeline").get_models()
    of_desk = [row for row in models if row.__module__ != "timeline.models.record"]
    return {
        model.__name__
        for model in [*of_desk, LogEntry]
        if word in repr(list(model._base_manager.values()))
    }


def with_canaries_everywhere(chief):
    """A live event of which every text on the desk once said a canary."""
    event = live_event(title="Canary")
    row = event.statements.get()
    with saving(event, version=1, by=account("Editor"), why="A canary was heard."):
        row.text = row.notes = "A canary said so."
        row.save()
        row.citations.update(exact="canary")
        event.title = event.notes = "Canary again"
        event.save()
    act(chief, event, "submit", note="A canary.")
    act(chief, event, "embargo", until_0="2099-01-02", until_1="12:00", reason="Canary")
    act(chief, event, "lift_embargo", reason="The canary is out.")
    act(chief, event, "embargo", until_0="2099-01-02", until_1="12:00", reason="Canary")
    act(chief, event, "hold", reason="The canary rang.")
    with saving(event, version=2):
        row.text, row.notes = "Plain.", ""
        row.save()
        row.citations.update(exact="")
        event.title, event.notes = "Plain", ""
        event.save()
    return event


@pytest.mark.parametrize("box", ["", "on"])
def test_suppressing_reaches_the_desk_and_its_reasons_where_that_is_asked(chief, box):
    event = with_canaries_everywhere(chief)

    page = text(chief.get(url(event, "suppress")))
    words = {"revisions": ["1"], "reason": "A court.", "with_reasons": box}
    act(chief, event, "suppress", **words)

    assert "Also empty the reasons given so far" in page
    assert "every note that readers were shown" in page
    left = desk_tables_with("anary")
    assert left == (set() if box else {"Act", "Event"})
    assert [row.reason for row in Act.objects.order_by("sequence")][-1] == "A court."
    assert "is under embargo until" in text(chief.get(url(event)))


def test_what_the_desk_still_says_is_not_suppressed_before_it_is_changed(chief):
    event = live_event(title="Canary")

    first = act(chief, event, "suppress", revisions=["1"], reason="A court.")
    changed(event, title="Plain")
    then = act(chief, event, "suppress", revisions=["1"], reason="A court.")

    assert "change the words there first" in text(first)
    assert kinds() == ["publication", "suppression"]
    assert "(suppression) is in the record" in said(then)[0]
    assert "anary" not in text(chief.get(url(event, "history")))


def test_an_embargo_is_set_in_the_desks_own_zone_and_keeps_the_button_shut(
    editor, settings
):
    settings.TIME_ZONE = "America/New_York"
    event = ready_event()
    words = {"until_0": "2099-01-02", "until_1": "12:00", "reason": "As agreed."}

    done = act(editor, event, "embargo", **words)
    page = text(editor.get(url(event, "publish")))
    refused = act(editor, event, "publish")

    assert "is under embargo" in said(done)[0]
    assert "under embargo until 2099-01-02 12:00 EST: As agreed." in page
    assert "mend what is listed first" in text(refused)
    event.refresh_from_db()
    assert event.embargo_until.isoformat() == "2099-01-02T17:00:00+00:00"
    act(editor, event, "lift_embargo", reason="It is out.")
    act(editor, event, "publish")
    assert kinds() == ["publication"]


def test_an_editor_approves_what_is_under_embargo(editor):
    event = ready_event()
    until = timezone.now() + timedelta(days=1)
    set_embargo(event, by=None, version=1, until=until, reason="As agreed.")

    page = text(editor.get(url(event, "approve")))
    done = act(editor, event, "approve", reason="Checked.")

    assert "once it is under no embargo" in page and " disabled" not in page
    assert "will be published when it is due" in said(done)[0]
    assert "approved" in text(editor.get(url(event)))


def test_ones_own_draft_is_not_published_where_two_people_are_wanted(editor, settings):
    settings.DATELINE_REVIEW_NEEDS_ANOTHER = True
    event = ready_event()
    form = filled_in(editor.get(url(event)), title="Mine")
    editor.post(url(event), form)

    page = text(editor.get(url(event, "publish")))
    refused = act(editor, event, "publish")

    assert "is your own draft" in page and " disabled" in page
    assert "is your own draft" in text(refused)
    assert kinds() == []


def test_an_owner_is_chosen_among_who_may_write(writer, editor):
    event, viewer = ready_event(), account("Viewer")

    act(writer, event, "owner", to=account("Writer").pk)
    act(writer, event, "owner", to=account("Editor").pk)
    act(editor, event, "owner", to=viewer.pk)
    event.refresh_from_db()
    assert event.owner == account("Writer")

    act(editor, event, "owner", to=account("Editor").pk)
    event.refresh_from_db()
    assert event.owner == account("Editor")


def test_the_page_of_an_event_says_what_it_lacks(writer):
    event = ready_event(date="")

    page = text(writer.get(url(event)))

    assert "Before it is published" in page
    assert f'href="{url(event)}#id_date"' in page
    assert "Before it is published" not in text(writer.get(url(live_event())))


def test_the_difference_is_shown_field_by_field_and_its_kind_named(editor):
    event = live_event(title="As it was")
    statement = event.statements.get()
    with saving(event, version=1):
        event.statements.update(text="Now said so.", quote="in these words")
        event.title = "As it is"
        event.save()

    page = editor.get(url(event, "publish"))

    shown = page.context["preview"]
    [parts] = [row.parts for row in shown.changes if row.parts]
    assert [row.label for row in shown.changes][0] == "Title"
    assert [(row.label, row.before, row.after) for row in parts] == [
        ("What was said", statement.text, "Now said so."),
        ("Quoted words", "", "“in these words”"),
    ]
    assert "never minor, for it changes quoted words" in text(page)


def test_typing_is_said_to_be_minor(editor):
    event = changed(live_event(title="A titel"), title="A title")

    assert "This is minor, unless" in text(editor.get(url(event, "publish")))


# The list


def test_several_are_submitted_and_what_was_not_is_named(writer):
    draft, live = ready_event(title="New"), live_event(title="Seen")
    data = {"action": "submit_selected", "_selected_action": [draft.pk, live.pk]}

    sentences = said(writer.post(list_url(Event), data, follow=True))

    assert any("Submitted for review" in row and "New" in row for row in sentences)
    assert any("Not done" in row and "Seen" in row for row in sentences)
    draft.refresh_from_db()
    assert draft.review_state == "in_review"


def test_what_was_saved_after_the_list_was_opened_is_not_submitted(writer):
    draft, other = ready_event(title="Looked at"), ready_event(title="Changed since")
    page = text(writer.get(list_url(Event)))
    changed(other)
    seen = re.findall('name="seen" value="([0-9:]+)"', page)
    keys = [draft.pk, other.pk]
    data = {"action": "submit_selected", "_selected_action": keys, "seen": seen}

    sentences = said(writer.post(list_url(Event), data, follow=True))

    assert any(
        "Submitted for review" in row and "Looked at" in row for row in sentences
    )
    [refused] = [row for row in sentences if "Not done" in row]
    assert "Changed since" in refused and "Somebody else saved" in refused
    other.refresh_from_db()
    assert other.review_state == "draft"


def test_the_page_that_asks_leaves_out_what_was_saved_after_the_list(editor):
    event, other = ready_event(title="Looked at"), ready_event(title="Changed since")
    page = text(editor.get(list_url(Event)))
    changed(other)
    seen = re.findall('name="seen" value="([0-9:]+)"', page)
    keys = [event.pk, other.pk]
    data = {"action": "publish_selected", "_selected_action": keys, "seen": seen}

    asked = editor.post(list_url(Event), data)

    assert [choice.event for choice in asked.context["choices"]] == [event]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"review": "draft"}, {"Draft", "Kept"}),
        ({"review": "in_review"}, {"Waiting"}),
        ({"review": "sent_back"}, set()),
        ({"review": "approved"}, {"Approved"}),
        ({"review": "embargo"}, {"Kept"}),
        ({"owner": "me"}, {"Waiting"}),
        ({"owner": "nobody"}, {"Draft", "Kept", "Live", "Approved"}),
        ({"owner": "x"}, {"Draft", "Kept", "Live", "Approved", "Waiting"}),
    ],
)
def test_events_are_filtered_by_review_and_owner(query, titles):
    ready_event(title="Draft")
    live_event(title="Live")
    submit(ready_event(title="Waiting"), by=account("Writer"), version=1)
    approve(ready_event(title="Approved"), by=None, version=1)
    until = timezone.now() + timedelta(days=1)
    kept = ready_event(title="Kept")
    set_embargo(kept, by=None, version=1, until=until, reason="As agreed.")

    response = at_the_desk("Writer").get(list_url(Event, **query))

    found = {event.title for event in response.context["cl"].result_list}
    assert found == titles


def test_the_list_says_how_far_each_has_come():
    submit(ready_event(), by=account("Writer"), version=1)

    page = text(at_the_desk().get(list_url(Event)))

    assert '<span class="badge badge-in_review">in review</span>' in page
    assert ">writer<" in page

"""Publish and withdraw on the desk: by button and by list, with reasons to refuse."""

import pytest
from django.urls import reverse

from tests.admin.desk import at_the_desk, filled_in, list_url, said, text, url
from tests.factories import (
    CitationFactory,
    SourceFactory,
    SourceSnapshotFactory,
    StatementFactory,
    StatementLinkFactory,
    ready_event,
)
from timeline.editing import saving
from timeline.models import Act, Event
from timeline.models.record import Revision
from timeline.publishing.write import publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return at_the_desk()


def live_event(**fields):
    event = ready_event(**fields)
    publish(event, by=None, version=event.version)
    return event


def changed(event, **fields):
    """The event with a change that readers do not see yet."""
    with saving(event, version=event.version):
        for name, value in fields.items():
            setattr(event, name, value)
        event.save()
    return event


def act(browser, event, page, **words):
    data = {"version": event.version, **words}
    return browser.post(url(event, page), data, follow=True)


def kinds():
    return list(Revision.objects.order_by("sequence").values_list("kind", flat=True))


# The button


def test_the_first_publication_asks_for_no_kind(browser):
    event = ready_event()

    page = browser.get(url(event, "publish"))

    assert "its first publication" in text(page)
    assert "kind" not in page.context["form"].fields


def test_publishing_says_what_was_appended_and_where_it_is_seen(browser):
    event = ready_event(slug="the-event")

    response = act(browser, event, "publish", reason="Two desks agreed.")

    assert response.redirect_chain[-1][0] == url(event)
    [sentence] = said(response)
    assert "revision 1 (publication) is in the record" in sentence
    assert 'href="/events/the-event/"' in sentence
    assert kinds() == ["publication"]
    assert (Act.objects.get().by_name, Act.objects.get().reason) == (
        "editor",
        "Two desks agreed.",
    )


def test_an_editor_changes_an_event_and_publishes_it_as_a_correction(browser):
    event = live_event(date="2026-03-03")
    form = filled_in(browser.get(url(event)), date="2026-03-02", _publish="1")

    page = browser.post(url(event), form, follow=True)

    assert page.redirect_chain[-1][0] == url(event, "publish")
    assert "live, with unpublished changes" in text(page)
    assert "3 March 2026" in text(page) and "2 March 2026" in text(page)
    offered = [value for value, _ in page.context["form"].fields["kind"].choices]
    assert offered == ["update", "correction"]

    event.refresh_from_db()
    done = act(browser, event, "publish", kind="correction", note="It was a Monday.")

    assert "revision 2 (correction) is in the record" in said(done)[0]
    assert "with unpublished changes" not in text(done)
    newest = Revision.objects.latest("sequence")
    assert (newest.kind, newest.note) == ("correction", "It was a Monday.")


def test_a_change_of_substance_needs_a_note_and_keeps_the_reason_typed(browser):
    event = changed(live_event(), date="2026-03-02")

    response = act(browser, event, "publish", kind="correction", reason="Typed by me.")

    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors["note"] == ["Tell readers in the note what was wrong."]
    assert "Typed by me." in text(response)
    assert kinds() == ["publication"]


@pytest.mark.parametrize("date", ["2026-03-02", "2026-03-03"])
def test_only_a_change_of_substance_needs_a_note_in_an_update(browser, date):
    event = changed(live_event(date="2026-03-03"), title="Another", date=date)

    act(browser, event, "publish", kind="update")

    done = {"2026-03-02": [], "2026-03-03": ["update"]}[date]
    assert kinds() == ["publication", *done]


def test_the_kind_of_a_change_is_chosen_and_never_assumed(browser):
    event = changed(live_event(), title="Another")

    page = browser.get(url(event, "publish"))
    response = act(browser, event, "publish", note="Typed by me.")

    assert " checked" not in text(page)
    assert "Say which kind of change it is." in text(response)
    assert "Typed by me." in text(response)
    assert kinds() == ["publication"]


def test_where_nothing_changed_for_readers_no_kind_is_asked_for(browser):
    event = live_event()

    same = browser.get(url(event, "publish"))
    marked = browser.get(url(changed(event, notes="For the desk."), "publish"))

    assert "kind" not in same.context["form"].fields
    assert "kind" not in marked.context["form"].fields
    assert "takes away the mark" not in text(same)
    assert "takes away the mark" in text(marked)


def test_nothing_is_appended_where_readers_would_see_no_change(browser):
    event = changed(live_event(), notes="For the desk.")

    response = act(browser, event, "publish", kind="update", note="")

    assert "Nothing that readers see has changed" in said(response)[0]
    assert kinds() == ["publication"]
    event.refresh_from_db()
    assert not event.has_unpublished_changes


def test_what_was_not_looked_at_is_not_published(browser):
    event = changed(live_event(), title="Second")
    seen = event.version
    changed(event, title="Third")

    response = browser.post(
        url(event, "publish"),
        {"version": seen, "kind": "update", "note": "Typed by me."},
    )

    assert "Somebody else changed “Third”" in text(response)
    assert "Typed by me." in text(response)
    assert f'name="version" value="{event.version}"' in text(response)
    assert kinds() == ["publication"]


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 50, "²"])
def test_a_forged_version_publishes_nothing(browser, version):
    event = ready_event()

    response = browser.post(url(event, "publish"), {"version": version})

    assert response.status_code == 200
    assert kinds() == []


def test_problems_lead_to_their_fields(browser):
    event = ready_event(date="")
    statement = event.statements.get()
    cited = SourceFactory(publisher=None)
    held = SourceSnapshotFactory(text="Something else.").source
    CitationFactory(statement=statement, source=cited)
    CitationFactory(statement=statement, source=held, exact="Not in it.")

    page = text(browser.get(url(event, "publish")))

    assert f'href="{url(event)}#id_date"' in page
    assert f'href="{url(cited)}#id_publisher"' in page
    assert f'href="{url(statement)}#id_citations-2-exact"' in page
    assert 'id="id_citations-2-exact"' in text(browser.get(url(statement)))
    assert 'id="id_publisher"' in text(browser.get(url(cited)))


def test_problems_with_rows_lead_to_the_rows(browser):
    event = ready_event()
    statement = event.statements.get()
    statement.citations.all().delete()

    page = text(browser.get(url(event, "publish")))

    assert f'href="{url(event)}#statements-group"' in page
    assert f'href="{url(statement)}#citations-group"' in page
    assert 'id="statements-group"' in text(browser.get(url(event)))
    assert 'id="citations-group"' in text(browser.get(url(statement)))


def test_an_event_that_is_not_ready_is_not_published_and_the_note_is_kept(browser):
    event = ready_event(date="")

    response = act(browser, event, "publish", note="Typed by me.")

    assert "mend what is listed first" in text(response)
    assert "Typed by me." in text(response)
    assert kinds() == []


def test_the_page_tells_which_other_events_change_with_it(browser):
    wrong = live_event(title="The wrong one")
    event = ready_event(title="The right one")
    StatementLinkFactory(
        statement=event.statements.get(), target=wrong.statements.get()
    )

    page = text(browser.get(url(event, "publish")))
    done = act(browser, event, "publish")

    assert "The wrong one: Follows from another event" in page
    assert "1 other live event changed with it: The wrong one." in said(done)[0]
    assert kinds() == ["publication", "publication", "update"]


def test_the_page_shows_statements_added_changed_and_taken_out(browser):
    event = ready_event()
    for words in ("It stays.", "It goes."):
        CitationFactory(statement=StatementFactory(event=event, text=words))
    publish(event, by=None, version=event.version)
    with saving(event, version=event.version):
        event.statements.filter(text="It goes.").delete()
        event.statements.filter(text="It stays.").update(text="It changes.")
        CitationFactory(statement=StatementFactory(event=event, text="It comes."))

    changes = browser.get(url(event, "publish")).context["preview"].changes

    shown = {
        (row.label, "stays" in row.before, row.after[-1:] != "") for row in changes
    }
    assert ("A statement", True, True) in shown
    assert ("A new statement", False, True) in shown
    assert ("A statement is taken out", False, False) in shown


def test_a_character_that_cannot_be_stored_is_refused_in_note_and_reason(browser):
    event = ready_event()

    response = act(browser, event, "publish", note="a\x01b", reason="a\x02b")

    assert text(response).count("cannot be stored") == 2
    assert kinds() == []


def test_withdrawing_needs_a_note(browser):
    event = live_event()

    response = act(browser, event, "withdraw", note=" ", reason="Typed by me.")

    assert "Tell readers why it is withdrawn." in text(response)
    assert "Typed by me." in text(response)
    assert kinds() == ["publication"]


def test_withdrawing_takes_the_event_away_and_it_can_come_back(browser):
    event = live_event()

    page = browser.get(url(event, "withdraw"))
    done = act(browser, event, "withdraw", note="It did not happen.")
    event.refresh_from_db()
    again = browser.get(url(event, "publish"))

    assert "stays readable among its revisions" in text(page)
    assert "(withdrawal) is in the record" in said(done)[0]
    assert kinds() == ["publication", "withdrawal"]
    assert "Publishing it shows it again" in text(again)
    assert "/withdraw/" not in text(browser.get(url(event)))


def test_what_is_not_live_is_not_withdrawn(browser):
    event = ready_event()

    response = browser.get(url(event, "withdraw"), follow=True)

    assert "is not live" in said(response)[0]


def test_an_older_version_is_not_withdrawn(browser):
    event = live_event()
    seen = event.version
    changed(event, title="Changed")

    response = browser.post(
        url(event, "withdraw"), {"version": seen, "note": "Typed by me."}
    )

    assert "Somebody else changed" in text(response)
    assert "Typed by me." in text(response)
    assert kinds() == ["publication"]


@pytest.mark.parametrize("page", ["publish", "withdraw"])
@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "%00"])
def test_acts_on_what_is_not_there_are_answered(browser, page, key):
    response = browser.get(f"/admin/timeline/event/{key}/{page}/", follow=True)

    assert response.status_code == 200


# The list


def choose(browser, action, *events):
    data = {"action": action, "_selected_action": [event.pk for event in events]}
    return browser.post(list_url(Event), data, follow=True)


def confirm(browser, page, **words):
    """The page that asks, sent as it is with these words."""
    seen = [choice.seen for choice in page.context["choices"]]
    return browser.post(page.context["action"], {"seen": seen, **words}, follow=True)


def test_several_are_published_at_once(browser):
    events = [ready_event() for _ in range(3)]

    page = choose(browser, "publish_selected", *events)
    done = confirm(browser, page)

    assert "3 revisions were added to the record." in said(done)
    assert kinds() == ["publication"] * 3


def test_one_that_is_not_ready_is_left_out_by_name_and_leads_to_its_field(browser):
    ready, unready = ready_event(title="Ready"), ready_event(title="Not yet", date="")

    page = choose(browser, "publish_selected", ready, unready)
    done = confirm(browser, page)

    assert f'href="{url(unready)}#id_date"' in text(page)
    assert "Left out" in text(page) and "Not yet" in text(page)
    assert page.context["choices"][0].event == ready
    assert any("Published:" in words and "Ready" in words for words in said(done))
    assert kinds() == ["publication"]


def test_where_none_is_ready_nothing_is_asked(browser):
    unready = ready_event(title="Not yet", date="")

    response = choose(browser, "publish_selected", unready)

    [sentence] = said(response)
    assert "Not done" in sentence and "Not yet" in sentence
    assert f'href="{url(unready)}#id_date"' in sentence
    assert kinds() == []


def test_one_that_is_no_longer_ready_is_refused_by_name_and_the_others_go(browser):
    ready, other = ready_event(title="Ready"), ready_event(title="Not any more")
    page = choose(browser, "publish_selected", ready, other)
    Event.objects.filter(pk=other.pk).update(date="")

    done = " ".join(said(confirm(browser, page)))

    assert f'href="{url(other)}#id_date"' in done
    assert "Not done" in done and "Not any more" in done
    assert kinds() == ["publication"]


def test_several_live_ones_are_published_with_their_kind_and_note(browser):
    events = [changed(live_event(), date="2026-03-02") for _ in range(2)]

    page = choose(browser, "publish_selected", *events)
    refused = confirm(browser, page, kind="correction", reason="Typed by me.")
    done = confirm(browser, page, kind="correction", note="A day too late.")

    assert "Tell readers in the note what was wrong." in text(refused)
    assert "Typed by me." in text(refused)
    assert "2 revisions were added" in said(done)[0]
    assert kinds()[2:] == ["correction"] * 2


def test_one_that_was_changed_meanwhile_is_refused_by_name(browser):
    event, other = ready_event(), ready_event()
    page = choose(browser, "publish_selected", event, other)
    changed(other, title="Changed")

    done = " ".join(said(confirm(browser, page)))

    assert "Changed" in done and "Somebody else changed it" in done
    assert kinds() == ["publication"]


def test_several_are_withdrawn_with_one_note(browser):
    events = [live_event(), live_event()]

    page = choose(browser, "withdraw_selected", *events)
    refused = confirm(browser, page, note="")
    done = confirm(browser, page, note="Neither happened.")

    assert "Tell readers why it is withdrawn." in text(refused)
    [sentence] = said(done)
    assert all(event.title in sentence for event in events)
    assert kinds()[2:] == ["withdrawal"] * 2


def test_what_was_withdrawn_meanwhile_is_said_and_the_others_go(browser):
    gone, other = live_event(), live_event()
    page = choose(browser, "withdraw_selected", gone, other)
    withdraw(gone, by=None, version=gone.version, note="By somebody else.")

    done = confirm(browser, page, note="Neither happened.")

    assert any("is not live" in sentence for sentence in said(done))
    assert kinds()[2:] == ["withdrawal"] * 2


def test_only_live_ones_are_withdrawn_from_the_list(browser):
    event, draft = live_event(title="Seen"), ready_event(title="Unseen")

    page = choose(browser, "withdraw_selected", event, draft)

    assert [choice.event for choice in page.context["choices"]] == [event]
    assert "“Unseen” is not live" in text(page)


@pytest.mark.parametrize("act", ["publish", "withdraw"])
@pytest.mark.parametrize("seen", [[], ["x"], ["1"], ["1:"], [":1"], ["9" * 40 + ":1"]])
def test_a_forged_choice_does_nothing(browser, act, seen):
    live_event()
    address = reverse(f"admin:timeline_event_{act}_chosen")

    response = browser.post(address, {"seen": seen, "note": "Forged."}, follow=True)

    assert response.status_code == 200
    assert browser.get(address).status_code == 302
    assert kinds() == ["publication"]

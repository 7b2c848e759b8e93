"""Who may do what on the desk, at every address of it."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from tests.admin.desk import (
    NOUNS,
    account,
    add_url,
    at_the_desk,
    filled_in,
    list_url,
    text,
    url,
)
from tests.factories import (
    AffiliationFactory,
    EventTopicFactory,
    ParticipationFactory,
    SourceSnapshotFactory,
    ready_event,
)
from timeline.models import Actor, Event
from timeline.models.record import Revision
from timeline.publishing.write import publish

pytestmark = pytest.mark.django_db
ROLES = ("Viewer", "Writer", "Editor")


@pytest.fixture
def draft():
    return ready_event()


@pytest.fixture
def live():
    event = ready_event()
    publish(event, by=None, version=event.version)
    return event


# Role, page, and the answers to looking and to sending.
ACTS = [
    ("Viewer", "publish", 403, 403),
    ("Viewer", "withdraw", 403, 403),
    ("Writer", "publish", 403, 403),
    ("Writer", "withdraw", 403, 403),
    ("Editor", "publish", 200, 302),
    ("Editor", "withdraw", 200, 302),
]


@pytest.mark.parametrize(("role", "page", "looks", "sends"), ACTS)
def test_who_may_publish_and_withdraw(live, role, page, looks, sends):
    browser = at_the_desk(role)
    words = {"version": live.version, "kind": "update", "note": "A note."}

    looked = browser.get(url(live, page))
    sent = browser.post(url(live, page), words)

    assert (looked.status_code, sent.status_code) == (looks, sends)
    assert ("Your account may not do this" in text(looked)) == (looks == 403)


@pytest.mark.parametrize(("role", "page", "looks", "sends"), ACTS)
def test_who_may_do_so_from_the_list(live, role, page, looks, sends):
    browser = at_the_desk(role)
    address = reverse(f"admin:timeline_event_{page}_chosen")
    words = {"seen": f"{live.pk}:{live.version}", "kind": "update", "note": "A note."}

    assert browser.post(address, words).status_code == sends


@pytest.mark.parametrize("action", ["publish_selected", "withdraw_selected"])
@pytest.mark.parametrize("role", ["Viewer", "Writer"])
def test_a_forged_action_of_the_list_does_nothing(live, role, action):
    data = {"action": action, "_selected_action": live.pk, "index": "0"}

    response = at_the_desk(role).post(list_url(Event), data, follow=True)

    assert response.status_code == 200
    assert "Note, shown to readers" not in text(response)
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("role", ROLES)
def test_buttons_and_actions_are_there_for_who_may_use_them(live, role):
    browser = at_the_desk(role)

    page = text(browser.get(url(live)))
    listed = text(browser.get(list_url(Event)))

    may = role == "Editor"
    for words in ("Publish…", "Withdraw…", "go on to publishing"):
        assert (words in page) == may
    for words in ("Publish selected", "Withdraw selected"):
        assert (words in listed) == may


@pytest.mark.parametrize("model", NOUNS)
def test_a_viewer_looks_and_does_not_touch(live, model):
    ParticipationFactory(event=live)
    EventTopicFactory(event=live)
    AffiliationFactory(actor=Actor.objects.first())
    SourceSnapshotFactory(source=live.statements.get().citations.get().source)
    browser = at_the_desk("Viewer")
    row = model.objects.first()

    page = browser.get(url(row))
    fields = re.findall(
        r"<(?:textarea|select|input(?![^>]*hidden))[^>]*name=\"([^\"]+)\"",
        text(page).partition('id="content-main"')[2],
    )

    assert page.status_code == 200
    assert fields == []
    assert browser.post(url(row), {"version": 1}).status_code == 403
    assert browser.get(add_url(model)).status_code == 403
    assert browser.post(add_url(model), {}).status_code == 403
    assert browser.get(url(row, "delete")).status_code == 403
    assert browser.post(url(row, "delete"), {"post": "yes"}).status_code == 403


def test_a_viewer_reads_dates_in_words(live):
    page = text(at_the_desk("Viewer").get(url(live)))

    assert "3 March 2026 (from 2026-03-03 00:00 until 2026-03-03 23:59 UTC)" in page


def test_a_writer_changes_a_draft_and_its_rows(draft):
    part = ParticipationFactory(event=draft)
    browser = at_the_desk("Writer")
    form = filled_in(browser.get(url(draft)), title="Drafted")

    response = browser.post(url(draft), {**form, "participations-0-DELETE": "on"})

    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Drafted"
    assert not draft.participations.filter(pk=part.pk).exists()


def test_a_writer_deletes_no_noun(draft):
    browser = at_the_desk("Writer")
    form = filled_in(browser.get(url(draft)), **{"statements-0-DELETE": "on"})

    browser.post(url(draft), form)

    assert draft.statements.count() == 1
    assert browser.post(url(draft, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("page", ["change", "publish", "withdraw", "history"])
def test_without_an_account_there_is_the_page_to_log_in(live, page):
    response = Client().get(url(live, page))

    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


def test_an_account_without_a_role_sees_nothing(live):
    user = account("Viewer")
    user.groups.clear()
    browser = Client()
    browser.force_login(user)

    for address in (list_url(Event), url(live), url(live, "publish")):
        assert browser.get(address).status_code == 403
    where = {
        "app_label": "timeline",
        "model_name": "event",
        "field_name": "date_anchor",
    }
    assert browser.get(reverse("admin:autocomplete", query=where)).status_code == 403
    assert not AnonymousUser().has_perm("timeline.view_event")


@pytest.mark.parametrize("role", ROLES)
def test_the_record_is_read_and_never_written(live, role):
    browser = at_the_desk(role)
    row = Revision.objects.get()
    before = Revision.objects.values().get()

    page = browser.get(url(row))

    assert page.status_code == 200
    assert row.digest in text(page)
    assert "&quot;title&quot;: &quot;" in text(page)
    assert 'name="_save"' not in text(page)
    assert browser.post(url(row), {"note": "Forged"}).status_code == 403
    assert browser.get(add_url(Revision)).status_code == 403
    assert browser.post(url(row, "delete"), {"post": "yes"}).status_code == 403
    browser.post(
        list_url(Revision),
        {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"},
    )
    assert Revision.objects.values().get() == before


def test_the_record_says_who_acted_to_the_desk(draft):
    editor = account("Editor")
    publish(draft, by=editor, version=draft.version, reason="Two desks agreed.")
    browser = at_the_desk("Viewer")

    listed = text(browser.get(list_url(Revision)))
    page = text(browser.get(url(Revision.objects.get())))

    assert "editor" in listed
    assert "editor" in page and "Two desks agreed." in page

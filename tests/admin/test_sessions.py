"""Forms that outlive their session, and forms that are sent twice."""

import html
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from tests.admin.desk import (
    account,
    add_url,
    at_the_desk,
    filled_in,
    list_url,
    text,
    url,
    with_new_row,
)
from tests.factories import ActorFactory, ParticipationFactory, ready_event
from timeline.models import Act, Actor, Event, SentForm

pytestmark = pytest.mark.django_db
PASSWORD = "for tests, and long enough"


@pytest.fixture
def editor():
    user = account("Editor")
    user.set_password(PASSWORD)
    user.save()
    return user


def fields_on(response):
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text(response)
    )
    return {html.unescape(name): html.unescape(value) for name, value in found}


def sign_in(password=PASSWORD, *, name="editor"):
    return {"sign-in-username": name, "sign-in-password": password}


def signed_in():
    """A browser in which the editor has signed in with a password."""
    browser = Client()
    data = {"username": "editor", "password": PASSWORD}
    assert browser.post(reverse("admin:login"), data).status_code == 302
    return browser


@pytest.fixture
def another():
    user = account("Editor", name="another")
    user.set_password(PASSWORD)
    user.save()
    return user


# After the session ended


def test_a_form_sent_after_the_session_is_saved_with_the_password(editor):
    browser = signed_in()
    event = ready_event(title="As it was")
    ParticipationFactory(event=event)
    who = ActorFactory(name="Newly entered")
    form = filled_in(browser.get(url(event)), title="Typed “by me” & others")
    form = with_new_row(form, "participations", actor=who.pk, role="host")
    browser.session.flush()

    asked = browser.post(url(event), form)
    done = browser.post(url(event), fields_on(asked) | sign_in())

    assert asked.status_code == 200
    assert "What you entered is kept" in text(asked)
    assert "Save: “Typed “by me” &amp; others”" in text(asked)
    assert done.status_code == 302
    event.refresh_from_db()
    assert (event.title, event.version) == ("Typed “by me” & others", 2)
    assert event.participations.filter(actor=who, role="host").exists()
    assert browser.get(url(event)).status_code == 200


def test_a_wrong_password_keeps_all_of_it_and_saves_nothing(editor):
    browser = signed_in()
    event = ready_event(title="As it was")
    form = filled_in(browser.get(url(event)), title="Typed by me")
    browser.session.flush()

    asked = browser.post(url(event), form)
    again = browser.post(url(event), fields_on(asked) | sign_in("wrong"))

    assert fields_on(again)["title"] == "Typed by me"
    assert "wrong" not in text(again).replace("wrong password", "")
    assert Event.objects.get().title == "As it was"
    done = browser.post(url(event), fields_on(again) | sign_in())
    assert done.status_code == 302
    assert Event.objects.get().title == "Typed by me"


def test_a_new_thing_is_kept_too(editor):
    browser = signed_in()
    given = {"name": "Newly made", "kind": "group", "slug": "newly-made"}
    form = filled_in(browser.get(add_url(Actor)), **given)
    browser.session.flush()

    asked = browser.post(add_url(Actor), form)
    browser.post(add_url(Actor), fields_on(asked) | sign_in())

    assert Actor.objects.get().name == "Newly made"


def test_who_signs_in_needs_the_permission_for_it(editor):
    viewer = account("Viewer")
    viewer.set_password(PASSWORD)
    viewer.save()
    event = ready_event(title="As it was")
    form = filled_in(at_the_desk().get(url(event)), title="Typed by me")
    browser = Client()

    asked = browser.post(url(event), form)
    asked = browser.post(url(event), fields_on(asked) | sign_in(name="viewer"))
    done = browser.post(url(event), fields_on(asked))

    assert done.status_code == 403
    assert Event.objects.get().title == "As it was"


def waiting_act(browser, event, page, **words):
    """The page that asks for the password, after an act was sent without a session."""
    asked = browser.get(url(event, page))
    fields = fields_on(asked) | words
    browser.session.flush()
    return browser.post(url(event, page), fields)


def test_the_page_says_what_waits_and_who_was_signed_in_does_it_at_once(editor):
    event, browser = ready_event(title="The talks"), signed_in()

    asked = waiting_act(browser, event, "publish")
    done = browser.post(url(event, "publish"), fields_on(asked) | sign_in())

    assert "Publish: “The talks”" in text(asked)
    assert done.status_code == 302
    assert Event.objects.get().live_state == "live"


def test_who_was_not_signed_in_here_before_is_asked_first(editor, another):
    event, browser = ready_event(title="The talks"), signed_in()
    fields = fields_on(waiting_act(browser, event, "publish", note="To be read <b>."))

    asked = browser.post(url(event, "publish"), fields | sign_in(name="another"))

    assert asked.status_code == 200
    assert "Publish: “The talks”" in text(asked)
    assert "You are signed in as another." in text(asked)
    assert "<dt>Note</dt><dd>To be read &lt;b&gt;.</dd>" in text(asked)
    assert "Do it as another" in text(asked) and "Discard it" in text(asked)
    assert Event.objects.get().live_state == "never"
    done = browser.post(url(event, "publish"), fields_on(asked))
    assert done.status_code == 302
    assert Act.objects.get().by == another


def test_a_form_older_than_the_last_sign_in_is_nobodys_for_certain(editor, another):
    event, browser = ready_event(title="As it was"), signed_in()
    form = filled_in(browser.get(url(event)), title="Typed by me")
    browser.session.flush()

    asked = browser.post(url(event), form | {"sign-in-older": "1"})
    wrong = browser.post(url(event), fields_on(asked) | sign_in("wrong"))
    asked = browser.post(url(event), fields_on(wrong) | sign_in())

    assert "Do it as editor" in text(asked)
    assert Event.objects.get().title == "As it was"


def test_what_the_form_did_not_name_is_named_only_to_who_may_read_it(editor):
    event, browser = ready_event(title="Kept from strangers"), signed_in()
    page = url(event, "delete")
    browser.session.flush()

    asked = browser.post(page, {"post": "yes"})
    then = browser.post(page, fields_on(asked) | sign_in())

    assert "Delete" in text(asked)
    assert "Kept from strangers" not in text(asked)
    assert "Delete: “Kept from strangers”" in text(then)
    assert Event.objects.exists()
    browser.post(page, fields_on(then))
    assert not Event.objects.exists()


def test_an_action_of_a_list_says_what_and_with_which(editor):
    events, browser = [ready_event(title=f"Event {n}") for n in "ab"], signed_in()
    keys = [event.pk for event in events]
    data = {"action": "submit_selected", "_selected_action": keys}
    browser.session.flush()

    asked = browser.post(list_url(Event), data)
    fields = data | {"sign-in-asked": "1"} | sign_in()
    then = browser.post(list_url(Event), fields)

    assert "Submit selected" in text(asked) and "Event a" not in text(asked)
    assert "Submit selected: “Event a”, “Event b”" in text(then)
    assert not Event.objects.filter(review_state="in_review").exists()


def test_passwords_that_were_typed_are_not_shown_again(editor):
    browser = at_the_desk()
    browser.session.flush()
    typed = {
        "old_password": "typed before",
        "new_password1": "typed before",
        "new_password2": "typed before",
    }

    asked = browser.post("/admin/password_change/", typed)

    assert "What you entered is kept" in text(asked)
    assert "typed before" not in text(asked)


def test_a_forged_form_from_elsewhere_is_refused(editor):
    event = ready_event(title="As it was")
    browser = Client(
        enforce_csrf_checks=True, headers={"origin": "https://evil.example"}
    )

    response = browser.post(url(event), {"title": "Forged"}, secure=True)

    assert response.status_code == 403
    assert "Forged" not in text(response)


def test_a_form_older_than_the_sign_in_is_sent_once_more(editor):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    event = ready_event(title="As it was")
    page = browser.get(url(event), secure=True)
    form = filled_in(page, title="Typed by me", csrfmiddlewaretoken="of before")
    here = {"origin": "https://testserver"}

    asked = browser.post(url(event), form, secure=True, headers=here)
    fields = fields_on(asked)
    done = browser.post(url(event), fields, secure=True, headers=here)

    assert asked.status_code == 403
    assert "Save: “Typed by me”" in text(asked) and "Do it as editor" in text(asked)
    assert fields["title"] == "Typed by me"
    assert done.status_code == 302
    assert Event.objects.get().title == "Typed by me"


# The same form twice


def test_the_same_form_twice_makes_one_thing(editor):
    browser = at_the_desk()
    given = {"name": "Newly made", "kind": "group", "slug": "newly-made"}
    form = filled_in(browser.get(add_url(Actor)), **given, _continue="1")

    first = browser.post(add_url(Actor), form)
    second = browser.post(add_url(Actor), form)

    assert Actor.objects.count() == 1
    assert second["Location"] == first["Location"] == url(Actor.objects.get())


def test_the_same_change_twice_is_one_save(editor):
    browser = at_the_desk()
    event = ready_event()
    who = ActorFactory()
    form = filled_in(browser.get(url(event)), title="Typed by me")
    form = with_new_row(form, "participations", actor=who.pk, role="host")

    first = browser.post(url(event), form)
    second = browser.post(url(event), form)

    assert (first.status_code, second.status_code) == (302, 302)
    event.refresh_from_db()
    assert (event.version, event.participations.count()) == (2, 1)


def test_the_page_with_both_versions_sent_twice_is_one_save(editor):
    browser = at_the_desk()
    event = ready_event(title="As it was")
    mine = filled_in(browser.get(url(event)), place="Here")
    theirs = filled_in(browser.get(url(event)), title="As they have it")
    browser.post(url(event), theirs)
    asked = fields_on(browser.post(url(event), mine)) | {"choose:place": "mine"}

    first, second = (browser.post(url(event), asked) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    event.refresh_from_db()
    assert (event.title, event.place, event.version) == ("As they have it", "Here", 3)


def test_a_form_gone_back_to_and_changed_is_another(editor):
    browser = at_the_desk()
    event = ready_event()
    form = filled_in(browser.get(url(event)), title="First")
    browser.post(url(event), form)

    response = browser.post(url(event), {**form, "title": "Second"})

    assert response.status_code == 200
    assert "Saved by two people" in text(response)
    assert Event.objects.get().title == "First"


def test_a_form_that_was_refused_may_be_sent_again(editor):
    browser = at_the_desk()
    given = {"name": "", "kind": "group", "slug": "newly-made"}
    form = filled_in(browser.get(add_url(Actor)), **given)

    refused = browser.post(add_url(Actor), form)
    done = browser.post(add_url(Actor), filled_in(refused, name="Newly made"))

    assert done.status_code == 302
    assert Actor.objects.count() == SentForm.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_once_makes_one_thing(editor):
    event = ready_event()
    given = {
        "event": event.pk,
        "text": "Said at once.",
        "kind": "claim",
        "mode": "paraphrase",
        "described_as": "an official",
    }
    add = add_url(type(event.statements.get()))
    form = filled_in(at_the_desk().get(add), **given)
    browsers = [at_the_desk() for _ in range(4)]

    def send(browser):
        try:
            return browser.post(add, form).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(send, browsers))

    assert statuses == [302] * 4
    assert event.statements.filter(text="Said at once.").count() == 1

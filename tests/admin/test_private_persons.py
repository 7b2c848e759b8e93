"""A person is marked private on the desk, and readers come to see it."""

import pytest

from tests.admin.desk import at_the_desk, filled_in, text, url
from tests.factories import ActorFactory, ParticipationFactory, ready_event
from timeline.publishing.write import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    ada = ActorFactory(slug="ada", name="Ada Vane", kind="person")
    event = ready_event(title="The harbour is dredged")
    ParticipationFactory(event=event, actor=ada)
    publish(event, by=None, version=event.version)
    return ada


def test_what_names_somebody_who_became_private_is_told_anew_at_once(client, ada):
    browser = at_the_desk()
    page = browser.get(url(ada))

    browser.post(url(ada), filled_in(page, private="on"))

    ada.refresh_from_db()
    assert ada.private
    assert "private person" in text(browser.get(url(ada, "history"))).lower()
    assert "The harbour is dredged" in text(browser.get(url(ada, "correct")))
    assert client.get("/actors/ada/", secure=True).status_code == 200

    told = {"note": "A person is private.", "kind": "update"}
    browser.post(url(ada, "correct"), told)

    assert client.get("/actors/ada/", secure=True).status_code == 404


def test_what_is_no_person_is_refused_with_a_sentence():
    firm = ActorFactory(kind="organisation")
    browser = at_the_desk()

    sent = filled_in(browser.get(url(firm)), private="on")

    assert "Only a person can be private." in text(browser.post(url(firm), sent))

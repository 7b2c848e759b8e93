"""Where the database does not answer, nothing is lost and nobody sees a fault."""

import sys

import pytest
from django.db import OperationalError, connection

from benchmarks.editors import Form
from tests.admin.desk import account
from tests.factories import ready_event
from timeline.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked(monkeypatch):
    """From now on nobody may write: every save of an event fails as SQLite's does."""

    def refuse(*_args, **_kwargs):
        raise OperationalError("database is locked")

    def lock():
        monkeypatch.setattr(sys.modules["timeline.editing.saving"], "claim", refuse)

    return lock


def test_a_form_comes_back_to_be_sent_again(client, locked):
    client.force_login(account("Editor"))
    event = ready_event()
    page = f"/admin/timeline/event/{event.pk}/change/"
    opened = client.get(page, secure=True).content.decode()
    filled = dict(Form(opened).fields) | {"title": "A title that was typed <now>"}
    locked()

    answer = client.post(page, filled, secure=True)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    text = answer.content.decode()
    assert 'name="title" value="A title that was typed &lt;now&gt;"' in text
    assert f'action="{page}"' in text
    assert "your turn did not come" in text
    assert Event.objects.get().version == 1


def test_a_public_page_says_so(client, monkeypatch):
    def gone(*_args, **_kwargs):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("timeline.publishing.read.head", gone)

    answer = client.get("/events/anything/", secure=True)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "The database does not answer just now." in answer.content.decode()


def test_other_faults_stay_what_they_are(client, monkeypatch):
    def wrong(*_args, **_kwargs):
        raise ValueError("a fault of ours")

    monkeypatch.setattr("timeline.publishing.read.head", wrong)

    with pytest.raises(ValueError, match="a fault of ours"):
        client.get("/events/anything/", secure=True)
    assert connection.is_usable()

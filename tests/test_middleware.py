"""Sessions and accounts are of the desk; nothing else has any."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    client = Client(headers={"host": "timeline.example"})
    client.force_login(User.objects.create_superuser("m.keller"))
    return client


@pytest.mark.parametrize("path", ["/", "/api/v1/", "/nothing/", "/administration/"])
def test_a_request_from_outside_the_desk_has_no_session(editor, path):
    request = editor.get(path, secure=True).wsgi_request

    for name in ("session", "user", "_messages"):
        assert not hasattr(request, name)


def test_a_request_to_the_desk_has_one(editor):
    request = editor.get("/admin/", secure=True).wsgi_request

    assert request.user.get_username() == "m.keller"
    assert request.session.session_key
    assert hasattr(request, "_messages")


@pytest.mark.parametrize("path", ["/", "/nothing/"])
def test_every_page_says_how_long_it_is(editor, path):
    answer = editor.get(path, secure=True)

    assert int(answer["Content-Length"]) == len(answer.content) > 0


def test_another_host_is_refused():
    client = Client(headers={"host": "other.example"})

    for path in ("/", "/api/v1/", "/admin/"):
        assert client.get(path, secure=True).status_code == 400

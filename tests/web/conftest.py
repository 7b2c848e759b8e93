"""Publishing and reading, as the tests of the public pages do it."""

import pytest

from timeline.publishing.write import publish, publish_many, withdraw

from .reading import read


@pytest.fixture(autouse=True)
def _database(db):
    """Every page reads the record."""


@pytest.fixture
def put():
    """Publish an event as it is on the desk now."""

    def put(event, **options):
        event.refresh_from_db()
        return publish(event, by=None, version=event.version, **options)

    return put


@pytest.fixture
def put_all():
    """Publish many events at once."""

    def put_all(events):
        return list(publish_many(events, by=None))

    return put_all


@pytest.fixture
def take_away():
    """Withdraw an event."""

    def take_away(event, **options):
        event.refresh_from_db()
        return withdraw(event, by=None, version=event.version, **options)

    return take_away


@pytest.fixture
def get(client):
    """The answer at a path of this site, which is reached over https."""

    def get(path, **headers):
        return client.get(path, secure=True, headers=headers)

    client.defaults["SERVER_NAME"] = "timeline.example"
    return get


@pytest.fixture
def page(get):
    """The page at a path, which must be there."""

    def page(path):
        response = get(path)
        assert response.status_code == 200
        return read(response)

    return page

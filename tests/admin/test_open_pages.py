"""Who has a thing open is a courtesy: a page opens where it cannot be written down."""

import contextlib
import sqlite3

import pytest
from django.db import connection

from tests.admin.desk import account, at_the_desk, text, url
from tests.factories import ready_event
from timeline.models import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
READ_ONLY = {
    "sqlite": "PRAGMA query_only = {}",
    "postgresql": "SET default_transaction_read_only = {}",
}


@contextlib.contextmanager
def somebody_writing():
    """Another connection keeps the database for itself."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextlib.contextmanager
def read_only():
    """Nothing can be written, as on a disk that was mounted so."""
    with connection.cursor() as cursor:
        cursor.execute(READ_ONLY[connection.vendor].format("on"))
        try:
            yield
        finally:
            cursor.execute(READ_ONLY[connection.vendor].format("off"))


@pytest.mark.parametrize(
    "where", [pytest.param(somebody_writing, marks=pytest.mark.sqlite), read_only]
)
def test_a_page_opens_where_nothing_can_be_written(where, caplog):
    event, browser = ready_event(title="To be read"), at_the_desk()

    with where():
        page = browser.get(url(event))
        still = browser.post(url(event, "open"))
        left = browser.post(url(event, "open"), {"left": "1"})

    assert page.status_code == still.status_code == left.status_code == 200
    assert "To be read" in text(page)
    assert caplog.text.count("Who has a page open was not written down") == 3
    assert not OpenPage.objects.exists()


@pytest.mark.sqlite
def test_afterwards_it_is_written_down_again():
    event, browser = ready_event(), at_the_desk()
    with somebody_writing():
        browser.get(url(event))

    browser.get(url(event))

    assert OpenPage.objects.get().user == account("Editor")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)

"""What a command that writes much asks of SQLite, and gives back."""

import pytest
from django.db import connection

from timeline.management.patience import SETTINGS, patience

pytestmark = pytest.mark.django_db


def settings():
    with connection.cursor() as cursor:
        return {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SETTINGS
        }


@pytest.mark.sqlite
def test_more_is_at_hand_until_it_is_done():
    before = settings()
    with pytest.raises(ZeroDivisionError), patience():
        assert settings() == SETTINGS
        raise ZeroDivisionError
    assert settings() == before != SETTINGS


@pytest.mark.postgres
def test_elsewhere_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0), patience():
        pass

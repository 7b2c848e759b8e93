"""Several people edit one event at once over HTTP: nothing accepted is lost."""

import pytest
from django.contrib.auth.models import Group, User

from benchmarks.editors import run
from tests.admin.desk import account
from tests.factories import ready_event
from timeline.models import Event

PASSWORD = "for tests, and long enough"


@pytest.mark.django_db(transaction=True)
def test_no_edit_is_lost_and_both_versions_are_shown(live_server, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    account("Editor")
    names = [f"editor-{number}" for number in range(4)]
    for name in names:
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name="Editor"))
    event = ready_event()

    found = run([live_server.url], event.pk, PASSWORD, names, edits=3)

    assert (found["saved"], found["lost"], found["faults"]) == (12, 0, 0)
    assert found["kept twice"] == found["one version missing"] == 0
    assert Event.objects.get().version == 13

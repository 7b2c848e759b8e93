"""The desk's roles, and the accounts that `make run` makes."""

import io

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def desk_accounts(*arguments):
    out = io.StringIO()
    call_command("desk_accounts", *arguments, stdout=out)
    return out.getvalue()


def may(role):
    group = Group.objects.get(name=role)
    return set(group.permissions.values_list("codename", flat=True))


def test_an_account_is_made_with_the_password_that_is_printed():
    out = desk_accounts("writer=Writer", "editor=Editor")

    for line, name, role in zip(
        out.splitlines(), ["writer", "editor"], ["Writer", "Editor"], strict=True
    ):
        password = line.split("password ")[1].split()[0]
        user = authenticate(username=name, password=password)
        assert user.is_staff
        assert not user.is_superuser
        assert [group.name for group in user.groups.all()] == [role]


def test_the_second_time_changes_nothing_and_says_how_to():
    desk_accounts("editor=Editor")
    before = get_user_model().objects.values().get()

    out = desk_accounts("editor=Editor")

    assert "its password unchanged" in out
    assert "changepassword editor" in out
    assert get_user_model().objects.values().get() == before


def test_who_may_do_what():
    desk_accounts()

    assert {"view_event", "view_actor", "view_source"} <= may("Viewer")
    assert {name.split("_")[0] for name in may("Viewer")} == {"view"}
    assert {name.split("_")[0] for name in may("Writer")} == {"view", "add", "change"}
    assert may("Editor") - may("Writer") >= {
        "delete_event",
        "publish_event",
        "withdraw_event",
        "merge_event",
        "hold_event",
    }
    assert may("Chief editor") - may("Editor") == {
        "suppress_event",
        "view_user",
        "add_user",
        "change_user",
    }


def test_nobody_may_write_to_the_record():
    desk_accounts()

    for role in ("Viewer", "Writer", "Editor", "Chief editor"):
        about = {name for name in may(role) if name.endswith("_revision")}
        assert about == {"view_revision"}


def test_a_role_keeps_what_a_newsroom_added_to_it():
    desk_accounts()
    extra = Permission.objects.get(codename="view_user")
    Group.objects.get(name="Viewer").permissions.add(extra)

    desk_accounts()

    assert "view_user" in may("Viewer")


@pytest.mark.parametrize("text", ["anna", "anna=Boss", "=Editor"])
def test_what_is_not_a_name_and_a_role_is_refused_and_makes_nothing(text):
    with pytest.raises(CommandError, match="is not NAME=ROLE"):
        desk_accounts("ben=Writer", text)

    assert not get_user_model().objects.exists()

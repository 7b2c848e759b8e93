"""Who may do what on the desk: its roles as groups, and accounts that have them."""

import secrets

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction

VIEW = ("view",)
DRAFT = ("view", "add", "change")
CURATE = ("view", "add", "change", "delete")
PEOPLE = ("view_user", "add_user", "change_user")
EDITING = (
    *("publish_event", "withdraw_event", "merge_event", "hold_event"),
    *("merge_actor", "merge_source"),
)
ROLES = {
    "Viewer": {"verbs": VIEW, "named": ()},
    "Writer": {"verbs": DRAFT, "named": ()},
    "Editor": {"verbs": CURATE, "named": EDITING},
    "Chief editor": {"verbs": CURATE, "named": (*EDITING, "suppress_event", *PEOPLE)},
}


def make_roles() -> None:
    """Makes the groups; gives one that is there what it lacks, and takes nothing."""
    for role, may in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(*permissions(**may))


def permissions(*, verbs, named) -> list[Permission]:
    """What these verbs allow on every noun, and the permissions with these names."""
    usual = [
        f"{verb}_{model._meta.model_name}"
        for model in apps.get_app_config("timeline").get_models()
        for verb in model._meta.default_permissions
        if verb in verbs
    ]
    return list(
        Permission.objects.filter(
            content_type__app_label__in=("auth", "timeline"),
            codename__in=[*usual, *named],
        )
    )


@transaction.atomic
def make_account(name: str, *, role: str) -> str | None:
    """Makes an account with a random password and returns that password.

    Returns None where the account is there already: then nothing is changed.
    """
    make_roles()
    users = get_user_model().objects
    if users.filter(username=name).exists():
        return None
    password = secrets.token_urlsafe(12)
    user = users.create_user(name, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return password

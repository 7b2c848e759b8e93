"""The roles of the desk are there from the beginning, with what each may do."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = {
    "Viewer": (("view",), ()),
    "Writer": (("view", "add", "change"), ()),
    "Editor": (
        ("view", "add", "change", "delete"),
        ("publish_event", "withdraw_event", "merge_event", "hold_event"),
    ),
    "Chief editor": (
        ("view", "add", "change", "delete"),
        (
            "publish_event",
            "withdraw_event",
            "merge_event",
            "hold_event",
            "suppress_event",
            "view_user",
            "add_user",
            "change_user",
        ),
    ),
}


def make_roles(apps, editor):
    """Makes each group, or gives one that is there what it lacks."""
    alias = editor.connection.alias
    for label in ("auth", "timeline"):
        permissions_of(apps, label, alias)
    nouns = [model._meta for model in apps.get_app_config("timeline").get_models()]
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for role, (verbs, named) in ROLES.items():
        usual = [
            f"{verb}_{noun.model_name}"
            for noun in nouns
            for verb in noun.default_permissions
            if verb in verbs
        ]
        group, _ = Group.objects.using(alias).get_or_create(name=role)
        group.permissions.add(
            *Permission.objects.using(alias).filter(
                content_type__app_label__in=("auth", "timeline"),
                codename__in=[*usual, *named],
            )
        )


def permissions_of(apps, label, alias):
    """Makes the permissions of an app now; the framework would after all migrations."""
    config = apps.get_app_config(label)
    config.models_module = True  # a stub has none, and would be passed over
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None


class Migration(migrations.Migration):

    dependencies = [
        ("timeline", "0007_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

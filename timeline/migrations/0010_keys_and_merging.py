"""What is there already is found by its key too, and editors may merge."""

from django.db import migrations

AT_ONCE = 1000
KEYS = {"Actor": "name_key", "Source": "address_key"}
ROLES = ("Editor", "Chief editor")
VERBS = {"actor": "Can merge people and organisations"}
VERBS["source"] = "Can merge reports and documents"


def fill_keys(apps, editor):
    """Writes the key of each row; the column knows what it follows from."""
    for name, key in KEYS.items():
        rows = apps.get_model("timeline", name).objects.using(editor.connection.alias)
        part = []
        for row in rows.only("pk", rows.model._meta.get_field(key).of).iterator():
            part.append(row)
            if len(part) == AT_ONCE:
                rows.bulk_update(part, [key])
                part = []
        rows.bulk_update(part, [key])


def give_permissions(apps, editor):
    """Makes both permissions now, for the framework would after all migrations."""
    alias = editor.connection.alias
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    for noun, words in VERBS.items():
        kind, _ = ContentType.objects.using(alias).get_or_create(
            app_label="timeline", model=noun
        )
        permission, _ = Permission.objects.using(alias).get_or_create(
            content_type=kind, codename=f"merge_{noun}", defaults={"name": words}
        )
        for group in Group.objects.using(alias).filter(name__in=ROLES):
            group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ("timeline", "0009_merging"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]

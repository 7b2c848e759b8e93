"""Child rows are found by the unique index of their parent and key.

The index of the parent alone, which Django makes for a foreign key, repeated the
beginning of that one and was written with every row.
"""

import django.db.models.deletion
from django.db import migrations, models

# Model, its parent (field and model), what the rows are called there.
CHILDREN = (
    ("actorname", "actor", "other_names"),
    ("actoridentifier", "actor", "identifiers"),
    ("affiliation", "actor", "affiliations"),
    ("sourcebyline", "source", "byline"),
    ("sourcelink", "source", "links"),
    ("sourcesnapshot", "source", "snapshots"),
    ("participation", "event", "participations"),
    ("eventstory", "event", "story_links"),
    ("eventtopic", "event", "topic_links"),
    ("relatedevent", "event", "related_links"),
    ("statementlink", "statement", "links"),
    ("citation", "statement", "citations"),
)


def drop(apps, editor):
    """Take them away by their names, as the database has them."""
    connection = editor.connection
    with connection.cursor() as cursor:
        for model, parent, _name in CHILDREN:
            table = f"timeline_{model}"
            found = connection.introspection.get_constraints(cursor, table)
            for name, one in found.items():
                is_index = one["index"] and not one["unique"]
                if is_index and one["columns"] == [f"{parent}_id"]:
                    cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")


def make(apps, editor):
    """Make them again, as Django would."""
    for model, parent, _name in CHILDREN:
        table = apps.get_model("timeline", model)
        field = table._meta.get_field(parent)
        editor.execute(editor._create_index_sql(table, fields=[field]))


class Migration(migrations.Migration):
    dependencies = [("timeline", "0017_narrower_facts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, make)],
            state_operations=[
                migrations.AlterField(
                    model,
                    parent,
                    models.ForeignKey(
                        f"timeline.{parent}",
                        django.db.models.deletion.CASCADE,
                        related_name=name,
                        db_index=False,
                    ),
                )
                for model, parent, name in CHILDREN
            ],
        )
    ]

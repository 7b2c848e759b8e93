"""Facts are kept in fewer places, and documents are packed by the quicker of two ways.

They were most of what an act writes. Nothing looked them up by their entry but an act
that replaces it, and by sequence only those are asked for that a list is narrowed by.
"""

from django.db import migrations, models

TABLE = "timeline_currentfact"
COLUMNS = "facet, thing, sort_key, statement, sequence, marks, names"
WAYS = """
    SELECT 'lz4' = ANY(enumvals) FROM pg_settings
    WHERE name = 'default_toast_compression'
"""
PACKED = "ALTER TABLE timeline_revision ALTER COLUMN document SET COMPRESSION {way}"


def lie_in_order(apps, editor):
    """On SQLite the table is its own primary key. Django knows no such tables."""
    if editor.connection.vendor == "sqlite":
        _copied(editor, lambda made: f"{made} WITHOUT ROWID")


def lie_as_they_come(apps, editor):
    """As Django makes the table."""
    if editor.connection.vendor == "sqlite":
        _copied(editor, lambda made: made.removesuffix(" WITHOUT ROWID"))


def _copied(editor, changed):
    """Put the rows into a table that is made with another text."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [TABLE])
        (made,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {TABLE} RENAME TO {TABLE}_old")
        cursor.execute(changed(made))
        cursor.execute(
            f"INSERT INTO {TABLE} ({COLUMNS})"
            f" SELECT {COLUMNS} FROM {TABLE}_old ORDER BY {COLUMNS}"
        )
        cursor.execute(f"DROP TABLE {TABLE}_old")


def pack_quickly(apps, editor):
    """New documents take a fifth of the time; older ones stay as they are packed."""
    _pack(editor, "lz4")


def pack_as_before(apps, editor):
    _pack(editor, "default")


def _pack(editor, way):
    """Where the server knows the quicker way: from PostgreSQL 14 on, if built with it."""
    if editor.connection.vendor != "postgresql":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute(WAYS)
        if cursor.fetchone() == (True,):
            cursor.execute(PACKED.format(way=way))


class Migration(migrations.Migration):

    dependencies = [("timeline", "0016_story_facts")]

    operations = [
        migrations.RemoveIndex(model_name="currentfact", name="currentfact_key"),
        migrations.RemoveIndex(model_name="currentfact", name="currentfact_published"),
        migrations.RunPython(lie_in_order, lie_as_they_come),
        migrations.AddIndex(
            model_name="currentfact",
            index=models.Index(
                condition=models.Q(
                    ("facet__lt", 100), models.Q(("facet__in", [6, 7, 8]), _negated=True)
                ),
                fields=[
                    *("facet", "thing", "sequence", "sort_key", "statement"),
                    *("marks", "names"),
                ],
                name="currentfact_published",
            ),
        ),
        migrations.RunPython(pack_quickly, pack_as_before),
    ]

"""The statements of an event are few: nothing counts them, no list of their own has them.

An event cost two pages of an index and two of counts for that, of some fifty that
publishing it writes in a large record.

On PostgreSQL what is counted anew in every act has room beside it: a row that stays on
its page needs no new entry in the index.
"""

from django.db import migrations, models

EVENT, OTHERS, MARKS = 17, (6, 7, 8), ("marks", "names")
COLUMNS = ("facet", "thing", "sequence", "sort_key", "statement", *MARKS)
NAME = "currentfact_published"
NO_COUNTS = f"DELETE FROM timeline_factcount WHERE facet = {EVENT}"
COUNTS = f"""
    INSERT INTO timeline_factcount (facet, thing, entries, statements)
    SELECT facet, thing, COUNT(DISTINCT sort_key), COUNT(*)
    FROM timeline_currentfact WHERE facet = {EVENT} GROUP BY facet, thing
"""
ROOM = {"factcount": 50, "namedthing": 80}  # per cent that is filled at first


def leave_room(apps, editor):
    """From now on; what is there stays where it is."""
    for table, filled in ROOM.items():
        _set(editor, table, f"SET (fillfactor = {filled})")


def fill_up(apps, editor):
    for table in ROOM:
        _set(editor, table, "RESET (fillfactor)")


def _set(editor, table, what):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"ALTER TABLE timeline_{table} {what}")


def index(*facets):
    """The facts that lists in the order of publication are narrowed by."""
    few = models.Q(("facet__in", list(facets)), _negated=True)
    condition = models.Q(("facet__lt", 100), few)
    return models.Index(condition=condition, fields=COLUMNS, name=NAME)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0021_bodies_packed")]

    operations = [
        migrations.RemoveIndex("currentfact", NAME),
        migrations.AddIndex("currentfact", index(*OTHERS, EVENT)),
        migrations.RunSQL(NO_COUNTS, COUNTS),
        migrations.RunPython(leave_room, fill_up),
    ]

"""PostgreSQL keeps no second index of ids and web names.

It is for `LIKE 'prefix%'`, which is asked of keys of names and addresses alone. Each of
the others was written with every row and read by nothing.
"""

from django.db import migrations

UNUSED = """
    SELECT indexname FROM pg_indexes
    WHERE schemaname = current_schema() AND tablename LIKE 'timeline%%'
    AND indexname LIKE '%%\\_like' AND indexdef LIKE '%%\\_pattern\\_ops)'
    AND indexdef NOT LIKE '%%(name\\_key %%' AND indexdef NOT LIKE '%%(address\\_key %%'
"""


def drop(apps, editor):
    """Django makes them beside unique texts, and does not miss them."""
    connection = editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(UNUSED, [])
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")


class Migration(migrations.Migration):

    dependencies = [("timeline", "0014_story_periods")]

    operations = [migrations.RunPython(drop, migrations.RunPython.noop)]

"""Facts that follow from others are not kept: they were a quarter of all.

That an entry names a thing is said by the fact that finds it by that thing, where there
is one; and of a source that is on every trail of a statement it need not be said that
it is on one.
"""

from django.db import migrations

FACTS = "timeline_currentfact"
COLUMNS = "facet, thing, sort_key, statement, sequence, marks, names"
STORY, TOPIC, ACTOR, SOURCE, BEARS, ALONE, NAMES, PUBLISHER = 1, 2, 3, 5, 6, 7, 8, 9
NAMED_ANYWAY = f"""
    DELETE FROM {FACTS} WHERE facet = {NAMES} AND EXISTS (
        SELECT 1 FROM {FACTS} f
        WHERE f.facet IN ({STORY}, {TOPIC}, {ACTOR}, {SOURCE}, {PUBLISHER})
          AND f.thing IN ({FACTS}.thing, '~' || {FACTS}.thing)
          AND f.sort_key = {FACTS}.sort_key
    )
"""
BORNE_ANYWAY = f"""
    DELETE FROM {FACTS} WHERE facet = {BEARS} AND EXISTS (
        SELECT 1 FROM {FACTS} f
        WHERE f.facet = {ALONE} AND f.thing = {FACTS}.thing
          AND f.sort_key = {FACTS}.sort_key AND f.statement = {FACTS}.statement
    )
"""
NAMED = f"""
    INSERT INTO {FACTS} ({COLUMNS})
    SELECT DISTINCT {NAMES}, CASE WHEN thing LIKE '~%' THEN substr(thing, 2)
                             ELSE thing END, sort_key, 0, sequence, marks, names
    FROM {FACTS} f
    WHERE facet IN ({STORY}, {TOPIC}, {ACTOR}, {SOURCE}, {PUBLISHER})
"""
BORNE = f"""
    INSERT INTO {FACTS} ({COLUMNS})
    SELECT {BEARS}, thing, sort_key, statement, sequence, marks, names
    FROM {FACTS} WHERE facet = {ALONE}
"""


def say_once(apps, editor):
    """Take away what follows from another fact of the same entry."""
    with editor.connection.cursor() as cursor:
        cursor.execute(NAMED_ANYWAY)
        cursor.execute(BORNE_ANYWAY)


def say_all(apps, editor):
    """Say all of it again."""
    with editor.connection.cursor() as cursor:
        cursor.execute(BORNE)
        cursor.execute(NAMED)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0019_words_in_small_lots")]

    operations = [migrations.RunPython(say_once, say_all)]

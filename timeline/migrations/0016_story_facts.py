"""What a story's page offers as filters is counted: by whom, on what, of which days."""

from collections import Counter

import orjson
from django.db import migrations, models

FORM = 3  # of the entries that this can read
# The facets.
TOPIC, ACTOR, KIND, STANDING, REPORTED = 2, 3, 10, 11, 20
VOICES = ("speaker", "on_behalf_of", "relayed_by", "told_to")
DAY = len("2026-03-03")
AT_ONCE = 2_000  # entries
MOST_WAITING = 200_000  # counts: some 70 MB
ADD_UP = """
    ON CONFLICT (story, facet, thing)
    DO UPDATE SET entries = timeline_storyfact.entries + excluded.entries
"""
BY_ROWS = f"""
    INSERT INTO timeline_storyfact (story, facet, thing, entries)
    VALUES (%s, %s, %s, %s) {ADD_UP}
"""
BY_COLUMNS = f"""
    INSERT INTO timeline_storyfact (story, facet, thing, entries)
    SELECT * FROM unnest(%s::text[], %s::int[], %s::text[], %s::int[]) {ADD_UP}
"""


def true_of(entry):
    """Every fact, as (facet, thing), that a story counts of an entry."""
    yield from ((TOPIC, row["id"]) for row in entry["topics"])
    yield from ((ACTOR, row["id"]) for row in entry["actors"])
    for statement in entry["statements"]:
        yield KIND, statement["kind"]
        yield STANDING, statement["standing"]
        yield from ((ACTOR, statement[one]["id"]) for one in VOICES if statement[one])
        yield from ((REPORTED, day) for day in days_of(statement))


def days_of(statement):
    """The days, in UTC and of years in four digits, on which it was reported."""
    dates = [statement["first_reported"]]
    for citation in statement["citations"]:
        dates += [citation["source"]["published"], citation["origin"]["published"]]
    for date in dates:
        if date and (date["latest"] or "")[DAY : DAY + 1] == "T":
            yield date["latest"][:DAY]


def count(apps, editor):
    """Count those that readers see today, read once in the order they lie in.

    Those of another form are made anew by `rebuild_timeline --if-needed`, and counted.
    """
    if not apps.get_model("timeline", "Rendering").objects.filter(form=FORM).exists():
        return
    rows = apps.get_model("timeline", "CurrentBody").objects.order_by("sort_key")
    found = Counter()
    for body in rows.values_list("body", flat=True).iterator(AT_ONCE):
        entry = orjson.loads(body)
        true = set(true_of(entry))
        for story in entry["stories"]:
            found.update((story["id"], *fact) for fact in true)
        if len(found) > MOST_WAITING:
            add_up(editor.connection, found)
            found.clear()
    add_up(editor.connection, found)


def add_up(connection, found):
    """Write these counts, or add them to those that there are."""
    rows = [(*key, entries) for key, entries in sorted(found.items())]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(BY_ROWS, rows)
        elif rows:
            cursor.execute(BY_COLUMNS, [list(column) for column in zip(*rows)])


class Migration(migrations.Migration):

    dependencies = [("timeline", "0015_no_unused_indexes")]

    operations = [
        migrations.CreateModel(
            name="StoryFact",
            fields=[
                ("pk", models.CompositePrimaryKey("story", "facet", "thing", blank=True, editable=False, primary_key=True, serialize=False)),
                ("story", models.CharField(max_length=20)),
                ("facet", models.PositiveSmallIntegerField()),
                ("thing", models.CharField(max_length=20)),
                ("entries", models.IntegerField(default=0)),
            ],
            options={"abstract": False, "default_permissions": ()},
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="storyfact",
            index=models.Index(condition=models.Q(("facet__in", [TOPIC, ACTOR])), fields=["story", "facet", "entries", "thing"], name="storyfact_most"),
        ),
    ]

"""Events of a story are counted by the days, months and years that they begin in."""

from collections import Counter
from itertools import groupby
from operator import itemgetter

from django.db import migrations, models

from timeline.dates.calendar import civil_from_days, first_of_month

STORY = 1  # the facet
AT_ONCE = 5000
# As sort keys are made: see `publishing.read.keys`.
PLACES = 14_000_000
FIRST_SECOND = -378_000_000_000
UNDATED_FROM = (260_000_000_000 - FIRST_SECOND) * PLACES


def periods_of(key):
    """The day, month and year that an entry begins in; none without any date."""
    if key < UNDATED_FROM:
        day = (key // PLACES + FIRST_SECOND) // 86_400
        year, month, _day = civil_from_days(day)
        yield from ((1, day), (2, first_of_month(year, month)))
        yield 3, first_of_month(year, 1)


def count(apps, editor):
    """Count those that readers see today."""
    facts = apps.get_model("timeline", "CurrentFact").objects.filter(facet=STORY)
    rows = facts.order_by("thing", "sort_key").values_list("thing", "sort_key")
    made = apps.get_model("timeline", "StoryPeriod")
    for story, found in groupby(rows.iterator(AT_ONCE), key=itemgetter(0)):
        begun = Counter()
        for _story, key in found:
            begun.update(periods_of(key))
        made.objects.bulk_create(
            (
                made(story=story, period=period, start=start, entries=entries)
                for (period, start), entries in sorted(begun.items())
            ),
            batch_size=AT_ONCE,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0013_imported_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoryPeriod',
            fields=[
                ('pk', models.CompositePrimaryKey('story', 'period', 'start', blank=True, editable=False, primary_key=True, serialize=False)),
                ('story', models.CharField(max_length=20)),
                ('period', models.PositiveSmallIntegerField(choices=[(1, 'Day'), (2, 'Month'), (3, 'Year')])),
                ('start', models.IntegerField()),
                ('entries', models.IntegerField(default=0)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]

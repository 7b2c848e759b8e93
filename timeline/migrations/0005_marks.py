"""Facts say at a glance what else their entry is.

What is derived from the record is made anew by `rebuild_timeline --if-needed`.
"""

from django.db import migrations, models


def no_longer_fits(apps, editor):
    """No code renders this form."""
    apps.get_model("timeline", "Rendering").objects.update(form=0)


class Migration(migrations.Migration):

    dependencies = [("timeline", "0004_permissions_of_verbs")]

    operations = [
        # Their primary keys change; no row of theirs is anything but derived.
        migrations.DeleteModel("CurrentFact"),
        migrations.DeleteModel("PastFact"),
        migrations.CreateModel(
            name='CurrentFact',
            fields=[
                ('facet', models.PositiveSmallIntegerField()),
                ('thing', models.CharField(max_length=20)),
                ('sort_key', models.BigIntegerField()),
                ('statement', models.PositiveSmallIntegerField(default=0)),
                ('sequence', models.BigIntegerField()),
                ('marks', models.BigIntegerField()),
                ('names', models.BigIntegerField()),
                ('pk', models.CompositePrimaryKey('facet', 'thing', 'sort_key', 'statement', 'sequence', 'marks', 'names', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PastFact',
            fields=[
                ('facet', models.PositiveSmallIntegerField()),
                ('thing', models.CharField(max_length=20)),
                ('sort_key', models.BigIntegerField()),
                ('statement', models.PositiveSmallIntegerField(default=0)),
                ('sequence', models.BigIntegerField()),
                ('marks', models.BigIntegerField()),
                ('names', models.BigIntegerField()),
                ('pk', models.CompositePrimaryKey('facet', 'thing', 'sort_key', 'statement', 'sequence', 'until_sequence', 'marks', 'names', blank=True, editable=False, primary_key=True, serialize=False)),
                ('until_sequence', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='currentfact',
            index=models.Index(fields=['sort_key'], name='currentfact_key'),
        ),
        migrations.AddIndex(
            model_name='currentfact',
            index=models.Index(fields=['facet', 'thing', 'sequence', 'sort_key', 'statement', 'marks', 'names'], name='currentfact_published'),
        ),
        migrations.RunPython(no_longer_fits, no_longer_fits),
    ]

"""The tables that every question of the feed is answered from, and the word index.

What is derived from the record is made anew by `rebuild_timeline --if-needed`.
"""

import timeline.models.record
from django.db import migrations, models

# The tables hold the words; on SQLite these indexes find them. A later change that
# makes Django remake one of the two tables there must make its triggers again.
INDEXED = (("currentsearch", "sort_key"), ("pastsearch", "sequence"))
VIRTUAL = """
    CREATE VIRTUAL TABLE timeline_{table}_index USING fts5(
        words, content='timeline_{table}', content_rowid='{key}',
        tokenize="ascii tokenchars '_'"
    )
"""
ADDED = """
    CREATE TRIGGER timeline_{table}_added AFTER INSERT ON timeline_{table} BEGIN
        INSERT INTO timeline_{table}_index (rowid, words) VALUES (new.{key}, new.words);
    END
"""
TAKEN = """
    CREATE TRIGGER timeline_{table}_taken AFTER DELETE ON timeline_{table} BEGIN
        INSERT INTO timeline_{table}_index (timeline_{table}_index, rowid, words)
        VALUES ('delete', old.{key}, old.words);
    END
"""
ON_SQLITE = (VIRTUAL, ADDED, TAKEN)
UNDONE_ON_SQLITE = (
    "DROP TRIGGER timeline_{table}_added",
    "DROP TRIGGER timeline_{table}_taken",
    "DROP TABLE timeline_{table}_index",
)
ON_POSTGRESQL = (
    "CREATE INDEX {table}_words ON timeline_{table} USING gin (words)"
    " WITH (fastupdate = off)",
    # How common a word is decides how it is looked for.
    "ALTER TABLE timeline_{table} ALTER COLUMN words SET STATISTICS 1000",
)
UNDONE_ON_POSTGRESQL = ("DROP INDEX {table}_words",)
# Bodies are read whole: unpacking them costs more than reading them.
BODIES = ("currentbody", "pastentry")
STORAGE = "ALTER TABLE timeline_{table} ALTER COLUMN body SET STORAGE {way}"


def index_words(apps, editor):
    on_sqlite = editor.connection.vendor == "sqlite"
    run(editor, ON_SQLITE if on_sqlite else ON_POSTGRESQL)
    if not on_sqlite:
        for table in BODIES:
            editor.execute(STORAGE.format(table=table, way="EXTERNAL"))


def drop_indexes(apps, editor):
    on_sqlite = editor.connection.vendor == "sqlite"
    run(editor, UNDONE_ON_SQLITE if on_sqlite else UNDONE_ON_POSTGRESQL)
    if not on_sqlite:
        for table in BODIES:
            editor.execute(STORAGE.format(table=table, way="EXTENDED"))


def run(editor, statements):
    for table, key in INDEXED:
        for statement in statements:
            editor.execute(statement.format(table=table, key=key))


class Migration(migrations.Migration):

    dependencies = [("timeline", "0001_nouns_and_record")]

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
                ('pk', models.CompositePrimaryKey('facet', 'thing', 'sort_key', 'statement', 'sequence', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CurrentSaid',
            fields=[
                ('sort_key', models.BigIntegerField()),
                ('statement', models.PositiveSmallIntegerField()),
                ('sequence', models.BigIntegerField()),
                ('moment', models.BigIntegerField()),
                ('variant', models.PositiveSmallIntegerField(choices=[(0, 'None'), (100, 'Month'), (200, 'Year'), (300, 'Long'), (400, 'Open'), (500, 'Early')])),
                ('earliest', models.BigIntegerField(null=True)),
                ('latest', models.BigIntegerField(null=True)),
                ('pk', models.CompositePrimaryKey('sort_key', 'statement', 'sequence', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CurrentSearch',
            fields=[
                ('sort_key', models.BigAutoField(primary_key=True, serialize=False)),
                ('words', timeline.models.record.SearchWords()),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FactCount',
            fields=[
                ('pk', models.CompositePrimaryKey('facet', 'thing', blank=True, editable=False, primary_key=True, serialize=False)),
                ('facet', models.PositiveSmallIntegerField()),
                ('thing', models.CharField(max_length=20)),
                ('entries', models.IntegerField(default=0)),
                ('statements', models.IntegerField(default=0)),
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
                ('pk', models.CompositePrimaryKey('facet', 'thing', 'sort_key', 'statement', 'sequence', 'until_sequence', blank=True, editable=False, primary_key=True, serialize=False)),
                ('until_sequence', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PastSaid',
            fields=[
                ('sort_key', models.BigIntegerField()),
                ('statement', models.PositiveSmallIntegerField()),
                ('sequence', models.BigIntegerField()),
                ('moment', models.BigIntegerField()),
                ('variant', models.PositiveSmallIntegerField(choices=[(0, 'None'), (100, 'Month'), (200, 'Year'), (300, 'Long'), (400, 'Open'), (500, 'Early')])),
                ('earliest', models.BigIntegerField(null=True)),
                ('latest', models.BigIntegerField(null=True)),
                ('until_sequence', models.BigIntegerField()),
                ('pk', models.CompositePrimaryKey('sort_key', 'statement', 'sequence', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PastSearch',
            fields=[
                ('sequence', models.BigAutoField(primary_key=True, serialize=False)),
                ('words', timeline.models.record.SearchWords()),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StoryThing',
            fields=[
                ('pk', models.CompositePrimaryKey('story', 'thing', blank=True, editable=False, primary_key=True, serialize=False)),
                ('story', models.CharField(max_length=20)),
                ('thing', models.CharField(max_length=20)),
                ('entries', models.IntegerField(default=0)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ThingFact',
            fields=[
                ('pk', models.CompositePrimaryKey('noun', 'facet', 'value', 'slug', 'thing', blank=True, editable=False, primary_key=True, serialize=False)),
                ('noun', models.CharField(choices=[('event', 'Event'), ('statement', 'Statement'), ('actor', 'Actor'), ('source', 'Source'), ('story', 'Story'), ('topic', 'Topic')], max_length=20)),
                ('facet', models.PositiveSmallIntegerField(choices=[(1, 'Kind'), (2, 'Publisher'), (3, 'Production'), (4, 'Status'), (5, 'Word')])),
                ('value', models.CharField(max_length=100)),
                ('slug', models.CharField(max_length=100)),
                ('thing', models.CharField(max_length=20)),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.RemoveIndex(
            model_name='pastentry',
            name='pastentry_key',
        ),
        migrations.AddField(
            model_name='currententry',
            name='known_from',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='currententry',
            name='whole_from',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='namedthing',
            name='words',
            field=models.TextField(default=''),
        ),
        migrations.AddField(
            model_name='pastentry',
            name='known_from',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='pastentry',
            name='whole_from',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='currententry',
            index=models.Index(fields=['known_from'], name='currententry_known'),
        ),
        migrations.AddIndex(
            model_name='pastentry',
            index=models.Index(fields=['sort_key', 'sequence', 'until_sequence'], name='pastentry_key'),
        ),
        migrations.AddIndex(
            model_name='pastentry',
            index=models.Index(fields=['known_from'], name='pastentry_known'),
        ),
        migrations.AddIndex(
            model_name='currentfact',
            index=models.Index(fields=['sort_key'], name='currentfact_key'),
        ),
        migrations.AddIndex(
            model_name='currentfact',
            index=models.Index(fields=['facet', 'thing', 'sequence', 'sort_key', 'statement'], name='currentfact_published'),
        ),
        migrations.AddIndex(
            model_name='currentsaid',
            index=models.Index(fields=['moment'], name='currentsaid_moment'),
        ),
        migrations.AddIndex(
            model_name='currentsaid',
            index=models.Index(fields=['variant', 'moment'], name='currentsaid_variant'),
        ),
        migrations.AddIndex(
            model_name='pastsaid',
            index=models.Index(fields=['moment'], name='pastsaid_moment'),
        ),
        migrations.AddIndex(
            model_name='pastsaid',
            index=models.Index(fields=['variant', 'moment'], name='pastsaid_variant'),
        ),
        migrations.AddIndex(
            model_name='thingfact',
            index=models.Index(fields=['thing'], name='thingfact_thing'),
        ),
        migrations.AddIndex(
            model_name='knownevent',
            index=models.Index(fields=['state', 'sequence'], name='knownevent_state'),
        ),
        migrations.RunPython(index_words, drop_indexes),
    ]

"""What is one and the same: how it is found, decided, and shown on the front."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import timeline.models.fields
import timeline.models.likeness
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0008_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(choices=[('actor', 'person or organisation'), ('source', 'report or document')], max_length=20)),
                ('duplicate', models.BigIntegerField()),
                ('into', models.BigIntegerField()),
                ('moved', models.JSONField(default=list)),
                ('by_name', models.CharField(max_length=200, verbose_name='name then')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('why', timeline.models.fields.ProseField(blank=True, default='', max_length=5000, verbose_name='why')),
                ('undone_by_name', models.CharField(default='', max_length=200)),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone at')),
            ],
            options={
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='NotTheSame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(choices=[('actor', 'person or organisation'), ('source', 'report or document')], max_length=20)),
                ('one', models.BigIntegerField()),
                ('other', models.BigIntegerField()),
                ('by_name', models.CharField(max_length=200, verbose_name='name then')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='actor',
            options={'ordering': ['name', 'pk'], 'permissions': [('merge_actor', 'Can merge people and organisations')], 'verbose_name': 'person or organisation', 'verbose_name_plural': 'people and organisations'},
        ),
        migrations.AlterModelOptions(
            name='source',
            options={'ordering': ['-published_sort', 'pk'], 'permissions': [('merge_source', 'Can merge reports and documents')], 'verbose_name': 'report or document', 'verbose_name_plural': 'reports and documents'},
        ),
        migrations.AddField(
            model_name='actor',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='timeline.actor'),
        ),
        migrations.AddField(
            model_name='actor',
            name='name_key',
            field=timeline.models.likeness.NameKey(db_index=True, default='', max_length=300, of='name'),
        ),
        migrations.AddField(
            model_name='event',
            name='date_is_stale',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='source',
            name='address_key',
            field=timeline.models.likeness.AddressKey(db_index=True, default='', max_length=300, of='original_url'),
        ),
        migrations.AddField(
            model_name='source',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='timeline.source'),
        ),
        migrations.AddField(
            model_name='statement',
            name='said_is_stale',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name='citation',
            index=models.Index(condition=models.Q(('passage', 'not_found')), fields=['passage'], name='citation_not_found'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['live_state', 'published_version', 'version'], name='event_unpublished'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['review_state', 'owner'], name='event_review'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('embargo_until__isnull', False)), fields=['embargo_until'], name='event_embargo'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('date_is_stale', True)), fields=['date_is_stale'], name='event_stale'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['status'], name='source_status'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['production'], name='source_production'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(condition=models.Q(('said_is_stale', True)), fields=['said_is_stale'], name='statement_stale'),
        ),
        migrations.AddField(
            model_name='merge',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='merge',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by'),
        ),
        migrations.AddField(
            model_name='notthesame',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddIndex(
            model_name='merge',
            index=models.Index(fields=['noun', 'into'], name='merge_into'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('noun__in', ['actor', 'source'])), name='merge_noun_listed', violation_error_message='Choose one of the listed values.'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('why')), 5000), name='merge_why_length', violation_error_message='This text is too long: shorten it to fit.'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('duplicate', models.F('into')), _negated=True), name='merge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('noun', 'duplicate'), name='merge_once'),
        ),
        migrations.AddConstraint(
            model_name='notthesame',
            constraint=models.CheckConstraint(condition=models.Q(('noun__in', ['actor', 'source'])), name='notthesame_noun_listed', violation_error_message='Choose one of the listed values.'),
        ),
        migrations.AddConstraint(
            model_name='notthesame',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='notthesame_order'),
        ),
        migrations.AddConstraint(
            model_name='notthesame',
            constraint=models.UniqueConstraint(fields=('noun', 'one', 'other'), name='notthesame_once'),
        ),
    ]

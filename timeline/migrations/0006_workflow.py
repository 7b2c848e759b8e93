"""How far an event has come on its way to readers, and tries to sign in."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import timeline.models.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0005_marks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EventStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('worked', 'worked on it'), ('submitted', 'submitted it'), ('sent_back', 'sent it back'), ('approved', 'approved it'), ('assigned', 'made somebody its owner'), ('embargo', 'set an embargo'), ('embargo_lifted', 'lifted the embargo')], max_length=20, verbose_name='step')),
                ('version', models.PositiveIntegerField()),
                ('by_name', models.CharField(max_length=200, verbose_name='name then')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('note', timeline.models.fields.ProseField(blank=True, default='', max_length=5000, verbose_name='note')),
                ('change', models.CharField(blank=True, default='', max_length=20)),
                ('public_note', timeline.models.fields.ProseField(blank=True, default='', max_length=5000)),
                ('said', models.CharField(blank=True, default='', max_length=64)),
            ],
            options={
                'verbose_name': 'step of an event',
                'verbose_name_plural': 'steps of events',
                'ordering': ['-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='SignInTries',
            fields=[
                ('what', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='event',
            name='embargo_reason',
            field=timeline.models.fields.ProseField(blank=True, default='', editable=False, max_length=5000, verbose_name='why'),
        ),
        migrations.AddField(
            model_name='event',
            name='embargo_until',
            field=models.DateTimeField(editable=False, null=True, verbose_name='embargo until'),
        ),
        migrations.AddField(
            model_name='event',
            name='owner',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='event',
            name='review_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='last step at'),
        ),
        migrations.AddField(
            model_name='event',
            name='review_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last step by'),
        ),
        migrations.AddField(
            model_name='event',
            name='review_note',
            field=timeline.models.fields.ProseField(blank=True, default='', editable=False, max_length=5000, verbose_name='note'),
        ),
        migrations.AddField(
            model_name='event',
            name='review_state',
            field=models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('sent_back', 'sent back'), ('approved', 'approved')], default='draft', editable=False, max_length=20, verbose_name='review'),
        ),
        migrations.AddField(
            model_name='event',
            name='review_version',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('review_state__in', ['draft', 'in_review', 'sent_back', 'approved'])), name='event_review_state_listed', violation_error_message='Choose one of the listed values.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('review_note')), 5000), name='event_review_note_length', violation_error_message='This text is too long: shorten it to fit.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('embargo_reason')), 5000), name='event_embargo_reason_length', violation_error_message='This text is too long: shorten it to fit.'),
        ),
        migrations.AddField(
            model_name='eventstep',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='eventstep',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='timeline.event'),
        ),
        migrations.AddConstraint(
            model_name='eventstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['worked', 'submitted', 'sent_back', 'approved', 'assigned', 'embargo', 'embargo_lifted'])), name='eventstep_kind_listed', violation_error_message='Choose one of the listed values.'),
        ),
        migrations.AddConstraint(
            model_name='eventstep',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('note')), 5000), name='eventstep_note_length', violation_error_message='This text is too long: shorten it to fit.'),
        ),
        migrations.AddConstraint(
            model_name='eventstep',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('change')), 20), name='eventstep_change_length', violation_error_message='This text is too long: shorten it to fit.'),
        ),
        migrations.AddConstraint(
            model_name='eventstep',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('public_note')), 5000), name='eventstep_public_note_length', violation_error_message='This text is too long: shorten it to fit.'),
        ),
        migrations.AddConstraint(
            model_name='eventstep',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('said')), 64), name='eventstep_said_length', violation_error_message='This text is too long: shorten it to fit.'),
        ),
    ]

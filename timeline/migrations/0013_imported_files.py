"""What was imported last is remembered, so that the same again takes no time."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0012_private_persons'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportedFiles',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('stand', models.TextField()),
                ('counts', models.TextField()),
                ('published', models.BooleanField()),
                ('at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]

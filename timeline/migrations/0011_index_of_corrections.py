"""Corrections are found without looking at the rest of the record."""

from django.db import migrations, models

CORRECTING = [
    *("correction", "withdrawal", "merge"),
    *("hold", "release", "suppression"),
]


class Migration(migrations.Migration):
    dependencies = [("timeline", "0010_keys_and_merging")]

    operations = [
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                fields=["sequence"],
                condition=models.Q(kind__in=CORRECTING),
                name="revision_correcting",
            ),
        )
    ]

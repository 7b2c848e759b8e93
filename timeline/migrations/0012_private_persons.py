"""Persons may be private: they have no page of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("timeline", "0011_index_of_corrections"),
    ]

    operations = [
        migrations.AddField(
            model_name="actor",
            name="private",
            field=models.BooleanField(
                default=False,
                help_text="Readers get no page of this person, and search engines are asked to leave out pages that name them. Readers see this with the next publication of what names them.",
                verbose_name="private person",
            ),
        ),
        migrations.AddField(
            model_name="historicalactor",
            name="private",
            field=models.BooleanField(default=False, verbose_name="private person"),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("private", False), ("kind", "person"), _connector="OR"
                ),
                name="actor_private_person",
                violation_error_message="Only a person can be private.",
            ),
        ),
    ]

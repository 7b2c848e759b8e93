"""Who may merge, hold, release and suppress has permissions of its own."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("timeline", "0003_entries_to_be_made_anew")]

    operations = [
        migrations.AlterModelOptions(
            name="event",
            options={
                "ordering": ["-date_sort", "pk"],
                "permissions": [
                    ("publish_event", "Can publish events"),
                    ("withdraw_event", "Can withdraw events"),
                    ("merge_event", "Can merge events into others"),
                    ("hold_event", "Can put events on hold and release them"),
                    ("suppress_event", "Can suppress revisions of events"),
                ],
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
        ),
    ]

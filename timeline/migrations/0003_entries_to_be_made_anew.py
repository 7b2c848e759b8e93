"""What readers are served from is made anew by `rebuild_timeline --if-needed`."""

from django.db import migrations


def no_longer_fits(apps, editor):
    """No code renders this form."""
    apps.get_model("timeline", "Rendering").objects.update(form=0)


class Migration(migrations.Migration):

    dependencies = [("timeline", "0002_tables_for_every_question")]

    operations = [migrations.RunPython(no_longer_fits, no_longer_fits)]

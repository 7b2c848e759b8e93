"""What was imported last, and how the desk stood then."""

from django.db import models


class ImportedFiles(models.Model):
    """One row says that these files were on the desk whole, and how it stood.

    As long as it stands so, the same files have nothing to change.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    stand = models.TextField()
    counts = models.TextField()
    published = models.BooleanField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.digest

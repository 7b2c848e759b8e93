"""Who is at work on what: pages that are open, and forms that were sent."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class OpenPage(models.Model):
    """One row says that somebody has a thing of the desk open, until when it counts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    noun = models.CharField(max_length=40)
    thing = models.BigIntegerField()
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["noun", "thing", "user"], name="openpage_once"
            ),
        ]

    def __str__(self):
        return f"{self.noun} {self.thing}: {self.user}"


class SentForm(models.Model):
    """One row says what a form made, so that the same one sent again makes nothing."""

    key = models.CharField(max_length=64, primary_key=True)
    noun = models.CharField(max_length=40)
    thing = models.BigIntegerField()
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.noun} {self.thing}"

"""Tries to sign in to the desk that failed, counted to slow guessing down."""

from django.db import models


class SignInTries(models.Model):
    """One row counts the recent failed tries of one kind: an account, an address.

    `what` is a keyed digest: what people type for a name may be their password.
    """

    what = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.what

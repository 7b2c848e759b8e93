"""Decisions that two things of the desk are one, or that they are not."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import listed, within
from .fields import ProseField


class Mergeable(models.TextChoices):
    """The nouns of which two rows may turn out to be one thing."""

    ACTOR = "actor", _("person or organisation")
    SOURCE = "source", _("report or document")


def account(label):
    """The field of an account that decided something."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=label,
    )


class Merge(models.Model):
    """One row says that one thing was merged into another, and what moved with it.

    Both stay as they are; `moved` lists the columns that named the one and now name
    the other, as [noun, primary key, column], so that this can be undone.
    """

    noun = models.CharField(max_length=20, choices=Mergeable.choices)
    duplicate = models.BigIntegerField()
    into = models.BigIntegerField()
    moved = models.JSONField(default=list)
    by = account(_("by"))
    by_name = models.CharField(_("name then"), max_length=200)
    at = models.DateTimeField(_("at"), default=timezone.now)
    why = ProseField(_("why"), blank=True, default="")
    undone_by = account(_("undone by"))
    undone_by_name = models.CharField(max_length=200, default="")
    undone_at = models.DateTimeField(_("undone at"), null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            *listed("merge", noun=Mergeable),
            *within("merge", why=5000),
            CheckConstraint(condition=~Q(duplicate=F("into")), name="merge_of_two"),
            models.UniqueConstraint(
                fields=["noun", "duplicate"],
                condition=Q(undone_at=None),
                name="merge_once",
            ),
        ]
        indexes = [models.Index(fields=["noun", "into"], name="merge_into")]

    def __str__(self):
        return f"{self.noun} {self.duplicate} → {self.into}"


class NotTheSame(models.Model):
    """One row says that two things that look alike are not the same."""

    noun = models.CharField(max_length=20, choices=Mergeable.choices)
    one = models.BigIntegerField()  # the smaller of the two keys
    other = models.BigIntegerField()
    by = account(_("by"))
    by_name = models.CharField(_("name then"), max_length=200)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [
            *listed("notthesame", noun=Mergeable),
            CheckConstraint(condition=Q(one__lt=F("other")), name="notthesame_order"),
            models.UniqueConstraint(
                fields=["noun", "one", "other"], name="notthesame_once"
            ),
        ]

    def __str__(self):
        return f"{self.noun} {self.one} ≠ {self.other}"

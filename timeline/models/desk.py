"""What stays on the desk of an act of publishing: who acted, and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import ProseField


class Act(models.Model):
    """One row says who appended a revision to the record, and why, for the desk."""

    sequence = models.BigIntegerField(unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    by_name = models.CharField(_("name then"), max_length=200)
    reason = ProseField(_("reason"), blank=True, default="")

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("act of publishing")
        verbose_name_plural = _("acts of publishing")
        ordering = ["-sequence"]

    def __str__(self):
        return f"{self.sequence}: {self.by_name}"

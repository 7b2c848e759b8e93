"""What was done with an event on its way from a draft to its readers."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import listed, within
from .choices import StepKind
from .events import Event
from .fields import ProseField


class EventStep(models.Model):
    """One row says who took which step with an event, at which version, and why.

    An approval also says as which change the event is to be published, with which
    note for readers, and, as a digest, what it said.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=20, choices=StepKind.choices)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    by_name = models.CharField(_("name then"), max_length=200)
    at = models.DateTimeField(_("at"), default=timezone.now)
    note = ProseField(_("note"), blank=True, default="")
    change = models.CharField(max_length=20, blank=True, default="")
    public_note = ProseField(blank=True, default="")
    said = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("step of an event")
        verbose_name_plural = _("steps of events")
        ordering = ["-pk"]
        constraints = [
            *listed("eventstep", kind=StepKind),
            *within("eventstep", note=5000, change=20, public_note=5000, said=64),
        ]

    def __str__(self):
        return f"{self.by_name}: {self.get_kind_display()}"

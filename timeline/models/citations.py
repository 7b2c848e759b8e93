"""Citations: where a statement was found, and whom that place credits."""

from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from .base import Child, belonging, keyed, listed, not_itself, within
from .choices import Credit, PassageState
from .fields import LineField, ProseField
from .sources import Source
from .statements import Statement


class Citation(Child):
    """One row says where a statement was found, and whom that place credits."""

    PARENT = "statement"

    statement = belonging(Statement, "citations")
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="citations",
        verbose_name=_("found in"),
    )
    via = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credited_in",
        verbose_name=_("citing"),
        help_text=_("The report it credits, as in “citing the Journal”."),
    )
    read_in = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="read_for",
        verbose_name=_("read in the copy"),
        help_text=_("Where the desk has only a copy of what it cites."),
    )
    own_words = models.BooleanField(
        _("its own addition"),
        default=False,
        help_text=_("This passage was not taken over from elsewhere."),
    )
    after_update = models.BooleanField(
        _("found only after an update"),
        default=False,
        help_text=_(
            "This passage was seen only in the report as updated, so it may be as "
            "young as the update."
        ),
    )
    credit = models.CharField(
        _("is it in what it credits?"),
        max_length=20,
        choices=Credit.choices,
        default=Credit.UNCHECKED,
    )
    prefix = LineField(_("words before"), max_length=32, blank=True, default="")
    exact = ProseField(_("the passage"), max_length=300, blank=True, default="")
    suffix = LineField(_("words after"), max_length=32, blank=True, default="")
    locator = LineField(
        _("or where in it"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("A page, a time, a paragraph."),
    )
    passage = models.CharField(
        _("passage"),
        max_length=20,
        choices=PassageState.choices,
        default=PassageState.UNCHECKED,
    )
    unchecked_reason = LineField(
        _("why it is not checked"), max_length=200, blank=True, default=""
    )

    class Meta:
        verbose_name = _("where it was found")
        verbose_name_plural = _("where it was found")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["passage"],
                condition=Q(passage=PassageState.NOT_FOUND),
                name="citation_not_found",
            ),
        ]
        constraints = [
            *keyed("citation", "statement"),
            *listed("citation", credit=Credit, passage=PassageState),
            *within(
                "citation", prefix=32, suffix=32, locator=200, unchecked_reason=200
            ),
            CheckConstraint(
                condition=LessThanOrEqual(
                    Length(F("prefix")) + Length(F("exact")) + Length(F("suffix")), 300
                ),
                name="citation_passage_short",
                violation_error_message=_(
                    "Quote less: the passage and the words around it are 300 "
                    "characters at most."
                ),
            ),
            CheckConstraint(
                condition=Q(own_words=False) | Q(via__isnull=True),
                name="citation_own_or_credited",
                violation_error_message=_(
                    "A passage is the report's own addition or credits another: "
                    "not both."
                ),
            ),
            not_itself(
                "citation", "via", "source", _("A report does not credit itself.")
            ),
            not_itself(
                "citation", "read_in", "source", _("A report is not its own copy.")
            ),
            models.UniqueConstraint(
                fields=["statement", "source"],
                name="citation_source_once",
                violation_error_message=_(
                    "This statement cites that report already: put both passages "
                    "into one."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.source} ({self.via})" if self.via_id else str(self.source)

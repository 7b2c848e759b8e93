"""Statements ("Who said what"), the links between them, and where they were found."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from .actors import Actor
from .base import (
    Child,
    Noun,
    belonging,
    filled,
    keyed,
    listed,
    new_statement_id,
    not_itself,
    public_id,
    slugged,
    within,
)
from .choices import (
    DescribedNumber,
    Mode,
    StatementKind,
    StatementLinkKind,
)
from .events import Event
from .fields import LineField, ProseField, UncertainDateField
from .sources import Source


def said_by(label, *, related_name="+", help_text=""):
    """The field of an actor who has a part in what was said."""
    return models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=label,
        help_text=help_text,
    )


class Statement(Noun):
    """One row is one assertion about one event.

    It is saved as part of its event, whose version counts the saves.
    """

    PARENT = "event"

    public_id = public_id(new_statement_id)
    event = models.ForeignKey(Event, models.CASCADE, related_name="statements")
    position = models.PositiveIntegerField(_("order"), default=0, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=StatementKind.choices)
    mode = models.CharField(_("how it is told"), max_length=20, choices=Mode.choices)

    speaker = said_by(
        _("speaker"),
        related_name="spoken",
        help_text=_("Whoever was asked, where there was no answer."),
    )
    described_as = LineField(
        _("or an unnamed speaker"),
        blank=True,
        default="",
        help_text=_(
            "The words the report used, as in “a person familiar with the matter”. "
            "Never a name: the person behind them is entered nowhere."
        ),
    )
    described_number = models.CharField(
        _("how many"),
        max_length=20,
        choices=DescribedNumber.choices,
        blank=True,
        default="",
    )
    ground = LineField(
        _("why they would know"),
        blank=True,
        default="",
        help_text=_("The standing to know that the report gives them."),
    )
    reason_unnamed = LineField(
        _("why they are not named"),
        blank=True,
        default="",
        help_text=_("The reason that the report states."),
    )
    on_behalf_of = said_by(_("on behalf of"), related_name="spoken_for")
    relayed_by = said_by(
        _("relayed by"),
        related_name="relayed",
        help_text=_("Whoever passed on what the speaker said."),
    )
    told_to = said_by(_("said to"), related_name="heard")
    said_in_words = LineField(
        _("occasion"),
        blank=True,
        default="",
        help_text=_("As in “a company meeting”."),
    )
    said_in_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="says",
        verbose_name=_("said in the document"),
    )
    said = UncertainDateField(_("said when"), blank=True)
    said_words = LineField(
        _("said when, in the report's words"), max_length=200, blank=True, default=""
    )
    said_anchor = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counted from the date of"),
    )
    said_rule = models.CharField(_("rule"), max_length=40, blank=True, default="")
    # Written with each save: what it is counted from has another date since.
    said_is_stale = models.BooleanField(default=False, editable=False)

    text = ProseField(_("what was said, in our words"))
    language = models.CharField(_("language"), max_length=20, default="en")
    quote = ProseField(_("the words quoted"), blank=True, default="")
    quote_language = models.CharField(
        _("language of the quote"), max_length=20, blank=True, default=""
    )
    quote_translation = ProseField(_("our translation"), blank=True, default="")
    notes = ProseField(
        _("desk notes"),
        max_length=20000,
        blank=True,
        default="",
        help_text=_("Stay on the desk; never published."),
    )

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("who said what")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["said_is_stale"],
                condition=Q(said_is_stale=True),
                name="statement_stale",
            ),
        ]
        constraints = [
            *slugged("statement"),
            *listed("statement", kind=StatementKind, mode=Mode),
            *filled("statement", "text"),
            *within(
                "statement",
                described_as=300,
                ground=300,
                reason_unnamed=300,
                said_in_words=300,
                said=60,
                said_words=200,
                said_rule=40,
                text=5000,
                language=20,
                quote=5000,
                quote_language=20,
                quote_translation=5000,
                notes=20000,
            ),
            CheckConstraint(
                condition=Q(described_number__in=["", *DescribedNumber.values]),
                name="statement_described_number_listed",
                violation_error_message=_("Choose one of the listed values."),
            ),
            CheckConstraint(
                condition=Q(speaker__isnull=False, described_as="")
                | (Q(speaker__isnull=True) & ~Q(described_as="")),
                name="statement_one_speaker",
                violation_error_message=_(
                    "Choose the speaker, or give the report's words for an unnamed "
                    "one: one of the two."
                ),
            ),
            CheckConstraint(
                condition=Q(said_in_words="") | Q(said_in_source__isnull=True),
                name="statement_one_occasion",
                violation_error_message=_(
                    "Give the occasion in words, or choose the document: one of them."
                ),
            ),
            CheckConstraint(
                condition=~Q(quote="") | Q(quote_translation=""),
                name="statement_translation_of_quote",
                violation_error_message=_("There is no quote to translate."),
            ),
        ]

    def __str__(self):
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    @property
    def root(self):
        """The aggregate that it is saved as part of: its event."""
        return self.event

    def natural_key(self):
        return (self.slug,)

    natural_key.dependencies = ["timeline.event"]


class StatementLink(Child):
    """One row says what a statement does to another."""

    PARENT = "statement"

    statement = belonging(Statement, "links")
    kind = models.CharField(
        _("what it does"), max_length=20, choices=StatementLinkKind.choices
    )
    target = models.ForeignKey(
        Statement,
        models.RESTRICT,
        related_name="linked_by",
        verbose_name=_("statement"),
    )

    class Meta:
        verbose_name = _("link to another statement")
        verbose_name_plural = _("links to other statements")
        ordering = ["position", "pk"]
        constraints = [
            *keyed("statementlink", "statement"),
            *listed("statementlink", kind=StatementLinkKind),
            not_itself(
                "statementlink",
                "statement",
                "target",
                _("A statement does nothing to itself: choose another."),
            ),
            models.UniqueConstraint(
                fields=["statement", "kind", "target"],
                name="statementlink_once",
                violation_error_message=_("This link is listed already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} “{self.target}”"

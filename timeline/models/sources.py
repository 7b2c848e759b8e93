"""Sources ("Report or document" on the desk), and how one was taken from another."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from .actors import Actor
from .base import (
    Aggregate,
    Child,
    belonging,
    filled,
    keyed,
    listed,
    new_source_id,
    not_itself,
    public_id,
    slugged,
    web_addresses,
    within,
)
from .choices import (
    TAKEN_WHOLE,
    BylineRole,
    Production,
    Reporting,
    SourceKind,
    SourceLinkKind,
    SourceStatus,
)
from .fields import AddressField, LineField, ProseField, UncertainDateField
from .likeness import AddressKey


class Source(Aggregate):
    """One row is one item that can be cited: a report, a document, a post."""

    public_id = public_id(new_source_id)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind.choices)
    publisher = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="published_sources",
        verbose_name=_("published by"),
    )
    title = LineField(_("title"), blank=True, default="")
    label = LineField(
        _("label"),
        blank=True,
        default="",
        help_text=_(
            "In the desk's words, where there is no title: for instance where it is "
            "known only because another report credits it."
        ),
    )
    known_by_credit = models.BooleanField(
        _("known only by credit"),
        default=False,
        help_text=_("Nobody here has seen it: another report says it exists."),
    )
    original_url = AddressField(_("web address"), blank=True, default="")
    archived_url = AddressField(_("archived copy"), blank=True, default="")
    published = UncertainDateField(_("published"), blank=True)
    published_words = LineField(
        _("date in its words"), max_length=200, blank=True, default=""
    )
    updated = UncertainDateField(_("last updated"), blank=True)
    language = models.CharField(
        _("language"),
        max_length=20,
        blank=True,
        default="en",
        help_text=_("A language tag such as en, fr or pt-BR."),
    )
    production = models.CharField(
        _("made by"),
        max_length=20,
        choices=Production.choices,
        default=Production.UNKNOWN,
        help_text=_("AI-generated stays AI-generated when people reviewed it."),
    )
    production_words = LineField(
        _("what the page says of how it was made"), blank=True, default=""
    )
    reporting = models.CharField(
        _("reporting"),
        max_length=20,
        choices=Reporting.choices,
        default=Reporting.UNKNOWN,
        help_text=_(
            "Its own, where it or a report that credits it says that it gathered "
            "this itself, or where it is the speaker's own document."
        ),
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=SourceStatus.choices,
        default=SourceStatus.CURRENT,
    )
    address_key = AddressKey(of="original_url")
    # Written by merging alone: which report this turned out to be.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged"
    )

    class Meta:
        verbose_name = _("report or document")
        verbose_name_plural = _("reports and documents")
        ordering = ["-published_sort", "pk"]
        permissions = [("merge_source", _("Can merge reports and documents"))]
        indexes = [
            models.Index(fields=["status"], name="source_status"),
            models.Index(fields=["production"], name="source_production"),
        ]
        constraints = [
            *slugged("source"),
            *listed(
                "source",
                kind=SourceKind,
                production=Production,
                reporting=Reporting,
                status=SourceStatus,
            ),
            *within(
                "source",
                title=300,
                label=300,
                original_url=2000,
                archived_url=2000,
                published=60,
                published_words=200,
                updated=60,
                language=20,
                production_words=300,
                notes=20000,
            ),
            *web_addresses("source", "original_url", "archived_url"),
            CheckConstraint(
                condition=~Q(title="") | ~Q(label=""),
                name="source_named",
                violation_error_message=_(
                    "Give a title, or a label in your own words where it has none."
                ),
            ),
        ]

    def __str__(self):
        return self.title or self.label


class SourceByline(Child):
    """One row is a name in the byline of a source, with its role and place."""

    PARENT = "source"

    source = belonging(Source, "byline")
    name = LineField(_("name"))
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=BylineRole.choices,
        default=BylineRole.AUTHOR,
    )
    place = LineField(_("place"), blank=True, default="")
    actor = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bylines",
        verbose_name=_("person or organisation"),
        help_text=_("Where this name also appears in events."),
    )

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [
            *keyed("byline", "source"),
            *listed("byline", role=BylineRole),
            *filled("byline", "name"),
            *within("byline", name=300, place=300),
        ]

    def __str__(self):
        return self.name


class SourceLink(Child):
    """One row says that a source was taken whole from another, or updates it."""

    PARENT = "source"

    source = belonging(Source, "links")
    kind = models.CharField(
        _("what it does"), max_length=20, choices=SourceLinkKind.choices
    )
    target = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="linked_by",
        verbose_name=_("report or document"),
    )

    class Meta:
        verbose_name = _("taken from")
        verbose_name_plural = _("taken from")
        ordering = ["position", "pk"]
        constraints = [
            *keyed("sourcelink", "source"),
            *listed("sourcelink", kind=SourceLinkKind),
            not_itself(
                "sourcelink",
                "source",
                "target",
                _("A report cannot be taken from itself: choose another."),
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(kind__in=[str(kind) for kind in TAKEN_WHOLE]),
                name="sourcelink_taken_once",
                violation_error_message=_(
                    "A report republishes, translates or rewrites one other at most."
                ),
            ),
            models.UniqueConstraint(
                fields=["source", "kind", "target"], name="sourcelink_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.target}"


class SourceSnapshot(Child):
    """One row is the text of a source as the desk saw it; private, never altered."""

    PARENT = "source"
    NOT_IN_HISTORY = ("text",)  # it is never altered, and may be long

    source = belonging(Source, "snapshots")
    taken_at = models.DateTimeField(_("taken"))
    text = ProseField(_("text"), max_length=1_000_000)

    class Meta:
        verbose_name = _("held text")
        verbose_name_plural = _("held texts")
        ordering = ["-taken_at", "pk"]
        constraints = [
            *keyed("snapshot", "source"),
            *filled("snapshot", "text"),
            *within("snapshot", text=1_000_000),
        ]

    def __str__(self):
        return f"{self.taken_at:%Y-%m-%d %H:%M %Z}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A held text is never altered: add a new one.")
        super().save(*args, **kwargs)

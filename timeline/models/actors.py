"""Actors, their other names, their identifiers elsewhere and their affiliations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import (
    Aggregate,
    Child,
    belonging,
    filled,
    keyed,
    listed,
    new_actor_id,
    not_itself,
    public_id,
    slugged,
    within,
)
from .choices import ActorKind, IdentifierScheme
from .fields import LineField, UncertainDateField
from .likeness import NameKey


class Actor(Aggregate):
    """One row is a person, organisation, government body, outlet or group.

    The person behind an unnamed speaker is never entered here.
    """

    public_id = public_id(new_actor_id)
    kind = models.CharField(_("kind"), max_length=20, choices=ActorKind.choices)
    name = LineField(
        _("name"),
        help_text=_(
            "As it should read in print. Never enter the person behind an "
            "unnamed speaker, here or anywhere."
        ),
    )
    name_key = NameKey(of="name")
    private = models.BooleanField(
        _("private person"),
        default=False,
        help_text=_(
            "Readers get no page of this person, and search engines are asked to leave "
            "out pages that name them. Readers see this with the next publication of "
            "what names them."
        ),
    )
    # Written by merging alone: whom this turned out to be.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged"
    )

    class Meta:
        verbose_name = _("person or organisation")
        verbose_name_plural = _("people and organisations")
        ordering = ["name", "pk"]
        permissions = [
            ("merge_actor", _("Can merge people and organisations")),
        ]
        constraints = [
            *slugged("actor"),
            *listed("actor", kind=ActorKind),
            *filled("actor", "name"),
            *within("actor", name=300, notes=20000),
            models.CheckConstraint(
                condition=models.Q(private=False) | models.Q(kind=ActorKind.PERSON),
                name="actor_private_person",
                violation_error_message=_("Only a person can be private."),
            ),
        ]

    def __str__(self):
        return self.name


class ActorName(Child):
    """One row is another name of an actor, for search and recognition."""

    PARENT = "actor"

    actor = belonging(Actor, "other_names")
    name = LineField(_("name"))

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["position", "pk"]
        constraints = [
            *keyed("actorname", "actor"),
            *filled("actorname", "name"),
            *within("actorname", name=300),
            models.UniqueConstraint(
                fields=["actor", "name"],
                name="actorname_name_once",
                violation_error_message=_("This name is listed already."),
            ),
        ]

    def __str__(self):
        return self.name


class ActorIdentifier(Child):
    """One row is the identifier of an actor in a register elsewhere."""

    PARENT = "actor"

    actor = belonging(Actor, "identifiers")
    scheme = models.CharField(
        _("register"), max_length=20, choices=IdentifierScheme.choices
    )
    value = LineField(_("identifier"))

    class Meta:
        verbose_name = _("identifier elsewhere")
        verbose_name_plural = _("identifiers elsewhere")
        ordering = ["position", "pk"]
        constraints = [
            *keyed("actoridentifier", "actor"),
            *listed("actoridentifier", scheme=IdentifierScheme),
            *filled("actoridentifier", "value"),
            *within("actoridentifier", value=300),
        ]

    def __str__(self):
        return f"{self.get_scheme_display()} {self.value}"


class Affiliation(Child):
    """One row is the role of an actor in an organisation, and where that was read.

    An affiliation without a source is not public.
    """

    PARENT = "actor"

    actor = belonging(Actor, "affiliations")
    role = LineField(_("role"), help_text=_("As in “chief executive”."))
    organisation = models.ForeignKey(
        Actor,
        models.PROTECT,
        related_name="affiliated",
        verbose_name=_("organisation"),
    )
    since = UncertainDateField(_("since"), blank=True)
    until = UncertainDateField(_("until"), blank=True)
    source = models.ForeignKey(
        "timeline.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="affiliations",
        verbose_name=_("found in"),
        help_text=_("Without it this stays on the desk."),
    )
    read_in = models.ForeignKey(
        "timeline.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("read in the copy"),
    )

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["position", "pk"]
        constraints = [
            *keyed("affiliation", "actor"),
            *filled("affiliation", "role"),
            *within("affiliation", role=300, since=60, until=60),
            not_itself(
                "affiliation",
                "actor",
                "organisation",
                _("An actor has no role in itself: choose the organisation."),
            ),
        ]

    def __str__(self):
        return f"{self.role}, {self.organisation}"

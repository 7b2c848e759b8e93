"""What all desk rows share: permanent ids, slugs, keys, versions and constraints."""

import secrets

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import ProseField
from .history import DeskHistory

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
SLUG_LENGTH = 100

slug_rule = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    _("Use small letters, digits and single hyphens, as in “openai-nato”."),
)


def random_name(length: int) -> str:
    """Letters and digits without meaning, none of them easily misread."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_story_id() -> str:
    """A permanent id for a story."""
    return f"sto_{random_name(12)}"


def new_topic_id() -> str:
    """A permanent id for a topic."""
    return f"top_{random_name(12)}"


def new_actor_id() -> str:
    """A permanent id for an actor."""
    return f"act_{random_name(12)}"


def new_source_id() -> str:
    """A permanent id for a source."""
    return f"src_{random_name(12)}"


def new_event_id() -> str:
    """A permanent id for an event."""
    return f"evt_{random_name(12)}"


def new_statement_id() -> str:
    """A permanent id for a statement."""
    return f"stm_{random_name(12)}"


def public_id(new) -> models.CharField:
    """The field of a permanent id, made by `new`."""
    return models.CharField(
        _("permanent id"), max_length=20, unique=True, editable=False, default=new
    )


def new_key() -> str:
    """A key for a child row, unique in its parent."""
    return random_name(8)


def listed(model: str, **fields) -> list[CheckConstraint]:
    """Each field holds a value of its closed list."""
    return [
        CheckConstraint(
            condition=Q(**{f"{field}__in": choices.values}),
            name=f"{model}_{field}_listed",
            violation_error_message=_("Choose one of the listed values."),
        )
        for field, choices in fields.items()
    ]


def within(model: str, **fields: int) -> list[CheckConstraint]:
    """Each field holds at most so many characters."""
    return [
        CheckConstraint(
            condition=LessThanOrEqual(Length(F(field)), length),
            name=f"{model}_{field}_length",
            violation_error_message=_("This text is too long: shorten it to fit."),
        )
        for field, length in fields.items()
    ]


def web_addresses(model: str, *fields: str) -> list[CheckConstraint]:
    """Each field is empty or an http(s) address."""
    return [
        CheckConstraint(
            condition=Q(**{field: ""})
            | Q(**{f"{field}__startswith": "https://"})
            | Q(**{f"{field}__startswith": "http://"}),
            name=f"{model}_{field}_web",
            violation_error_message=_("Give an address that begins with https://."),
        )
        for field in fields
    ]


def filled(model: str, *fields: str) -> list[CheckConstraint]:
    """Each field is not empty."""
    return [
        CheckConstraint(
            condition=~Q(**{field: ""}),
            name=f"{model}_{field}_filled",
            violation_error_message=_("Fill this in."),
        )
        for field in fields
    ]


def slugged(model: str) -> list[CheckConstraint]:
    """A slug is filled, fits, and can never be taken for an id."""
    return [
        *filled(model, "slug", "public_id"),
        *within(model, slug=SLUG_LENGTH, public_id=20),
        CheckConstraint(
            condition=~Q(slug__contains="_"),
            name=f"{model}_slug_plain",
            violation_error_message=_("A web name has no underscore."),
        ),
    ]


class NounManager(models.Manager):
    """Nouns are known by their slug."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Noun(models.Model):
    """A row with a permanent id and a web name of its own."""

    slug = models.CharField(
        _("web name"),
        max_length=SLUG_LENGTH,
        unique=True,
        validators=[slug_rule],
        help_text=_("Part of its web address; fixed once it is published."),
    )

    objects = NounManager()
    history = DeskHistory()

    class Meta:
        abstract = True

    def natural_key(self):
        return (self.slug,)


class Aggregate(Noun):
    """A noun that is edited as one thing with its child rows.

    `version` counts its saves: whoever saves says which version they saw.
    `loaded_version` is what it was when a fixture last wrote it; where they differ,
    somebody has changed it at the desk since.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    loaded_version = models.PositiveIntegerField(null=True, editable=False)
    notes = ProseField(
        _("desk notes"),
        max_length=20000,
        blank=True,
        default="",
        help_text=_("Stay on the desk; never published."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def root(self):
        """The aggregate that it is saved as part of: itself."""
        return self


def belonging(model: type[models.Model], name: str) -> models.ForeignKey:
    """What a child row belongs to, where the rows are called `name`.

    It has no index of its own: the unique one of it and the key begins with it.
    """
    return models.ForeignKey(model, models.CASCADE, related_name=name, db_index=False)


class ChildManager(models.Manager):
    """Child rows are known by their parent's slug and their key."""

    def get_by_natural_key(self, slug, key):
        return self.get(**{f"{self.model.PARENT}__slug": slug, "key": key})


class Child(models.Model):
    """A row that belongs to one parent, named by a key unique in it."""

    PARENT = ""

    key = models.CharField(
        max_length=60, default=new_key, editable=False, validators=[slug_rule]
    )
    position = models.PositiveIntegerField(_("order"), default=0, blank=True)

    objects = ChildManager()
    history = DeskHistory()

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)

        def natural_key(self):
            """The parent's, None where it is not there (yet), and the key."""
            there = getattr(self, f"{cls.PARENT}_id") is not None
            parent = getattr(self, cls.PARENT).natural_key() if there else (None,)
            return (*parent, self.key)

        natural_key.dependencies = [f"timeline.{cls.PARENT}"]
        cls.natural_key = natural_key

    @property
    def root(self):
        """The aggregate that it is saved as part of."""
        return getattr(self, self.PARENT).root


def keyed(model: str, parent: str) -> list:
    """The key of a child row is filled and unique in its parent."""
    return [
        *filled(model, "key"),
        *within(model, key=60),
        models.UniqueConstraint(fields=[parent, "key"], name=f"{model}_key_unique"),
    ]


def not_itself(model: str, one: str, other: str, message) -> CheckConstraint:
    """A row never points from a thing to the same thing."""
    return CheckConstraint(
        condition=~Q(**{one: F(other)}),
        name=f"{model}_{one}_not_itself",
        violation_error_message=message,
    )

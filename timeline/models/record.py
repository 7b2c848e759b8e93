"""The public record, and what is derived from it for reading.

`Revision` is the record. Every other table here is derived from it and rebuilt by
`rebuild_timeline`; none has a foreign key to or from a desk table.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

ID = 20
NAME = 100


class RevisionKind(models.TextChoices):
    PUBLICATION = "publication", _("publication")
    UPDATE = "update", _("update")
    CORRECTION = "correction", _("correction")
    MINOR = "minor", _("minor change")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    MERGE = "merge", _("merge")
    HOLD = "hold", _("hold")
    RELEASE = "release", _("release")
    SUPPRESSION = "suppression", _("suppression")


class Noun(models.TextChoices):
    EVENT = "event"
    STATEMENT = "statement"
    ACTOR = "actor"
    SOURCE = "source"
    STORY = "story"
    TOPIC = "topic"


class Facet(models.IntegerChoices):
    """What a fact says of an entry (statement 0) or of one of its statements."""

    STORY = 1
    TOPIC = 2
    ACTOR = 3
    SPEAKER = 4
    SOURCE = 5
    BEARS = 6  # the source is on a trail of the statement
    ALONE = 7  # the source is on every trail of the statement
    NAMES = 8  # the entry names the thing, in whatever place


class Revision(models.Model):
    """One row is one act on one event, in the order of commit.

    `document` is canonical JSON; suppression removes it and `salt`, nothing else.
    """

    sequence = models.BigAutoField(primary_key=True)  # given, never counted up
    event_id = models.CharField(max_length=ID)
    number = models.PositiveIntegerField()
    slug = models.CharField(max_length=NAME)
    kind = models.CharField(max_length=20, choices=RevisionKind.choices)
    note = models.TextField(default="")
    caused_by = models.TextField(null=True)
    successor = models.CharField(max_length=ID, null=True)
    suppresses = models.TextField(default="[]")
    published_at = models.CharField(max_length=27, db_index=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    salt = models.CharField(max_length=32, null=True)
    document = models.TextField(null=True)

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("revision")
        verbose_name_plural = _("the record")
        ordering = ["-sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "number"], name="revision_number_once"
            ),
        ]

    def __str__(self):
        return f"{self.sequence}: {self.slug} {self.number}"


class Derived(models.Model):
    class Meta:
        abstract = True
        default_permissions = ()


class KnownEvent(Derived):
    """One row is an event that was ever published: where it stands now."""

    event_id = models.CharField(max_length=ID, primary_key=True)
    ordinal = models.BigIntegerField(unique=True)
    slug = models.CharField(max_length=NAME)
    state = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    sort_key = models.BigIntegerField(null=True)
    successor = models.CharField(max_length=ID, null=True)


class Entry(Derived):
    """What order and date filters need of one entry."""

    sequence = models.BigIntegerField(unique=True)
    asserted = models.BigIntegerField()  # the newest revision made from the desk
    event_id = models.CharField(max_length=ID)
    earliest = models.BigIntegerField(null=True)
    latest = models.BigIntegerField(null=True)

    class Meta(Derived.Meta):
        abstract = True


class CurrentEntry(Entry):
    """One row is an entry that readers see now."""

    sort_key = models.BigAutoField(primary_key=True)  # given, never counted up

    class Meta(Derived.Meta):
        indexes = [models.Index(fields=["event_id"], name="currententry_event")]


class CurrentBody(Derived):
    """One row is a current entry's JSON, ready to send."""

    sort_key = models.BigAutoField(primary_key=True)  # given, never counted up
    sequence = models.BigIntegerField()
    body = models.TextField()


class PastEntry(Entry):
    """One row is an entry that readers saw from one sequence until another."""

    id = models.BigAutoField(primary_key=True)
    sort_key = models.BigIntegerField()
    until_sequence = models.BigIntegerField()
    body = models.TextField()

    class Meta(Derived.Meta):
        indexes = [
            models.Index(fields=["sort_key", "sequence"], name="pastentry_key"),
            models.Index(fields=["until_sequence"], name="pastentry_until"),
            models.Index(fields=["event_id"], name="pastentry_event"),
        ]


class Fact(Derived):
    """One row says one thing of one entry, for a filter to find it by."""

    facet = models.PositiveSmallIntegerField()
    thing = models.CharField(max_length=ID)
    sort_key = models.BigIntegerField()
    statement = models.PositiveSmallIntegerField(default=0)

    class Meta(Derived.Meta):
        abstract = True


class CurrentFact(Fact):
    """A fact of a current entry."""

    pk = models.CompositePrimaryKey("facet", "thing", "sort_key", "statement")

    class Meta(Derived.Meta):
        indexes = [models.Index(fields=["sort_key"], name="currentfact_key")]


class PastFact(Fact):
    """A fact of a past entry."""

    pk = models.CompositePrimaryKey(
        "facet", "thing", "sort_key", "statement", "sequence"
    )
    sequence = models.BigIntegerField()


class CurrentStatement(Derived):
    """One row is a statement of a current entry, by its place in it."""

    statement_id = models.CharField(max_length=ID, primary_key=True)
    slug = models.CharField(max_length=NAME)
    standing = models.CharField(max_length=20)
    event_id = models.CharField(max_length=ID)
    sort_key = models.BigIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta(Derived.Meta):
        indexes = [
            models.Index(fields=["sort_key", "position"], name="currentstatement_key")
        ]


class NamedThing(Derived):
    """One row is a thing as the newest current revision that names it says."""

    thing = models.CharField(max_length=ID, primary_key=True)
    noun = models.CharField(max_length=20, choices=Noun.choices)
    slug = models.CharField(max_length=NAME)
    sequence = models.BigIntegerField()
    events = models.PositiveIntegerField(default=0)
    statements = models.PositiveIntegerField(default=0)
    earliest = models.BigIntegerField(null=True)
    latest = models.BigIntegerField(null=True)
    body = models.TextField()

    class Meta(Derived.Meta):
        indexes = [models.Index(fields=["noun", "slug"], name="namedthing_slug")]


class ThingName(Derived):
    """One row is an id or slug that the record ever gave to a thing."""

    pk = models.CompositePrimaryKey("noun", "name")
    noun = models.CharField(max_length=20, choices=Noun.choices)
    name = models.CharField(max_length=NAME)
    thing = models.CharField(max_length=ID)
    former = models.BooleanField(default=False)

    class Meta(Derived.Meta):
        indexes = [models.Index(fields=["thing"], name="thingname_thing")]


class DeclaredLink(models.Model):
    """One row is a link that a live event declared when it was last published.

    Those whose target is not live are in no document; they take effect when it
    becomes live. Holds ids alone, and is never read by what the public sees.
    """

    event_id = models.CharField(max_length=ID, db_index=True)
    statement = models.CharField(max_length=ID, default="")
    kind = models.CharField(max_length=20)
    target = models.CharField(max_length=ID, db_index=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()


class Rendering(Derived):
    """One row says for which site and form of the code the entries were made."""

    site = models.CharField(max_length=300)
    form = models.PositiveIntegerField()

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


# What readers were told was wrong, or taken from view, or brought back to it.
CORRECTING = (
    RevisionKind.CORRECTION,
    RevisionKind.WITHDRAWAL,
    RevisionKind.MERGE,
    RevisionKind.HOLD,
    RevisionKind.RELEASE,
    RevisionKind.SUPPRESSION,
)


class Noun(models.TextChoices):
    EVENT = "event"
    STATEMENT = "statement"
    ACTOR = "actor"
    SOURCE = "source"
    STORY = "story"
    TOPIC = "topic"


class Facet(models.IntegerChoices):
    """What a fact says of an entry (statement 0) or of one of its statements.

    With a `Variant` added, the same of entries whose dates are of that kind.
    """

    EVERY = 0  # of each entry, about nothing in particular
    STORY = 1
    TOPIC = 2
    ACTOR = 3  # takes part (statement 0), speaks, is spoken for, relays or is told
    SPEAKER = 4
    SOURCE = 5
    BEARS = 6  # the source is on a trail of the statement, but not on every one
    ALONE = 7  # the source is on every trail of the statement
    NAMES = 8  # the entry names the thing, and no other fact of it says so
    PUBLISHER = 9
    KIND = 10  # of statement
    STANDING = 11
    IMPORTANCE = 12
    ORIGINS = 13  # the event has at least so many
    ROLE = 14
    PARTICIPATION = 15  # a digit for the role, then the actor
    STATEMENT = 16  # of each statement, about nothing in particular
    EVENT = 17  # of each statement: the event that it is of
    BACKED = 18  # the statement has at least so many origins
    UNDATED = 19  # no source on the statement's trails has a date
    REPORTED = 20  # of stories alone: a day on which something in them was reported


class Variant(models.IntegerChoices):
    """Entries that a range of dates must look for beside the range itself."""

    NONE = 0
    MONTH = 100  # longer than a day, up to 31 days
    YEAR = 200  # up to 366 days
    LONG = 300  # longer, or without an end
    OPEN = 400  # without a beginning
    EARLY = 500  # reported before they happen


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
        indexes = [
            models.Index(
                fields=["sequence"],
                condition=models.Q(kind__in=[*CORRECTING]),
                name="revision_correcting",
            )
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

    class Meta(Derived.Meta):
        indexes = [models.Index(fields=["state", "sequence"], name="knownevent_state")]


class Entry(Derived):
    """What order and filters by date need of one entry; times in seconds since 1970.

    `known_from` is when the first of its statements had been reported (None: it is
    not known of any), `whole_from` when all that it says had been.
    """

    sequence = models.BigIntegerField(unique=True)
    asserted = models.BigIntegerField()  # the newest revision made from the desk
    event_id = models.CharField(max_length=ID)
    earliest = models.BigIntegerField(null=True)
    latest = models.BigIntegerField(null=True)
    known_from = models.BigIntegerField(null=True)
    whole_from = models.BigIntegerField(null=True)

    class Meta(Derived.Meta):
        abstract = True


class CurrentEntry(Entry):
    """One row is an entry that readers see now."""

    sort_key = models.BigAutoField(primary_key=True)  # given, never counted up

    class Meta(Derived.Meta):
        indexes = [
            models.Index(fields=["event_id"], name="currententry_event"),
            models.Index(fields=["known_from"], name="currententry_known"),
        ]


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
            models.Index(
                fields=["sort_key", "sequence", "until_sequence"], name="pastentry_key"
            ),
            models.Index(fields=["until_sequence"], name="pastentry_until"),
            models.Index(fields=["event_id"], name="pastentry_event"),
            models.Index(fields=["known_from"], name="pastentry_known"),
        ]


class Fact(Derived):
    """One row says one thing of one entry, for a filter to find it by.

    `marks` and `names` are those of the entry: see `publishing.read.marks`.
    """

    facet = models.PositiveSmallIntegerField()
    thing = models.CharField(max_length=ID)
    sort_key = models.BigIntegerField()
    statement = models.PositiveSmallIntegerField(default=0)
    sequence = models.BigIntegerField()
    # In the keys, so that what covers a question has them.
    marks = models.BigIntegerField()
    names = models.BigIntegerField()

    class Meta(Derived.Meta):
        abstract = True


# Of a fact: that lists in the order of publication are narrowed by it. Ranges of dates
# have an order of their own; what bears, bears alone or is named is asked by no list;
# the few statements of an event are gathered.
UNLISTED = (Facet.BEARS, Facet.ALONE, Facet.NAMES, Facet.EVENT)
LISTED = models.Q(facet__lt=100) & ~models.Q(
    facet__in=[facet.value for facet in UNLISTED]
)


class CurrentFact(Fact):
    """A fact of a current entry.

    On SQLite the rows lie in the order of their key, and nowhere else. No index is by
    entry: which facts an entry has follows from its document.
    """

    pk = models.CompositePrimaryKey(
        *("facet", "thing", "sort_key", "statement", "sequence", "marks", "names")
    )

    class Meta(Derived.Meta):
        indexes = [
            models.Index(
                fields=[
                    *("facet", "thing", "sequence", "sort_key", "statement"),
                    *("marks", "names"),
                ],
                condition=LISTED,
                name="currentfact_published",
            ),
        ]


class PastFact(Fact):
    """A fact of a past entry, by which filters find it."""

    pk = models.CompositePrimaryKey(
        *("facet", "thing", "sort_key", "statement", "sequence"),
        *("until_sequence", "marks", "names"),
    )
    until_sequence = models.BigIntegerField()


class FactCount(Derived):
    """One row says how many current entries a fact is true of, and statements."""

    pk = models.CompositePrimaryKey("facet", "thing")
    facet = models.PositiveSmallIntegerField()
    thing = models.CharField(max_length=ID)
    entries = models.IntegerField(default=0)
    statements = models.IntegerField(default=0)


class Said(Derived):
    """When a statement of an entry was said; in seconds since 1970, None: no bound.

    `moment` is the earliest bound, or, without one, the latest; `variant` as of facts.
    """

    sort_key = models.BigIntegerField()
    statement = models.PositiveSmallIntegerField()
    sequence = models.BigIntegerField()
    moment = models.BigIntegerField()
    variant = models.PositiveSmallIntegerField(choices=Variant.choices)
    earliest = models.BigIntegerField(null=True)
    latest = models.BigIntegerField(null=True)

    class Meta(Derived.Meta):
        abstract = True


class CurrentSaid(Said):
    """One row is a statement of a current entry that says when it was said."""

    pk = models.CompositePrimaryKey("sort_key", "statement", "sequence")

    class Meta(Derived.Meta):
        indexes = [
            models.Index(fields=["moment"], name="currentsaid_moment"),
            models.Index(fields=["variant", "moment"], name="currentsaid_variant"),
        ]


class PastSaid(Said):
    """One row is a statement of a past entry that says when it was said."""

    pk = models.CompositePrimaryKey("sort_key", "statement", "sequence")
    until_sequence = models.BigIntegerField()

    class Meta(Derived.Meta):
        indexes = [
            models.Index(fields=["moment"], name="pastsaid_moment"),
            models.Index(fields=["variant", "moment"], name="pastsaid_variant"),
        ]


class SearchWords(models.TextField):
    """The words of an entry: text for SQLite to index, `tsvector` on PostgreSQL."""

    def db_type(self, connection):
        if connection.vendor == "postgresql":
            return "tsvector"
        return super().db_type(connection)


class CurrentSearch(Derived):
    """One row is what a current entry can be found by, word by word."""

    sort_key = models.BigAutoField(primary_key=True)  # given, never counted up
    words = SearchWords()


class PastSearch(Derived):
    """One row is what a past entry can be found by, word by word."""

    sequence = models.BigAutoField(primary_key=True)  # given, never counted up
    words = SearchWords()


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
    words = models.TextField(default="")  # of its names, as a search asks for them
    body = models.TextField()

    class Meta(Derived.Meta):
        indexes = [models.Index(fields=["noun", "slug"], name="namedthing_slug")]


class ThingFacet(models.IntegerChoices):
    """What a list of things can be narrowed by."""

    KIND = 1
    PUBLISHER = 2
    PRODUCTION = 3
    STATUS = 4
    WORD = 5  # of its names or titles


class ThingFact(Derived):
    """One row says one thing of a named thing, for a filter to find it by."""

    pk = models.CompositePrimaryKey("noun", "facet", "value", "slug", "thing")
    noun = models.CharField(max_length=20, choices=Noun.choices)
    facet = models.PositiveSmallIntegerField(choices=ThingFacet.choices)
    value = models.CharField(max_length=NAME)
    slug = models.CharField(max_length=NAME)
    thing = models.CharField(max_length=ID)

    class Meta(Derived.Meta):
        indexes = [models.Index(fields=["thing"], name="thingfact_thing")]


class StoryThing(Derived):
    """One row says how many current entries of a story name a thing."""

    pk = models.CompositePrimaryKey("story", "thing")
    story = models.CharField(max_length=ID)
    thing = models.CharField(max_length=ID)
    entries = models.IntegerField(default=0)


class Period(models.IntegerChoices):
    """How long a stretch of time is that events are counted in."""

    DAY = 1
    MONTH = 2
    YEAR = 3


class StoryPeriod(Derived):
    """One row says how many current entries of a story begin in a day, month or year.

    `start` is the number of its first day, from 1970-01-01. An entry without a
    beginning counts where it ends, one without any date nowhere.
    """

    pk = models.CompositePrimaryKey("story", "period", "start")
    story = models.CharField(max_length=ID)
    period = models.PositiveSmallIntegerField(choices=Period.choices)
    start = models.IntegerField()
    entries = models.IntegerField(default=0)


class StoryFact(Derived):
    """One row says of how many current entries of a story a fact is true.

    Those that a story's page offers as filters: actors, topics, kinds of statement and
    standings; and each day, in UTC, on which what an entry says was reported, first or
    by another.
    """

    pk = models.CompositePrimaryKey("story", "facet", "thing")
    story = models.CharField(max_length=ID)
    facet = models.PositiveSmallIntegerField()
    thing = models.CharField(max_length=ID)  # of a day its ISO date
    entries = models.IntegerField(default=0)

    class Meta(Derived.Meta):
        indexes = [
            models.Index(
                fields=["story", "facet", "entries", "thing"],
                condition=models.Q(facet__in=[Facet.TOPIC, Facet.ACTOR]),
                name="storyfact_most",
            )
        ]


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
    """One row is a link that an event, live or on hold, declared when last published.

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

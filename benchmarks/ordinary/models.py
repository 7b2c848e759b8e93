"""Events, what was said in them and where that was found, as ordinary tables.

Dates, origins and passages are JSON, which is kinder than a table for each.
"""

from django.db import models

NAME = 100


class Named(models.Model):
    public_id = models.CharField(max_length=20, unique=True)
    slug = models.CharField(max_length=NAME, unique=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.slug


class Actor(Named):
    """One row is a person or an outlet."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)


class Story(Named):
    """One row is a story."""

    title = models.CharField(max_length=200)


class Topic(Named):
    """One row is a topic."""

    name = models.CharField(max_length=200)


class Source(Named):
    """One row is an article or whatever else is cited."""

    title = models.CharField(max_length=300)
    label = models.CharField(max_length=300, null=True)  # noqa: DJ001
    publisher = models.ForeignKey(Actor, models.PROTECT)
    kind = models.CharField(max_length=20)
    published = models.JSONField(null=True)
    production = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    original_url = models.URLField()


class Event(Named):
    """One row is an event, with the revision that it is in."""

    sort_key = models.BigIntegerField(unique=True)
    title = models.CharField(max_length=300)
    summary = models.TextField()
    status = models.CharField(max_length=20)
    importance = models.CharField(max_length=20)
    place = models.CharField(max_length=200, null=True)  # noqa: DJ001
    date = models.JSONField()
    stories = models.ManyToManyField(Story)
    topics = models.ManyToManyField(Topic)
    first_reported = models.JSONField(null=True)
    origins = models.JSONField()
    number = models.IntegerField()
    sequence = models.IntegerField()
    kind = models.CharField(max_length=20)
    note = models.TextField()
    published_at = models.CharField(max_length=27)
    digest = models.CharField(max_length=64)


class Participation(models.Model):
    """One row says that an actor took part in an event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, models.PROTECT)
    role = models.CharField(max_length=20)

    def __str__(self):
        return self.role


class Statement(Named):
    """One row is something that somebody said."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=30)
    mode = models.CharField(max_length=30)
    speaker = models.ForeignKey(Actor, models.PROTECT, null=True)
    described_as = models.CharField(max_length=200, null=True)  # noqa: DJ001
    described_number = models.CharField(max_length=20, null=True)  # noqa: DJ001
    said = models.JSONField(null=True)
    text = models.TextField()
    language = models.CharField(max_length=10)
    attribution = models.TextField()
    standing = models.CharField(max_length=20)
    links = models.JSONField()
    linked_by = models.JSONField()
    first_reported = models.JSONField(null=True)
    origins = models.JSONField()


class Citation(models.Model):
    """One row says where a statement was found."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    via = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    origin = models.ForeignKey(Source, models.PROTECT, related_name="+")
    own_words = models.BooleanField()
    after_update = models.BooleanField()
    credit = models.CharField(max_length=20)
    passage = models.JSONField()

    def __str__(self):
        return self.credit

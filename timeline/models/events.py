"""Events: what happened when, who took part, and what else it belongs to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .actors import Actor
from .base import (
    Aggregate,
    Child,
    belonging,
    filled,
    keyed,
    listed,
    new_event_id,
    not_itself,
    public_id,
    slugged,
    within,
)
from .choices import (
    EventStatus,
    Importance,
    LiveState,
    ParticipantRole,
    RelatedKind,
    ReviewState,
)
from .fields import LineField, ProseField, UncertainDateField
from .sources import Source
from .stories import Story, Topic


class EventQuerySet(models.QuerySet):
    def live(self):
        """Events that readers see."""
        return self.filter(live_state=LiveState.LIVE)

    def with_unpublished_changes(self):
        """Live events that were saved after they were last published."""
        return self.live().exclude(published_version=models.F("version"))


class EventManager(models.Manager.from_queryset(EventQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Event(Aggregate):
    """One row is something that happened, is happening or is planned."""

    public_id = public_id(new_event_id)
    title = LineField(_("title"))
    summary = ProseField(_("summary"), blank=True, default="")
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=EventStatus.choices,
        default=EventStatus.HAPPENED,
    )
    importance = models.CharField(
        _("importance"),
        max_length=20,
        choices=Importance.choices,
        default=Importance.NORMAL,
    )
    date = UncertainDateField(
        _("when"),
        blank=True,
        help_text=_(
            "When it happened, not when it was said: 2026-03-03, 2026-03, "
            "[2026-02-26..2026-02-28] for some day between, [..2026-03-03] for by "
            "then, .. for not known."
        ),
    )
    date_words = LineField(
        _("when, in the report's words"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("As in “late last week”."),
    )
    date_anchor = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counted from the date of"),
    )
    date_rule = models.CharField(
        _("rule"), max_length=40, blank=True, default="", editable=True
    )
    # Written with each save: what it is counted from has another date since.
    date_is_stale = models.BooleanField(default=False, editable=False)
    place = LineField(_("place"), blank=True, default="")

    actors = models.ManyToManyField(
        Actor, through="Participation", related_name="events"
    )
    stories = models.ManyToManyField(Story, through="EventStory", related_name="events")
    topics = models.ManyToManyField(Topic, through="EventTopic", related_name="events")

    live_state = models.CharField(
        _("in the record"),
        max_length=20,
        choices=LiveState.choices,
        default=LiveState.NEVER,
        editable=False,
    )
    published_version = models.PositiveIntegerField(null=True, editable=False)

    # On its way to readers: written by the verbs of review alone.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("owner"),
    )
    review_state = models.CharField(
        _("review"),
        max_length=20,
        choices=ReviewState.choices,
        default=ReviewState.DRAFT,
        editable=False,
    )
    review_version = models.PositiveIntegerField(null=True, editable=False)
    review_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("last step by"),
    )
    review_at = models.DateTimeField(_("last step at"), null=True, editable=False)
    review_note = ProseField(_("note"), blank=True, default="", editable=False)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, editable=False)
    embargo_reason = ProseField(_("why"), blank=True, default="", editable=False)

    objects = EventManager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-date_sort", "pk"]
        permissions = [
            ("publish_event", _("Can publish events")),
            ("withdraw_event", _("Can withdraw events")),
            ("merge_event", _("Can merge events into others")),
            ("hold_event", _("Can put events on hold and release them")),
            ("suppress_event", _("Can suppress revisions of events")),
        ]
        indexes = [
            models.Index(
                fields=["live_state", "published_version", "version"],
                name="event_unpublished",
            ),
            models.Index(fields=["review_state", "owner"], name="event_review"),
            models.Index(
                fields=["embargo_until"],
                condition=models.Q(embargo_until__isnull=False),
                name="event_embargo",
            ),
            models.Index(
                fields=["date_is_stale"],
                condition=models.Q(date_is_stale=True),
                name="event_stale",
            ),
        ]
        constraints = [
            *slugged("event"),
            *listed(
                "event",
                status=EventStatus,
                importance=Importance,
                live_state=LiveState,
                review_state=ReviewState,
            ),
            *filled("event", "title"),
            *within(
                "event",
                title=300,
                summary=5000,
                date=60,
                date_words=200,
                date_rule=40,
                place=300,
                notes=20000,
                review_note=5000,
                embargo_reason=5000,
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_as_published(self) -> bool:
        """Whether the desk still says what was published last, live or not."""
        return self.published_version == self.version

    @property
    def has_unpublished_changes(self) -> bool:
        """Whether it is live and was saved after it was last published."""
        return self.live_state == LiveState.LIVE and not self.is_as_published


class Participation(Child):
    """One row says that an actor took part in an event, and as what."""

    PARENT = "event"

    event = belonging(Event, "participations")
    actor = models.ForeignKey(
        Actor,
        models.PROTECT,
        related_name="participations",
        verbose_name=_("person or organisation"),
    )
    role = models.CharField(
        _("part"),
        max_length=20,
        choices=ParticipantRole.choices,
        default=ParticipantRole.AGENT,
    )

    class Meta:
        verbose_name = _("who took part")
        verbose_name_plural = _("who took part")
        ordering = ["position", "pk"]
        constraints = [
            *keyed("participation", "event"),
            *listed("participation", role=ParticipantRole),
            models.UniqueConstraint(
                fields=["event", "actor", "role"],
                name="participation_once",
                violation_error_message=_("This is listed already."),
            ),
        ]

    def __str__(self):
        return f"{self.actor} ({self.get_role_display()})"


class EventStory(Child):
    """One row puts an event into a story."""

    PARENT = "event"

    event = belonging(Event, "story_links")
    story = models.ForeignKey(
        Story, models.PROTECT, related_name="event_links", verbose_name=_("story")
    )

    class Meta:
        verbose_name = _("story it belongs to")
        verbose_name_plural = _("stories it belongs to")
        ordering = ["position", "pk"]
        constraints = [
            *keyed("eventstory", "event"),
            models.UniqueConstraint(
                fields=["event", "story"],
                name="eventstory_once",
                violation_error_message=_("This story is listed already."),
            ),
        ]

    def __str__(self):
        return str(self.story)


class EventTopic(Child):
    """One row says what an event is about."""

    PARENT = "event"

    event = belonging(Event, "topic_links")
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="event_links", verbose_name=_("topic")
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]
        constraints = [
            *keyed("eventtopic", "event"),
            models.UniqueConstraint(
                fields=["event", "topic"],
                name="eventtopic_once",
                violation_error_message=_("This topic is listed already."),
            ),
        ]

    def __str__(self):
        return str(self.topic)


class RelatedEvent(Child):
    """One row says how an event stands to another."""

    PARENT = "event"

    event = belonging(Event, "related_links")
    kind = models.CharField(_("how"), max_length=20, choices=RelatedKind.choices)
    target = models.ForeignKey(
        Event,
        models.RESTRICT,
        related_name="related_from",
        verbose_name=_("event"),
    )

    class Meta:
        verbose_name = _("related event")
        verbose_name_plural = _("related events")
        ordering = ["position", "pk"]
        constraints = [
            *keyed("relatedevent", "event"),
            *listed("relatedevent", kind=RelatedKind),
            not_itself(
                "relatedevent",
                "event",
                "target",
                _("An event is not related to itself: choose another."),
            ),
            models.UniqueConstraint(
                fields=["event", "kind", "target"],
                name="relatedevent_once",
                violation_error_message=_("This is listed already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.target}"

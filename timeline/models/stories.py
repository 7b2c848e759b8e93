"""Stories and topics: what events are told together, and what they are about."""

from django.utils.translation import gettext_lazy as _

from .base import (
    Aggregate,
    filled,
    new_story_id,
    new_topic_id,
    public_id,
    slugged,
    within,
)
from .fields import LineField, ProseField


class Story(Aggregate):
    """One row is a thread of events."""

    public_id = public_id(new_story_id)
    title = LineField(_("title"))
    summary = ProseField(_("summary"), blank=True, default="")

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["title", "pk"]
        constraints = [
            *slugged("story"),
            *filled("story", "title"),
            *within("story", title=300, summary=5000, notes=20000),
        ]

    def __str__(self):
        return self.title


class Topic(Aggregate):
    """One row is a subject that events of many stories share."""

    public_id = public_id(new_topic_id)
    name = LineField(_("name"))

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name", "pk"]
        constraints = [
            *slugged("topic"),
            *filled("topic", "name"),
            *within("topic", name=300, notes=20000),
        ]

    def __str__(self):
        return self.name

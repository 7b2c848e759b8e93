"""The nouns of the desk; those of the record are in `timeline.models.record`."""

from .actors import Actor, ActorIdentifier, ActorName, Affiliation
from .choices import (
    COPIES,
    TAKEN_WHOLE,
    ActorKind,
    BylineRole,
    Credit,
    DescribedNumber,
    EventStatus,
    IdentifierScheme,
    Importance,
    LiveState,
    Mode,
    ParticipantRole,
    PassageState,
    Production,
    RelatedKind,
    Reporting,
    SourceKind,
    SourceLinkKind,
    SourceStatus,
    StatementKind,
    StatementLinkKind,
)
from .citations import Citation
from .desk import Act
from .events import (
    Event,
    EventStory,
    EventTopic,
    Participation,
    RelatedEvent,
)
from .fields import UncertainDateField, UncertainDateFormField
from .record import Revision
from .sources import Source, SourceByline, SourceLink, SourceSnapshot
from .statements import Statement, StatementLink
from .stories import Story, Topic

__all__ = [
    "COPIES",
    "TAKEN_WHOLE",
    "Act",
    "Actor",
    "ActorIdentifier",
    "ActorKind",
    "ActorName",
    "Affiliation",
    "BylineRole",
    "Citation",
    "Credit",
    "DescribedNumber",
    "Event",
    "EventStatus",
    "EventStory",
    "EventTopic",
    "IdentifierScheme",
    "Importance",
    "LiveState",
    "Mode",
    "Participation",
    "ParticipantRole",
    "PassageState",
    "Production",
    "RelatedEvent",
    "RelatedKind",
    "Reporting",
    "Revision",
    "Source",
    "SourceByline",
    "SourceKind",
    "SourceLink",
    "SourceLinkKind",
    "SourceSnapshot",
    "SourceStatus",
    "Statement",
    "StatementKind",
    "StatementLink",
    "StatementLinkKind",
    "Story",
    "Topic",
    "UncertainDateField",
    "UncertainDateFormField",
]

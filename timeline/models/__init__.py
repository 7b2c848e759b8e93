"""The nouns of the desk; those of the record are in `timeline.models.record`."""

from .actors import Actor, ActorIdentifier, ActorName, Affiliation
from .at_work import OpenPage, SentForm
from .base import slug_rule
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
    ReviewState,
    SourceKind,
    SourceLinkKind,
    SourceStatus,
    StatementKind,
    StatementLinkKind,
    StepKind,
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
from .fields import UncertainDateField, UncertainDateFormField, clean_text
from .history import WHY_LENGTH, listener, values_of
from .imported import ImportedFiles
from .likeness import AddressKey, NameKey, host_of, same_address, same_name
from .merging import Merge, Mergeable, NotTheSame
from .record import Revision
from .review import EventStep
from .signing_in import SignInTries
from .sources import Source, SourceByline, SourceLink, SourceSnapshot
from .statements import Statement, StatementLink
from .stories import Story, Topic

__all__ = [
    "COPIES",
    "TAKEN_WHOLE",
    "WHY_LENGTH",
    "Act",
    "Actor",
    "ActorIdentifier",
    "ActorKind",
    "ActorName",
    "AddressKey",
    "Affiliation",
    "BylineRole",
    "Citation",
    "Credit",
    "DescribedNumber",
    "Event",
    "EventStatus",
    "EventStep",
    "EventStory",
    "EventTopic",
    "IdentifierScheme",
    "ImportedFiles",
    "Importance",
    "LiveState",
    "Merge",
    "Mergeable",
    "Mode",
    "NameKey",
    "NotTheSame",
    "OpenPage",
    "Participation",
    "ParticipantRole",
    "PassageState",
    "Production",
    "RelatedEvent",
    "RelatedKind",
    "Reporting",
    "ReviewState",
    "Revision",
    "SentForm",
    "SignInTries",
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
    "StepKind",
    "Story",
    "Topic",
    "UncertainDateField",
    "UncertainDateFormField",
    "clean_text",
    "host_of",
    "listener",
    "same_address",
    "same_name",
    "slug_rule",
    "values_of",
]

"""The parameters of each list: what they take, what they mean, and what is refused.

The declarations are the one source for reading a request and for OpenAPI. An attribute
is named as the answer is used, `field_name` as the parameter is written.
"""

from django import forms
from django.http import QueryDict
from django_filters import Filter, FilterSet

from timeline.publishing import read

from .errors import bad_parameters, too_long
from .fields import (
    AnyOf,
    AtLeast,
    Cursor,
    Day,
    Edtf,
    Form,
    Moment,
    Names,
    OneOf,
    Search,
    Since,
    Size,
    Values,
)
from .pagination import address
from .schemas import LISTS

LONGEST_QUERY = 8000
MOST_FAULTS = 50
ONE_STATEMENT = (
    "`speaker`, `statement_kind`, `standing`, `source` and `publisher` are met by one"
    " and the same statement."
)
FORMAT_HELP = "What is sent; without it, what `Accept` asks for, and else JSON."
TRACKING = {
    *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid"),
    *("mc_cid", "mc_eid", "igshid", "igsh", "ttclid", "twclid", "li_fat_id", "_gl"),
}


def parameter(name: str, field: type[Values], help_text: str, **extra) -> Filter:
    """One parameter; what else its field takes comes by keyword."""
    one = Filter(field_name=name, label=name, help_text=help_text, **extra)
    one.field_class = field
    return one


class NoFilters(FilterSet):
    """Takes no parameter."""


class PageFilters(FilterSet):
    """The parameters of every list."""

    page_size = parameter(
        "page_size", Size, "How many entries a page has at most.", example=20
    )
    cursor = parameter(
        "cursor",
        Cursor,
        "A place in this list, as the addresses under `next` and `previous` hold it.",
        example="WzE3LDQyLGZhbHNlLCI2ZjFlMGE5YjJjM2Q0ZTVmIl0.kJ9",
    )


class RecordFilters(PageFilters):
    """The parameters of lists that show the record, today's or an older one."""

    stories = parameter(
        "story", Names, "In one of these stories.", noun="story", example="openai-nato"
    )
    topics = parameter(
        "topic",
        Names,
        "On one of these topics.",
        noun="topic",
        example="artificial-intelligence",
    )
    sources = parameter(
        "source",
        Names,
        "A statement was found in one of these, in what one credits, in the copy that"
        f" was read, or in another copy. {ONE_STATEMENT}",
        noun="source",
        example="reuters-openai-nato",
    )
    publishers = parameter(
        "publisher",
        Names,
        "A statement was found in what one of these published: the same reports as of"
        f" `source`. {ONE_STATEMENT}",
        noun="actor",
        example="reuters",
    )
    speakers = parameter(
        "speaker",
        Names,
        f"One of these is the speaker of a statement. {ONE_STATEMENT}",
        noun="actor",
        example="sam-altman",
    )
    statement_kinds = parameter(
        "statement_kind",
        AnyOf,
        f"A statement is of one of these kinds. {ONE_STATEMENT}",
        words=tuple(LISTS["statement_kind"].split()),
        example="clarification",
    )
    standings = parameter(
        "standing",
        AnyOf,
        f"A statement stands like this. {ONE_STATEMENT}",
        words=tuple(LISTS["standing"].split()),
        example="corrected",
    )
    since = parameter(
        "from",
        Edtf,
        "Events from the earliest bound of this date on (EDTF).",
        bound="earliest",
        example="2026-02-26",
    )
    until = parameter(
        "until",
        Edtf,
        "Events up to the latest bound of this date (EDTF).",
        bound="latest",
        example="2026-03",
    )
    match = parameter(
        "match",
        OneOf,
        "`may`: the date may lie in the range. `must`: all of it does.",
        words=("may", "must"),
        example="must",
    )
    terms = parameter(
        "q",
        Search,
        "Words, and phrases in double quotes, all of which are met; whole words,"
        " whatever their case and accents.",
        example='"national security" contract',
    )
    as_of = parameter(
        "as_of",
        Moment,
        "The list as the record showed it at this time: an instant with its zone, or a"
        " date, which counts to its end in UTC.",
        example="2026-12-31T12:00:00Z",
    )
    known_at = parameter(
        "known_at",
        Day,
        "What had been reported by the end of this day, in UTC; titles and summaries"
        " are today's. The answer counts what has no dated report.",
        example="2026-03-03",
    )
    order = parameter(
        "order",
        OneOf,
        "By the date of the event, the newest or the oldest first, undated ones last in"
        " both; or by when it was last published.",
        words=read.ORDERS,
        example="date",
    )


class TimelineFilters(RecordFilters):
    """The parameters of the timeline: any value of one, and all of different ones."""

    actors = parameter(
        "actor",
        Names,
        "One of these took part, spoke, was spoken for, relayed it or was told. With"
        " `role`, took part in it.",
        noun="actor",
        example="openai",
    )
    roles = parameter(
        "role",
        AnyOf,
        "Somebody took part like this; with `actor`, one of these did.",
        words=tuple(LISTS["participant_role"].split()),
        example="agent",
    )
    importance = parameter(
        "importance",
        AnyOf,
        "The event is of this importance.",
        words=tuple(LISTS["importance"].split()),
        example="major",
    )
    min_origins = parameter(
        "min_origins",
        AtLeast,
        "The event goes back to at least so many who reported it on their own.",
        example=2,
    )
    format = parameter("format", Form, FORMAT_HELP, kind="events", example="atom")


class StatementFilters(RecordFilters):
    """The parameters of statements: one statement meets all that concern one."""

    events = parameter(
        "event",
        Names,
        "Of one of these events.",
        noun="event",
        example="openai-considers-nato-contract",
    )
    actors = parameter(
        "actor",
        Names,
        "One of these spoke, was spoken for, relayed it or was told.",
        noun="actor",
        example="openai",
    )
    min_origins = parameter(
        "min_origins",
        AtLeast,
        "The statement goes back to at least so many who reported it on their own.",
        example=1,
    )
    said_since = parameter(
        "said_from",
        Edtf,
        "Said from the earliest bound of this date on (EDTF).",
        bound="earliest",
        example="2026-02-26",
    )
    said_until = parameter(
        "said_until",
        Edtf,
        "Said up to the latest bound of this date (EDTF).",
        bound="latest",
        example="2026-03-03",
    )
    format = parameter("format", Form, FORMAT_HELP, kind="statements", example="csv")


class ThingFilters(PageFilters):
    """The parameters of lists of named things."""

    terms = parameter(
        "q",
        Search,
        "Words, and phrases in double quotes, of its names or titles.",
        example="openai",
    )
    stories = parameter(
        "story",
        Names,
        "Named in one of these stories.",
        noun="story",
        example="openai-nato",
    )


class ActorFilters(ThingFilters):
    """The parameters of the list of actors."""

    kinds = parameter(
        "kind",
        AnyOf,
        "Of one of these kinds.",
        words=tuple(LISTS["actor_kind"].split()),
        example="outlet",
    )


class SourceFilters(ThingFilters):
    """The parameters of the list of sources."""

    kinds = parameter(
        "kind",
        AnyOf,
        "Of one of these kinds.",
        words=tuple(LISTS["source_kind"].split()),
        example="wire",
    )
    publishers = parameter(
        "publisher",
        Names,
        "Published by one of these.",
        noun="actor",
        example="reuters",
    )
    production = parameter(
        "production",
        AnyOf,
        "Made like this, as far as is known.",
        words=tuple(LISTS["production"].split()),
        example="ai_generated",
    )
    statuses = parameter(
        "status",
        AnyOf,
        "In one of these states.",
        words=tuple(LISTS["source_status"].split()),
        example="current",
    )


class ChangesFilters(FilterSet):
    """The parameters of the record."""

    since = parameter(
        "since",
        Since,
        "Rows behind this one: its sequence, a hyphen and the first 16 digits of its"
        " digest, as `next` holds it. Without it, from the first row.",
        example="17-6f1e0a9b2c3d4e5f",
    )
    page_size = parameter(
        "page_size", Size, "How many rows a page has at most.", example=20
    )


def asked(filters: type[FilterSet], given: QueryDict) -> dict:
    """What a request asks for, by the attributes of `filters`.

    A `Refusal` holds all that is wrong with it at once; `read.Resync` passes.
    """
    known = {row.field_name: (key, row) for key, row in filters.base_filters.items()}
    meant, faults = {}, []
    for name, values in given.lists():
        if is_tracking(name):
            continue
        if name not in known:
            faults.append(fault(name, unknown(name)))
            continue
        key, row = known[name]
        try:
            meant[key] = row.field.clean(values)
        except forms.ValidationError as error:
            faults += [fault(name, sentence) for sentence in error.messages]
    for first, last in (("since", "until"), ("said_since", "said_until")):
        if ends_before_it_begins(meant.get(first), meant.get(last)):
            named = [filters.base_filters[key].field_name for key in (first, last)]
            said = f"“{named[0]}” begins after “{named[1]}” has ended."
            faults.append(fault(named[0], said))
    if faults:
        raise bad_parameters(faults[:MOST_FAULTS])
    return meant


def ends_before_it_begins(since, until) -> bool:
    return bool(since and until) and since.earliest > until.latest


def is_tracking(name: str) -> bool:
    """Whether others add the parameter to addresses, to follow readers around."""
    return name in TRACKING or name.startswith("utm_")


def unknown(name: str) -> str:
    return f"“{name[:60]}” is no parameter here; see {address('schema/')}."


def fault(name: str, sentence: str) -> dict:
    return {"param": name[:60], "message": sentence}


def query_of(request) -> QueryDict:
    """The parameters of a request, where there are not too many to look at."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        raise too_long(f"A query has at most {LONGEST_QUERY} characters.")
    return request.GET


def repeated(filters: type[FilterSet], given: QueryDict, *, without: str) -> list:
    """The parameters of a request again, in their own order, for the next address."""
    return [
        (row.field_name, value)
        for row in filters.base_filters.values()
        if row.field_name in given and row.field_name != without
        for value in given.getlist(row.field_name)
    ]

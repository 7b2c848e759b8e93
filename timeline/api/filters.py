"""The parameters of each list: what they take, what they mean, and what is refused.

The declarations are the one source for reading a request and for OpenAPI. An attribute
is named as the answer is used, `field_name` as the parameter is written.
"""

from django import forms
from django.http import QueryDict
from django_filters import Filter, FilterSet

from timeline.publishing import read

from .errors import Refusal, bad_parameters
from .fields import Cursor, Edtf, Names, OneOf, Since, Size, Values
from .pagination import address

LONGEST_QUERY = 8000
MOST_FAULTS = 50
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


class TimelineFilters(PageFilters):
    """The parameters of the timeline: any value of one, and all of different ones."""

    stories = parameter(
        "story", Names, "In one of these stories.", noun="story", example="openai-nato"
    )
    actors = parameter(
        "actor",
        Names,
        "One of these took part, spoke, was spoken for, relayed it or was told.",
        noun="actor",
        example="openai",
    )
    sources = parameter(
        "source",
        Names,
        "A statement was found in one of these, in what one credits, or in a copy."
        " The same statement meets `speaker`.",
        noun="source",
        example="reuters-openai-nato",
    )
    speakers = parameter(
        "speaker",
        Names,
        "One of these is the speaker of a statement. The same statement meets"
        " `source`.",
        noun="actor",
        example="sam-altman",
    )
    since = parameter(
        "from",
        Edtf,
        "From the earliest bound of this date on (EDTF).",
        bound="earliest",
        example="2026-02-26",
    )
    until = parameter(
        "until",
        Edtf,
        "Up to the latest bound of this date (EDTF).",
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
    order = parameter(
        "order",
        OneOf,
        "By date, the newest or the oldest first, undated events last in both; or"
        " by when they were last published.",
        words=read.ORDERS,
        example="date",
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
    if ends_before_it_begins(meant):
        faults.append(fault("from", "“from” begins after “until” has ended."))
    if faults:
        raise bad_parameters(faults[:MOST_FAULTS])
    return meant


def ends_before_it_begins(meant: dict) -> bool:
    since, until = meant.get("since"), meant.get("until")
    if not since or not until:
        return False
    return since.earliest > until.latest


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
        raise Refusal(400, f"A query has at most {LONGEST_QUERY} characters.")
    return request.GET


def repeated(filters: type[FilterSet], given: QueryDict, *, without: str) -> list:
    """The parameters of a request again, in their own order, for the next address."""
    return [
        (row.field_name, value)
        for row in filters.base_filters.values()
        if row.field_name != without
        for value in given.getlist(row.field_name)
    ]

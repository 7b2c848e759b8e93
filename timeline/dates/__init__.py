"""Dates as people know them: EDTF text, its bounds, its wording and relative words."""

from timeline.dates.calendar import instant
from timeline.dates.errors import BadDate, UnknownPhrase
from timeline.dates.parsing import MAX_LENGTH, parse
from timeline.dates.phrases import RULES, Resolution, resolve
from timeline.dates.ranges import may_overlap, must_be_within, published_until_updated
from timeline.dates.rule import SPANS
from timeline.dates.shape import as_json
from timeline.dates.structure import PRECISIONS
from timeline.dates.typed import Typed, read_typed
from timeline.dates.value import UNDATED, UncertainDate

__all__ = [
    "MAX_LENGTH",
    "PRECISIONS",
    "RULES",
    "SPANS",
    "UNDATED",
    "BadDate",
    "Resolution",
    "Typed",
    "UncertainDate",
    "UnknownPhrase",
    "as_json",
    "instant",
    "may_overlap",
    "must_be_within",
    "parse",
    "published_until_updated",
    "read_typed",
    "resolve",
]

"""Answers from the public record, for the feed and the pages."""

from .linked import statements_by_id
from .records import (
    BadCursor,
    Head,
    Resync,
    change_text,
    changes,
    cursor_of,
    head,
    place_of,
    revision_block,
    revision_row,
    revisions,
)
from .rendering import FORM, moved
from .things import (
    EventAnswer,
    event,
    ids_of,
    revision,
    source_text,
    statement,
    thing,
    thing_text,
    things,
)
from .timeline import Page, Query, page
from .walking import ORDERS

__all__ = [
    "FORM",
    "ORDERS",
    "BadCursor",
    "EventAnswer",
    "Head",
    "Page",
    "Query",
    "Resync",
    "change_text",
    "changes",
    "cursor_of",
    "event",
    "head",
    "ids_of",
    "moved",
    "page",
    "place_of",
    "revision",
    "revision_block",
    "revision_row",
    "revisions",
    "source_text",
    "statement",
    "statements_by_id",
    "thing",
    "thing_text",
    "things",
]

"""Answers from the public record, for the feed and the pages."""

from .asking import Query
from .departed import departed
from .linked import statements_by_id
from .paging import every, page, reach
from .records import (
    BadCursor,
    Head,
    Resync,
    Suppressed,
    alone_in_its_second,
    change_text,
    changes,
    cursor_of,
    head,
    place_of,
    revision_block,
    revision_row,
    revisions,
    sequence_at,
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
)
from .things_listed import Wanted, things
from .timeline import Page
from .unreported import undated
from .walking import ORDERS
from .words import Terms, terms_of

__all__ = [
    "FORM",
    "ORDERS",
    "BadCursor",
    "EventAnswer",
    "Head",
    "Page",
    "Query",
    "Resync",
    "Suppressed",
    "Terms",
    "Wanted",
    "alone_in_its_second",
    "change_text",
    "changes",
    "cursor_of",
    "departed",
    "event",
    "every",
    "head",
    "ids_of",
    "moved",
    "page",
    "place_of",
    "reach",
    "revision",
    "revision_block",
    "revision_row",
    "revisions",
    "sequence_at",
    "source_text",
    "statement",
    "statements_by_id",
    "terms_of",
    "thing",
    "thing_text",
    "things",
    "undated",
]

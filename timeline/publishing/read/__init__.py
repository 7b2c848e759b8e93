"""Answers from the public record, for the feed and the pages."""

from .asking import Query
from .departed import departed
from .given import moment_of
from .keys import from_second
from .linked import statements_by_id, statements_then
from .making import own_words
from .outlines import Outline, outline, outlines
from .paging import every, page, reach
from .periods import counted
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
from .sitemap import part_of_site, parts_of_site
from .stories import last_changed, seconds_of
from .tallying import Tally, tally
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
from .things_listed import Wanted, names_of, things
from .timeline import Page
from .trails import (
    Step,
    Told,
    Trail,
    trails_of,
    trails_of_events,
    trails_of_story,
)
from .unreported import undated
from .versions import (
    Text,
    Version,
    corrections,
    last_correction,
    private_actors,
    texts,
    titles,
    version,
    versions,
)
from .voiced import Voiced, voiced, voices_of
from .walking import ORDERS
from .words import Terms, terms_of

__all__ = [
    "FORM",
    "ORDERS",
    "BadCursor",
    "EventAnswer",
    "Head",
    "Outline",
    "Page",
    "Query",
    "Resync",
    "Step",
    "Suppressed",
    "Tally",
    "Terms",
    "Text",
    "Told",
    "Trail",
    "Version",
    "Voiced",
    "Wanted",
    "alone_in_its_second",
    "change_text",
    "changes",
    "corrections",
    "counted",
    "cursor_of",
    "departed",
    "event",
    "every",
    "from_second",
    "head",
    "ids_of",
    "last_correction",
    "last_changed",
    "moment_of",
    "moved",
    "names_of",
    "outline",
    "outlines",
    "own_words",
    "page",
    "part_of_site",
    "parts_of_site",
    "place_of",
    "private_actors",
    "reach",
    "revision",
    "revision_block",
    "revision_row",
    "revisions",
    "seconds_of",
    "sequence_at",
    "source_text",
    "statement",
    "statements_by_id",
    "statements_then",
    "tally",
    "terms_of",
    "texts",
    "thing",
    "thing_text",
    "things",
    "titles",
    "trails_of",
    "trails_of_events",
    "trails_of_story",
    "undated",
    "voiced",
    "voices_of",
    "version",
    "versions",
]

"""Where the record and what is read stand before an act, asked for in one question."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings

from timeline.models.record import (
    CurrentEntry,
    Facet,
    FactCount,
    KnownEvent,
    NamedThing,
    Rendering,
)
from timeline.publishing.read.rendering import FORM

from .deriving import entities_of
from .given_names import NO_NAMES
from .log import LAST, Stand
from .naming import HeldNames
from .rows import Plain, Wanted, rows_of_each

LAST_ORDINAL = Plain("SELECT MAX(ordinal) FROM timeline_knownevent")
COUNTED = {"actor": Facet.ACTOR, "story": Facet.STORY, "topic": Facet.TOPIC}
COUNTS = "facet, thing, entries, statements"
OF_COUNTED = f" AND facet IN ({', '.join(str(int(one)) for one in COUNTED.values())})"


@dataclass(slots=True)
class Told:
    """What is told of things: their rows, and how often each counts, before an act.

    `counts` are entries and statements by facet and thing.
    """

    asked: set[str] = field(default_factory=set)
    rows: dict[str, NamedThing] = field(default_factory=dict)
    counts: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)

    def add_missing(self, things: Iterable[str]) -> None:
        """Ask for those of these that nothing was asked of yet."""
        if missing := set(things) - self.asked:
            self.add(missing, *rows_of_each(*_wanted(missing)))

    def add(self, things: set[str], rows: list[NamedThing], counts: list) -> None:
        """Keep what was found of these things."""
        self.asked |= things
        self.rows |= {row.thing: row for row in rows}
        self.counts |= {(facet, thing): tuple(found) for facet, thing, *found in counts}


@dataclass(slots=True)
class Before:
    """What stands before an act.

    `last` is where the record does, `site` what bodies are made for, `ordinal` the last
    place of an event, `known` and `entries` are those of the act's events.
    """

    last: Stand
    site: str
    ordinal: int
    known: list[KnownEvent]
    entries: list[CurrentEntry]
    told: Told


def before(
    events: Iterable[str],
    documents: Iterable[dict],
    names: HeldNames = NO_NAMES,
) -> Before:
    """What stands before an act about these events, with what these documents name.

    An event that by its `names` is new to the record is not looked for.
    """
    events = names.known(set(events))
    things = {row["id"] for document in documents for row in entities_of(document)}
    last, site, ordinal, known, entries, *told = rows_of_each(
        LAST,
        Wanted(Rendering, "id", [1], "site"),
        LAST_ORDINAL,
        Wanted(KnownEvent, "event_id", events),
        Wanted(CurrentEntry, "event_id", events),
        *_wanted(things),
    )
    found = Before(
        Stand(*(last[0] if last else ())),
        site[0][0] if site else rendered_anew(),
        ordinal[0][0] or 0,
        known,
        entries,
        Told(),
    )
    found.last.numbers = {row.event_id: row.number for row in known}
    found.told.add(things, *told)
    return found


def _wanted(things: set[str]) -> tuple[Wanted, Wanted]:
    return (
        Wanted(NamedThing, "thing", things),
        Wanted(FactCount, "thing", things, COUNTS, OF_COUNTED),
    )


def rendered_anew() -> str:
    """Say which site bodies are made for, where none were."""
    return Rendering.objects.create(pk=1, site=settings.SITE_URL, form=FORM).site

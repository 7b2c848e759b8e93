"""One named thing: as the newest current revision says it is."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from timeline.dates import instant
from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentStatement,
    Facet,
    KnownEvent,
    NamedThing,
    PastEntry,
    Revision,
)
from timeline.provenance import no_longer_stands

from .records import (
    Suppressed,
    revision_block,
    successor_of,
    suppression_of,
    tombstone,
    tombstone_of,
)
from .rendering import PATHS, addressed, addresses, dump, moved

NAMED = "SELECT name, thing FROM timeline_thingname WHERE noun = %s AND name IN"
COLUMNS = [field.column for field in NamedThing._meta.concrete_fields]
THING = f"""
    SELECT {", ".join(f"t.{name}" for name in COLUMNS)}
    FROM timeline_thingname n JOIN timeline_namedthing t ON t.thing = n.thing
    WHERE n.noun = %s AND n.name = %s
"""


def ids_of(noun: str, names: Iterable[str]) -> dict[str, str]:
    """The id of each slug or id that the record ever gave to such a thing."""
    names = list(names)
    if not names:
        return {}
    holes = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f"{NAMED} ({holes})", [noun, *names])
        return dict(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """What there is to say of an event: `state` decides which of the rest is set."""

    id: str
    slug: str
    state: str
    body: str | None = None
    tombstone: dict | None = None
    successor: str | None = None


def event(name: str, *, made_for: str, site: str) -> EventAnswer | None:
    """An event by slug or id; None where it was never published."""
    key = ids_of("event", [name]).get(name)
    if key is None:
        return None
    row = _body_of(event_id=key)
    known = KnownEvent.objects.get(pk=key)
    if known.state == "live":
        # It may have been away when its body was read, and come back since.
        row = row or _body_of(event_id=key)
        body = moved(row.body, made_for=made_for, site=site)
        return EventAnswer(known.event_id, known.slug, "live", body=body)
    last = Revision.objects.defer("document").get(pk=known.sequence)
    return EventAnswer(
        known.event_id,
        known.slug,
        known.state,
        tombstone=tombstone(known),
        successor=successor_of(last),
    )


def _body_of(**entry) -> CurrentBody | None:
    """The body of one current entry, read in one statement: no act comes between."""
    entries = CurrentEntry.objects.filter(**entry)
    return CurrentBody.objects.filter(pk__in=entries.values("sort_key")).first()


def revision(event_id: str, number: int, *, made_for: str, site: str) -> str | None:
    """One revision as it was published, byte for byte; None where there is none.

    Of an act without a document (a withdrawal), its id, slug and revision alone.
    `Suppressed` where its text was destroyed.
    """
    rows = Revision.objects.filter(event_id=event_id, number=number)
    row = rows.defer("document").first()
    if row is None:
        return None
    held = _body_of(sequence=row.sequence)
    held = held or PastEntry.objects.filter(sequence=row.sequence).first()
    if held:
        return moved(held.body, made_for=made_for, site=site)
    if row.salt is None:
        raise Suppressed(tombstone_of(suppression_of(row)))
    told = {
        "id": row.event_id,
        "slug": row.slug,
        "revision": revision_block(row),
        "successor": successor_of(row),
    }
    return dump(addressed(told, site=site, page=""))


def thing(noun: str, name: str) -> NamedThing | None:
    """One thing by slug or id; None where no current entry names it."""
    with connection.cursor() as cursor:
        cursor.execute(THING, [noun, name])
        row = cursor.fetchone()
    return NamedThing.from_db(connection.alias, COLUMNS, row) if row else None


def thing_text(row: NamedThing, *, made_for: str, site: str) -> str:
    """A thing as it is sent, with its counts; its body is not parsed."""
    text = moved(row.body, made_for=made_for, site=site)
    more = {}
    if row.noun == "story":
        more |= {"from": _instant(row.earliest), "until": _instant(row.latest)}
    if row.noun != "source":
        more["counts"] = {"events": row.events, "statements": row.statements}
    return f"{text[:-1]},{dump(more)[1:]}" if more else text


def _instant(seconds: int | None) -> str | None:
    return None if seconds is None else instant(seconds)


def source_text(row: NamedThing, *, made_for: str, site: str) -> str:
    """A source with what rests on it, and what rests on it alone."""
    text = thing_text(row, made_for=made_for, site=site)
    alone = _places(row.thing, Facet.ALONE)
    rests = {
        "statements": resting(alone | _places(row.thing, Facet.BEARS), site=site),
        "alone": resting(alone, site=site),
    }
    return f'{text[:-1]},"rests_on_it":{dump(rests)}}}'


def _places(source: str, facet: Facet) -> set[tuple[int, int]]:
    """What a fact is true of for a source: sort keys, and places of statements."""
    facts = CurrentFact.objects.filter(facet=facet, thing=source)
    return set(facts.values_list("sort_key", "statement"))


def resting(wanted: set[tuple[int, int]], *, site: str) -> list[dict]:
    """These current statements as a source tells of them, newest event first.

    Those that no longer stand come after those that do.
    """
    keys = {key for key, _place in wanted}
    rows = CurrentStatement.objects.filter(sort_key__in=keys).order_by(
        "-sort_key", "position"
    )
    found = [row for row in rows if (row.sort_key, row.position) in wanted]
    found.sort(key=lambda row: no_longer_stands(row.standing))
    slugs = dict(
        KnownEvent.objects.filter(pk__in={row.event_id for row in found}).values_list(
            "event_id", "slug"
        )
    )
    return [_named_statement(row, slugs[row.event_id], site) for row in found]


def _named_statement(row: CurrentStatement, event_slug: str, site: str) -> dict:
    page = f"{site}/{PATHS['event']}/{event_slug}/"
    return {
        "id": row.statement_id,
        "slug": row.slug,
        **addresses("statement", row.slug, site=site, page=page),
        "standing": row.standing,
        "event": row.event_id,
    }


def statement(name: str, *, made_for: str, site: str) -> str | None:
    """One statement of a current entry, with its event; None where there is none."""
    key = ids_of("statement", [name]).get(name)
    places = CurrentStatement.objects.filter(pk=key).values("sort_key")
    row = CurrentBody.objects.filter(pk__in=places).first() if key else None
    if row is None:
        return None
    entry = json.loads(moved(row.body, made_for=made_for, site=site))
    said = next(item for item in entry["statements"] if item["id"] == key)
    named = ("id", "slug", "url", "html_url", "title", "date")
    return dump({**said, "event": {part: entry[part] for part in named}})

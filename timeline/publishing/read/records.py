"""The record's head, its revisions and its rows, as they are sent."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import orjson
from django.conf import settings
from django.db import connection

from timeline.models.record import KnownEvent, Revision, RevisionKind

from .canonical import FIRST_PREVIOUS
from .rendering import FORM, PATHS, addressed

HEAD = """
    SELECT sequence, digest, published_at,
           (SELECT digest FROM timeline_revision WHERE sequence = 1),
           (SELECT site FROM timeline_rendering WHERE id = 1),
           (SELECT form FROM timeline_rendering WHERE id = 1)
    FROM timeline_revision ORDER BY sequence DESC LIMIT 1
"""
LAST_BY = """
    SELECT sequence FROM timeline_revision WHERE published_at <= %s
    ORDER BY published_at DESC, sequence DESC LIMIT 1
"""
DIGEST = "SELECT digest FROM timeline_revision WHERE sequence = %s"
SECOND = len("2026-03-03T12:00:00")


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of the record; `site` and `form`: what entries were rendered for.

    Of an empty record: sequence 0, the digest that the first row follows, no time.
    """

    sequence: int
    digest: str
    published_at: str | None
    genesis: str | None
    site: str
    form: int


def head() -> Head:
    """Where the record stands, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD)
        row = cursor.fetchone()
    if row is None:
        return Head(0, FIRST_PREVIOUS, None, None, settings.SITE_URL, FORM)
    return Head(*row[:4], row[4] or settings.SITE_URL, row[5] or FORM)


def sequence_at(moment: datetime) -> int:
    """The last row of the record at an instant; 0 before the first."""
    until = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
    with connection.cursor() as cursor:
        cursor.execute(LAST_BY, [until])
        row = cursor.fetchone()
    return row[0] if row else 0


def alone_in_its_second(head: Head) -> bool:
    """Whether no act before the last one was in the same second as that.

    The rows of one act have one time.
    """
    before = Revision.objects.filter(sequence__lt=head.sequence)
    before = before.exclude(published_at=head.published_at).order_by("-sequence")
    last = before.values_list("published_at", flat=True).first()
    return last is None or last[:SECOND] != head.published_at[:SECOND]


def revision_block(row: Revision) -> dict:
    """A revision, as an entry carries it."""
    return {
        "number": row.number,
        "sequence": row.sequence,
        "kind": row.kind,
        "note": row.note,
        "caused_by": json.loads(row.caused_by) if row.caused_by else None,
        "published_at": row.published_at,
        "digest": row.digest,
    }


def revision_row(row: Revision, *, slug: str, site: str) -> dict:
    """A revision in the list of its event's, with the addresses of what it said."""
    event = f"{PATHS['event']}/{slug}/"
    return {
        **addressed(revision_block(row), site=site, page=""),
        "suppressed": row.salt is None,
        "url": f"{site}/api/v1/{event}revisions/{row.number}/",
        "html_url": f"{site}/{event}#revision-{row.number}",
    }


def revisions(event_id: str) -> list[Revision]:
    """Every revision of an event, the newest first, without documents."""
    rows = Revision.objects.filter(event_id=event_id).order_by("-number")
    return list(rows.defer("document"))


class Change(NamedTuple):
    """A row of the record; `held`: its event is on hold now."""

    sequence: int
    previous: str
    digest: str
    content: str
    salt: str | None
    event_id: str
    slug: str
    number: int
    kind: str
    note: str
    caused_by: str | None
    published_at: str
    successor: str | None
    suppresses: str
    document: str | None
    held: bool


def cursor_of(row: Revision | Change) -> str:
    """A place in the record that checks itself: sequence, and 16 digits of digest."""
    return f"{row.sequence}-{row.digest[:16]}"


class Resync(Exception):
    """A cursor names a row that this record does not hold: begin again."""


class BadCursor(ValueError):
    """A cursor that no record ever gave out."""


def place_of(cursor: str) -> int:
    """The sequence that a cursor of `changes/` stands at.

    `BadCursor` where it is not one, `Resync` where the row there is another.
    """
    number, dash, digits = cursor.partition("-")
    whole = number.isascii() and number.isdecimal() and len(number) <= 18
    if (
        not whole
        or not dash
        or len(digits) != 16
        or set(digits) - set("0123456789abcdef")
    ):
        raise BadCursor(cursor)
    if int(number) == 0 and FIRST_PREVIOUS.startswith(digits):
        return 0  # where an empty record says that it stands
    with connection.cursor() as rows:
        rows.execute(DIGEST, [int(number)])
        row = rows.fetchone()
    if row is None or not row[0].startswith(digits):
        raise Resync(cursor)
    return int(number)


CHANGES = f"""
    SELECT {", ".join(f"r.{name}" for name in Change._fields[:-1])},
           EXISTS (SELECT 1 FROM timeline_knownevent k
                   WHERE k.event_id = r.event_id AND k.state = 'held')
    FROM timeline_revision r WHERE r.sequence > %s ORDER BY r.sequence LIMIT %s
"""


def changes(after: int, *, limit: int) -> list[Change]:
    """The rows of the record behind a sequence, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [after, limit])
        return [Change(*row) for row in cursor.fetchall()]


def change_text(row: Change) -> str:
    """A row of `changes` as it is sent; its document is not parsed.

    While its event is on hold it comes without text and salt.
    """
    held = bool(row.held)
    told = {
        "sequence": row.sequence,
        "previous": row.previous,
        "digest": row.digest,
        "content": row.content,
        "salt": None if held else row.salt,
        "id": row.event_id,
        "slug": row.slug,
        "number": row.number,
        "kind": row.kind,
        "note": row.note,
        "caused_by": json.loads(row.caused_by) if row.caused_by else None,
        "published_at": row.published_at,
        "successor": row.successor,
        "suppresses": json.loads(row.suppresses) if row.suppresses != "[]" else [],
        "suppressed": row.salt is None,
        "held": held,
    }
    document = None if held else row.document
    text = orjson.dumps(told).decode()
    return f'{text[:-1]},"document":{document or "null"}}}'


def tombstone(known: KnownEvent) -> dict:
    """What is left to say of an event that is gone."""
    return tombstone_of(Revision.objects.defer("document").get(pk=known.sequence))


def tombstone_of(row: Revision) -> dict:
    """What a row says of what it took away."""
    return {
        "id": row.event_id,
        "kind": row.kind,
        "note": row.note,
        "successor": successor_of(row),
        "published_at": row.published_at,
    }


class Suppressed(Exception):
    """A revision's text was destroyed; `tombstone` is what is left to say of it."""

    def __init__(self, tombstone: dict):
        super().__init__(tombstone)
        self.tombstone = tombstone


def suppression_of(row: Revision) -> Revision:
    """The row that took a row's text away; the row itself where none says so."""
    kind = RevisionKind.SUPPRESSION
    rows = Revision.objects.filter(event_id=row.event_id, kind=kind)
    for found in rows.order_by("sequence"):
        if row.sequence in json.loads(found.suppresses):
            return found
    return row


def successor_of(row: Revision) -> str | None:
    """The slug of the event that stands in this one's place, where there is one.

    One that was merged since leads on to where it was merged into.
    """
    key, known, seen = row.successor, None, set()
    while key and key not in seen:
        seen.add(key)
        known = KnownEvent.objects.filter(pk=key).first()
        key = known.successor if known and known.state == "merged" else None
    return known.slug if known else None


def slugs_of(ids: Iterable[str]) -> dict[str, str]:
    """The slugs of published events, by id."""
    rows = KnownEvent.objects.filter(pk__in=list(ids))
    return dict(rows.values_list("event_id", "slug"))

"""The record's head, its revisions and its rows, as they are sent."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from timeline.models.record import KnownEvent, Revision

from .canonical import FIRST_PREVIOUS
from .rendering import PATHS, addressed, dump

HEAD = """
    SELECT sequence, digest, published_at,
           (SELECT digest FROM timeline_revision WHERE sequence = 1),
           (SELECT site FROM timeline_rendering WHERE id = 1)
    FROM timeline_revision ORDER BY sequence DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of the record; `site` is what entries were rendered for.

    Of an empty record: sequence 0, the digest that the first row follows, no time.
    """

    sequence: int
    digest: str
    published_at: str | None
    genesis: str | None
    site: str


def head() -> Head:
    """Where the record stands, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD)
        row = cursor.fetchone()
    if row is None:
        return Head(0, FIRST_PREVIOUS, None, None, settings.SITE_URL)
    return Head(*row[:4], row[4] or settings.SITE_URL)


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
        "url": f"{site}/api/v1/{event}revisions/{row.number}/",
        "html_url": f"{site}/{event}#revision-{row.number}",
    }


def revisions(event_id: str) -> list[Revision]:
    """Every revision of an event, the newest first, without documents."""
    rows = Revision.objects.filter(event_id=event_id).order_by("-number")
    return list(rows.defer("document"))


def cursor_of(row: Revision) -> str:
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
    row = Revision.objects.filter(pk=int(number)).only("digest").first()
    if row is None or not row.digest.startswith(digits):
        raise Resync(cursor)
    return row.sequence


def changes(after: int, *, limit: int) -> list[Revision]:
    """The rows of the record behind a sequence, in their order."""
    rows = Revision.objects.filter(sequence__gt=after).order_by("sequence")
    return list(rows[:limit])


def change_text(row: Revision) -> str:
    """A row of the record as `changes/` sends it; its document is not parsed."""
    told = {
        "sequence": row.sequence,
        "previous": row.previous,
        "digest": row.digest,
        "content": row.content,
        "salt": row.salt,
        "id": row.event_id,
        "slug": row.slug,
        "number": row.number,
        "kind": row.kind,
        "note": row.note,
        "caused_by": json.loads(row.caused_by) if row.caused_by else None,
        "published_at": row.published_at,
        "successor": row.successor,
        "suppresses": json.loads(row.suppresses),
        "suppressed": row.salt is None,
    }
    return f'{dump(told)[:-1]},"document":{row.document or "null"}}}'


def tombstone(known: KnownEvent) -> dict:
    """What is left to say of an event that is gone."""
    row = Revision.objects.defer("document").get(pk=known.sequence)
    return {
        "id": row.event_id,
        "kind": row.kind,
        "note": row.note,
        "successor": successor_of(row),
        "published_at": row.published_at,
    }


def successor_of(row: Revision) -> str | None:
    """The slug of the event that stands in this one's place, where there is one."""
    if row.successor is None:
        return None
    known = KnownEvent.objects.filter(pk=row.successor).first()
    return known.slug if known else None


def slugs_of(ids: Iterable[str]) -> dict[str, str]:
    """The slugs of published events, by id."""
    rows = KnownEvent.objects.filter(pk__in=list(ids))
    return dict(rows.values_list("event_id", "slug"))

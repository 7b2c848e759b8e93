"""Appending to the record: the only place where its rows are written."""

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter

from django.db import connection

from timeline.models import Act
from timeline.models.record import Revision
from timeline.publishing.read.canonical import (
    FIRST_PREVIOUS,
    canonical,
    content_digest,
    row_digest,
    spoken,
    words_of_act,
)

from .filling import insert
from .rows import Plain, row_of
from .sending import write

REVISION = tuple(field.attname for field in Revision._meta.concrete_fields)
VALUES = attrgetter(*REVISION)
ACT = ("sequence", "by_id", "by_name", "reason")
RECORD_LOCK = 0x6461_7465_0002
LAST = Plain(
    "SELECT sequence, digest, published_at FROM timeline_revision"
    " ORDER BY sequence DESC LIMIT 1"
)


@dataclass(slots=True)
class Draft:
    """One row to be appended; `document` None where the act has none.

    `said` is the document as the row has it, once it is appended.
    """

    event_id: str
    slug: str
    kind: str
    note: str = ""
    reason: str = ""
    caused_by: dict | None = None
    successor: str | None = None
    document: dict | None = None
    suppresses: tuple[int, ...] = ()  # sequences
    said: dict | None = None


def hold_record_lock() -> None:
    """Nobody else appends until this transaction ends. Taken last.

    On SQLite a transaction that writes is alone from its beginning (IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        write("SELECT pg_advisory_xact_lock(%s)", [RECORD_LOCK])


@dataclass(slots=True)
class Stand:
    """Where the record stands: its last row, and the last number of some events."""

    sequence: int = 0
    digest: str = FIRST_PREVIOUS
    published_at: str = ""
    numbers: dict[str, int] = field(default_factory=dict)


def append(drafts: list[Draft], *, last: Stand, by) -> list[Revision]:
    """Append rows under the lock that the caller holds; their order is kept.

    `last` is where the record stands, `by` the account that acts, None for a command
    at the machine itself.
    """
    published_at, numbers, seen = _now(last), last.numbers, {}
    revisions: list[Revision] = []
    previous = last.digest
    for sequence, draft in enumerate(drafts, start=last.sequence + 1):
        number = numbers[draft.event_id] = numbers.get(draft.event_id, 0) + 1
        revision = _row(draft, sequence, number, published_at, previous, seen)
        revisions.append(revision)
        previous = revision.digest
    insert(Revision, REVISION, map(VALUES, revisions))
    insert(Act, ACT, _acts(drafts, revisions, by))
    return revisions


def _now(last: Stand) -> str:
    """The time of the act in UTC; it never goes back, whatever the clock does."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return max(now, last.published_at)


def _row(
    draft: Draft,
    sequence: int,
    number: int,
    published_at: str,
    previous: str,
    seen: dict,
) -> Revision:
    act = {"note": draft.note, "caused_by": draft.caused_by}
    document = None
    if draft.document:
        document, draft.said = spoken({**draft.document, "act": act}, seen)
    salt = secrets.token_hex(16)
    covered = document or words_of_act(
        slug=draft.slug, suppresses=draft.suppresses, **act
    )
    revision = row_of(
        Revision,
        sequence=sequence,
        event_id=draft.event_id,
        number=number,
        slug=draft.slug,
        kind=str(draft.kind),
        note=draft.note,
        caused_by=canonical(draft.caused_by) if draft.caused_by else None,
        successor=draft.successor,
        suppresses=canonical(draft.suppresses) if draft.suppresses else "[]",
        published_at=published_at,
        previous=previous,
        content=content_digest(salt, covered),
        salt=salt,
        document=document,
        digest="",
    )
    revision.digest = row_digest(chained(revision))
    return revision


def destroy(sequences: Iterable[int]) -> None:
    """Take the text of these rows away, and what a guess at it could be tried on."""
    rows = Revision.objects.filter(sequence__in=list(sequences))
    rows.update(document=None, salt=None)


def rename(event_id: str, *, slug: str, caused: Iterable[Revision]) -> None:
    """Give an event another web name in rows that nothing covers any more.

    All its own rows are among them, and the `caused` ones of others that name it.
    """
    Revision.objects.filter(event_id=event_id).update(slug=slug)
    for row in caused:
        row.caused_by = canonical({**json.loads(row.caused_by), "slug": slug})
        row.save(update_fields=["caused_by"])


def chained(revision: Revision) -> dict:
    """What the digest of a row covers, by the names that `changes/` gives it."""
    return {
        "previous": revision.previous,
        "sequence": revision.sequence,
        "id": revision.event_id,
        "number": revision.number,
        "kind": revision.kind,
        "published_at": revision.published_at,
        "successor": revision.successor,
        "content": revision.content,
    }


def _acts(drafts: list[Draft], revisions: list[Revision], by) -> Iterator[tuple]:
    """What stays on the desk: who acted, and the private reason."""
    name = by.get_username() if by else "command line"
    for draft, row in zip(drafts, revisions, strict=True):
        yield row.sequence, by and by.pk, name, draft.reason

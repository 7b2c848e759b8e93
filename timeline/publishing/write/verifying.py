"""Whether the record is what was appended, and what is derived says the same."""

import json
from collections.abc import Iterator

from timeline.models.record import Revision, RevisionKind
from timeline.publishing.read.canonical import (
    FIRST_PREVIOUS,
    canonical,
    content_digest,
    row_digest,
    words_of_act,
)

from .log import chained
from .states import after, suppressed_by
from .verifying_entries import entry_faults

AT_ONCE = 500


def verify_record(
    *, sequence: int | None = None, digest: str | None = None
) -> Iterator[str]:
    """A sentence for every fault; none where the record is whole.

    Finds a changed and a missing row anywhere, and, given `sequence` and `digest` of
    a head noted elsewhere, a cut tail. Then holds the current entries against it.
    """
    previous, expected, numbers, stands, time = FIRST_PREVIOUS, 1, {}, {}, ""
    noted, lost, suppressed, unreadable = None, {}, set(), set()
    for row in Revision.objects.order_by("sequence").iterator(chunk_size=AT_ONCE):
        if row.sequence != expected:
            yield f"{_range(expected, row.sequence)} missing before {row.sequence}."
        faults = list(_faults(row, previous, numbers.get(row.event_id, 0) + 1, time))
        yield from faults
        previous, expected, time = row.digest, row.sequence + 1, row.published_at
        numbers[row.event_id] = row.number
        stands[row.event_id] = after(stands.get(row.event_id), row)
        if faults or row.document is None:
            unreadable.add(row.sequence)
        noted = row.digest if row.sequence == sequence else noted
        if row.salt is None and row.document is None:
            lost[row.sequence] = _where(row)
        if row.kind == RevisionKind.SUPPRESSION and not faults:
            suppressed |= suppressed_by(row)
    for where in (lost[key] for key in lost if key not in suppressed):
        yield f"{where} has lost its text, and no suppression says so."
    yield from _text_come_back(suppressed)
    if sequence is not None and noted != digest:
        yield f"The record does not hold the noted head: {sequence} {digest}."
    yield from entry_faults(stands, unreadable)


def _text_come_back(suppressed: set[int]) -> Iterator[str]:
    """As after a restore of a backup that is older than the suppression."""
    wanted = sorted(suppressed)
    for start in range(0, len(wanted), AT_ONCE):
        rows = Revision.objects.filter(pk__in=wanted[start : start + AT_ONCE])
        for row in rows.exclude(document=None, salt=None):
            yield f"{_where(row)} has a text again, though it was suppressed."


def _range(first: int, after: int) -> str:
    rows = (
        f"row {first} is" if after == first + 1 else f"rows {first} to {after - 1} are"
    )
    return rows[:1].upper() + rows[1:]


def _where(row: Revision) -> str:
    return f"Row {row.sequence} ({row.slug}, {row.number})"


def _faults(row: Revision, previous: str, number: int, time: str) -> Iterator[str]:
    where = _where(row)
    if row.previous != previous:
        yield f"{where} does not follow the row before it."
    if row.digest != row_digest(chained(row)):
        yield f"{where} was changed: its digest does not cover what it says."
    if row.number != number:
        yield f"{where} should be number {number} of its event."
    if row.published_at < time:
        yield f"{where} is dated before the row before it."
    if row.salt is not None:
        yield from _content_faults(row, where)
    elif row.document is not None:
        yield f"{where} has lost its salt, and so nothing covers its document."


def _content_faults(row: Revision, where: str) -> Iterator[str]:
    try:
        caused_by, suppresses = _stated(row.caused_by), _stated(row.suppresses)
    except (ValueError, TypeError, RecursionError):
        yield f"{where} was changed: its cause or what it suppresses is not JSON."
        return
    words = {"note": row.note, "caused_by": caused_by}
    if row.document is None:
        covered = words_of_act(slug=row.slug, suppresses=suppresses, **words)
    else:
        covered = row.document
    if content_digest(row.salt, covered) != row.content:
        yield f"{where} was changed: its text is not the one that was published."
    elif row.document is not None:
        yield from _document_faults(row, words, suppresses, where)


def _document_faults(row: Revision, words, suppresses, where: str) -> Iterator[str]:
    document = json.loads(row.document)
    said = document["act"], document["slug"], document["id"], []
    if said != (words, row.slug, row.event_id, suppresses):
        yield f"{where} was changed: its note or name differs from its document."
    if canonical(document) != row.document:
        yield f"{where} is not canonical JSON."


def _stated(text: str | None):
    """What a column of JSON says; ValueError where it is not written canonically."""
    value = None if text is None else json.loads(text)
    if text is not None and canonical(value) != text:
        raise ValueError(text)
    return value

"""Where an event stands after each row of the record that is about it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from timeline.models.record import Revision, RevisionKind

TURNING = (RevisionKind.HOLD, RevisionKind.RELEASE, RevisionKind.SUPPRESSION)
LEFT = {RevisionKind.WITHDRAWAL: "withdrawn", RevisionKind.MERGE: "merged"}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an event stands.

    `under` is its state but for a hold, `sequence` the row that says so, `successor`
    the event that this row names. `told` is the newest row made with a document,
    `hold` the row that put it on hold, while it is.
    """

    under: str
    sequence: int
    told: int
    successor: str | None = None
    hold: int | None = None

    @property
    def state(self) -> str:
        """One of `live withdrawn merged held suppressed`."""
        return "held" if self.hold else self.under

    @property
    def said_by(self) -> int:
        """The sequence of the row that says how it stands, a hold before all else."""
        return self.hold or self.sequence


def after(stand: Stand | None, row: Revision) -> Stand:
    """Where the event stands after one more row; None where there was none yet.

    A release brings back what the hold found: the text that was live, or the
    withdrawal. A suppression takes the event away only where it takes the text that
    is live, or that a release would bring back; the hold itself lasts until it.
    """
    key = row.sequence
    fresh = Stand("live", key, key)
    match row.kind:
        case RevisionKind.WITHDRAWAL | RevisionKind.MERGE:
            told = stand.told if stand else 0
            return Stand(LEFT[row.kind], key, told, successor=row.successor)
        case RevisionKind.HOLD:
            return replace(stand or fresh, hold=key)
        case RevisionKind.RELEASE if stand and stand.under != "live":
            return replace(stand, hold=None)
        case RevisionKind.SUPPRESSION:
            stand = stand or fresh
            if stand.under == "live" and stand.told in suppressed_by(row):
                return replace(stand, under="suppressed", sequence=key)
            return stand
    return fresh


def suppressed_by(row: Revision) -> set[int]:
    """The sequences whose text a row took away; none where it does not say so."""
    try:
        return {int(key) for key in json.loads(row.suppresses)}
    except (ValueError, TypeError, RecursionError):
        return set()


def fold(rows: Iterable[Revision]) -> Stand | None:
    """Where an event stands after all of its rows, given in their order."""
    return reduce(after, rows, None)


def stand_of(event_id: str) -> Stand | None:
    """Where an event stands by the record itself; None if it was never published."""
    return fold(_rows_of(event_id))


def stand_at(row: Revision) -> Stand:
    """Where its event stood right after a row; most kinds of row say it alone."""
    if row.kind in TURNING:
        return fold(_rows_of(row.event_id).filter(sequence__lte=row.sequence))
    return after(None, row)


def _rows_of(event_id: str):
    rows = Revision.objects.filter(event_id=event_id).order_by("sequence")
    return rows.defer("document")

"""The public shape of a date in JSON."""

from typing import Any

from timeline.dates.calendar import instant
from timeline.dates.value import UncertainDate


def as_json(
    date: UncertainDate | None,
    *,
    words: str | None = None,
    anchor: Any = None,
    rule: str | None = None,
) -> dict[str, Any] | None:
    """The date with its bounds as UTC instants, and null for what is not known."""
    if date is None:
        return None
    return {
        "edtf": date.edtf,
        "display": date.display,
        "earliest": None if date.earliest is None else instant(date.earliest),
        "latest": None if date.latest is None else instant(date.latest),
        "precision": date.precision,
        "uncertain": date.uncertain,
        "approximate": date.approximate,
        "words": words or None,
        "anchor": anchor,
        "rule": rule or None,
    }

"""Dates that were counted from a report whose own date has changed since.

They are marked when either side is saved, and never moved by themselves.
"""

from collections.abc import Iterable

from timeline.dates import BadDate, resolve
from timeline.models import Event, Source, Statement

AT_ONCE = 500


def newly_read(date, words: str, anchor: Source | None, rule: str):
    """What the words mean today by the rule they were read by, where they can be read.

    It differs from the date when the anchor's own date was changed since.
    """
    if not (date and words and rule and anchor and anchor.published):
        return None
    try:
        reading = resolve(words, anchor.published)
    except BadDate:
        return None
    return reading.date if reading.rule == rule else None


def is_stale(row, name: str) -> bool:
    """Whether a date of a row is another than its words mean now."""
    date, *counted = (
        getattr(row, field)
        for field in (name, f"{name}_words", f"{name}_anchor", f"{name}_rule")
    )
    read = newly_read(date, *counted)
    return read is not None and read.edtf != date.edtf


def mark_stale_in(event: Event) -> None:
    """Mark the stale dates of an event and of its statements."""
    _mark(Event.objects.filter(pk=event.pk), "date")
    _mark(Statement.objects.filter(event=event), "said")


def mark_stale_by(source: Source) -> None:
    """Mark the stale dates among those counted from the date of a report."""
    _mark(Event.objects.filter(date_anchor=source), "date")
    _mark(Statement.objects.filter(said_anchor=source), "said")


def mark_stale_among(*, events: Iterable[int], sources: Iterable[int]) -> None:
    """The same, of many of both at once, by their primary keys."""
    events, sources = list(events), list(sources)
    for start in range(0, len(events), AT_ONCE):
        some = events[start : start + AT_ONCE]
        _mark(Event.objects.filter(pk__in=some), "date")
        _mark(Statement.objects.filter(event__in=some), "said")
    for start in range(0, len(sources), AT_ONCE):
        some = sources[start : start + AT_ONCE]
        _mark(Event.objects.filter(date_anchor__in=some), "date")
        _mark(Statement.objects.filter(said_anchor__in=some), "said")


def _mark(rows, name: str) -> None:
    mark = f"{name}_is_stale"
    found = rows.select_related(f"{name}_anchor")
    _write(rows, mark, found.exclude(**{f"{name}_words": ""}), name)
    rows.filter(**{mark: True, f"{name}_words": ""}).update(**{mark: False})


def _write(rows, mark: str, found: Iterable, name: str) -> None:
    changed: dict[bool, list[int]] = {True: [], False: []}
    for row in found:
        stale = is_stale(row, name)
        if stale != getattr(row, mark):
            changed[stale].append(row.pk)
    for stale, keys in changed.items():
        if keys:
            rows.model.objects.filter(pk__in=keys).update(**{mark: stale})

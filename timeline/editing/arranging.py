"""Arranging: the statements of an event, doubled."""

from django.db import models

from timeline.models import Citation, Event, Statement

from .naming import statement_name
from .refusing import require
from .saving import saving

NEW_IN_A_COPY = {"id", "key", "slug", "public_id", "position", "statement"}


def duplicate(statement: Statement, *, by, version: int) -> Statement:
    """Add a copy of a statement at its end of the event, with where it was found.

    Its links to other statements stay its own. Raises `PermissionDenied` or `Stale`.
    """
    require(by, "timeline.change_event", "timeline.add_statement")
    event = statement.event
    with saving(event, version=version, by=by):
        row = Statement(event=event, **copied(statement))
        row.position = last_position(event) + 1
        row.slug = statement_name(event, row.text)
        row.save()
        for number, citation in enumerate(statement.citations.all(), start=1):
            Citation(statement=row, position=number, **copied(citation)).save()
    return row


def last_position(event: Event) -> int:
    found = event.statements.aggregate(last=models.Max("position"))
    return found["last"] or 0


def copied(row) -> dict:
    """What a copy takes over: all but what each row has of its own."""
    return {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.editable and field.name not in NEW_IN_A_COPY | {"event"}
    }

"""Editing: the one door through which rows of the desk are changed."""

from .saving import (
    Refused,
    Stale,
    check,
    check_event,
    check_source,
    claim,
    published_names,
    saving,
)

__all__ = [
    "Refused",
    "Stale",
    "check",
    "check_event",
    "check_source",
    "claim",
    "published_names",
    "saving",
]

"""The formats that lists are sent in, and which of them a reader gets.

The view selects, counts what a format has no place for, and hands over parsed entries;
a format writes text, piece by piece.
"""

from .base import EVENTS, STATEMENTS, About, Format
from .choosing import FORMATS, chosen, names
from .columns import EVENT_COLUMNS, STATEMENT_COLUMNS

__all__ = [
    "EVENTS",
    "EVENT_COLUMNS",
    "FORMATS",
    "STATEMENTS",
    "STATEMENT_COLUMNS",
    "About",
    "Format",
    "chosen",
    "names",
]

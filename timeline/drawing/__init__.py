"""How pages become HTML: macros compiled straight, and what they stand in.

Knows nothing of the record; whoever has something to show passes it in.
"""

from .frame import facts_html, part_html
from .macros import events_told, grouped, macro, path_of, path_to, stylesheet
from .where import Where, found_once, language, settled, where

__all__ = [
    "Where",
    "events_told",
    "facts_html",
    "found_once",
    "grouped",
    "stylesheet",
    "language",
    "macro",
    "path_to",
    "path_of",
    "part_html",
    "settled",
    "where",
]

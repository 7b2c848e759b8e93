"""How pages become HTML: macros compiled straight, and what they stand in.

Knows nothing of the record; whoever has something to show passes it in.
"""

from .frame import facts_html, part_html
from .macros import grouped, macro, page_at, page_of
from .where import Where, found_once, language, settled, where

__all__ = [
    "Where",
    "facts_html",
    "found_once",
    "grouped",
    "language",
    "macro",
    "page_at",
    "page_of",
    "part_html",
    "settled",
    "where",
]

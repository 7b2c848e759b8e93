"""The stylesheet of the public pages: one text in the head of each of them.

A page may hold it because the page's policy names its SHA-256; nothing else that
stands in a page is taken for a style.
"""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import rcssmin
from django.conf import settings

FOLDER = Path(__file__).parent / "static" / "timeline" / "pages"
FIRST = "base.css"


class Sheet(NamedTuple):
    """The stylesheet, and what lets it into a page."""

    text: str
    source: str  # of the Content-Security-Policy


def sheet() -> Sheet:
    """The stylesheet; while it is being worked on, read again when it changes."""
    return _sheet(_changed() if settings.DEBUG else 0)


def style_source() -> str:
    """Where styles may come from: files of this site, and the one in the head."""
    return f"'self' {sheet().source}"


def files() -> list[Path]:
    """The parts of the stylesheet in their order: what all pages share comes first."""
    return sorted(FOLDER.glob("*.css"), key=lambda path: (path.name != FIRST, path))


@lru_cache(maxsize=1)
def _sheet(changed: int) -> Sheet:
    text = rcssmin.cssmin("\n".join(path.read_text("utf-8") for path in files()))
    # Inside the element, this alone would end it.
    text = text.replace("</", "<\\/")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Sheet(text, f"'sha256-{digest}'")


def _changed() -> int:
    return max(path.stat().st_mtime_ns for path in files())

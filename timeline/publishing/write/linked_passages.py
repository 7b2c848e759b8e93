"""Addresses that lead a browser to a passage on the page where it was read."""

from urllib.parse import quote

from timeline.models import Citation


def passage_url(row: Citation) -> str | None:
    """The address that leads a browser to the passage, as a text fragment."""
    page = (row.read_in or row.source).original_url
    return fragment_url(page, exact=row.exact, prefix=row.prefix, suffix=row.suffix)


def fragment_url(page, *, exact, prefix, suffix, **_rest) -> str | None:
    """The same, of a page and what a document says of the passage."""
    if not page or not exact:
        return None
    before = f"{_fragment(prefix)}-," if prefix else ""
    after = f",-{_fragment(suffix)}" if suffix else ""
    return f"{page.partition('#')[0]}#:~:text={before}{_fragment(exact)}{after}"


def _fragment(text: str) -> str:
    """Percent-encoded for a text directive, where commas and hyphens have a meaning."""
    return quote(text.strip(), safe="").replace("-", "%2D")

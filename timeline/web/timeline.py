"""The timeline of a page: its entries as HTML, in groups under headings."""

from collections.abc import Mapping

from django.utils.safestring import SafeString

from timeline.publishing import read

from .fragments import LookUp, entries_html, groups_html
from .grouping import grouped
from .listing import Listing


def groups_shown(
    listing: Listing, head: read.Head, *, look_up: LookUp, by_publication: bool = False
) -> SafeString:
    """The entries of a list as HTML, by their dates, or by when they were published."""
    html = entries_html(listing.items, head, look_up=look_up)
    date = published if by_publication else happened
    return groups_html(grouped(html, map(date, listing.items)))


def happened(entry: Mapping) -> Mapping:
    """When what an entry tells of happened."""
    return entry["date"]


def published(entry: Mapping) -> Mapping:
    """When an entry was published, as a date."""
    instant = entry["revision"]["published_at"]
    return {"earliest": instant, "latest": instant, "precision": "second"}

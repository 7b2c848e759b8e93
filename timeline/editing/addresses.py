"""Web addresses: which of them are the same, and what the desk has under one."""

from timeline.models import Actor, Source, host_of, same_address

from .merged import standing_for


def report_at(address: str) -> Source | None:
    """The report that the desk has under this address, however it is written."""
    wanted = same_address(address)
    if not wanted:
        return None
    key = Source._meta.get_field("address_key").key_of(address)
    rows = Source.objects.filter(address_key=key).order_by("pk")
    found = (row for row in rows if same_address(row.original_url) == wanted)
    row = next(found, None)
    return standing_for(row) if row else None


def publisher_at(address: str) -> Actor | None:
    """Who published the newest report that the desk has from the same site."""
    host = host_of(address)
    if not host:
        return None
    rows = Source.objects.filter(
        original_url__icontains=host, publisher__isnull=False
    ).select_related("publisher")
    newest = (
        row.publisher
        for row in rows.order_by("-pk")[:50]
        if host_of(row.original_url) == host
    )
    return next(newest, None)

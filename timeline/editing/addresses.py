"""Web addresses: which of them are the same, and what the desk has under one."""

from django.db import connection
from django.db.models import Q

from timeline.models import Actor, Source, host_of, same_address

from .merged import standing_for

AFTER_HOST = ("/", "?")
PAST_ALL_OF_THEM = "@"  # comes next in the order of the bytes


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
    rows = Source.objects.filter(of_site(host), publisher__isnull=False)
    row = rows.select_related("publisher").order_by("-pk").first()
    return row.publisher if row else None


def of_site(host: str) -> Q:
    """The condition on reports that their address is on this host, and on no other.

    It is asked of the addresses as they are compared, which begin with the host.
    """
    wanted = Q(address_key=host)
    for after in AFTER_HOST:
        wanted |= Q(address_key__startswith=host + after)
    if connection.vendor == "sqlite":  # looks up a range, and no beginning
        return wanted & Q(address_key__range=(host, host + PAST_ALL_OF_THEM))
    return wanted

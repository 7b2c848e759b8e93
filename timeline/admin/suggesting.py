"""Suggestions to the page of a new report: what its text says, and who is meant."""

from django.db.models import Q
from django.utils.translation import gettext as _

from timeline.editing import Refused
from timeline.editing.addresses import publisher_at, report_at
from timeline.editing.people import Called, called, likely_kind
from timeline.ingest.article import PAGE, read_article
from timeline.models import Actor, ActorKind

NAMES = 12  # offered at once


def suggestions(address: str, text: str) -> dict:
    """What the text, and other reports from the same site, say for the other fields."""
    article = read_article(text)
    address = printable(address) or article.address
    known = report_at(address)
    publisher = publisher_at(address)
    found = {
        "address": address,
        "publisher": publisher.name if publisher else article.publisher,
        "published": article.published.edtf if article.published else "",
        "said": article.said,
    }
    if PAGE.match(text):  # the source of a page: its text is what is to be read
        found["text"] = article.text
    if known:
        found["known"] = str(known)
    return found


def printable(text: str) -> str:
    """The text without characters that no database can be asked for."""
    return "".join(one for one in " ".join(text.split()) if one.isprintable())


def names_like(words: str) -> list[str]:
    """Names on the desk with these letters in them; several alike by web name."""
    words = printable(words)
    if not words:
        return []
    rows = Actor.objects.filter(
        Q(name__icontains=words) | Q(other_names__name__icontains=words)
    ).distinct()
    rows = list(rows.order_by("name", "pk")[:NAMES])
    names = [row.name for row in rows]
    return [
        f"{row.name} ({row.slug})" if names.count(row.name) > 1 else row.name
        for row in rows
    ]


def who_is_meant(words: str, part: str) -> str:
    """A sentence on whom some words mean, before they are saved."""
    words = printable(words)
    if not words:
        return ""
    try:
        person = called(words)
    except Refused as refused:
        return str(refused)
    if person.actor:
        return _("On the desk: %(name)s, %(kind)s.") % {
            "name": person.actor.name,
            "kind": person.actor.get_kind_display(),
        }
    if person.described_as and part == "who":
        return _("Not named: the words are kept as the report uses them.")
    return _("New: will be added (%(kind)s).") % {"kind": kind_of(person, part)}


def kind_of(person: Called, part: str) -> str:
    """What somebody new will be, in words."""
    name = person.name or person.described_as
    kind = ActorKind.OUTLET if part == "publisher" else likely_kind(name)
    return ActorKind(kind).label

"""Corrections as an Atom feed, RFC 4287: one entry an act, for good."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from .sources import web_address

XMLNS = "http://www.w3.org/2005/Atom"
OPENING = '<?xml version="1.0" encoding="utf-8"?>\n'
BEFORE_ANYTHING = "1970-01-01T00:00:00Z"
# Chosen once, and never to change: the id of every entry is reckoned from it.
NAMESPACE = UUID("6a0f2d7e-9c0a-4a39-8d8a-3f4b5b0b6b1c")
# What XML 1.0 has no place for (section 2.2).
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(
    acts: Iterable[Mapping], *, title: str, page: str, itself: str, updated: str | None
) -> str:
    """The whole feed; addresses are absolute."""
    holder = Element("feed", {"xmlns": XMLNS, "xml:lang": settings.LANGUAGE_CODE})
    add(holder, "id", itself)
    add(holder, "title", " – ".join(filter(None, [title, settings.DATELINE_PUBLISHER])))
    add(holder, "updated", updated or BEFORE_ANYTHING)
    holder.append(author())
    rights = settings.DATELINE_LICENCE_NAME, settings.DATELINE_LICENCE_URL
    add(holder, "rights", " ".join(filter(None, rights)))
    link(holder, "self", itself, "application/atom+xml")
    link(holder, "alternate", page, "text/html")
    for act in acts:
        holder.append(entry(act))
    return OPENING + UNPRINTABLE.sub("\ufffd", tostring(holder, encoding="unicode"))


def author() -> Element:
    """Who publishes; a feed has to name somebody."""
    person, contact = Element("author"), settings.DATELINE_CONTACT
    site = settings.SITE_URL
    add(person, "name", settings.DATELINE_PUBLISHER or urlsplit(site).netloc)
    add(person, "uri", web_address(contact) or site)
    add(person, "email", contact if "@" in contact and "://" not in contact else "")
    return person


def entry(act: Mapping) -> Element:
    """One act: what kind it is, on which event, why, and what it changed."""
    holder = Element("entry")
    event = reverse("web:event", args=[act["slug"]])
    add(holder, "id", uuid5(NAMESPACE, f"{act['event_id']}/{act['number']}").urn)
    add(holder, "title", f"{act['kind']}: {act['named']}")
    add(holder, "updated", act["published"]["machine"])
    place = f"{settings.SITE_URL}{event}#revision-{act['number']}"
    link(holder, "alternate", place, "text/html")
    add(holder, "summary", act["note"])
    body = render_to_string("timeline/_feed_entry.html", {"revision": act})
    add(holder, "content", body, type="html")
    return holder


def add(parent: Element, name: str, text: str, **attributes: str) -> None:
    """An element with this text, where there is any."""
    if text:
        SubElement(parent, name, attributes).text = str(text)


def link(parent: Element, rel: str, address: str, kind: str) -> None:
    SubElement(parent, "link", {"rel": rel, "href": address, "type": kind})

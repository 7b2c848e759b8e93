"""What the head of a page says of it to other programs: formats, cards, linked data.

The linked data is the short form of what the feed sends as JSON-LD, under the same
names of nodes; the whole of it is one of the formats that the head leads to.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode, urlsplit

import orjson
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from timeline.drawing import path_to

from .sources import web_address
from .times import for_machines

CONTEXT = "https://schema.org"
FORMATS = {
    "jsonfeed": ("application/feed+json", "JSON Feed"),
    "atom": ("application/atom+xml", "Atom"),
    "ics": ("text/calendar", "iCalendar"),
    "csv": ("text/csv", "CSV"),
    "jsonld": ("application/ld+json", "JSON-LD"),
}
LISTS = "/api/v1/timeline/"
# Beyond these the feed is the place; the data would be longer than the page.
MOST_LISTED = 50
ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def of_page(context: Mapping, canonical: str) -> dict:
    """What templates need for the head of this page."""
    is_for_others = canonical and not context.get("noindex")
    return {
        "corrections_feed": context.get("feed_address") or path_to("corrections_feed"),
        "alternates": alternates(context.get("alternate") or ""),
        "linked_data": linked_data(context, canonical) if is_for_others else "",
    }


def alternates(address: str) -> list[dict]:
    """The same list in the other formats of the feed; none of what is no list."""
    if not urlsplit(address).path.endswith(LISTS):
        return []
    joint = "&" if "?" in address else "?"
    return [
        {
            "type": media_type,
            "title": title,
            "address": f"{address}{joint}{urlencode({'format': name})}",
        }
        for name, (media_type, title) in FORMATS.items()
    ]


def linked_data(context: Mapping, canonical: str) -> SafeString:
    """A data block for the head; no text in it can end the element around it."""
    nodes = [page_node(context, canonical), *main_nodes(context)]
    value = {"@context": CONTEXT, "@graph": nodes}
    text = orjson.dumps(value).decode()
    for sign, escaped in ESCAPES.items():
        text = text.replace(sign, escaped)
    return mark_safe(text)


def page_node(context: Mapping, canonical: str) -> dict:
    """The page itself: whose it is, on what terms, and what it is about."""
    page = {
        "@id": canonical,
        "@type": "CollectionPage" if listed(context) else "WebPage",
        "url": canonical,
        "name": context.get("title") or context["site"]["name"],
        "description": context.get("description"),
        "inLanguage": settings.LANGUAGE_CODE,
        "isAccessibleForFree": True,
        "license": settings.DATELINE_LICENCE_URL or settings.DATELINE_LICENCE_NAME,
        "publisher": publisher(),
        "mainEntity": main_entity(context),
    }
    return said(page)


def publisher() -> dict | None:
    """Who publishes, where they are written to, and by what rules they correct."""
    name, contact = settings.DATELINE_PUBLISHER, settings.DATELINE_CONTACT
    if not name:
        return None
    reached = {"url" if web_address(contact) else "email": contact}
    return said(
        {
            "@type": "Organization",
            "name": name,
            "correctionsPolicy": settings.DATELINE_CORRECTIONS_POLICY,
            "contactPoint": contact and {"@type": "ContactPoint", **reached},
        }
    )


def main_entity(context: Mapping) -> dict | list | None:
    """The event that the page is of, or those that it lists."""
    if entry := context.get("entry"):
        return named("events", entry["id"])
    return [named("events", one["id"]) for one in listed(context)]


def main_nodes(context: Mapping) -> Iterable[dict]:
    """The nodes of the events, and of what was said in the one that a page is of."""
    page, told = events_at(), _("Date: %(date)s.")
    if entry := context.get("entry"):
        statements = entry["statements"][:MOST_LISTED]
        about = [named("statements", row["id"]) for row in statements]
        yield {**event(entry, page, told), "subjectOf": about}
        yield from (claim(row, f"{page}{entry['slug']}/") for row in statements)
    else:
        yield from (event(entry, page, told) for entry in listed(context))


def listed(context: Mapping) -> list[Mapping]:
    """The entries of a page that lists such."""
    items = getattr(context.get("listing"), "items", None) or []
    return [one for one in items[:MOST_LISTED] if isinstance(one, Mapping)]


def events_at() -> str:
    """The address of every event's page, but for its name."""
    return settings.SITE_URL + path_to("event")


def event(entry: Mapping, page: str, told: str) -> dict:
    """An event; its date only where it is a plain one, in words in any case."""
    date = entry["date"]
    machine = date["machine"] if "machine" in date else for_machines(date["edtf"])
    node = {
        **named("events", entry["id"]),
        "@type": "Event",
        "url": f"{page}{entry['slug']}/",
        "name": entry["title"],
        "description": told % {"date": date["display"]},
    }
    if machine:
        node["startDate"] = machine
    if entry["place"]:
        node["location"] = {"@type": "Place", "name": entry["place"]}
    return node


def claim(row: Mapping, page: str) -> dict:
    """A statement: what was said, who said it to whom in words, what it is worth."""
    return said(
        {
            **named("statements", row["id"]),
            "@type": "Claim",
            "url": f"{page}#{row['slug']}",
            "text": row["text"],
            "inLanguage": row["language"],
            "creditText": row["attribution"],
            "creativeWorkStatus": row.get("code"),
        }
    )


def named(noun: str, identifier: str) -> dict:
    """A node by the name that the feed gives it."""
    return {"@id": f"{settings.SITE_URL}/api/v1/{noun}/{identifier}/"}


def said(fields: Mapping) -> dict:
    """The fields that say something."""
    return {key: value for key, value in fields.items() if value not in (None, "", [])}

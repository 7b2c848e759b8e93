"""Atom, RFC 4287: one entry an event, under an id that outlives its address."""

from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from . import markup, sentences
from .base import About, permanent, printable
from .newest import newest_first

NAMESPACE = "http://www.w3.org/2005/Atom"
OPENING = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    f'<feed xmlns="{NAMESPACE}" xml:lang="en">\n'
)
BEFORE_ANYTHING = "1970-01-01T00:00:00Z"


def write(entries: Iterable[dict], about: About) -> Iterator[str]:
    """The feed, an element at a time."""
    yield OPENING
    yield from map(as_text, heading(about))
    for item in newest_first(entries, about.gone):
        yield as_text(entry(item) if "revision" in item else gone(item, about))
    yield "</feed>\n"


def as_text(element: Element) -> str:
    """The XML of an element, without a character that XML cannot hold."""
    return f"{printable(tostring(element, encoding='unicode'))}\n"


def heading(about: About) -> Iterator[Element]:
    """What is said of the feed itself."""
    holder = Element("feed")
    add(holder, "id", feed_id(about.self_url))
    add(holder, "title", about.title)
    add(holder, "subtitle", sentences.described(about))
    add(holder, "updated", about.updated or BEFORE_ANYTHING)
    holder.append(author(about))
    add(holder, "rights", sentences.rights(about))
    links = {
        "self": (about.self_url, "application/atom+xml"),
        "alternate": (about.html_url, "text/html"),
        "next": (about.next_url, "application/atom+xml"),
        "previous": (about.previous_url, "application/atom+xml"),
        "license": (about.licence_url, ""),
    }
    for rel, (address, kind) in links.items():
        link(holder, rel, address, kind)
    return iter(holder)


def feed_id(address: str) -> str:
    """The address of the first page: all pages are of one feed."""
    scheme, host, path, query, _ = urlsplit(address)
    kept = [pair for pair in parse_qsl(query) if pair[0] != "cursor"]
    return urlunsplit((scheme, host, path, urlencode(kept), ""))


def author(about: About) -> Element:
    """Who publishes; a feed has to name somebody."""
    person = Element("author")
    add(person, "name", about.publisher or urlsplit(about.site).netloc or about.site)
    is_web = "://" in about.contact
    is_mail = "@" in about.contact and not is_web
    add(person, "uri", about.contact if is_web else about.site)
    add(person, "email", about.contact if is_mail else "")
    return person


def entry(event: dict) -> Element:
    """An event as it stands."""
    holder = Element("entry")
    add(holder, "id", permanent(event["id"]).urn)
    add(holder, "title", sentences.headed(event))
    add(holder, "updated", event["revision"]["published_at"])
    link(holder, "alternate", event["html_url"], "text/html")
    link(holder, "alternate", event["url"], "application/json")
    for story in event["stories"]:
        category(holder, story["slug"], story["title"])
    for topic in event["topics"]:
        category(holder, topic["slug"], topic["name"])
    add(holder, "summary", event["summary"])
    add(holder, "content", markup.of_event(event), type="html")
    return holder


def gone(event: dict, about: About) -> Element:
    """An event that was taken away: the entry that readers have, and what became of it.

    RFC 6721 has a tombstone for this, which readers do not show.
    """
    holder = Element("entry")
    add(holder, "id", permanent(event["id"]).urn)
    add(holder, "title", sentences.gone_title(event))
    add(holder, "updated", event["published_at"])
    link(holder, "alternate", event["html_url"], "text/html")
    add(holder, "content", markup.of_gone(event, site=about.site), type="html")
    return holder


def category(parent: Element, slug: str, name: str) -> None:
    SubElement(parent, "category", {"term": slug, "label": name})


def link(parent: Element, rel: str, address: str | None, kind: str) -> None:
    if address:
        typed = {"type": kind} if kind else {}
        SubElement(parent, "link", {"rel": rel, "href": address, **typed})


def add(parent: Element, name: str, text: str, **attributes: str) -> None:
    """An element with this text, where there is any or one has to be there."""
    if text or name in ("title", "content"):
        SubElement(parent, name, attributes).text = text

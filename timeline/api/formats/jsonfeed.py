"""JSON Feed, version 1.1: one item an event, under an id that outlives its address."""

from collections.abc import Iterable, Iterator

from . import markup, sentences
from .base import About, json_text, permanent, without_nothing
from .newest import newest_first

VERSION = "https://jsonfeed.org/version/1.1"
LANGUAGE = "en"


def write(entries: Iterable[dict], about: About) -> Iterator[str]:
    """The feed: its heading, then item by item."""
    yield f'{json_text(heading(about))[:-1]},"items":['
    comma = ""
    for event in newest_first(entries, about.gone):
        told = item(event) if "revision" in event else gone(event, about)
        yield f"{comma}{json_text(told)}"
        comma = ","
    yield "]}"


def heading(about: About) -> dict:
    """What is said of the feed itself, its items aside."""
    contact = about.contact if "://" in about.contact else f"mailto:{about.contact}"
    author = {"name": about.publisher, "url": contact if about.contact else ""}
    return without_nothing(
        {
            "version": VERSION,
            "title": about.title,
            "description": sentences.described(about),
            "home_page_url": about.html_url,
            "feed_url": about.self_url,
            "next_url": about.next_url,
            "language": LANGUAGE,
            "authors": [without_nothing(author)] if any(author.values()) else [],
            "_dateline": without_nothing(
                {
                    "about": f"{about.site}/api/v1/docs/",
                    "publisher": about.publisher,
                    "contact": about.contact,
                    "licence": about.licence_name,
                    "licence_url": about.licence_url,
                    "previous_url": about.previous_url,
                    "as_of": about.as_of,
                    "known_at": about.known_at,
                }
            ),
        }
    )


def item(event: dict) -> dict:
    """An event as it stands."""
    names = [story["title"] for story in event["stories"]]
    names += [topic["name"] for topic in event["topics"]]
    revision, date = event["revision"], event["date"]
    told = {
        "id": permanent(event["id"]).urn,
        "url": event["html_url"],
        "title": sentences.headed(event),
        "summary": event["summary"],
        "content_html": markup.of_event(event),
        "date_modified": revision["published_at"],
        "tags": names,
    }
    own = {
        "id": event["id"],
        "slug": event["slug"],
        "url": event["url"],
        "edtf": date["edtf"],
        "date": date["display"],
        "status": event["status"],
        "importance": event["importance"],
        "kind": revision["kind"],
        "note": revision["note"],
        "revision": revision["number"],
    }
    return {**without_nothing(told), "_dateline": own}


def gone(event: dict, about: About) -> dict:
    """An event that was taken away, as the item that readers have of it."""
    return {
        "id": permanent(event["id"]).urn,
        "url": event["html_url"],
        "title": sentences.gone_title(event),
        "content_html": markup.of_gone(event, site=about.site),
        "date_modified": event["published_at"],
        "_dateline": {
            "id": event["id"],
            "slug": event["slug"],
            "kind": event["kind"],
            "note": event["note"],
            "successor": event["successor"],
        },
    }

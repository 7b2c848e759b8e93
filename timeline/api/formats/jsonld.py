"""JSON-LD in the words of schema.org: events, claims, quotations and their reports.

Nodes are named by addresses of this feed that hold an id, not a slug, and so last. An
event has a `startDate` and an `endDate` only as exact as its date is known; the whole
date is in its `description` in words, and in `dcterms:date` as EDTF.
"""

from collections.abc import Iterable, Iterator

from timeline.dates import UncertainDate

from . import sentences
from .base import EVENTS, About, json_text, without_nothing
from .claims import claim
from .days import ends, is_doubtful, iso, shared, whole_day
from .graph import Graph

CONTEXT = ["https://schema.org", {"dcterms": "http://purl.org/dc/terms/"}]
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
STATUS = {
    "planned": "https://schema.org/EventScheduled",
    "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed",
}


def write(items: Iterable[dict], about: About) -> Iterator[str]:
    """The graph: the list itself, what is on it, and what that names, each once."""
    graph = Graph(about.site)
    listed = [
        event(item, graph)
        if about.kind == EVENTS
        else claim(item, item["event"], graph)
        for item in items
    ]
    nodes = [feed(about, listed), *graph.nodes()]
    yield json_text({"@context": CONTEXT, "@graph": nodes})


def feed(about: About, listed: list[dict]) -> dict:
    """The list: whose it is, on what terms, and what is on it in its order."""
    return without_nothing(
        {
            "@id": about.self_url,
            "@type": "DataFeed",
            "name": about.title,
            "description": sentences.described(about),
            "url": about.html_url,
            "inLanguage": "en",
            "isAccessibleForFree": True,
            "dateModified": about.updated,
            "license": about.licence_url or about.licence_name,
            "publisher": publisher(about),
            "dataFeedElement": listed,
        }
    )


def publisher(about: About) -> dict | None:
    """Who publishes, and how to reach them."""
    if not about.publisher and not about.contact:
        return None
    is_web = "://" in about.contact
    reached = {"url" if is_web else "email": about.contact}
    return without_nothing(
        {
            "@type": "Organization",
            "name": about.publisher,
            "contactPoint": {"@type": "ContactPoint", **reached}
            if about.contact
            else None,
        }
    )


def event(entry: dict, graph: Graph) -> dict:
    """Holds an event's node and those of its statements; answers with its name."""
    date = entry["date"]
    start, end = start_and_end(date)
    place = entry["place"]
    name = graph.put(
        {
            **graph.reference("event", entry["id"]),
            "@type": "Event",
            "identifier": entry["id"],
            "url": entry["html_url"],
            "name": entry["title"],
            "description": described(entry),
            "startDate": start,
            "endDate": end,
            "eventStatus": status(entry),
            "location": place and {"@type": "Place", "name": place},
            "about": list(map(graph.actor, entry["actors"])),
            "keywords": [topic["name"] for topic in entry["topics"]],
            "superEvent": whole(entry, graph),
            "dcterms:date": {"@type": EDTF, "@value": date["edtf"]},
            "dcterms:modified": entry["revision"]["published_at"],
        }
    )
    told = [claim(statement, entry, graph) for statement in entry["statements"]]
    if told:
        graph.held[name["@id"]]["subjectOf"] = told
    return name


def start_and_end(date: dict) -> tuple[str | None, str | None]:
    """When it began and ended, of each as much as is known for certain."""
    span = ends(date["edtf"])
    if span is None:
        return whole_day(date), None
    return certain(span[0]), certain(span[1])


def certain(when: UncertainDate | None) -> str | None:
    """The date in ISO 8601, where it is neither open nor in doubt."""
    return None if when is None or is_doubtful(when) else iso(shared(when))


def described(entry: dict) -> str:
    """The date in words, then the summary: an uncertain date has no other place."""
    date = sentences.dated(entry["date"])
    return " ".join(filter(None, [f"Date: {date}.", entry["summary"]]))


def status(entry: dict) -> dict | None:
    """The status of what is planned or did not happen; there is none for the rest."""
    found = STATUS.get(entry["status"])
    return found and {"@id": found}


def whole(entry: dict, graph: Graph) -> list[dict]:
    """The events that this one is a part of."""
    return [
        graph.reference("event", event["id"])
        for event in entry["related"]
        if event["kind"] == "part_of"
    ]

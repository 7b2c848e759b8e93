"""What the tests of the feed publish, and how they read it."""

import json

from django.test import Client

from tests.factories import (
    CitationFactory,
    SourceFactory,
    StatementFactory,
    ready_event,
)
from timeline.editing import saving
from timeline.publishing.write import publish, withdraw

API = "/api/v1/"
SITE = "https://timeline.example"


def told(slug, date="2026-03-03", **fields):
    """A published event."""
    event = ready_event(slug=slug, date=date, **fields)
    put(event)
    return event


def put(event, **options):
    """Publishes an event as it is on the desk now."""
    event.refresh_from_db()
    return publish(event, by=None, version=event.version, **options)


def edited(event, *, kind="update", note="Something changed.", **changes):
    """Saves the event with these changes, and publishes it."""
    event.refresh_from_db()
    with saving(event, version=event.version):
        for name, value in changes.items():
            setattr(event, name, value)
        event.save()
    return put(event, kind=kind, note=note)


def taken_away(event, **options):
    event.refresh_from_db()
    return withdraw(
        event, by=None, version=event.version, note="It was wrong.", **options
    )


def said(event, *, speaker, source):
    """A statement of an event, not yet published."""
    statement = StatementFactory(event=event, speaker=speaker)
    CitationFactory(statement=statement, source=source)
    return statement


def a_source(slug, **fields):
    return SourceFactory(slug=slug, **fields)


def path_of(url):
    """The path and query of an address of this site."""
    assert url.startswith(f"{SITE}{API}")
    return url.removeprefix(SITE)


def get(path="", **parameters):
    """The answer to an anonymous reader."""
    where = path if path.startswith("/") else f"{API}{path}"
    return Client(headers={"host": "timeline.example"}).get(
        where, parameters or None, secure=True
    )


def ask(path="", *, method="get", client=None, **headers):
    """The answer to a request with these headers, hyphens written as underlines."""
    client = client or Client()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return getattr(client, method)(
        f"{API}{path}", headers={"host": "timeline.example", **named}, secure=True
    )


def body(path="", **parameters):
    """What is answered, which must be an answer."""
    response = get(path, **parameters)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def slugs(path="timeline/", **parameters):
    """The slugs on the first page of a list."""
    return [entry["slug"] for entry in body(path, **parameters)["results"]]


def walk(path="timeline/", *, along="next", between=lambda: None, **parameters):
    """The pages from an address on, each as its slugs; `between` happens in between."""
    page, pages = body(path, **parameters), []
    while True:
        pages.append([entry["slug"] for entry in page["results"]])
        if page[along] is None:
            return pages
        between()
        page = body(path_of(page[along]))


def faults(path="timeline/", **parameters):
    """The errors of a request that is refused, as (parameter, sentence)."""
    response = get(path, **parameters)
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    return [
        (row["param"], row["message"]) for row in json.loads(response.content)["errors"]
    ]

"""Requests made from the OpenAPI document, right and wrong ones, get what it says.

Schemathesis, with all its checks, asks every address of the feed over a filled record.
`SCHEMATHESIS_EXAMPLES` is how many requests of its own making each address gets, beside
those that go through its parameters one by one, and `SCHEMATHESIS_LEAST` how many there
have to be in all; `scripts/schemathesis` asks for ten thousand.
"""

import logging
import os
import threading
from contextlib import closing

import pytest
import schemathesis
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from hypothesis import strategies
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from .telling import API, body

application = get_wsgi_application()  # `config.wsgi` would ask the database at once

# Each request is a thread with a connection of its own, which PostgreSQL takes long to
# make; what the document says is the same on both.
pytestmark = pytest.mark.sqlite
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "5"))
SETTINGS = {
    "seed": 1,
    "checks": {"enabled": True},
    "generation": {"deterministic": True, "max-examples": EXAMPLES},
}
# Fewer would mean that something kept them from being made.
LEAST = int(os.environ.get("SCHEMATHESIS_LEAST", "200"))

# JSON Schema has no words for these, so right requests take theirs from here. What is
# wrong with a value is made up all the same: anything else is refused.
DATES = (
    *("2026", "2026-03", "2026-03-03", "2026-02/2026-03", "198X", "-0043", "2024-21"),
    *("2026-03~", "2026-03-03?", "[2026-02-26..2026-02-28]", "{2025,2026}"),
)
WORDS = {
    **dict.fromkeys(("known_at", "from", "said_from"), DATES),
    # No range may end before it begins.
    **dict.fromkeys(("until", "said_until"), ("2026-12", "2027", "9999-12-31", "202X")),
    "as_of": ("2026-03-03", "2026-03-03T12:00:00Z", "2999-12-31T23:59:59+01:00"),
}
SEARCHES = ("nato", "Nato OpenAI", '"classified networks"', "Ömer", "2026", "a" * 200)
schemathesis.openapi.format("search", strategies.sampled_from(SEARCHES))
LISTS = {
    "story": "stories",
    "topic": "topics",
    "actor": "actors",
    "speaker": "actors",
    "publisher": "actors",
    "source": "sources",
    "event": "events",
}


@pytest.fixture
def document(transactional_db, settings):
    """The served document, with what this record names."""
    logging.disable(logging.CRITICAL)
    settings.ALLOWED_HOSTS = ["localhost", "timeline.example"]
    call_command("loaddata", "openai_nato", verbosity=0)
    document = body("schema/")
    names = {noun: slugs_of(noun) for noun in set(LISTS.values())}
    for item in document["paths"].values():
        for parameter in item["get"].get("parameters", []):
            narrow(parameter, names)
    yield document
    logging.disable(logging.NOTSET)


def slugs_of(noun):
    """Slugs that the record names; one list may have none."""
    return [row["slug"] for row in body(f"{noun}/?page_size=20")["results"]]


def narrow(parameter, names):
    """Says of a parameter what it can be given here."""
    name, schema = parameter["name"], parameter["schema"]
    if name in WORDS:
        schema["enum"] = list(WORDS[name])
    elif name == "q":
        schema["format"] = "search"
    elif name in LISTS and parameter["in"] == "query":
        schema["items"]["enum"] = names[LISTS[name]]
    elif name == "since":
        schema["enum"] = [cursor_in(body("changes/?page_size=1"), "since")]
    schema.pop("examples", None)


def cursor_in(page, name):
    """The cursor of the address under `next`."""
    return page["next"].partition(f"{name}=")[2].partition("&")[0]


def answering(environ, start_response):
    """The site, in threads that do not keep their connections."""
    try:
        with closing(application(environ, start_response)) as answer:
            return [b"".join(answer)]
    finally:
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()


def failures(document):
    """The number of requests made, and what is wrong with the answers."""
    config = SchemathesisConfig.from_dict(SETTINGS)
    schema = schemathesis.openapi.from_dict(document, config=config)
    schema.app = answering
    asked, found = 0, []
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            found.append(str(event))
        if isinstance(event, events.ScenarioFinished):
            asked += len(event.recorder.interactions)
            found += failed(event.recorder)
    return asked, found


def failed(recorder):
    """What each failed check says, with the request as a command."""
    for case, checks in recorder.checks.items():
        for check in checks:
            if check.status is not Status.SUCCESS:
                command = recorder.cases[case].value.as_curl_command()
                yield f"{check.name}: {check.failure_info.failure.message}\n{command}"


@pytest.mark.slow
def test_every_request_gets_what_the_document_says(document):
    for item in document["paths"].values():
        # It goes with the parameters it was given out for, which a schema cannot say.
        without(item["get"], "cursor")

    asked, found = failures(document)

    assert found == []
    assert asked >= LEAST


@pytest.mark.slow
def test_every_cursor_gets_what_the_document_says(document):
    lists = {
        path: item["get"]
        for path, item in document["paths"].items()
        if "cursor" in {one["name"] for one in item["get"].get("parameters", [])}
    }
    document["paths"] = {}
    for path, operation in lists.items():
        page = body(f"{path.removeprefix(API)}?page_size=1")
        if page["next"]:
            only(operation, "cursor", "page_size")
            (cursor,) = (
                one for one in operation["parameters"] if one["name"] == "cursor"
            )
            cursor["schema"]["enum"] = [cursor_in(page, "cursor")]
            document["paths"][path] = {"get": operation}

    asked, found = failures(document)

    assert found == []
    assert asked > len(document["paths"]) > 5


def without(operation, name):
    kept = [one for one in operation.get("parameters", []) if one["name"] != name]
    operation["parameters"] = kept


def only(operation, *names):
    kept = [one for one in operation["parameters"] if one["name"] in names]
    operation["parameters"] = kept

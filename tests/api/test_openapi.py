"""The OpenAPI document is sound, and the feed sends what it says and nothing else."""

import json
from io import StringIO

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.factories import (
    ActorFactory,
    ActorIdentifierFactory,
    ActorNameFactory,
    AffiliationFactory,
    CitationFactory,
    EventTopicFactory,
    ParticipationFactory,
    RelatedEventFactory,
    SourceBylineFactory,
    SourceFactory,
    SourceLinkFactory,
    StatementFactory,
    StatementLinkFactory,
    ready_event,
)
from timeline import models
from timeline.api import schemas
from timeline.api.formats import FORMATS
from timeline.editing.merging import merge_things
from timeline.models.record import RevisionKind
from timeline.provenance import STANDINGS

from .telling import API, ask, body, edited, get, path_of, put, taken_away, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return body("schema/")


def closed(value):
    """The same schema, refusing what it does not name."""
    if isinstance(value, list):
        return [closed(item) for item in value]
    if not isinstance(value, dict):
        return value
    value = {key: closed(item) for key, item in value.items()}
    if isinstance(value.get("properties"), dict):
        value["additionalProperties"] = False
    return value


def problems(document, schema, value):
    """Where a value is not what a schema of the document says."""
    root = Resource(contents=closed(document), specification=DRAFT202012)
    registry = Registry().with_resource("urn:feed", root)
    schema = json.loads(
        json.dumps(closed(schema)).replace('"#/components', '"urn:feed#/components')
    )
    found = Draft202012Validator(schema, registry=registry).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]


def answer_schema(document, path, status=200):
    answers = document["paths"][path]["get"]["responses"][str(status)]
    media = "application/json" if status == 200 else "application/problem+json"
    schema = answers["content"][media]["schema"]
    # Of the formats of one media type, the first is JSON.
    return schema.get("anyOf", [schema])[0]


def rich_record():
    """Everything that an entry can hold, at least once."""
    person, agency = ActorFactory(slug="person", kind="person"), ActorFactory()
    ActorNameFactory(actor=person), ActorIdentifierFactory(actor=person)
    AffiliationFactory(actor=person, since="2020", until="2025~")
    wire = SourceFactory(
        slug="wire", reporting="own", original_url="https://example.org/wire"
    )
    paper = SourceFactory(slug="paper", title="", label="a report", published="")
    copied = SourceFactory(slug="copied", updated="2026-04", production_words="By AI")
    SourceLinkFactory(source=copied, target=wire)
    SourceBylineFactory(source=wire, actor=person, place="Berlin")
    again = SourceFactory(slug="the-same-wire")
    told("told-before", source=again)
    merge_things(again, into=wire, version=1, into_version=1, by=None)
    event = ready_event(
        slug="what-happened",
        source=wire,
        date="[2026-02-26..2026-02-28]",
        date_words="late last week",
        date_anchor=wire,
        date_rule="late-week",
        place="Brussels",
    )
    EventTopicFactory(event=event)
    ParticipationFactory(event=event, actor=person, role="host")
    event.statements.update(
        speaker=person,
        on_behalf_of=agency,
        relayed_by=agency,
        told_to=agency,
        quote="It is so",
        said="2026-03-02?",
        said_words="on Monday",
    )
    event.statements.get().citations.update(
        via=paper, read_in=copied, exact="It is so", prefix="He said: "
    )
    unnamed = StatementFactory(event=event, unnamed=True, said_in_words="a meeting")
    CitationFactory(statement=unnamed, source=paper)
    written = StatementFactory(event=event, said_in_source=paper)
    CitationFactory(statement=written, source=wire)
    put(event)
    answer = ready_event(slug="the-answer", date="..")
    StatementLinkFactory(statement=answer.statements.get(), target=unnamed)
    RelatedEventFactory(event=answer, target=event, kind="responds_to")
    put(answer)
    taken_away(told("gone", date="-0043-03-15"), successor=event)
    edited(event, title="Another title", note="It was misspelt.")
    return event


# What middleware adds to all answers, and what is about scripts of other sites.
OF_EVERY_SITE = {
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Allow",
    "Content-Length",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
}
PATHS = {
    "": API,
    "timeline/": f"{API}timeline/",
    "timeline/?page_size=1": f"{API}timeline/",
    "timeline/?order=date&match=must&from=2026": f"{API}timeline/",
    "timeline/?known_at=2026-12-31": f"{API}timeline/",
    "events/": f"{API}events/",
    "statements/": f"{API}statements/",
    "statements/?page_size=1&known_at=2026-12-31": f"{API}statements/",
    "events/what-happened/": f"{API}events/{{name}}/",
    "events/the-answer/": f"{API}events/{{name}}/",
    "events/what-happened/revisions/": f"{API}events/{{name}}/revisions/",
    "events/gone/revisions/": f"{API}events/{{name}}/revisions/",
    "events/what-happened/revisions/1/": f"{API}events/{{name}}/revisions/{{number}}/",
    "events/what-happened/revisions/2/": f"{API}events/{{name}}/revisions/{{number}}/",
    "events/gone/revisions/1/": f"{API}events/{{name}}/revisions/{{number}}/",
    "events/gone/revisions/2/": f"{API}events/{{name}}/revisions/{{number}}/",
    "actors/": f"{API}actors/",
    "actors/person/": f"{API}actors/{{name}}/",
    "sources/": f"{API}sources/",
    "sources/?page_size=1": f"{API}sources/",
    "sources/wire/": f"{API}sources/{{name}}/",
    "stories/": f"{API}stories/",
    "topics/": f"{API}topics/",
    "changes/": f"{API}changes/",
    "changes/?page_size=1": f"{API}changes/",
    "record/": f"{API}record/",
}


@pytest.mark.parametrize("path", PATHS)
def test_what_is_sent_is_what_is_described(path, document):
    rich_record()
    schema = answer_schema(document, PATHS[path])

    assert problems(document, schema, body(path)) == []


@pytest.mark.parametrize("noun", ["stories", "topics", "statements"])
def test_details_found_in_lists_are_what_is_described(noun, document):
    rich_record()
    entries = body("timeline/")["results"]
    schema = answer_schema(document, f"{API}{noun}/{{name}}/")

    things = [thing for entry in entries for thing in entry[noun]]

    assert things
    for thing in things:
        assert problems(document, schema, body(path_of(thing["url"]))) == []


@pytest.mark.parametrize(
    ("path", "described", "status"),
    [
        ("timeline/?page_size=0&x=1", f"{API}timeline/", 400),
        ("events/absent/", f"{API}events/{{name}}/", 404),
        ("events/gone/", f"{API}events/{{name}}/", 410),
        ("changes/?since=1-0123456789abcdef", f"{API}changes/", 410),
    ],
)
def test_problems_are_what_is_described(path, described, status, document):
    rich_record()
    schema = answer_schema(document, described, status)

    answer = get(path)

    assert answer.status_code == status
    assert problems(document, schema, json.loads(answer.content)) == []


def test_an_empty_record_is_what_is_described(document):
    for path in ("", "timeline/", "stories/", "changes/", "record/"):
        schema = answer_schema(document, f"{API}{path}")
        assert problems(document, schema, body(path)) == []


def test_a_report_that_another_was_merged_into_says_its_old_name():
    rich_record()

    assert body("sources/wire/")["former_slugs"] == ["the-same-wire"]


def test_a_member_that_is_not_described_is_noticed(document):
    rich_record()
    page = body("timeline/")
    schema = answer_schema(document, f"{API}timeline/")

    page["results"][0]["statements"][0]["citations"][0]["notes"] = "of the desk"

    assert "'notes' was unexpected" in problems(document, schema, page)[0]


def test_every_address_in_an_entry_leads_somewhere():
    rich_record()

    def addresses(value):
        if isinstance(value, list):
            return {url for item in value for url in addresses(item)}
        if not isinstance(value, dict):
            return set()
        own = {value["url"]} if "html_url" in value else set()
        return own.union(*(addresses(item) for item in value.values()))

    found = addresses([body(path) for path in ("timeline/", "sources/wire/")])
    found |= addresses(body("events/what-happened/revisions/"))

    assert len(found) > 20
    led = {url: get(path_of(url)).status_code for url in found}
    assert {url for url, status in led.items() if status not in (200, 308)} == set()


def test_the_document_is_valid_and_says_all_without_a_warning():
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=StringIO())


def test_the_document_is_of_version_3_1_and_of_this_site(document):
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "https://timeline.example"}]
    assert document["info"]["contact"]["email"] == "desk@timeline.example"
    assert document["info"]["license"]["name"] == "CC BY 4.0"


def test_every_address_of_the_feed_is_described(document):
    patterns = get_resolver("timeline.api.urls").url_patterns
    views = {pattern.callback.cls.__name__ for pattern in patterns}

    assert len(document["paths"]) == len(views - {"Nothing", "Docs"})


def test_others_find_the_document_valid_too(document):
    OpenAPIV31SpecValidator(document).validate()


def test_every_header_that_is_sent_is_described(document):
    rich_record()

    for path, described in PATHS.items():
        answers = document["paths"][described]["get"]["responses"]
        answer = get(path)
        unchanged = ask(path, if_none_match=answer["ETag"])
        for status, sent in (("200", answer), ("304", unchanged)):
            names = set(answers[status]["headers"])
            assert set(sent.headers) - names - OF_EVERY_SITE <= {"Content-Type"}, path
            assert names - set(sent.headers) <= {"Link", "Dateline-Left-Out"}, path


def test_every_problem_is_described_where_it_can_be_met(document):
    for item in document["paths"].values():
        answers = item["get"]["responses"]
        assert {"200", "304", "400", "406", "412", "503"} <= set(answers)
        assert "Retry-After" in answers["503"]["headers"]


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("timeline/", {one.media_type for one in FORMATS.values()}),
        ("events/", {one.media_type for one in FORMATS.values()}),
        ("statements/", {"application/json", "text/csv", "application/ld+json"}),
    ],
)
def test_every_format_of_a_list_is_described(path, kinds, document):
    answers = document["paths"][f"{API}{path}"]["get"]["responses"]

    assert set(answers["200"]["content"]) == kinds


def test_every_parameter_says_what_it_is_and_shows_one(document):
    for path, item in document["paths"].items():
        for parameter in item["get"].get("parameters", []):
            assert parameter["description"], (path, parameter["name"])
            if parameter["in"] == "query":
                schema = parameter["schema"]
                for example in schema["examples"]:
                    validator_for(schema)(schema).validate(example)


def test_every_shape_that_is_named_is_there_and_sound(document):
    named = set(json.dumps(document).split('"#/components/schemas/')[1:])

    for name in {text.partition('"')[0] for text in named}:
        Draft202012Validator.check_schema(document["components"]["schemas"][name])


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
        ("application/yaml", "application/yaml"),
    ],
)
def test_the_document_is_json_and_yaml_where_that_is_asked_for(accept, kind, document):
    client = Client(headers={"host": "timeline.example", "accept": accept})

    answer = client.get(f"{API}schema/", secure=True)

    assert answer["Content-Type"].startswith(kind)
    assert yaml.safe_load(answer.content) == document


def test_an_error_is_json_where_yaml_was_asked_for():
    client = Client(headers={"host": "timeline.example", "accept": "application/yaml"})

    answer = client.get(f"{API}schema/?x=1", secure=True)

    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == 400


CHOICES = {
    "actor_kind": models.ActorKind,
    "identifier_scheme": models.IdentifierScheme,
    "source_kind": models.SourceKind,
    "production": models.Production,
    "reporting": models.Reporting,
    "source_status": models.SourceStatus,
    "byline_role": models.BylineRole,
    "source_link_kind": models.SourceLinkKind,
    "event_status": models.EventStatus,
    "importance": models.Importance,
    "participant_role": models.ParticipantRole,
    "related_kind": models.RelatedKind,
    "statement_kind": models.StatementKind,
    "mode": models.Mode,
    "described_number": models.DescribedNumber,
    "statement_link_kind": models.StatementLinkKind,
    "credit": models.Credit,
    "passage_state": models.PassageState,
    "revision_kind": RevisionKind,
}


def test_the_closed_lists_are_those_of_the_desk():
    lists = {name: words.split() for name, words in schemas.LISTS.items()}
    standing = lists.pop("standing")

    assert lists == {name: choices.values for name, choices in CHOICES.items()}
    assert set(standing) == set(STANDINGS)

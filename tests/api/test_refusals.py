"""What the feed refuses, what it says then, and what it never gives away."""

import json

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.factories import StoryFactory, ready_event

from .telling import API, SITE, body, edited, faults, get, slugs, taken_away, told

pytestmark = pytest.mark.django_db

PATHS = [
    "",
    "timeline/",
    "events/",
    "actors/",
    "sources/",
    "stories/",
    "topics/",
    "changes/",
    "record/",
    "schema/",
    "events/what-happened/",
    "events/what-happened/revisions/",
    "events/what-happened/revisions/1/",
]
NOUNS = ["events", "actors", "sources", "stories", "topics", "statements"]


def problem(path="", status=404, **parameters):
    answer = get(path, **parameters)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told_so = json.loads(answer.content)
    assert told_so["type"].startswith(f"{SITE}{API}docs/#problem-")
    assert told_so["status"] == status
    assert told_so["title"] and told_so["detail"].endswith((".", "/"))
    return told_so


@pytest.mark.parametrize("path", PATHS)
def test_an_unknown_parameter_is_refused_everywhere(path):
    told("what-happened")

    assert faults(path, colour="red") == [
        ("colour", f"“colour” is no parameter here; see {SITE}{API}schema/.")
    ]
    assert faults(path, format="xml")[0][0] == "format"


@pytest.mark.parametrize("path", PATHS)
def test_parameters_that_others_add_to_follow_readers_are_ignored(path):
    told("what-happened")

    answer = get(path, utm_source="x" * 500, fbclid="1", gclid="\0", mc_eid="")

    assert answer.status_code == 200
    assert answer.content == get(path).content


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("page_size", "0", "whole number from 1 to 200"),
        ("page_size", "-1", "whole number"),
        ("page_size", "201", "whole number"),
        ("page_size", "9" * 30, "whole number"),
        ("page_size", "5\0", "whole number"),
        ("page_size", "٥", "whole number"),
        ("page_size", "1e2", "whole number"),
        ("page_size", " 5", "whole number"),
        ("page_size", "", "without a value"),
        ("page_size", ["1", "2"], "once"),
        ("order", "title", "one of -date, date, -published"),
        ("order", ["date", "date"], "once"),
        ("match", "perhaps", "one of may, must"),
        ("from", "yesterday", "“from”: "),
        ("from", "2023-02-29", "not in the calendar"),
        ("from", "..", "no earliest bound"),
        ("from", "../2024", "no earliest bound"),
        ("until", "2024/..", "no latest bound"),
        ("until", "2024-13", "“until”: "),
        ("until", "20" * 40, "at most 60 characters"),
        ("from", "2024\0", "“from”: "),
        ("from", "\ud800", "“from”: "),
        ("story", "", "without a value"),
        ("story", "a" * 201, "at most 200 characters"),
        ("story", ["a"] * 21, "at most 20 times"),
        ("story", "a\0b", "no story with this name was ever published"),
        ("story", "\ud800", "no story with this name was ever published"),
        ("story", "' OR 1=1 --", "no story with this name was ever published"),
        ("source", str(2**70), "no source with this name was ever published"),
        ("cursor", "x" * 401, "at most 400 characters"),
        ("cursor", ["a", "b"], "once"),
    ],
)
def test_a_malformed_parameter_is_named_in_a_sentence(name, value, words):
    query = {name: encoded(value)}

    ((param, sentence),) = faults("timeline/", **query)

    assert param == name
    assert name in sentence
    assert words in sentence


def encoded(value):
    """A value as it goes into a query: lone surrogates as the bytes they would be."""
    if isinstance(value, list):
        return value
    return value.encode("utf-8", "surrogatepass")


def test_all_that_is_wrong_is_said_at_once():
    names = [
        name
        for name, _ in faults(
            page_size="0", order="up", story=["no", "nor"], colour="red", match="x"
        )
    ]

    assert names == ["page_size", "order", "story", "story", "colour", "match"]


def test_a_range_that_ends_before_it_begins_is_refused():
    found = faults(**{"from": "2026", "until": "2025"})

    assert found == [("from", "“from” begins after “until” has ended.")]
    assert slugs(**{"from": "2026", "until": "2026"}) == []


def test_a_name_that_is_a_draft_is_refused_like_one_of_nobody():
    told("what-happened")
    draft = ready_event(slug="a-draft", story=StoryFactory(slug="hidden-story"))
    statement = draft.statements.get()
    names = {
        "story": "hidden-story",
        "actor": statement.speaker.slug,
        "speaker": statement.speaker.public_id,
        "source": statement.citations.get().source.slug,
    }

    for parameter, name in names.items():
        hidden = get("timeline/", **{parameter: name})
        absent = get("timeline/", **{parameter: "nobody-has-this-name"})

        assert hidden.status_code == 400
        assert (hidden.content, hidden.headers) == (absent.content, absent.headers)


def test_a_name_of_another_noun_is_refused():
    told("what-happened")

    assert faults(story="what-happened")[0][0] == "story"


def test_the_sentence_says_where_names_are_to_be_found_and_which_value_it_was():
    told("what-happened", story=StoryFactory(slug="here"))

    assert faults(story=["here", "nobody"]) == [
        (
            "story",
            "“story” (value 2 of 2): no story with this name was ever published;"
            f" see {SITE}{API}stories/.",
        )
    ]


@pytest.mark.parametrize("noun", NOUNS)
def test_hidden_and_absent_are_the_same_bytes(noun):
    told("what-happened")
    draft = ready_event(slug="a-draft", story=StoryFactory(slug="hidden-story"))
    statement = draft.statements.get()
    source = statement.citations.get().source
    hidden = {
        "events": draft,
        "actors": statement.speaker,
        "sources": source,
        "stories": draft.stories.get(),
        "topics": draft,
        "statements": statement,
    }[noun]

    absent = get(f"{noun}/nobody-has-this-name/")

    assert absent.status_code == 404
    for name in (hidden.slug, hidden.public_id):
        answer = get(f"{noun}/{name}/")
        assert answer.status_code == 404
        assert (answer.content, answer.headers) == (absent.content, absent.headers)


def test_a_draft_has_no_revisions():
    draft = ready_event(slug="a-draft")

    for name in (draft.slug, draft.public_id, "absent"):
        for tail in ("revisions/", "revisions/1/"):
            assert get(f"events/{name}/{tail}").content == get("events/x/").content


@pytest.mark.parametrize(
    "path",
    [
        "nowhere/",
        "timeline/nowhere/",
        "events/%00/",
        "events/a%00b/",
        "events/a%0Ab/",
        "events/%ED%A0%80/",
        "events/a.b/",
        "events/..%2F..%2Fetc/",
        "events/what-happened/revisions/0/",
        "events/what-happened/revisions/2/",
        "events/what-happened/revisions/-1/",
        "events/what-happened/revisions/01/",
        f"events/what-happened/revisions/{2**63}/",
        "events/what-happened/revisions/" + "9" * 5000 + "/",
        "events/" + "a" * 3000 + "/",
        "%00",
    ],
)
def test_there_is_nothing_at_other_addresses(path):
    told("what-happened")

    answer = get(f"{API}{path}")

    assert answer.status_code == 404
    assert answer.content == get("events/absent/").content


def test_the_address_of_everything_else_leaves_others_to_be_found_by_name():
    assert reverse("admin:index") == "/admin/"


def test_an_address_without_its_last_slash_leads_to_the_one_with_it():
    told("what-happened")

    for path in ("timeline", "events/what-happened", "events/never-published"):
        answer = get(f"{API}{path}?page_size=3")
        assert answer.status_code == 308
        assert answer["Location"] == f"{SITE}{API}{path}/?page_size=3"
        assert answer["Access-Control-Allow-Origin"] == "*"


def test_what_was_withdrawn_is_gone_and_its_revisions_stay():
    event = told("what-happened", title="What was said then")
    successor = told("what-really-happened")
    before = get("events/what-happened/").content
    last = taken_away(event, successor=successor)

    said = problem("events/what-happened/", 410)

    assert said["tombstone"] == {
        "id": event.public_id,
        "kind": "withdrawal",
        "note": "It was wrong.",
        "successor": "what-really-happened",
        "published_at": last.published_at,
    }
    assert get("events/what-happened/revisions/1/").content == before
    assert body(f"events/{event.public_id}/revisions/2/") == {
        "id": event.public_id,
        "slug": "what-happened",
        "url": f"{SITE}{API}events/what-happened/",
        "html_url": f"{SITE}/events/what-happened/",
        "revision": {
            "number": 2,
            "sequence": last.sequence,
            "kind": "withdrawal",
            "note": "It was wrong.",
            "caused_by": None,
            "published_at": last.published_at,
            "digest": last.digest,
        },
        "successor": "what-really-happened",
    }
    rows = body("events/what-happened/revisions/")["results"]
    assert [row["kind"] for row in rows] == ["withdrawal", "publication"]


def test_revisions_are_what_the_event_said_while_they_were_current():
    event = told("what-happened")
    said = [get("events/what-happened/").content]
    for title in ("A second title", "A third title"):
        edited(event, title=title, note=f"Now: {title}")
        said.append(get("events/what-happened/").content)

    again = [
        get(f"events/what-happened/revisions/{number}/").content for number in (1, 2, 3)
    ]
    listed = body("events/what-happened/revisions/")

    assert again == said
    assert (listed["next"], listed["previous"]) == (None, None)
    assert [row["number"] for row in listed["results"]] == [3, 2, 1]
    assert listed["results"][0] == {
        **json.loads(said[2])["revision"],
        "suppressed": False,
        "url": f"{SITE}{API}events/what-happened/revisions/3/",
        "html_url": f"{SITE}/events/what-happened/#revision-3",
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["", "timeline/", "events/what-happened/", "nowhere/"])
def test_nothing_can_be_written(method, path):
    client = Client(headers={"host": "timeline.example"})

    answer = getattr(client, method)(f"{API}{path}?colour=red", secure=True)

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", [*PATHS, "events/absent/", "nowhere/"])
def test_every_answer_may_be_read_by_scripts_and_sets_nothing(path):
    told("what-happened")

    for method in ("get", "head", "options"):
        client = Client(headers={"host": "timeline.example", "origin": "https://a.b"})
        answer = getattr(client, method)(f"{API}{path}", secure=True)

        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert "Set-Cookie" not in answer
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


def test_head_is_get_without_a_body():
    told("what-happened")
    client = Client(headers={"host": "timeline.example"})

    answer = client.head(f"{API}timeline/", secure=True)

    assert answer.status_code == 200
    assert answer.content == b""
    assert answer["Content-Type"] == "application/json; charset=utf-8"


def test_a_format_that_is_not_spoken_is_refused_in_one_that_is():
    client = Client(headers={"host": "timeline.example", "accept": "image/png"})

    answer = client.get(f"{API}timeline/", secure=True)

    assert answer.status_code == 406
    assert json.loads(answer.content)["status"] == 406


def test_a_query_too_long_to_read_is_refused():
    assert "8000 characters" in problem("timeline/", 400, x="y" * 9000)["detail"]
    many = "&".join(f"a{place}=" for place in range(1000))
    assert len(json.loads(get(f"{API}timeline/?{many}").content)["errors"]) == 50


def test_a_database_that_does_not_answer_is_said_without_its_words(monkeypatch):
    def broken():
        raise OperationalError("no such table: timeline_revision in /secret/path")

    monkeypatch.setattr("timeline.publishing.read.head", broken)

    answer = get("timeline/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert b"timeline_revision" not in answer.content

"""An answer may be kept for a moment, and is sent again only when it has changed."""

import re
import time

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from tests.factories import EventTopicFactory, ready_event
from timeline.api import caching
from timeline.models.record import KnownEvent, Rendering, Revision

from .telling import ask, edited, put, taken_away, told

pytestmark = pytest.mark.django_db

PATHS = [
    "",
    "timeline/",
    "timeline/?order=date&page_size=1",
    "timeline/?format=atom",
    "timeline/?format=csv",
    "timeline/?format=ics",
    "timeline/?format=jsonld",
    "events/",
    "statements/",
    "events/what-happened/",
    "events/what-happened/revisions/",
    "events/what-happened/revisions/1/",
    "actors/",
    "sources/",
    "stories/",
    "topics/",
    "changes/",
    "record/",
    "schema/",
    "docs/",
]


def etag(path, **headers):
    answer = ask(path, **headers)
    assert answer.status_code == 200, answer.content
    return answer["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_answer_is_not_sent_it_again(path):
    told("what-happened")
    first = ask(path)

    again = ask(path, if_none_match=first["ETag"])

    assert re.fullmatch(r'"[0-9a-f]{32}"', first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert again[name] == first[name]
    assert "Content-Type" not in again
    assert "Content-Length" not in again


def test_an_answer_is_for_everybody_and_for_half_a_minute():
    answer = ask("timeline/")

    assert answer["Cache-Control"] == "public, max-age=30, must-revalidate"
    assert answer["Vary"] == "Accept"


def test_not_being_sent_it_again_takes_one_query_and_looks_up_no_name():
    event = told("what-happened")
    path = f"timeline/?story={event.stories.get().slug}"
    tag = etag(path)

    with CaptureQueriesContext(connection) as caught:
        answer = ask(path, if_none_match=tag)

    assert answer.status_code == 304
    assert len(caught) == 1


@pytest.mark.parametrize(
    "named", ["{}", "W/{}", '"other", {}', '"a","b" , W/{}', '"a,b", {}', "*"]
)
def test_the_answer_may_be_one_of_several_that_a_reader_has(named):
    told("what-happened")
    tag = etag("timeline/")

    answer = ask("timeline/", if_none_match=named.format(tag))

    assert answer.status_code == 304


@pytest.mark.parametrize("named", ['"other"', "W/", "{}x", "", "none"])
def test_another_name_is_not_this_answer(named):
    told("what-happened")
    tag = etag("timeline/").strip('"')

    answer = ask("timeline/", if_none_match=named.format(tag))

    assert answer.status_code == 200


def test_whatever_is_published_changes_every_answer():
    event = told("what-happened")
    before = {path: etag(path) for path in PATHS}

    edited(event, title="Another title")

    for path, tag in before.items():
        assert ask(path, if_none_match=tag).status_code == 200
        assert etag(path) != tag


def test_what_is_only_on_the_desk_changes_none():
    event = told("what-happened")
    before = {path: (etag(path), ask(path)["Last-Modified"]) for path in PATHS}

    event.title = "Another title"
    event.save()
    ready_event(slug="a-draft")

    after = {path: (etag(path), ask(path)["Last-Modified"]) for path in PATHS}
    assert after == before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("order=date&page_size=3", "page_size=3&order=date"),
        ("story={0}&story={1}", "story={1}&story={0}"),
        ("", "utm_source=letter&fbclid=1"),
        ("order=date", "order=%64ate"),
    ],
)
def test_the_same_question_in_another_order_has_the_same_answer(one, other):
    names = [told(slug).stories.get().slug for slug in ("one", "other")]

    tags = {etag(f"timeline/?{asked.format(*names)}") for asked in (one, other)}

    assert len(tags) == 1


def test_different_questions_have_different_answers():
    told("what-happened")
    asked = [
        *PATHS,
        "timeline/?order=date",
        "timeline/?from=2026",
        "timeline/?until=2026",
        "timeline/?page_size=2",
    ]

    assert len({etag(path) for path in asked}) == len(asked)


def test_different_formats_have_different_answers():
    schema = [
        etag("schema/", accept=f"application/{kind}") for kind in ("json", "yaml")
    ]
    lists = [
        etag("timeline/", accept=kind)
        for kind in ("application/json", "application/atom+xml", "text/csv")
    ]

    assert schema[0] == etag("schema/")
    assert lists[0] == etag("timeline/")
    assert len({*schema, *lists}) == 5


def test_who_has_an_event_that_was_withdrawn_is_told_that_it_is_gone():
    event = told("what-happened")
    tag = etag("events/what-happened/")
    taken_away(event)

    for named in (tag, "*"):
        answer = ask("events/what-happened/", if_none_match=named)
        assert answer.status_code == 410
        assert "ETag" not in answer


def test_no_condition_makes_an_event_on_hold_look_unchanged():
    event = told("what-happened")
    put(event, note="Once more.", kind="update")
    tag = etag("events/what-happened/")
    KnownEvent.objects.filter(pk=event.public_id).update(state="held")
    told("something-else")

    for condition in (
        {"if_none_match": tag},
        {"if_none_match": "*"},
        {"if_modified_since": http_date(time.time() + 60)},
        {"if_match": '"other"'},
    ):
        answer = ask("events/what-happened/", **condition)
        assert answer.status_code == 451
        assert "ETag" not in answer


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("timeline/?page_size=0", 400),
        ("events/absent/", 404),
        ("nowhere/", 404),
        ("timeline", 308),
        ("changes/?since=9-0123456789abcdef", 410),
    ],
)
def test_a_problem_is_not_kept_and_never_unchanged(path, status):
    told("what-happened")

    for condition in ({}, {"if_none_match": "*"}, {"if_modified_since": http_date()}):
        answer = ask(path, **condition)
        assert answer.status_code == status
        assert answer["Cache-Control"] == "no-store"
        assert "ETag" not in answer
        assert "Last-Modified" not in answer


@pytest.fixture
def long_running(monkeypatch):
    """The process began long before anything was published."""
    monkeypatch.setattr(caching, "STARTED", 0)


def published_at(*times):
    """Says that the acts of the record were at these times."""
    for sequence, text in enumerate(times, start=1):
        Revision.objects.filter(pk=sequence).update(published_at=text)


def test_the_date_is_the_second_in_which_the_record_was_added_to(long_running):
    told("what-happened")
    published_at("2026-03-03T12:00:00.750000Z")

    assert ask("timeline/")["Last-Modified"] == "Tue, 03 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("second", "status"),
    [("11:59:00", 200), ("11:59:59", 200), ("12:00:00", 304), ("12:00:01", 304)],
)
def test_a_date_is_enough_where_nothing_was_published_since(
    long_running, second, status
):
    told("what-happened")
    told("something-else")
    published_at("2026-03-03T11:00:00.000000Z", "2026-03-03T12:00:00.750000Z")

    asked = f"Tue, 03 Mar 2026 {second} GMT"

    assert ask("timeline/", if_modified_since=asked).status_code == status


@pytest.mark.parametrize(("second", "status"), [("00", 200), ("01", 304)])
def test_acts_within_one_second_are_not_taken_for_one(long_running, second, status):
    told("what-happened")
    told("something-else")
    published_at("2026-03-03T12:00:00.250000Z", "2026-03-03T12:00:00.750000Z")

    asked = f"Tue, 03 Mar 2026 12:00:{second} GMT"

    assert ask("timeline/", if_modified_since=asked).status_code == status


def test_the_rows_of_one_act_are_one(long_running):
    told("what-happened")
    told("something-else")
    published_at("2026-03-03T12:00:00.750000Z", "2026-03-03T12:00:00.750000Z")

    answer = ask("timeline/", if_modified_since=ask("timeline/")["Last-Modified"])

    assert answer.status_code == 304


def test_a_date_from_before_this_process_is_not_enough():
    told("what-happened")
    published_at("2026-03-03T12:00:00.750000Z")
    began = http_date(caching.STARTED)

    answer = ask("timeline/", if_modified_since="Tue, 03 Mar 2026 13:00:00 GMT")

    assert (answer.status_code, answer["Last-Modified"]) == (200, began)
    assert ask("timeline/", if_modified_since=began).status_code == 304


def test_a_date_does_not_count_beside_a_name():
    told("what-happened")
    later = http_date(time.time() + 60)

    answer = ask("timeline/", if_none_match='"other"', if_modified_since=later)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "asked", ["yesterday", "", "1", "Sun, 99 Nov 2026 25:61:61 GMT"]
)
def test_a_date_that_is_none_counts_for_nothing(asked):
    told("what-happened")

    assert ask("timeline/", if_modified_since=asked).status_code == 200


def test_a_reader_may_insist_on_the_answer_it_knows():
    told("what-happened")
    tag = etag("timeline/")

    assert ask("timeline/", if_match=tag).status_code == 200
    assert ask("timeline/", if_match="*").status_code == 200
    refused = ask("timeline/", if_match='"other"')

    assert refused.status_code == 412
    assert refused.json()["type"].endswith("#problem-precondition-failed")


def test_an_empty_record_has_a_validator_too():
    answer = ask("timeline/")

    assert ask("timeline/", if_none_match=answer["ETag"]).status_code == 304


def test_other_code_has_other_validators(monkeypatch):
    told("what-happened")
    tag = etag("timeline/")

    monkeypatch.setattr(caching, "sources", lambda: "another digest")
    caching._key.cache_clear()
    other = etag("timeline/")
    monkeypatch.undo()
    caching._key.cache_clear()

    assert other != tag
    assert etag("timeline/") == tag


def test_the_digest_of_the_code_is_of_all_that_has_a_part_in_answers():
    folders = {str(caching.APP / folder) for folder in caching.RENDERING}

    assert len(caching.sources()) == 64
    for folder in folders:
        assert any(path.is_file() for path in (caching.APP / folder).rglob("*.*"))
    assert str(caching.APP / "publishing/write") not in folders


@pytest.mark.parametrize("name", caching.SAID)
def test_another_setting_that_answers_show_has_other_validators(settings, name):
    told("what-happened")
    tag = etag("record/")

    setattr(settings, name, "https://other.example")

    assert etag("record/") != tag


def test_entries_made_anew_by_other_code_have_other_validators():
    told("what-happened")
    tag = etag("timeline/")

    Rendering.objects.update(form=9999)

    assert etag("timeline/") != tag


@pytest.mark.parametrize("path", PATHS)
def test_a_question_for_the_headers_alone_has_those_of_the_answer(path):
    told("what-happened")
    answer = ask(path)

    head = ask(path, method="head")
    unchanged = ask(path, method="head", if_none_match=answer["ETag"])

    assert head.getvalue() == b""
    assert dict(head.items()) == dict(answer.items())
    assert unchanged.status_code == 304


@pytest.mark.parametrize("path", [*PATHS, "events/absent/", "timeline/?colour=red"])
def test_who_is_signed_in_is_sent_what_everyone_is(path):
    EventTopicFactory(event=told("what-happened"))
    client = Client()
    client.force_login(User.objects.create_superuser("m.keller"))

    theirs, everyones = ask(path, client=client), ask(path)

    assert theirs.status_code == everyones.status_code
    assert theirs.getvalue() == everyones.getvalue()
    assert dict(theirs.items()) == dict(everyones.items())
    assert not theirs.cookies


@pytest.mark.parametrize("path", [*PATHS, "events/absent/", "nowhere/"])
def test_a_script_of_another_site_may_ask_whether_there_is_something_new(path):
    told("what-happened")

    preflight = ask(path, method="options", origin="https://other.example")
    answer = ask(path, origin="https://other.example")

    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight["Allow"] == "GET, HEAD, OPTIONS"
    assert "Content-Length" not in preflight
    allowed = preflight["Access-Control-Allow-Headers"].split(", ")
    assert {"If-None-Match", "If-Modified-Since", "Accept"} <= set(allowed)
    exposed = answer["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "Last-Modified", "Link", "Dateline-Left-Out"} <= set(exposed)
    for one in (preflight, answer):
        assert one["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in one

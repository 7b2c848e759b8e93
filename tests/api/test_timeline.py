"""The timeline: its entries, its filters and its order."""

import json

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActorFactory,
    ParticipationFactory,
    SourceFactory,
    SourceLinkFactory,
    StatementLinkFactory,
    StoryFactory,
    ready_event,
)
from timeline.models.record import CurrentBody, Revision

from .telling import API, SITE, body, edited, get, put, said, slugs, taken_away, told

pytestmark = pytest.mark.django_db


def test_a_page_is_the_stored_bodies_joined_as_they_are():
    told("first"), told("second")
    stored = CurrentBody.objects.order_by("-pk").values_list("body", flat=True)

    page = get("timeline/")

    expected = '{"next":null,"previous":null,"results":[' + ",".join(stored) + "]}"
    assert page.content == expected.encode()
    assert page["Content-Type"] == "application/json; charset=utf-8"


def test_an_entry_has_the_shape_that_is_promised():
    story = StoryFactory(slug="the-story", title="The story")
    source = SourceFactory(slug="the-report", title="The report")
    event = told("what-happened", title="What happened", story=story, source=source)

    entry = body("events/what-happened/")

    assert list(entry) == [
        *("id", "slug", "url", "html_url", "title", "summary", "status", "importance"),
        *("place", "date", "stories", "topics", "actors", "related", "statements"),
        *("first_reported", "origins", "revision"),
    ]
    assert entry["id"] == event.public_id
    assert entry["url"] == f"{SITE}/api/v1/events/what-happened/"
    assert entry["html_url"] == f"{SITE}/events/what-happened/"
    assert entry["date"] == {
        "edtf": "2026-03-03",
        "display": "3 March 2026",
        "earliest": "2026-03-03T00:00:00Z",
        "latest": "2026-03-03T23:59:59Z",
        "precision": "day",
        "uncertain": False,
        "approximate": False,
        "words": None,
        "anchor": None,
        "rule": None,
    }
    assert entry["stories"] == [
        {
            "id": story.public_id,
            "slug": "the-story",
            "url": f"{SITE}/api/v1/stories/the-story/",
            "html_url": f"{SITE}/stories/the-story/",
            "title": "The story",
        }
    ]
    (statement,) = entry["statements"]
    assert statement["html_url"] == f"{entry['html_url']}#{statement['slug']}"
    assert statement["citations"][0]["source"]["slug"] == "the-report"
    assert statement["citations"][0]["origin"]["slug"] == "the-report"
    assert entry["revision"]["number"] == entry["revision"]["sequence"] == 1
    assert entry["revision"]["kind"] == "publication"


def test_timeline_and_events_list_the_same():
    told("first"), told("second")

    assert slugs("timeline/") == slugs("events/") == ["second", "first"]


def test_an_event_is_found_by_slug_and_by_id():
    event = told("what-happened")

    by_slug, by_id = get("events/what-happened/"), get(f"events/{event.public_id}/")

    assert by_slug.content == by_id.content
    assert body("timeline/")["results"] == [json.loads(by_slug.content)]


def test_the_newest_event_comes_first_and_undated_ones_last_in_both_orders():
    for slug, date in {
        "in-march": "2026-03",
        "unknown": "..",
        "by-may": "[..2026-05-01]",
        "before-christ": "-0043-03-15",
    }.items():
        told(slug, date)

    assert slugs() == ["by-may", "in-march", "before-christ", "unknown"]
    assert slugs(order="-date") == slugs()
    assert slugs(order="date") == ["before-christ", "in-march", "by-may", "unknown"]


def test_events_of_one_day_are_in_order_of_first_publication():
    for slug in ("one", "two", "three"):
        told(slug)

    assert slugs(order="date") == ["one", "two", "three"]
    assert slugs(order="-date") == ["three", "two", "one"]


def test_the_order_of_publication_follows_what_was_published_last():
    first, _second = told("first", "2026-01-01"), told("second", "2026-02-01")

    edited(first, title="Another title")

    assert slugs(order="-published") == ["first", "second"]


def test_values_of_one_parameter_are_any_and_parameters_are_all():
    here, there = StoryFactory(slug="here"), StoryFactory(slug="there")
    agency = ActorFactory(slug="agency")
    for slug, story in {"a": here, "b": there, "c": StoryFactory()}.items():
        told(slug, story=story)
    both = ready_event(slug="d", story=there)
    ParticipationFactory(event=both, actor=agency)
    put(both)

    assert slugs(story="here") == ["a"]
    assert slugs(story=["here", "there"]) == ["d", "b", "a"]
    assert slugs(story=["here", "there"], actor="agency") == ["d"]
    assert slugs(story="here", actor="agency") == []
    assert slugs(story=here.public_id) == ["a"]
    assert slugs(story=["here", here.public_id]) == ["a"]


def test_an_actor_is_found_in_every_part():
    agency = ActorFactory(slug="agency")
    took_part = ready_event(slug="took-part")
    ParticipationFactory(event=took_part, actor=agency)
    put(took_part)
    for part in ("speaker", "on_behalf_of", "relayed_by", "told_to"):
        event = ready_event(slug=part.replace("_", "-"))
        event.statements.update(**{part: agency})
        put(event)
    told("elsewhere")

    assert slugs(actor="agency") == [
        *("told-to", "relayed-by", "on-behalf-of", "speaker", "took-part")
    ]
    assert slugs(speaker="agency") == ["speaker"]


def test_source_and_speaker_are_met_by_one_and_the_same_statement():
    anna, report = ActorFactory(slug="anna"), SourceFactory(slug="report")
    together = ready_event(slug="together")
    said(together, speaker=anna, source=report)
    put(together)
    apart = ready_event(slug="apart")
    said(apart, speaker=anna, source=SourceFactory())
    said(apart, speaker=ActorFactory(), source=report)
    put(apart)

    assert slugs(source="report") == slugs(speaker="anna") == ["apart", "together"]
    assert slugs(source="report", speaker="anna") == ["together"]


def test_a_source_is_found_by_what_it_credits_and_by_its_copies():
    wire, paper, copy = (SourceFactory(slug=slug) for slug in ("wire", "paper", "copy"))
    SourceLinkFactory(source=copy, target=wire, kind="republishes")
    event = ready_event(slug="told", source=wire)
    event.statements.get().citations.update(via=paper, read_in=copy)
    put(event)

    for slug in ("wire", "paper", "copy"):
        assert slugs(source=slug) == ["told"]


def test_what_rests_on_a_source_says_whether_it_stands_and_comes_last_if_not():
    paper = SourceFactory(slug="paper")
    claim = ready_event(slug="claim", source=paper, date="2026-03-04")
    other = ready_event(slug="other", source=paper, date="2026-03-02")
    other.statements.get().citations.create(source=SourceFactory(slug="second"))
    StatementLinkFactory(
        statement=other.statements.get(), kind="corrects", target=claim.statements.get()
    )
    put(claim)
    put(other)

    rests = body("sources/paper/")["rests_on_it"]

    corrected, correction = claim.statements.get(), other.statements.get()
    assert [(row["slug"], row["standing"]) for row in rests["statements"]] == [
        (correction.slug, "stands"),
        (corrected.slug, "corrected"),
    ]
    assert rests["alone"] == rests["statements"][1:]
    assert rests["alone"][0] == {
        "id": corrected.public_id,
        "slug": corrected.slug,
        "url": f"{SITE}/api/v1/statements/{corrected.slug}/",
        "html_url": f"{SITE}/events/claim/#{corrected.slug}",
        "standing": "corrected",
        "event": claim.public_id,
    }


def test_a_range_takes_what_may_lie_in_it_or_only_what_must():
    for slug, date in {
        "day": "2026-03-03",
        "month": "2026-03",
        "open": "2026-02-01/..",
        "unknown": "..",
        "before": "2025",
    }.items():
        told(slug, date)

    within = {"from": "2026-03-02", "until": "2026-03-10"}

    assert slugs(**within) == ["day", "month", "open", "unknown"]
    assert slugs(match="must", **within) == ["day"]
    assert slugs(match="must", until="2026") == ["day", "month", "before"]
    assert slugs(**{"from": "2026-04", "match": "must"}) == []
    assert slugs(**{"from": "2026-03-10/2026-04"}) == ["month", "open", "unknown"]


def test_a_filter_joins_with_a_range():
    here = StoryFactory(slug="here")
    told("in", "2026-03", story=here)
    told("early", "2025", story=here)
    told("elsewhere", "2026-03")

    assert slugs(story="here", **{"from": "2026"}) == ["in"]


def test_what_was_withdrawn_is_in_no_list():
    event, _other = told("gone"), told("here")

    taken_away(event)

    assert slugs() == ["here"]


def test_a_draft_of_a_live_event_changes_no_byte():
    event = told("what-happened")
    before = get("timeline/")

    event.title = "A title not yet published"
    event.save()

    after = get("timeline/")
    assert (after.content, after.headers) == (before.content, before.headers)


def test_an_editor_gets_the_bytes_that_everyone_gets():
    told("what-happened")
    editor = Client(headers={"host": "timeline.example"})
    editor.force_login(User.objects.create_superuser("chief"))

    answer = editor.get(f"{API}timeline/", secure=True)

    assert answer.content == get("timeline/").content
    assert answer.headers == get("timeline/").headers
    assert not answer.cookies


def test_every_address_is_of_the_site_and_never_of_the_request(settings):
    told("one"), told("two")
    settings.ALLOWED_HOSTS = ["*"]

    answer = Client(headers={"host": "evil.example"}).get(
        f"{API}timeline/?page_size=1", secure=True
    )

    assert b"evil" not in answer.content
    assert "evil" not in str(answer.headers)


def test_entries_made_for_another_address_are_sent_with_that_of_today(settings):
    told("one"), told("two")
    settings.SITE_URL = "https://moved.example"

    page = get("timeline/", page_size=1).content.decode()

    assert "timeline.example" not in page
    assert '"url":"https://moved.example/api/v1/events/two/"' in page
    assert '"next":"https://moved.example/api/v1/timeline/?page_size=1&' in page


@pytest.mark.parametrize("path", ["timeline/", "actors/", "changes/"])
def test_a_page_costs_the_same_number_of_queries_however_long(
    path,
):
    counted = []
    for rows in (1, 2, 47):
        for _ in range(rows):
            ready = ready_event()
            put(ready)
        counted.append(queries(path))

    assert len(set(counted)) == 1
    assert queries(path, page_size=1) == queries(path, page_size=3)
    assert max(*counted, queries(path, page_size=3)) <= 5


def test_a_narrowed_page_costs_the_same_number_of_queries_however_long():
    story, report = StoryFactory(slug="story"), SourceFactory(slug="report")
    for _ in range(9):
        put(ready_event(story=story, source=report))
    moment = Revision.objects.first().published_at
    counted = {}

    for path in ("timeline/", "statements/"):
        for asked in (
            {"story": "story"},
            {"source": "report", "statement_kind": "claim"},
            {"q": "assertion"},
            {"from": "2026", "order": "-published"},
            {"known_at": "2030"},
            {"known_at": "2030", "q": "assertion", "publisher": report.publisher.slug},
            {"as_of": moment, "story": "story"},
            {"format": "jsonld"},
        ):
            queries(path, **asked)  # what chooses a plan is counted now and then
            counted[path, str(asked)] = {
                queries(path, page_size=size, **asked) for size in (1, 3, 7)
            }

    assert all(len(numbers) == 1 for numbers in counted.values()), counted
    assert max(number for numbers in counted.values() for number in numbers) <= 14


def queries(path, **parameters):
    """How many queries a request makes."""
    with CaptureQueriesContext(connection) as seen:
        get(path, **parameters)
    return len(seen)

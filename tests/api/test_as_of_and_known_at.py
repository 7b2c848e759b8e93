"""Two ways back in time: as the record stood, and what had been reported."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from tests.factories import (
    ActorFactory,
    SourceFactory,
    SourceLinkFactory,
    StatementLinkFactory,
    StoryFactory,
    ready_event,
)
from tests.publishing.desk import bring_back, give_way, keep_back
from timeline.models.record import Revision
from timeline.publishing.read import paging, planning, unreported

from .telling import (
    API,
    body,
    edited,
    faults,
    get,
    path_of,
    put,
    said,
    slugs,
    taken_away,
    told,
    walk,
)

pytestmark = pytest.mark.django_db

SENTENCE = (
    "“as_of” is a date, such as 2026-03-03, or an instant with its zone, such as"
    " 2026-03-03T12:00:00Z. In an address “+” is written %2B."
)


def published(sequence):
    """When a row of the record was published."""
    return Revision.objects.get(pk=sequence).published_at


def at(moments):
    """Gives the rows of the record these times, in its order."""
    rows = Revision.objects.order_by("sequence")
    for row, moment in zip(rows, moments, strict=True):
        Revision.objects.filter(pk=row.pk).update(published_at=moment)


# As the record stood.


def test_as_of_a_time_the_list_is_what_it_was():
    first = told("first", title="Old words")
    second = told("second")
    edited(first, title="New words")
    taken_away(second)
    told("third")
    whole = ["second", "first"]

    stood = {number: slugs(as_of=published(number)) for number in range(1, 6)}

    assert stood == {
        1: ["first"],
        2: whole,
        3: whole,
        4: ["first"],
        5: ["third", "first"],
    }
    titles = [
        body(as_of=published(number), path="timeline/")["results"][-1]["title"]
        for number in (2, 3)
    ]
    assert titles == ["Old words", "New words"]


@pytest.fixture
def three_days():
    """An event told, edited and told again on the days around midnight."""
    event = told("event", title="First")
    edited(event, title="Second")
    edited(event, title="Third")
    at(
        [
            "2026-03-02T23:59:59.999999Z",
            "2026-03-03T00:00:00.000000Z",
            "2026-03-04T12:00:00.000000Z",
        ]
    )


def title(**parameters):
    return [entry["title"] for entry in body("timeline/", **parameters)["results"]]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02", ["First"]),
        ("2026-03-03", ["Second"]),
        ("2026-03-04", ["Third"]),
        ("2026-03-01", []),
        ("1970-01-01", []),
        ("2026-03-02T23:59:59.999998Z", []),
        ("2026-03-02T23:59:59.999999Z", ["First"]),
        ("2026-03-03T00:00:00Z", ["Second"]),
        ("2026-03-03T00:00Z", ["Second"]),
        ("2026-03-03T01:00:00+02:00", []),
        ("2026-03-03T02:00:00+02:00", ["Second"]),
        ("2026-03-02T18:59:59-05:00", []),
        ("2026-03-02T19:00:00-05:00", ["Second"]),
        ("2026-03-04T11:59:59.999999+00:00", ["Second"]),
        ("2999-12-31", ["Third"]),
        ("9999-12-31", ["Third"]),
        ("0001-01-01T00:00:00Z", []),
    ],
)
def test_a_date_counts_to_its_end_in_utc_and_an_instant_to_itself(
    three_days, moment, expected
):
    assert title(as_of=moment) == expected


@pytest.mark.parametrize(
    "moment",
    [
        *("2026-03-03T12:00:00", "2026-03", "2026", "yesterday", "2026-02-30"),
        *("2026-03-03 12:00:00Z", "20260303", "2026-13-01", "12:00Z", "1772539200"),
        *("2026-03-03T25:00:00Z", "2026-03-03T12:00:00+99:00", "..", "2026-03-03T"),
        *("0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "２０２６-03-03"),
    ],
)
def test_a_time_without_zone_or_that_is_none_is_refused(moment):
    assert faults(as_of=moment) == [("as_of", SENTENCE)]


def test_a_plus_that_was_not_written_out_is_refused_with_a_hint():
    answer = get(f"{API}timeline/?as_of=2026-03-03T01:00:00+02:00")

    assert answer.status_code == 400
    assert json.loads(answer.content)["errors"][0]["message"] == SENTENCE


def test_before_the_first_act_of_all_there_is_nothing():
    assert slugs(as_of="2026-03-03") == []

    told("event")

    earlier = datetime.fromisoformat(published(1)) - timedelta(microseconds=1)
    assert slugs(as_of=earlier.isoformat()) == []
    assert slugs(as_of=published(1)) == ["event"]


def test_a_walk_as_of_a_time_shows_that_time_to_its_end():
    events = [told(f"event-{number}") for number in range(4)]
    then = published(4)
    chosen = iter(events)

    def meanwhile():
        taken_away(next(chosen))

    pages = walk(as_of=then, page_size=1, between=meanwhile)

    assert pages == [["event-3"], ["event-2"], ["event-1"], ["event-0"]]
    assert walk(as_of=then, page_size=3) == [
        ["event-3", "event-2", "event-1"],
        ["event-0"],
    ]


def test_a_walk_that_began_as_of_the_future_shows_when_it_began():
    for number in range(3):
        told(f"event-{number}")
    page = body("timeline/", as_of="2999-01-01", page_size=2)

    told("late", "2020-01-01")

    assert [row["slug"] for row in body(path_of(page["next"]))["results"]] == [
        "event-0"
    ]


def test_filters_meet_what_entries_said_then():
    here = StoryFactory(slug="here")
    event = told("event", story=here, importance="major")
    event.story_links.all().delete()
    edited(event, importance="minor", date="2020-05-05")

    then, now = {"as_of": published(1)}, {}

    for asked in (
        {"story": "here"},
        {"importance": "major"},
        {"from": "2026"},
        {"from": "2026", "match": "must", "story": "here"},
    ):
        assert slugs(**asked, **then) == ["event"]
        assert slugs(**asked, **now) == []
    for asked in ({"importance": "minor"}, {"until": "2020"}):
        assert slugs(**asked, **then) == []
        assert slugs(**asked, **now) == ["event"]


def test_statements_stand_as_they_stood_then():
    event, correction = told("event"), ready_event(slug="correction")
    row = event.statements.get()
    StatementLinkFactory(
        statement=correction.statements.get(), kind="corrects", target=row
    )
    put(correction)

    assert slugs("statements/", standing="corrected") == [row.slug]
    assert slugs("statements/", standing="stands", as_of=published(1)) == [row.slug]
    assert slugs("statements/", standing="corrected", as_of=published(1)) == []
    assert slugs("timeline/", standing="corrected") == ["event"]
    assert slugs("timeline/", standing="corrected", as_of=published(1)) == []


def test_while_an_event_is_on_hold_no_time_shows_it_and_afterwards_all_do():
    event = told("event")
    then = published(1)

    keep_back(event)

    assert slugs(as_of=then) == slugs("statements/", as_of=then) == []
    bring_back(event)
    while_held = published(2)
    assert slugs(as_of=then) == ["event"]
    assert slugs(as_of=while_held) == []
    assert slugs() == ["event"]


def test_a_merged_event_is_there_as_of_a_time_before():
    one, other = told("one"), told("other")
    then = published(2)

    give_way(one, other)

    assert slugs() == ["other"]
    assert slugs(as_of=then) == ["other", "one"]


# What had been reported.


def a_report(day, **fields):
    return SourceFactory(published=day, **fields)


def test_only_statements_whose_first_report_was_out_by_the_end_of_the_day_are_shown():
    event = ready_event(slug="event", source=a_report("2026-03-02T23:00:00Z"))
    late = said(event, speaker=ActorFactory(), source=a_report("2026-03-04"))
    put(event)

    def known(day):
        return [
            [row["slug"] for row in entry["statements"]]
            for entry in body("timeline/", known_at=day)["results"]
        ]

    early = event.statements.exclude(pk=late.pk).get().slug
    assert known("2026-03-01") == []
    assert known("2026-03-02") == known("2026-03-03") == [[early]]
    assert known("2026-03-04") == known("2026-03") == [[early, late.slug]]
    assert slugs("statements/", known_at="2026-03-03") == [early]


def test_what_has_no_dated_report_is_never_shown_and_is_counted():
    told("dated", source=a_report("2026-03-02"))
    told("undated", source=a_report(None))
    told("open", source=a_report(".."))

    page = body("timeline/", known_at="2030")

    assert [entry["slug"] for entry in page["results"]] == ["dated"]
    assert page["known_at"] == {
        "date": "2030",
        "undated": 2,
        "undated_is_at_least": False,
        "note": "Titles and summaries are today's.",
    }
    assert "known_at" not in body("timeline/")


def test_the_count_of_what_is_undated_is_of_what_else_is_asked():
    here = StoryFactory(slug="here")
    told("undated", "2026-03-03", source=a_report(None), story=here)
    told("other", "2020", source=a_report(None))
    gone = told("gone", "2020", source=a_report(None))
    taken_away(gone)

    def undated(path="timeline/", **asked):
        return body(path, known_at="2026-03-03", **asked)["known_at"]["undated"]

    assert undated() == undated("statements/") == 2
    assert undated(story="here") == undated("statements/", story="here") == 1
    assert undated(**{"from": "2026"}) == 1
    assert undated(as_of=published(3)) == 3
    assert undated(as_of=published(1)) == 1
    assert undated(order="-published", page_size=1) == 2


def test_titles_are_todays():
    event = told("event", source=a_report("2026-03-02"), title="Then")
    edited(event, title="Now")

    assert title(known_at="2026-03-02") == ["Now"]
    assert title(known_at="2026-03-02", as_of=published(1)) == ["Then"]


def test_a_citation_not_yet_published_gives_way_to_what_it_credits():
    wire, paper = a_report("2026-03-02", slug="wire"), a_report("2026-03-04")
    event = ready_event(slug="event", source=paper)
    event.statements.get().citations.update(via=wire)
    put(event)

    (entry,) = body("timeline/", known_at="2026-03-03")["results"]

    (cited,) = entry["statements"][0]["citations"]
    assert (cited["source"]["slug"], cited["via"]) == ("wire", None)
    assert slugs(source="wire", known_at="2026-03-03") == ["event"]
    assert slugs(source=paper.slug, known_at="2026-03-03") == []
    assert slugs(publisher=paper.publisher.slug, known_at="2026-03-03") == []
    assert slugs(source=paper.slug, known_at="2026-03-04") == ["event"]


def test_a_link_counts_from_the_first_report_of_the_statement_that_links():
    event = told("event", source=a_report("2026-03-02"))
    correction = ready_event(slug="correction", source=a_report("2026-03-04"))
    StatementLinkFactory(
        statement=correction.statements.get(),
        kind="corrects",
        target=event.statements.get(),
    )
    put(correction)

    assert slugs(standing="corrected", known_at="2026-03-04") == ["event"]
    assert slugs(standing="corrected", known_at="2026-03-03") == []
    assert slugs(standing="stands", known_at="2026-03-03") == ["event"]
    assert slugs("statements/", standing="stands", known_at="2026-03-03") == [
        event.statements.get().slug
    ]


def test_origins_are_counted_again():
    event = ready_event(slug="event", source=a_report("2026-03-02", reporting="own"))
    event.statements.get().citations.create(
        key="later", source=a_report("2026-03-04", reporting="own")
    )
    put(event)

    for path in ("timeline/", "statements/"):
        assert len(slugs(path, min_origins=2, known_at="2026-03-04")) == 1
        assert slugs(path, min_origins=2, known_at="2026-03-03") == []
        assert len(slugs(path, min_origins=1, known_at="2026-03-03")) == 1


def test_one_statement_meets_all_that_concerns_one_as_it_was_known():
    anna, paper = ActorFactory(slug="anna"), a_report("2026-03-02", slug="paper")
    event = ready_event(slug="event", source=paper)
    said(event, speaker=anna, source=a_report("2026-03-04", slug="late"))
    put(event)

    assert slugs(speaker="anna", known_at="2026-03-04") == ["event"]
    assert slugs(speaker="anna", known_at="2026-03-03") == []
    assert slugs(actor="anna", known_at="2026-03-03") == []
    assert slugs(source="paper", known_at="2026-03-03") == ["event"]
    assert slugs(source="paper", speaker="anna", known_at="2026-03-04") == []


def test_a_copy_that_was_not_out_finds_nothing():
    wire = a_report("2026-03-02", slug="wire")
    copy = a_report("2026-03-05", slug="copy")
    SourceLinkFactory(source=copy, target=wire, kind="republishes")
    told("event", source=wire)

    assert slugs(source="copy") == ["event"]
    assert slugs(source="copy", known_at="2026-03-05") == ["event"]
    assert slugs(source="copy", known_at="2026-03-04") == []


@pytest.mark.parametrize("few", [3000, 0])
def test_an_event_without_a_date_and_one_that_was_foretold_are_known_like_others(
    few, monkeypatch
):
    monkeypatch.setattr(planning, "FEW", few)
    early = a_report("2026-03-02")
    for slug, date in {"undated": "..", "future": "2031", "past": "2020"}.items():
        told(slug, date, source=early)
    told("later", "2020", source=a_report("2026-03-04"))

    assert slugs(known_at="2026-03-03") == ["future", "past", "undated"]
    assert slugs(known_at="2026-03-03", order="-published") == [
        *("past", "future", "undated")
    ]
    within = {"from": "2021", "known_at": "2026-03-03"}
    assert slugs(**within) == ["future", "undated"]


@pytest.mark.parametrize("order", ["-date", "date", "-published"])
@pytest.mark.parametrize("path", ["timeline/", "statements/"])
def test_pages_may_be_short_but_nothing_is_lost_or_repeated(path, order, monkeypatch):
    monkeypatch.setattr(paging, "MOST_LOOKED_AT", 2)
    anna = ActorFactory(slug="anna")
    early, late = a_report("2026-03-02"), a_report("2026-03-04")
    for number in range(8):
        event = ready_event(slug=f"event-{number}", source=early)
        said(event, speaker=anna, source=early if number in (1, 5) else late)
        put(event)
    asked = {"speaker": "anna", "known_at": "2026-03-03", "order": order}

    pages = walk(path, page_size=1, **asked)

    found = [slug for page in pages for slug in page]
    whole = [row["slug"] for row in whole_list(path, **asked)]
    assert found == whole
    assert len(found) == 2
    assert [] in pages
    last = body(path, page_size=1, **asked)
    while last["next"]:
        last = body(path_of(last["next"]))
    back = [row["slug"] for row in last["results"]]
    while last["previous"]:
        last = body(path_of(last["previous"]))
        back = [row["slug"] for row in last["results"]] + back
    assert back == found


def whole_list(path, **asked):
    """All rows, from pages that are as long as they may be."""
    page, rows = body(path, page_size=200, **asked), []
    while True:
        rows += page["results"]
        if page["next"] is None:
            return rows
        page = body(path_of(page["next"]))


@pytest.mark.parametrize("day", ["..", "2026-03-01/..", "[2026-03-01..]", "soon", ""])
def test_a_day_without_an_end_is_refused(day):
    ((name, sentence),) = faults(known_at=day)

    assert name == "known_at"
    assert sentence.startswith("“known_at”")


# Both, on the first story.


CENTRAL = "openai-considers-nato-contract"


def test_the_first_story_by_each_of_its_days():
    call_command("loaddata", "openai_nato", verbosity=0)
    everything = whole_list("statements/")
    sectorhq = {
        row["slug"]
        for row in everything
        if {cited["source"]["slug"] for cited in row["citations"]}
        == {"sectorhq-openai-nato"}
    }
    reuters = {
        row["slug"]
        for row in everything
        for cited in row["citations"]
        if cited["source"]["slug"] == "reuters-openai-nato"
    }
    updated = {
        "openai-no-intentional-domestic-surveillance",
        "pentagon-affirms-no-intelligence-use",
    }

    def known(day):
        return {row["slug"] for row in whole_list("statements/", known_at=day)}

    assert known("2026-02-28") == known("2026-03-01") == set()
    assert known("2026-03-02") == updated
    assert known("2026-03-03") == known("2026-04-01") == reuters
    additions = known("2026-04-02") - reuters
    assert additions
    assert all(slug.startswith("gbf-") for slug in additions)
    assert known("2030") == reuters | additions
    assert known("2030") & sectorhq == set()
    assert known("2030") | sectorhq == {row["slug"] for row in everything}
    page = body("timeline/", known_at="2026-03-03", story="openai-nato")
    assert page["known_at"]["undated"] == len(sectorhq)
    central = next(
        row
        for row in page["results"]
        if row["slug"] == "openai-considers-nato-contract"
    )
    assert central["origins"]["count"] == 2
    assert slugs(known_at="2026-03-03", min_origins=2) == [central["slug"]]
    wsj = slugs("statements/", known_at="2026-03-03", publisher="wall-street-journal")
    assert "journal-reports-agreement-considered" in wsj
    assert slugs("statements/", known_at="2026-03-02", publisher="reuters") == []
    assert slugs(known_at="2026-03-03", as_of="2020-01-01") == []


def test_of_many_that_are_undated_the_newest_are_counted_and_it_says_so(monkeypatch):
    monkeypatch.setattr(unreported, "MOST_COUNTED", 2)
    here = StoryFactory(slug="here")
    for place in range(3):
        told(f"outside-{place}", "2020", source=a_report(None))
        told(f"inside-{place}", f"2026-0{place + 1}", source=a_report(None), story=here)

    counted = [
        body("timeline/", known_at="2026-03-03", **asked)["known_at"]
        for asked in ({}, {"story": "here"}, {"until": "2021"})
    ]

    told_of = [(row["undated"], row["undated_is_at_least"]) for row in counted]
    assert told_of == [(2, True), (2, True), (0, True)]

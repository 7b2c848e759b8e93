"""Lists in every format over HTTP: each takes every filter, and loses nothing."""

import csv
import io
import json
import re

import feedparser
import icalendar
import pytest

from tests.factories import (
    ActorFactory,
    EventTopicFactory,
    ParticipationFactory,
    SourceFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from tests.publishing.desk import give_way, keep_back
from timeline.api import lists
from timeline.models import Event, Story
from timeline.models.record import Revision
from timeline.publishing.read import paging

from .telling import (
    API,
    ask,
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
)

pytestmark = pytest.mark.django_db

PAGE = re.compile(r"https://timeline\.example/events/([a-z0-9-]+)/")
TYPES = {
    "json": "application/json; charset=utf-8",
    "jsonfeed": "application/feed+json",
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "timelinejs": "application/json",
    "jsonld": "application/ld+json",
}
FILTERS = (
    {},
    {"story": "story"},
    {"topic": "topic"},
    {"actor": "agency", "role": "host"},
    {"source": "report"},
    {"publisher": "paper"},
    {"speaker": "anna", "statement_kind": "denial", "standing": "stands"},
    {"importance": ["major", "minor"]},
    {"from": "2026-03-02", "until": "2026-03-03", "match": "must"},
    {"min_origins": 1},
    {"q": "zebra"},
    {"known_at": "2026-03-02"},
    {"as_of": "2020-01-01"},
    {"as_of": "2999-01-01", "order": "date"},
)


@pytest.fixture
def desk():
    """Three events of which each filter finds some."""
    paper = ActorFactory(slug="paper", kind="outlet")
    report = SourceFactory(
        slug="report", publisher=paper, reporting="own", published="2026-03-01"
    )
    agency, anna = ActorFactory(slug="agency"), ActorFactory(slug="anna")
    one = ready_event(
        slug="one",
        date="2026-03-03",
        title="A zebra",
        importance="major",
        story=StoryFactory(slug="story"),
        source=report,
    )
    EventTopicFactory(event=one, topic=TopicFactory(slug="topic"))
    ParticipationFactory(event=one, actor=agency, role="host")
    one.statements.update(speaker=anna, kind="denial")
    put(one)
    told("two", "[..2026-03-02]")
    told("three", "2026-03-02", importance="minor", source=report)


def text_of(response):
    content = response.getvalue() if response.streaming else response.content
    return content.decode().replace("\r\n ", "")  # as iCalendar folds lines


def named(text):
    """The slugs of the events whose pages a text leads to, each once."""
    return list(dict.fromkeys(PAGE.findall(text)))


@pytest.mark.parametrize("form", TYPES)
def test_every_format_takes_every_filter(desk, form):
    found = {}

    for asked in FILTERS:
        answer = get("timeline/", format=form, **asked)
        assert answer.status_code == 200, text_of(answer)
        assert answer["Content-Type"] == TYPES[form]
        found[str(asked)] = set(named(text_of(answer)))

    expected = {str(asked): set(slugs(**asked)) for asked in FILTERS}
    if form == "ics":  # "by 2 March" is no day
        expected = {asked: row - {"two"} for asked, row in expected.items()}
    assert found == expected
    assert {"one"} in found.values()
    assert set() in found.values()


@pytest.mark.parametrize("form", ["csv", "jsonld"])
def test_statements_are_sent_in_their_formats_under_their_filters(desk, form):
    for asked in (*FILTERS, {"event": "one"}, {"said_from": "2026"}):
        asked = {
            name: value
            for name, value in asked.items()
            if name not in ("role", "importance")
        }
        answer = get("statements/", format=form, **asked)

        expected = {row["event"]["slug"] for row in whole("statements/", **asked)}
        assert set(named(text_of(answer))) == expected


def whole(path, **asked):
    return body(path, page_size=200, **asked)["results"]


@pytest.mark.parametrize("form", ["json", "jsonfeed", "atom", "jsonld", "csv"])
@pytest.mark.parametrize("order", ["-date", "date", "-published"])
def test_every_format_keeps_the_order_that_is_asked_for(desk, form, order):
    answer = get("timeline/", format=form, order=order)

    assert named(text_of(answer)) == slugs(order=order)


@pytest.mark.parametrize("form", ["jsonfeed", "atom"])
def test_what_feed_readers_take_comes_newest_publication_first(desk, form):
    assert named(text_of(get("timeline/", format=form))) == ["three", "two", "one"]
    assert slugs() == ["one", "two", "three"]


# Which format is sent.


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", "json"),
        ("application/json", "json"),
        ("application/feed+json", "jsonfeed"),
        ("application/atom+xml", "atom"),
        ("text/calendar", "ics"),
        ("text/csv", "csv"),
        ("text/*", "ics"),
        ("application/ld+json;q=0.9, application/json;q=0.1", "jsonld"),
        ("text/html, application/atom+xml;q=0.8, */*;q=0.1", "atom"),
        ("", "json"),
    ],
)
def test_the_format_is_what_is_accepted_most(accept, form):
    answer = ask("timeline/", accept=accept)

    assert answer.status_code == 200
    assert answer["Content-Type"] == TYPES[form]
    assert answer["Vary"] == "Accept"


def test_a_format_that_is_named_decides_alone():
    answer = ask("timeline/?format=csv", accept="application/json")

    assert answer["Content-Type"] == TYPES["csv"]


def test_what_is_not_sent_here_is_refused():
    assert ask("timeline/", accept="image/png").status_code == 406
    assert ask("statements/", accept="text/calendar").status_code == 406
    for path, form in (("timeline/", "xml"), ("statements/", "atom")):
        ((name, sentence),) = faults(path, format=form)
        assert name == "format"
        assert sentence.startswith("“format” is one of json, ")


def test_formats_have_validators_of_their_own():
    told("event")

    tags = {
        form: get("timeline/", format=form)["ETag"] for form in TYPES if form != "json"
    }

    assert len(set(tags.values())) == len(tags)
    for form, tag in tags.items():
        again = ask(f"timeline/?format={form}", if_none_match=tag)
        assert (again.status_code, text_of(again)) == (304, "")


# Whole answers.


def rows_of(answer):
    return [row["slug"] for row in csv.DictReader(io.StringIO(text_of(answer)))]


def events_of(answer):
    calendar = icalendar.Calendar.from_ical(text_of(answer))
    return [named(str(event["URL"]))[0] for event in calendar.walk("VEVENT")]


def following(answer):
    """The address under `next` in the header, if there is one."""
    found = re.search(r'<([^>]+)>; rel="next"', answer["Link"])
    return found and found.group(1)


@pytest.mark.parametrize(("form", "read"), [("csv", rows_of), ("ics", events_of)])
def test_a_whole_answer_that_is_too_long_says_where_the_rest_is(
    form, read, monkeypatch
):
    monkeypatch.setattr(lists, "WHOLE", 3)
    monkeypatch.setattr(paging, "AT_ONCE", 2)
    story = StoryFactory(slug="story")
    for number in range(7):
        told(f"event-{number}", story=story)
    told("outside")
    answer = get("timeline/", format=form, story="story", order="date")
    found = [read(answer)]

    while address := following(answer):
        answer = get(path_of(address))
        found.append(read(answer))

    assert found == [
        ["event-0", "event-1", "event-2"],
        ["event-3", "event-4", "event-5"],
        ["event-6"],
    ]


def test_a_whole_answer_that_just_fits_says_nothing_of_more(monkeypatch):
    monkeypatch.setattr(lists, "WHOLE", 2)
    for number in range(2):
        told(f"event-{number}")

    assert following(get("timeline/", format="csv")) is None


def test_the_rest_of_a_whole_answer_is_as_it_was_when_it_began(monkeypatch):
    monkeypatch.setattr(lists, "WHOLE", 2)
    events = [told(f"event-{number}") for number in range(4)]
    address = following(get("timeline/", format="csv"))

    edited(events[0], title="Since changed")
    taken_away(events[1])
    told("later")

    assert rows_of(get(path_of(address))) == ["event-1", "event-0"]


def test_a_whole_answer_has_all_however_small_its_pages(monkeypatch):
    monkeypatch.setattr(paging, "AT_ONCE", 1)
    for number in range(4):
        told(f"event-{number}")

    found = rows_of(get("timeline/", format="csv", page_size=2))

    assert found == slugs()


def test_a_whole_answer_of_what_was_known_leaves_out_and_leads_on(monkeypatch):
    monkeypatch.setattr(lists, "WHOLE", 2)
    early, late = (SourceFactory(published=f"2026-03-0{day}") for day in (2, 5))
    anna = ActorFactory(slug="anna")
    for number, source in enumerate([early, late, late, late, early]):
        event = ready_event(slug=f"event-{number}", source=early)
        said(event, speaker=anna, source=source)
        put(event)
    asked = {"speaker": "anna", "known_at": "2026-03-03"}
    answer = get("timeline/", format="csv", **asked)
    found = rows_of(answer)

    while address := following(answer):
        answer = get(path_of(address))
        found += rows_of(answer)

    assert found == slugs(**asked) == ["event-4", "event-0"]


@pytest.mark.parametrize(
    ("path", "form", "name"),
    [
        ("timeline/", "csv", "events.csv"),
        ("timeline/", "ics", "events.ics"),
        ("statements/", "csv", "statements.csv"),
    ],
)
def test_a_whole_answer_is_saved_under_a_name(path, form, name):
    told("event")

    answer = get(path, format=form)

    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_what_a_format_cannot_hold_is_counted():
    for slug, date in {
        "day": "2026-03-03",
        "by": "[..2026-03-02]",
        "caesar": "-0043-03-15",
        "undated": "..",
        "gone": "2026-03-01",
    }.items():
        event = told(slug, date)
    taken_away(event)

    left = {form: get("timeline/", format=form) for form in TYPES}

    assert events_of(left["ics"]) == ["day"]
    assert left["ics"]["Dateline-Left-Out"] == "3"
    assert left["timelinejs"]["Dateline-Left-Out"] == "2"
    assert all(
        "Dateline-Left-Out" not in left[form] for form in ("json", "atom", "csv")
    )
    narrowed = get("timeline/", format="ics", **{"from": "2026", "match": "must"})
    assert narrowed["Dateline-Left-Out"] == "0"


@pytest.mark.parametrize("form", TYPES)
def test_head_has_the_headers_and_no_body(desk, form):
    whole, head = (
        ask(f"timeline/?format={form}", method=method) for method in ("get", "head")
    )

    assert text_of(head) == ""
    assert text_of(whole)
    assert head.status_code == 200
    told_of = {name: value for name, value in head.items() if name != "Content-Length"}
    assert told_of == {
        name: value for name, value in whole.items() if name != "Content-Length"
    }


def test_a_table_of_statements_has_a_row_for_each_citation():
    event = ready_event(slug="event", source=SourceFactory(slug="first"))
    row = event.statements.get()
    row.citations.update(position=1)
    row.citations.create(key="second", position=2, source=SourceFactory(slug="second"))
    put(event)
    told("other")

    rows = list(
        csv.DictReader(
            io.StringIO(text_of(get("statements/", format="csv", event="event")))
        )
    )

    assert [line["slug"] for line in rows] == [row.slug, row.slug]
    assert [line["source"] for line in rows] == ["first", "second"]


# What feed readers are told of events that change.


def items(form="jsonfeed", path="timeline/", **asked):
    """The items of a feed as (id, title), the newest first."""
    answer = get(path, format=form, **asked) if asked or "?" not in path else get(path)
    if form == "jsonfeed":
        page = json.loads(answer.content)
        return [(item["id"], item["title"]) for item in page["items"]]
    feed = feedparser.parse(answer.content)
    return [(entry.id, entry.title) for entry in feed.entries]


@pytest.mark.parametrize("form", ["jsonfeed", "atom"])
def test_an_updated_event_resurfaces_once_under_the_same_id(form):
    event = told("one", title="One")
    told("two", title="Two")
    (_two, (one, _title)) = items(form)

    edited(event, title="One again")

    again = items(form)
    assert again[0] == (one, "One again")
    assert [title for _id, title in again] == ["One again", "Two"]


@pytest.mark.parametrize("form", ["jsonfeed", "atom"])
def test_a_withdrawn_event_says_so_once_under_the_same_id(form):
    event = told("one", title="One")
    ((one, _title),) = items(form)
    told("two", title="Two")

    taken_away(event)

    gone, kept = items(form)
    assert gone == (one, "Withdrawn: One")
    assert kept[1] == "Two"
    assert b"It was wrong." in get("timeline/", format=form).content
    put(event)
    assert [title for _id, title in items(form)] == ["One", "Two"]


def test_a_merged_event_leads_to_what_stands_in_its_place():
    one, other = told("one", title="One"), told("other", title="Other")

    give_way(one, other)

    page = json.loads(get("timeline/", format="jsonfeed").content)
    gone = next(item for item in page["items"] if "One" in item["title"])
    assert gone["_dateline"]["kind"] == "merge"
    assert gone["_dateline"]["successor"] == "other"
    assert [item["title"] for item in page["items"] if item is not gone] == ["Other"]


def test_a_feed_under_a_filter_tells_of_what_it_once_held():
    here = StoryFactory(slug="here")
    inside, outside = told("in", title="In", story=here), told("out", title="Out")
    told("stays", title="Stays", story=here)

    taken_away(inside), taken_away(outside)

    titles = [title for _id, title in items(story="here")]
    assert titles == ["Withdrawn: In", "Stays"]
    assert [title for _id, title in items(q="in")] == ["Withdrawn: In"]
    assert items(story="here", q="out") == []
    assert items(**{"from": "2030"}) == []


def test_what_is_on_hold_is_told_of_nowhere():
    event, gone = told("one", title="One"), told("two", title="Two")
    taken_away(gone)

    keep_back(event), keep_back(gone)

    assert items() == []


def test_only_the_order_of_publication_tells_of_what_is_gone():
    taken_away(told("one"))

    assert len(items()) == 1
    for order in ("date", "-date"):
        assert items(order=order) == []
    assert slugs(order="-published") == []


@pytest.mark.parametrize("size", [1, 2, 3])
def test_over_the_pages_of_a_feed_each_is_told_of_once(size):
    for number in range(7):
        event = told(f"event-{number}", title=f"Event {number}")
        if number in (0, 2, 3, 5):
            taken_away(event)
    page = json.loads(get("timeline/", format="jsonfeed", page_size=size).content)
    found = [item["title"] for item in page["items"]]

    while address := page.get("next_url"):
        page = json.loads(get(path_of(address)).content)
        found += [item["title"] for item in page["items"]]

    assert found == [
        *("Event 6", "Withdrawn: Event 5", "Event 4", "Withdrawn: Event 3"),
        *("Withdrawn: Event 2", "Event 1", "Withdrawn: Event 0"),
    ]


def test_a_feed_as_of_a_time_tells_of_what_was_gone_by_then():
    event = told("one", title="One")
    there = Revision.objects.get().published_at
    taken_away(event)
    gone = Revision.objects.order_by("-sequence").first().published_at

    assert [title for _id, title in items(as_of=there)] == ["One"]
    assert [title for _id, title in items(as_of=gone)] == ["Withdrawn: One"]


def test_a_feed_costs_no_more_queries_however_many_are_gone(
    django_assert_max_num_queries,
):
    told("stays")
    for number in range(6):
        taken_away(told(f"event-{number}"))

    with django_assert_max_num_queries(6):
        assert len(items()) == 7


def test_the_next_page_of_a_format_is_in_the_same_format():
    for number in range(3):
        told(f"event-{number}")
    answer = get("timeline/", format="atom", page_size=2)

    address = following(answer)

    assert f"{API}timeline/" in address
    assert "format=atom" in address
    rest = get(path_of(address))
    assert rest["Content-Type"] == TYPES["atom"]
    assert [entry.title for entry in feedparser.parse(rest.content).entries]


def test_the_feed_of_one_story_bears_its_name(desk):
    title = "The Example Desk: " + Story.objects.get(slug="story").title
    page = "https://timeline.example/stories/story/"

    jsonfeed = body("timeline/", format="jsonfeed", story="story")
    assert (jsonfeed["title"], jsonfeed["home_page_url"]) == (title, page)
    atom = feedparser.parse(text_of(get("timeline/", format="atom", story="story")))
    assert atom.feed.title == title
    slide = body("timeline/", format="timelinejs", story="story")["title"]
    assert slide["text"]["headline"] == title

    assert body("timeline/", format="jsonfeed")["title"] == "The Example Desk: timeline"


def test_a_story_of_which_nothing_is_left_has_the_name_of_the_whole(desk):
    taken_away(Event.objects.get(slug="one"))

    found = body("timeline/", format="jsonfeed", story="story")

    assert found["title"] == "The Example Desk: timeline"

"""The front page: stories, what was published last, and what to do when empty."""

from tests.factories import EventFactory, StoryFactory, ready_event

from .reading import read


def test_an_empty_record_says_what_to_do(page):
    front = page("/")

    assert "Nothing is published yet" in front.main
    assert "python manage.py loaddata openai_nato" in front.main
    assert front.links["sign in to the desk"] == "/admin/"


def test_a_desk_full_of_drafts_is_still_an_empty_record(page):
    ready_event(title="A draft", story=StoryFactory(title="A secret story"))

    front = page("/")

    assert "Nothing is published yet" in front.main
    assert "secret" not in front.main


def test_a_story_is_listed_with_its_summary_its_days_and_its_counts(page, put_all):
    story = StoryFactory(
        slug="harbour", title="The harbour", summary="Who dug what, and when."
    )
    put_all(
        [
            ready_event(story=story, date="2026-02-27"),
            ready_event(story=story, date="2026-03-03"),
        ]
    )

    front = page("/")

    assert front.links["The harbour"] == "/stories/harbour/"
    assert "Who dug what, and when." in front.main
    assert "27 February to 3 March 2026" in front.main
    assert "2 events" in front.main
    assert "2 statements" in front.main


def test_what_was_published_last_comes_first_and_at_most_ten_are_shown(page, put):
    events = [ready_event(title=f"Number {number}") for number in range(12)]
    for event in events:
        put(event)

    front = page("/")

    shown = [text for text in front.texts("h3") if text.startswith("Number")]
    assert shown == [f"Number {number}" for number in range(11, 1, -1)]


def test_what_was_done_last_is_named(page, put):
    event = ready_event()
    put(event)
    before = page("/")
    event.title = "Another"
    event.version += 1
    event.save()
    put(event, kind="correction", note="It was wrong.")

    assert "Published · " in before.main
    assert "Corrected · " in page("/").main
    assert "Published · " not in page("/").main


def test_the_feed_and_the_desk_are_a_click_away(page, put):
    put(ready_event())

    front = page("/")

    assert front.links["All events as data (JSON)"] == "/api/v1/timeline/"
    assert front.links["Sign in to the desk"] == "/admin/"


def test_many_stories_come_in_pages(page, put_all, monkeypatch):
    monkeypatch.setattr("timeline.web.front.STORIES_ON_FRONT", 2)
    titles = [f"Story {letter}" for letter in "abcde"]
    put_all(
        [
            ready_event(story=StoryFactory(slug=f"story-{title[-1]}", title=title))
            for title in titles
        ]
    )

    first = page("/")
    second = page(first.links["More stories"])
    third = page(second.links["More stories"])
    back = page(third.links["Previous stories"])

    assert [stories_of(one) for one in (first, second, third, back)] == [
        titles[:2],
        titles[2:4],
        titles[4:],
        titles[2:4],
    ]
    assert "Previous stories" not in first.links
    assert "More stories" not in third.links


def stories_of(front):
    return [text for text in front.texts("h3") if text.startswith("Story ")]


def test_unknown_parameters_change_nothing(get, put):
    put(ready_event())

    plain, odd = get("/"), get("/?utm_source=x&page=nonsense&q=%00&order=sideways")

    assert odd.status_code == 200
    assert odd.content == plain.content


def test_an_event_that_was_never_published_is_not_among_the_last(page, put):
    put(ready_event(title="In the open"))
    EventFactory(title="On the desk")

    assert "On the desk" not in page("/").main


def test_the_front_page_has_a_canonical_address(get):
    front = read(get("/"))

    (canonical,) = front.all("link", rel="canonical")
    assert canonical.attributes["href"] == "https://timeline.example/"


def test_a_story_says_what_changed_last_and_when_its_events_were(page, put):
    story = StoryFactory(title="The harbour")
    event = ready_event(story=story, title="Dredging", date="2026-02-27")
    put(event)
    put(ready_event(story=story, title="Flooding"))
    event.title = "Dredging again"
    event.version += 1
    event.save()
    put(event, kind="correction", note="It was wrong.")

    front = page("/")

    (changed,) = front.texts("p", cls="changed")
    assert changed.startswith("Corrected: Dredging again, ")
    (picture,) = front.all("svg")
    assert picture.attributes["role"] == "img"
    assert front.one("path", cls="bars").attributes["d"].count("M") == 2


def test_a_story_without_dates_has_no_picture(page, put):
    put(ready_event(date=".."))

    assert page("/").all("svg") == []


def test_all_events_can_be_searched(page, put):
    put(ready_event())

    form = page("/").one("form")

    assert form.attributes["action"] == "/search/"
    assert form.attributes["method"] == "get"


def test_as_many_queries_for_three_stories_as_for_one(
    get, put, put_all, django_assert_num_queries, django_assert_max_num_queries
):
    put(ready_event())
    with django_assert_max_num_queries(50) as one:
        get("/")
    put_all([ready_event(), ready_event()])

    with django_assert_num_queries(len(one)):
        get("/")

"""Pages and entries that are kept: sent again, and never when they are out of date."""

from datetime import date, timedelta

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    StatementLinkFactory,
    StoryFactory,
    ready_event,
)
from tests.publishing.desk import keep_back
from timeline.web import fragments, parsed
from timeline.web.kept import OVERHEAD, Kept

PATH = "/stories/harbour/"


@pytest.fixture
def story():
    return StoryFactory(slug="harbour", title="The harbour")


@pytest.fixture
def event(story, put):
    event = ready_event(story=story, slug="dredging", title="It is dredged")
    put(event)
    return event


def test_the_second_time_a_page_takes_one_query_and_is_the_same(get, event):
    first = get(PATH)

    with CaptureQueriesContext(connection) as caught:
        second = get(PATH)

    assert len(caught) == 1
    assert second.content == first.content
    assert second.headers == first.headers


def test_who_has_the_page_is_not_sent_it_again(get, event):
    tag = get(PATH)["ETag"]

    again = get(PATH, if_none_match=tag)

    assert again.status_code == 304
    assert again.content == b""
    assert get(PATH, if_none_match='"other"').status_code == 200
    assert get(PATH)["Cache-Control"] == "public, max-age=30, must-revalidate"


def test_what_is_published_is_on_the_page_at_once(get, put, event):
    tag = get(PATH)["ETag"]

    event.title = "It was dredged"
    event.version += 1
    event.save()
    put(event)

    again = get(PATH, if_none_match=tag)
    assert again.status_code == 200
    assert "It was dredged" in again.content.decode()


def test_what_is_put_on_hold_is_gone_at_once(get, put, event, story):
    put(ready_event(story=story))
    assert "It is dredged" in get(PATH).content.decode()

    keep_back(event)

    assert "It is dredged" not in get(PATH).content.decode()


def test_pages_of_other_addresses_are_others(get, put_all, story):
    put_all(
        ready_event(story=story, title=f"Day {day}", date=str(day))
        for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(3))
    )

    newest, oldest = get(PATH), get(f"{PATH}?order=date")

    assert newest.content != oldest.content
    assert newest["ETag"] != oldest["ETag"]


def test_a_page_that_is_not_there_is_not_kept(get, put, story):
    assert get(PATH).status_code == 404

    put(ready_event(story=story))

    assert get(PATH).status_code == 200


def test_an_act_renders_only_the_entries_that_it_changed(
    get, put, put_all, story, monkeypatch
):
    events = [ready_event(story=story) for _ in range(3)]
    put_all(events)
    get(PATH)
    rendered = []
    render = fragments.render_entry
    monkeypatch.setattr(
        fragments,
        "render_entry",
        lambda shown, *rest: rendered.append(shown["id"]) or render(shown, *rest),
    )

    put(events[0], note="")
    events[1].title = "Another title"
    events[1].version += 1
    events[1].save()
    put(events[1])
    get(PATH)

    assert rendered == [events[1].public_id]


def test_an_entry_shows_what_became_of_a_statement_elsewhere(get, put, event):
    other = ready_event(slug="later", story=StoryFactory(slug="elsewhere"))
    denial = other.statements.get()
    denial.text = "It never was."
    denial.save()
    StatementLinkFactory(statement=denial, target=event.statements.get(), kind="denies")
    put(other)
    assert "It never was." in get(PATH).content.decode()

    denial.text = "Not in March."
    denial.save()
    other.version += 1
    other.save()
    put(other)

    shown = get(PATH).content.decode()
    assert "Not in March." in shown
    assert "It never was." not in shown


def test_what_was_used_longest_ago_makes_room():
    kept = Kept(most=3 * (OVERHEAD + 10), size=len)
    for key in "abc":
        kept.put(key, "x" * 10)
    kept.get("a")

    kept.put("d", "x" * 10)

    assert [key for key in "abcd" if kept.get(key)] == ["a", "c", "d"]
    assert kept.used == 3 * (OVERHEAD + 10)


def test_what_is_larger_than_all_the_room_is_not_kept():
    kept = Kept(most=100, size=len)

    kept.put("a", "x" * 1000)

    assert kept.get("a") is None
    assert (len(kept), kept.used) == (0, 0)


def test_an_entry_is_parsed_once_and_stays_as_it_was_sent(get, put, event, story):
    other = ready_event(story=story)
    StatementLinkFactory(
        statement=other.statements.get(), target=event.statements.get(), kind="corrects"
    )
    put(other)
    for path in (PATH, f"{PATH}?actor=nobody", "/embed/stories/harbour/"):
        get(path)
    kept = [(body, entry) for body, (entry, _size) in parsed._kept._found.items()]

    assert len(kept) >= 2
    for body, entry in kept:
        assert entry == orjson.loads(body)
        assert parsed.parsed(body) is entry

"""Searching all events, and the field for it."""

from datetime import date, timedelta

import pytest

from tests.factories import StoryFactory, ready_event

from .reading import read


@pytest.fixture
def harbour(put_all):
    story = StoryFactory(slug="harbour", title="The harbour")
    put_all(
        [
            ready_event(story=story, title="Dredging the old channel"),
            ready_event(story=story, title="Flooding", date="2026-03-05"),
            ready_event(title="An old channel elsewhere"),
        ]
    )
    ready_event(title="A draft of the channel")


def found(page):
    return page.texts("h2")


def test_events_are_found_by_their_words_with_their_stories(page, harbour):
    channel = page("/search/?q=channel")

    assert "2 events hold all of this." in channel.main
    assert set(found(channel)) == {
        "Dredging the old channel",
        "An old channel elsewhere",
    }
    assert channel.links["The harbour"] == "/stories/harbour/"
    assert channel.one("input", type="search").attributes["value"] == "channel"
    assert channel.links["These events as data (JSON)"] == (
        "/api/v1/timeline/?q=channel"
    )


def test_a_phrase_is_found_as_a_whole_and_all_words_have_to_be_there(page, harbour):
    assert found(page("/search/?q=%22the+old+channel%22")) == [
        "Dredging the old channel"
    ]
    assert found(page("/search/?q=elsewhere+channel")) == ["An old channel elsewhere"]


def test_what_is_not_there_is_said(page, harbour):
    assert "Nothing that is published holds all of this." in (
        page("/search/?q=draft").main
    )


def test_what_is_private_is_searched_like_what_is_nowhere(get, harbour):
    private, nowhere = (
        get(f"/search/?q={word}").content.replace(word.encode(), b"")
        for word in ("draft", "fraud")
    )

    assert private == nowhere


def test_without_words_there_is_the_field_and_how_to_use_it(page, harbour):
    for address in ("/search/", "/search/?q=", "/search/?actor=nobody"):
        empty = page(address)
        assert found(empty) == []
        assert "a phrase in double quotes" in empty.main


def test_what_holds_no_word_is_refused_with_a_sentence(get, harbour):
    response = get("/search/?q=%3F")

    assert response.status_code == 400
    assert "There is no word in it" in response.content.decode()


def test_what_was_refused_is_still_in_the_field(get, harbour):
    refused = read(get("/search/?q=" + "+".join("abcdefghijk")))

    assert "At most 10 words or phrases at once." in refused.main
    field = refused.one("input", type="search")
    assert field.attributes["value"] == "a b c d e f g h i j k"


def test_what_is_searched_for_runs_nowhere(get, harbour):
    text = get("/search/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").content.decode()

    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert(1)" not in text


def test_what_is_found_comes_in_pages(page, put_all):
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(51)]
    put_all([ready_event(title=f"Day {day}", date=day.isoformat()) for day in days])

    first = page("/search/?q=day")
    second = page(first.links["Older events"])

    assert found(second) == ["Day 2026-01-01"]
    assert found(page(second.links["Newer events"])) == found(first)


def test_searches_are_not_indexed(page, harbour):
    assert page("/search/?q=channel").one("meta", name="robots")

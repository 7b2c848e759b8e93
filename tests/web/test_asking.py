"""The page of a story, narrowed and as it was: the feed's parameters in its address."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.core.management import call_command

from tests.factories import (
    ActorFactory,
    CitationFactory,
    EventTopicFactory,
    OutletFactory,
    ParticipationFactory,
    SourceFactory,
    StatementFactory,
    StatementLinkFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from timeline.models.record import Revision
from timeline.publishing.read import tallying
from timeline.web.past import thinned

HARBOUR = "/stories/harbour/"
TITLES = ("Dredging", "Flooding", "Mooring")


@pytest.fixture
def story():
    return StoryFactory(slug="harbour", title="The harbour")


@pytest.fixture
def world(put_all, story):
    """Three events that have little in common."""
    events = [ready_event(story=story, title=title) for title in TITLES]
    dredging, flooding, mooring = events
    crew = ActorFactory(slug="crew", name="The Crew")
    for event, role in ((dredging, "agent"), (mooring, "affected")):
        ParticipationFactory(event=event, actor=crew, role=role)
    for event in (flooding, mooring):
        EventTopicFactory(event=event, topic=TopicFactory(slug=f"of-{event.slug}"))
    EventTopicFactory(event=dredging, topic=TopicFactory(slug="mud", name="Mud"))
    wrong = dredging.statements.get()
    wrong.text, wrong.kind = "All channels.", "denial"
    wrong.speaker = ActorFactory(slug="ada-vane", name="Ada Vane")
    wrong.save()
    source = SourceFactory(slug="wire", publisher=OutletFactory(slug="agency"))
    wrong.citations.update(source=source)
    right = StatementFactory(event=flooding, kind="clarification")
    CitationFactory(statement=right)
    StatementLinkFactory(statement=right, target=wrong, kind="corrects")
    put_all(events)
    return events


def shown(page):
    return {title for title in TITLES if title in page.main}


def entries(page):
    return [
        one
        for one in page.all("article")
        if one.attributes["class"].startswith("entry")
    ]


def choices(page):
    """What filters offer: the address of each choice with its count."""
    found, link = [], None
    for one in page.elements:
        if one.name == "a":
            link = one
        if one.name == "span" and one.attributes.get("class") == "count":
            found.append((link.attributes["href"], one.text))
    return found


def hidden(page):
    """What each form of the page keeps of its address, by the field that it is for."""
    found, kept = {}, []
    for one in page.all("input"):
        name, value = one.attributes["name"], one.attributes["value"]
        if one.attributes["type"] == "hidden":
            kept.append((name, value))
        else:
            found[name], kept = kept, []
    return found


def test_each_parameter_of_the_feed_narrows_the_page(page, world):
    dredging, flooding, mooring = ({title} for title in TITLES)

    found = {
        asked: shown(page(f"{HARBOUR}?{asked}"))
        for asked in (
            *("actor=crew", "actor=crew&role=affected", "role=agent", "actor=ada-vane"),
            *("speaker=ada-vane", "statement_kind=denial", "standing=corrected"),
            *("topic=mud", "publisher=agency", "source=wire", "q=%22all+channels%22"),
            *("statement_kind=denial&statement_kind=clarification",),
            *("statement_kind=clarification&standing=corrected",),
        )
    }

    assert found == {
        **dict.fromkeys(found, dredging),
        "actor=crew": dredging | mooring,
        "actor=crew&role=affected": mooring,
        "statement_kind=denial&statement_kind=clarification": dredging | flooding,
        "statement_kind=clarification&standing=corrected": set(),
    }


def test_every_filter_says_how_many_events_it_leaves(page, world):
    whole = page(HARBOUR)
    narrowed = page(f"{HARBOUR}?standing=stands")

    for found in (whole, narrowed):
        offered = choices(found)
        assert offered
        assert {address: len(entries(page(address))) for address, _ in offered} == {
            address: int(count) for address, count in offered
        }
    addresses = [address for address, _ in choices(whole)]
    assert f"{HARBOUR}?actor=crew" in addresses
    assert f"{HARBOUR}?statement_kind=denial" in addresses
    assert f"{HARBOUR}?topic=mud" in addresses
    assert f"{HARBOUR}?standing=corrected" in addresses
    # Of what stands, nothing is a denial: one statement is to be both.
    assert "denial" not in str(choices(narrowed))


def test_what_is_chosen_is_said_and_can_be_taken_away(page, world):
    found = page(f"{HARBOUR}?actor=crew&topic=mud&q=channels&order=date")

    assert "Who The Crew" in found.main
    assert "Topic Mud" in found.main
    ways_out = {
        one.attributes["aria-label"]: one.attributes["href"]
        for one in found.all("a")
        if "remove" in one.attributes.get("aria-label", "")
    }
    assert ways_out == {
        "remove “The Crew”": f"{HARBOUR}?topic=mud&q=channels&order=date",
        "remove “Mud”": f"{HARBOUR}?actor=crew&q=channels&order=date",
        "remove “channels”": f"{HARBOUR}?actor=crew&topic=mud&order=date",
    }


def test_forms_and_links_keep_the_rest_of_the_address(page, world):
    found = page(f"{HARBOUR}?topic=mud&q=channels&known_at=2026-03-09&order=date")

    topic, words = ("topic", "mud"), ("q", "channels")
    day, order = ("known_at", "2026-03-09"), ("order", "date")
    assert hidden(found) == {
        "known_at": [topic, words, order],
        "as_of": [topic, words, day, order],
        "q": [topic, day, order],
    }
    turned = f"{HARBOUR}?{urlencode([topic, words, day])}"
    assert found.links["Show the newest first"] == turned
    feed = urlencode([("story", "harbour"), topic, words, day, order])
    assert found.links["This story as data (JSON)"] == f"/api/v1/timeline/?{feed}"


def test_the_canonical_address_is_the_page_itself_and_what_it_was_is_not_indexed(
    page, world
):
    plain, narrowed, past, turned = (
        page(f"{HARBOUR}{asked}")
        for asked in ("", "?topic=mud", "?as_of=2020-01-01", "?order=date")
    )

    for found in (plain, narrowed, past, turned):
        (canonical,) = found.all("link", rel="canonical")
        assert canonical.attributes["href"] == f"https://timeline.example{HARBOUR}"
    assert not plain.all("meta", name="robots")
    for found in (narrowed, past):
        assert found.one("meta", name="robots").attributes["content"] == "noindex"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("actor=nobody", "Nothing that was ever published has this name."),
        ("topic=a%00b", "Nothing that was ever published has this name."),
        ("actor=UPPER%20case", "Nothing that was ever published has this name."),
        ("&".join(f"role=x{n}" for n in range(21)), "At most 20 at once."),
        ("role=boss", "Choose one of: agent, counterpart, affected, host, mentioned."),
        ("standing=fallen", "Choose one of: stands, clarified,"),
        ("q=%3F%3F", "There is no word in it"),
        ("q=" + "a" * 201, "At most 200 characters"),
        ("q=" + "+".join(f"w{n}" for n in range(11)), "At most 10 words or phrases"),
        ("q=one&q=two", "Give this once."),
        ("known_at=yesterday", "This is no day: give one such as 2026-03-03."),
        ("known_at=2026-03-03/..", "This has no end"),
        ("known_at=2023-02-29", "This is no day"),
        ("as_of=2026-03-03T12:00", "This is no day and no time with its zone"),
        ("order=sideways", "Choose one of: -date, date, -published."),
    ],
)
def test_what_says_nothing_is_answered_with_a_sentence(get, world, asked, sentence):
    response = get(f"{HARBOUR}?{asked}")

    assert response.status_code == 400
    text = response.content.decode()
    assert sentence in text
    assert f'<a href="{HARBOUR}">' in text
    assert "UPPER" not in text


def test_all_that_is_wrong_is_said_at_once(get, world):
    text = get(f"{HARBOUR}?actor=x&standing=y&as_of=z").content.decode()

    assert text.count("<dd>") == 3


def test_a_draft_is_answered_like_nobody(get, world):
    ActorFactory(slug="secret")

    draft, nobody = (get(f"{HARBOUR}?actor={name}") for name in ("secret", "nobody"))

    assert draft.status_code == nobody.status_code == 400
    assert draft.content == nobody.content


def test_what_is_left_empty_and_what_no_page_has_changes_nothing(get, world):
    plain = get(HARBOUR)

    odd = get(f"{HARBOUR}?actor=&q=+&known_at=&as_of=&fbclid=1&utm_source=x&order=")

    assert odd.content == plain.content


def test_pages_follow_one_another_within_what_is_asked_for(page, put_all, story):
    first_day = date(2026, 1, 1)
    days = [(first_day + timedelta(days=number)).isoformat() for number in range(52)]
    put_all(
        [ready_event(story=story, title=f"Mooring {day}", date=day) for day in days]
    )

    first = page(f"{HARBOUR}?q=mooring&known_at=2026-12-31")
    second = page(first.links["Older events"])

    assert "q=mooring&known_at=2026-12-31&page=" in first.links["Older events"]
    assert len(entries(second)) == 2
    assert "By 31 December 2026, 52 of 52 events had been reported." in second.main
    assert page(second.links["Newer events"]).main == first.main


def test_of_many_events_the_newest_are_counted_and_that_is_said(
    page, put_all, story, monkeypatch
):
    monkeypatch.setattr(tallying, "MOST_COUNTED", 2)
    events = [ready_event(story=story, date=f"2026-0{month}") for month in "123"]
    put_all(events)

    found = page(f"{HARBOUR}?standing=stands")

    assert "More than 2 events, with all that has been reported." in found.main
    assert "Counted in the newest 2 events." in found.main
    assert (f"{HARBOUR}?statement_kind=claim&standing=stands", "2+") in choices(found)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-03-04", "By 4 March 2026, 2 of 4 events had been reported."),
        ("2026-03-06", "By 6 March 2026, more than 2 events had been reported."),
    ],
)
def test_by_a_day_the_newest_are_counted_of_all(
    page, put_all, story, monkeypatch, day, told
):
    monkeypatch.setattr(tallying, "MOST_COUNTED", 2)
    days = ("2026-03-01", "2026-03-02", "2026-03-05", "2026-03-07")
    put_all([reported(story, f"On {day}", day, date=day) for day in days])

    found = page(f"{HARBOUR}?known_at={day}")

    assert told in found.main
    assert "7 March 2026" in found.main


def test_all_events_of_a_story_as_it_stands_are_counted(
    page, put_all, story, monkeypatch
):
    monkeypatch.setattr(tallying, "MOST_COUNTED", 2)
    events = [ready_event(story=story, date=f"2026-0{month}") for month in "123"]
    put_all(events)

    found = page(HARBOUR)

    assert "3 events, with all that has been reported." in found.main
    assert "Counted in the newest" not in found.main
    assert (f"{HARBOUR}?statement_kind=claim", "3") in choices(found)


# What had been reported by a day.


def reported(story, title, day, **fields):
    source = SourceFactory(published=day)
    return ready_event(story=story, title=title, source=source, **fields)


def test_by_a_day_the_page_shows_what_had_been_reported(page, put_all, story):
    days = ("2026-03-02", "2026-03-05", None)
    put_all([reported(story, *row) for row in zip(TITLES, days, strict=True)])

    found = page(f"{HARBOUR}?known_at=2026-03-04")

    assert shown(found) == {"Dredging"}
    assert "By 4 March 2026, 1 of 3 events had been reported." in found.main
    assert "This is not the page as it is now." in found.main
    assert "1 statement is on no such page: none of its reports has a date." in (
        found.main
    )
    assert found.links["Back to the page as it is now"] == HARBOUR


def test_the_days_on_which_something_was_reported_are_links(page, put_all, story):
    days = ("2026-03-02", "2026-03-05", None)
    put_all([reported(story, *row) for row in zip(TITLES, days, strict=True)])

    now, between = page(HARBOUR), page(f"{HARBOUR}?known_at=2026-03-04")

    for found in (now, between):
        assert found.links["2 March 2026"] == f"{HARBOUR}?known_at=2026-03-02"
        assert found.links["5 March 2026"] == f"{HARBOUR}?known_at=2026-03-05"
        assert found.links["now"] == HARBOUR
    (before,) = between.all("a", rel="prev")
    (after,) = between.all("a", rel="next")
    assert before.attributes["aria-label"] == "The day before: 2 March 2026"
    assert after.attributes["href"] == f"{HARBOUR}?known_at=2026-03-05"


def test_a_correction_takes_effect_on_its_day_wherever_it_was_made(
    page, put_all, story
):
    early = reported(story, "Dredging", "2026-03-02")
    wrong = early.statements.get()
    late = reported(StoryFactory(), "Elsewhere", "2026-03-05")
    right = late.statements.get()
    right.text = "One channel."
    right.save()
    StatementLinkFactory(statement=right, target=wrong, kind="corrects")
    put_all([early, late])

    before, after = (page(f"{HARBOUR}?known_at=2026-03-0{day}") for day in (4, 5))

    assert (before.texts("s"), "One channel." in before.main) == ([], False)
    assert after.texts("s") and "One channel." in after.main


def test_what_stood_by_a_day_is_not_counted_against_what_stands_now(
    page, put_all, story
):
    early = reported(story, "Dredging", "2026-03-02")
    late = reported(StoryFactory(), "Elsewhere", "2026-03-05")
    StatementLinkFactory(
        statement=late.statements.get(), target=early.statements.get(), kind="corrects"
    )
    put_all([early, late])

    found = page(f"{HARBOUR}?standing=stands&known_at=2026-03-04")

    assert shown(found) == {"Dredging"}
    assert "By 4 March 2026, 1 event had been reported." in found.main
    assert shown(page(f"{HARBOUR}?standing=stands")) == set()


def test_a_month_counts_to_its_end(page, put_all, story):
    put_all([reported(story, "Dredging", "2026-03-30")])

    found = page(f"{HARBOUR}?known_at=2026-03")

    assert "By 31 March 2026, 1 of 1 event had been reported." in found.main


def test_the_first_story_by_its_own_days(page):
    call_command("loaddata", "openai_nato", verbosity=0)
    address = "/stories/openai-nato/"

    now = page(address)
    by = {
        day: page(f"{address}?known_at={day}") for day in ("2026-02-28", "2026-03-02")
    }

    whole = len(entries(now))
    assert f"By 28 February 2026, 0 of {whole} events" in by["2026-02-28"].main
    assert entries(by["2026-02-28"]) == []
    second = by["2026-03-02"]
    known = len(entries(second))
    assert 0 < known < whole
    assert f"By 2 March 2026, {known} of {whole} events" in second.main
    assert "Wall Street Journal" not in second.main
    assert "Wall Street Journal" in page(f"{address}?known_at=2026-03-03").main
    for address, count in choices(second):
        assert len(entries(page(address))) == int(count)


def test_of_many_days_some_are_steps_with_the_first_and_the_last():
    days = [str(number) for number in range(1000)]

    steps = thinned(days, 120)

    assert len(steps) == 120
    assert (steps[0], steps[-1]) == ("0", "999")
    assert thinned(days[:5], 120) == days[:5]


# As the page stood.


def published(sequence, moment):
    Revision.objects.filter(pk=sequence).update(published_at=moment)


def test_as_it_stood_before_a_correction(page, put, story):
    event = ready_event(story=story, title="Before")
    put(event)
    event.title = "After"
    event.version += 1
    event.save()
    put(event, kind="correction", note="It was wrong.")
    published(1, "2026-03-04T10:00:00.000000Z")
    published(2, "2026-03-05T10:00:00.000000Z")

    day, hour, now = (
        page(f"{HARBOUR}{asked}")
        for asked in ("?as_of=2026-03-04", "?as_of=2026-03-05T09:59:00Z", "")
    )

    for found in (day, hour):
        assert "Before" in found.main and "After" not in found.main
        assert found.links["Back to the page as it is now"] == HARBOUR
    assert "as it stood at the end of 4 March 2026 (UTC)" in day.main
    assert "as it stood at 09:59 UTC on 5 March 2026" in hour.main
    assert "After" in now.main and "This is not the page" not in now.main


def test_what_links_from_elsewhere_is_shown_as_it_stood_too(page, put, story):
    early = ready_event(story=story, title="Dredging")
    other = ready_event(title="Elsewhere")
    right = other.statements.get()
    right.text = "One channel."
    right.save()
    StatementLinkFactory(statement=right, target=early.statements.get())
    put(early)
    put(other)
    then = Revision.objects.order_by("-sequence").first()
    for sequence in range(1, then.pk + 1):
        published(sequence, "2026-03-04T10:00:00.000000Z")
    right.text = "Two channels."
    right.save()
    other.version += 1
    other.save()
    put(other, kind="correction", note="Miscounted.")

    past, now = page(f"{HARBOUR}?as_of=2026-03-04"), page(HARBOUR)

    assert "One channel." in past.main and "Two channels." not in past.main
    assert "Two channels." in now.main


def test_before_there_was_anything_nothing_is_shown(page, world):
    found = page(f"{HARBOUR}?as_of=2020-01-01")

    assert shown(found) == set()
    assert "No event meets all that is asked for." in found.main


def test_no_more_queries_for_four_events_than_for_one(
    get, put_all, story, django_assert_max_num_queries
):
    asked = f"{HARBOUR}?statement_kind=claim&known_at=2026-03-09"
    put_all([ready_event(story=story, title="One")])
    with django_assert_max_num_queries(50) as one:
        get(asked)
    put_all([ready_event(story=story, title=title) for title in TITLES])

    with django_assert_max_num_queries(len(one)):
        get(asked)

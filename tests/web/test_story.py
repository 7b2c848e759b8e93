"""The page of a story: its events in order of date, with what was said."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from tests.factories import (
    ActorFactory,
    CitationFactory,
    EventStoryFactory,
    OutletFactory,
    ParticipationFactory,
    SourceFactory,
    SourceLinkFactory,
    StatementFactory,
    StatementLinkFactory,
    StoryFactory,
    ready_event,
)
from timeline.web import overview


@pytest.fixture
def story():
    return StoryFactory(slug="harbour", title="The harbour", summary="Who dug what.")


def statement_of(event):
    return event.statements.first()


def titles(page):
    return [
        one.text
        for one in page.all("h3")
        if one.attributes.get("id", "").startswith("evt_")
    ]


def test_it_opens_with_title_summary_and_counts(page, put, story):
    put(ready_event(story=story))

    harbour = page("/stories/harbour/")

    assert harbour.texts("h1") == ["The harbour"]
    assert "Who dug what." in harbour.main
    assert "1 event " in harbour.main
    assert "1 statement " in harbour.main


def test_the_newest_event_comes_first_and_the_order_turns(page, put_all, story):
    put_all(
        [
            ready_event(story=story, title="Old", date="2026-01"),
            ready_event(story=story, title="New", date="2026-03-03"),
            ready_event(story=story, title="Undated", date=".."),
        ]
    )

    newest = page("/stories/harbour/")
    oldest = page(newest.links["Show the oldest first"])

    assert titles(newest) == ["New", "Old", "Undated"]
    assert titles(oldest) == ["Old", "New", "Undated"]
    assert oldest.links["Show the newest first"] == "/stories/harbour/"


def test_pages_of_fifty_follow_one_another_and_lead_back(page, put_all, story):
    put_all(fifty_one(story))

    first = page("/stories/harbour/")
    second = page(first.links["Older events"])
    back = page(second.links["Newer events"])

    assert titles(first) == [f"Day {day}" for day in range(50, 0, -1)]
    assert titles(second) == ["Day 0"]
    assert titles(back) == titles(first)
    assert "Newer events" not in first.links
    assert "Older events" not in second.links


def test_pages_follow_one_another_in_the_other_order_too(page, put_all, story):
    put_all(fifty_one(story))

    first = page("/stories/harbour/?order=date")
    second = page(first.links["Newer events"])
    back = page(second.links["Older events"])

    assert titles(first) == [f"Day {day}" for day in range(50)]
    assert titles(second) == ["Day 50"]
    assert titles(back) == titles(first)


def test_a_page_shows_the_record_as_it_is_now(page, put_all, take_away, story):
    events = fifty_one(story)
    put_all(events)
    second = page("/stories/harbour/").links["Older events"]

    take_away(events[0], note="It was wrong.")

    assert "Day 0" not in page(second).main


def fifty_one(story):
    first = date(2026, 1, 1)
    return [
        ready_event(
            story=story,
            title=f"Day {day}",
            date=(first + timedelta(days=day)).isoformat(),
        )
        for day in range(51)
    ]


@pytest.mark.parametrize(
    "token", ["", "x", "%00", "WzFd:x", "1", "a" * 5000, "%F0%9F%92%A5", "null:"]
)
def test_a_bad_token_gives_the_first_page(get, put_all, story, token):
    put_all([ready_event(story=story), ready_event(story=story)])

    plain, odd = get("/stories/harbour/"), get(f"/stories/harbour/?page={token}")

    assert odd.status_code == 200
    assert odd.content == plain.content


def test_the_token_of_another_list_gives_the_first_page(page, put_all, story):
    put_all(fifty_one(story))
    put_all([ready_event(story=StoryFactory(slug="other"), title="Elsewhere")])
    token = page("/stories/harbour/").links["Older events"].partition("?")[2]

    assert titles(page(f"/stories/other/?{token}")) == ["Elsewhere"]


def test_unknown_parameters_change_nothing(get, put, story):
    put(ready_event(story=story))

    plain, odd = get("/stories/harbour/"), get("/stories/harbour/?fbclid=1")

    assert odd.status_code == 200
    assert odd.content == plain.content


def test_an_event_shows_its_date_in_words_with_the_words_of_the_report(
    page, put, story
):
    put(
        ready_event(
            story=story, date="[2026-02-26..2026-02-28]", date_words="late last week"
        )
    )

    harbour = page("/stories/harbour/")

    (when,) = harbour.texts("p", cls="when")
    assert when == "between 26 and 28 February 2026 late last week"
    assert harbour.texts("q", cls="in-words") == ["late last week"]


def test_a_time_element_holds_what_html_can_read_and_nothing_else(page, put_all, story):
    put_all(
        [
            ready_event(story=story, date="2026-03-03"),
            ready_event(story=story, date="2025-40"),
            ready_event(story=story, date="-0043-03-15"),
            ready_event(story=story, date="2026-03-03T14:05:00Z"),
        ]
    )

    harbour = page("/stories/harbour/")

    whens = {one.text: one.attributes["datetime"] for one in harbour.all("time")}
    assert whens["3 March 2026"] == "2026-03-03"
    assert whens["14:05:00 UTC on 3 March 2026"] == "2026-03-03T14:05:00Z"
    assert "first half of 2025" in harbour.texts("span", cls="time")
    assert "15 March 44 BC" in harbour.texts("span", cls="time")


def test_an_event_names_its_place_and_who_took_part_as_what(page, put, story):
    event = ready_event(story=story, place="Port of Ys")
    actor = ActorFactory(slug="dredgers", name="The Dredgers")
    ParticipationFactory(event=event, actor=actor, role="affected")
    put(event)

    harbour = page("/stories/harbour/")

    assert "Port of Ys" in harbour.main
    assert "The Dredgers (affected)" in harbour.main
    assert harbour.links["The Dredgers"] == "/actors/dredgers/"


def test_a_statement_says_who_said_it_and_where_it_was_found(page, put, story):
    event = ready_event(story=story)
    statement = statement_of(event)
    statement.speaker.name = "Ada Vane"
    statement.speaker.save()
    citation = statement.citations.get()
    paper = OutletFactory(name="The Paper")
    journal = SourceFactory(slug="journal", publisher=OutletFactory(name="The Journal"))
    copy = SourceFactory(publisher=OutletFactory(name="The Copier"))
    citation.source = SourceFactory(slug="wire", kind="wire", publisher=paper)
    citation.via, citation.read_in = journal, copy
    citation.save()
    put(event)

    harbour = page("/stories/harbour/")

    assert "Ada Vane, as reported by The Paper, citing The Journal" in harbour.main
    assert "The Paper, wire story, 3 March 2026 · citing The Journal" in harbour.main
    assert "Citing The Journal" in harbour.main
    assert "Read in the copy The Copier" in harbour.main
    assert harbour.links["The Paper"] == "/sources/wire/"


def test_quoted_words_stand_apart_from_paraphrase_in_their_own_language(
    page, put, story
):
    event = ready_event(story=story)
    statement = statement_of(event)
    statement.text, statement.mode = "It would end.", "partial_quote"
    statement.quote, statement.quote_language = "c’est fini", "fr"
    statement.quote_translation = "it is over"
    statement.save()
    put(event)

    harbour = page("/stories/harbour/")

    assert harbour.texts("div", cls="text") == ["It would end."]
    assert harbour.texts("q", lang="fr") == ["c’est fini"]
    assert "Our translation: it is over" in harbour.main


def test_words_quoted_within_a_text_are_set_apart_where_they_stand(page, put, story):
    event = ready_event(story=story)
    statement = statement_of(event)
    statement.text, statement.mode = "It was “a mess” all along.", "partial_quote"
    statement.quote = "a mess"
    statement.save()
    put(event)

    harbour = page("/stories/harbour/")

    assert harbour.texts("div", cls="text") == ["It was a mess all along."]
    assert harbour.texts("q", lang="en") == ["a mess"]
    assert "Words quoted" not in harbour.main


def test_events_stand_in_groups_under_their_dates(page, put_all, story):
    days = ("2026-03-03", "2026-03-03", "2026-03-03", "2026-03-02", "1987", "..")
    put_all([ready_event(story=story, date=day) for day in days])

    harbour = page("/stories/harbour/")

    groups = [
        one.text
        for one in harbour.all("h2")
        if one.attributes.get("id", "").startswith("group-")
    ]
    assert groups == ["3 March 2026", "2 March 2026", "1987", "Date not known"]
    assert "No report says when these happened." in harbour.main
    assert len(harbour.all("svg", cls="glyph")) == len(days)


def test_the_band_links_to_every_event_of_the_story(page, put_all, story):
    put_all([ready_event(story=story, date=f"2026-03-{day:02d}") for day in (1, 5, 9)])

    harbour = page("/stories/harbour/")

    ids = {one.attributes["id"] for one in harbour.all("h3") if "id" in one.attributes}
    named = {
        link.attributes["href"].removeprefix("#")
        for link in harbour.all("a")
        if link.text.startswith(("1 March 2026: ", "5 March 2026: ", "9 March 2026: "))
    }
    assert len(named) == 3
    assert named <= ids


def test_a_story_of_many_events_shows_how_many_were_when(
    page, put_all, story, monkeypatch
):
    monkeypatch.setattr(overview, "MOST_MARKS", 2)
    put_all([ready_event(story=story, date=day) for day in ("2026-03-01",) * 2])
    put_all([ready_event(story=story, date="2026-03-03", title="The last")])

    harbour = page("/stories/harbour/")

    assert "3 March 2026: 1 event" in harbour.links
    assert "The last" in titles(harbour)
    earlier = page(harbour.links["1 March 2026: 2 events"])
    assert len(titles(earlier)) == 2
    assert "The last" not in titles(earlier)


def test_statements_of_ai_generated_sources_alone_are_folded_behind_the_others(
    page, put, story
):
    event = ready_event(story=story)
    machine = SourceFactory(
        production="ai_generated", production_words="Written by a machine."
    )
    for number in range(3):
        added = StatementFactory(event=event, text=f"Invented {number}.")
        CitationFactory(statement=added, source=machine)
    put(event)

    harbour = page("/stories/harbour/")

    (folded,) = harbour.texts("details", cls="folded")
    assert folded.startswith("3 more statements, found in AI-generated sources alone")
    assert "The page says of itself: Written by a machine." in folded
    assert all(f"Invented {number}." in folded for number in range(3))
    assert statement_of(event).text not in folded


def test_what_an_entry_was_corrected_in_is_said_with_the_day(page, put, story):
    event = ready_event(story=story, title="It is dredged")
    put(event)
    event.title = "It was dredged"
    event.version += 1
    event.save()
    put(event, kind="correction", note="It is over.")

    (note,) = page("/stories/harbour/").texts("p", cls="corrected-note")

    assert note.startswith("Corrected ")
    assert note.endswith(": It is over.")


def test_the_page_of_the_first_story_is_not_too_large(get):
    call_command("loaddata", "openai_nato", verbosity=0)

    assert len(get("/stories/openai-nato/").content) < 120_000


def test_a_full_quote_is_a_block_of_its_own(page, put, story):
    event = ready_event(story=story)
    statement = statement_of(event)
    statement.mode, statement.quote = "direct_quote", "I was never there."
    statement.save()
    put(event)

    (quote,) = page("/stories/harbour/").all("blockquote")

    assert quote.text == "I was never there."
    assert quote.attributes["lang"] == "en"


def test_a_corrected_statement_is_struck_through_with_who_corrects_it(page, put, story):
    event = ready_event(story=story, slug="dredging")
    wrong = statement_of(event)
    wrong.text = "All channels."
    wrong.save()
    spokeswoman = StatementFactory(
        event=event,
        slug="only-one",
        unnamed=True,
        described_as="a spokeswoman",
        text="One channel.",
    )
    CitationFactory(statement=spokeswoman)
    StatementLinkFactory(statement=spokeswoman, target=wrong, kind="corrects")
    put(event)

    harbour = page("/stories/harbour/")

    assert harbour.texts("s") == ["All channels."]
    assert "Corrected" in harbour.texts("li", cls="mark")
    (corrects,) = harbour.texts("p", cls="link")
    (told,) = harbour.texts("p", cls="link weighs")
    assert corrects.startswith("Corrects ")
    assert told.startswith("Corrected by A spokeswoman, as reported by")
    assert told.endswith(", 3 March 2026: One channel.")
    assert "#only-one" in harbour.addresses


def test_a_correction_in_another_event_is_shown_too(page, put, story):
    event = ready_event(story=story)
    put(event)
    other = ready_event(slug="later", story=StoryFactory())
    correction = statement_of(other)
    StatementLinkFactory(statement=correction, target=statement_of(event))
    put(other)

    harbour = page("/stories/harbour/")

    assert harbour.texts("s") == [statement_of(event).text]
    assert f"/events/later/#{correction.slug}" in harbour.addresses
    assert correction.text in harbour.main


def test_a_contradiction_by_an_ai_generated_report_is_shown_and_changes_nothing(
    page, put, story
):
    event = ready_event(story=story)
    machine = StatementFactory(event=event, text="It never was.")
    CitationFactory(statement=machine, source=SourceFactory(production="ai_generated"))
    StatementLinkFactory(
        statement=machine, target=statement_of(event), kind="contradicts"
    )
    put(event)

    harbour = page("/stories/harbour/")

    assert "Contradicted by" in harbour.main
    assert "AI-generated; changes nothing here" in harbour.main
    assert "Disputed" not in harbour.main
    assert harbour.texts("s") == []


def test_an_ai_generated_source_is_marked(page, put, story):
    put(ready_event(story=story, source=SourceFactory(production="ai_generated")))

    assert "AI-generated" in page("/stories/harbour/").texts("span", cls="mark")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("no_response", "Did not respond"),
        ("declined_to_comment", "Declined to comment"),
    ],
)
def test_silence_is_shown_as_silence(page, put, story, kind, words):
    event = ready_event(story=story)
    statement = statement_of(event)
    statement.kind, statement.told_to = kind, OutletFactory(name="The Paper")
    statement.speaker.name = "The Alliance"
    statement.speaker.save()
    statement.save()
    put(event)

    harbour = page("/stories/harbour/")

    assert "The Alliance, asked by The Paper" in harbour.main
    assert harbour.texts("li", cls="mark") == [words]


def test_origins_are_told_in_words_with_what_they_do_not_say(page, put, story):
    event = ready_event(story=story)
    statement = statement_of(event)
    statement.citations.all().delete()
    for name in ("The Paper", "The Journal"):
        publisher = OutletFactory(name=name)
        source = SourceFactory(reporting="own", publisher=publisher)
        CitationFactory(statement=statement, source=source)
    CitationFactory(statement=statement)
    put(event)

    harbour = page("/stories/harbour/")

    (summary,) = [one for one in harbour.texts("summary") if "2 outlets" in one][:1]
    assert summary == "2 outlets on their own sources, and others unknown, 3 reports"
    assert {"The Paper", "The Journal"} <= set(harbour.links)
    assert (
        "This counts who reported that something was said;"
        " it does not say that it is true."
    ) in harbour.main
    assert "First reported: 3 March 2026" in harbour.main


def test_without_a_known_origin_that_is_said(page, put, story):
    put(ready_event(story=story))

    assert (
        "No outlet is known to have reported this itself; origin unknown, 1 report"
        in (page("/stories/harbour/").main)
    )


def test_an_own_document_is_not_called_an_outlet(page, put, story):
    source = SourceFactory(reporting="own", publisher=ActorFactory(name="The Firm"))
    put(ready_event(story=story, source=source))

    assert "1 publisher on its own sources or documents, 1 report The Firm." in (
        page("/stories/harbour/").main
    )


def test_the_head_names_the_address_and_the_feed_of_the_story(page, put, story):
    put(ready_event(story=story))

    harbour = page("/stories/harbour/")

    assert [one.attributes["href"] for one in harbour.all("link")][:2] == [
        "https://timeline.example/stories/harbour/",
        "/api/v1/timeline/?story=harbour",
    ]
    assert harbour.texts("title") == ["The harbour – The Example Desk"]
    (description,) = harbour.all("meta", name="description")
    assert description.attributes["content"] == "Who dug what."


def test_an_id_leads_to_the_address(get, put, story):
    put(ready_event(story=story))

    response = get(f"/stories/{story.public_id}/")

    assert response.status_code == 308
    assert response["Location"] == "/stories/harbour/"


def test_as_many_queries_for_three_entries_as_for_one(
    get, put_all, story, django_assert_max_num_queries
):
    put_all([ready_event_with_links(StoryFactory(slug="one"))])
    with django_assert_max_num_queries(20) as for_one:
        get("/stories/one/")
    put_all([ready_event_with_links(story) for _ in range(3)])

    with django_assert_max_num_queries(20) as for_three:
        get("/stories/harbour/")

    assert len(for_three) == len(for_one)


def ready_event_with_links(story):
    """An event that a statement of another event corrects, and with a copied source."""
    event = ready_event(story=story)
    copied = statement_of(event).citations.get().source
    SourceLinkFactory(source=SourceFactory(), target=copied)
    elsewhere = ready_event()
    StatementLinkFactory(statement=statement_of(event), target=statement_of(elsewhere))
    EventStoryFactory(event=event, story=StoryFactory())
    return event

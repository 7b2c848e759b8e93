"""The page of an event: all of it, what became of it, and its revisions."""

import pytest

from tests.factories import (
    CitationFactory,
    EventFactory,
    EventTopicFactory,
    OutletFactory,
    RelatedEventFactory,
    SourceFactory,
    SourceLinkFactory,
    StatementFactory,
    StatementLinkFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from tests.publishing.desk import bring_back, destroy_text, give_way, keep_back
from timeline.publishing.read import head

from .reading import read


@pytest.fixture
def event():
    return ready_event(
        slug="dredging",
        title="The harbour is dredged",
        story=StoryFactory(slug="harbour", title="The harbour"),
    )


def test_it_tells_the_event_in_full(page, put, event):
    statement = event.statements.get()
    statement.described_as, statement.described_number = "two sailors", "two"
    statement.speaker, statement.ground = None, "who were on board"
    statement.reason_unnamed = "they fear for their work"
    statement.save()
    citation = statement.citations.get()
    citation.via = SourceFactory(title="The first report")
    citation.credit, citation.passage = "not_found", "unchecked"
    citation.prefix, citation.exact, citation.suffix = "saw ", "the dredger", " leave"
    citation.after_update = True
    citation.save()
    SourceLinkFactory(source=SourceFactory(title="A copy"), target=citation.source)
    put(event)

    dredging = page("/events/dredging/")

    for words in (
        "Two sailors",
        "Not named",
        "two people",
        "why they would know: who were on board",
        "why they are not named: they fear for their work",
        "Citing The first report",
        "What it credits does not say so.",
        "Also carried by A copy",
        "Found only in the report as updated.",
        "saw the dredger leave",
        "Not checked against the text.",
    ):
        assert words in dredging.main


def test_it_links_to_its_stories_its_topics_and_related_events(page, put, put_all):
    other = ready_event(slug="before", title="What came before")
    event = ready_event(slug="dredging", story=StoryFactory(slug="harbour"))
    EventTopicFactory(event=event, topic=TopicFactory(slug="ports", name="Ports"))
    RelatedEventFactory(event=event, target=other, kind="responds_to")
    put_all([event, other])

    dredging = page("/events/dredging/")

    assert "Responds to: What came before" in dredging.main
    assert {"/events/before/", "/stories/harbour/", "/topics/ports/"} <= set(
        dredging.addresses
    )


def test_its_revisions_are_listed_with_their_notes(page, put, event):
    put(event)
    event.title = "The harbour is dredged again"
    event.version += 1
    event.save()
    put(event, kind="correction", note="It was the second time.")

    dredging = page("/events/dredging/")

    assert "Revision 2 · Corrected" in dredging.main
    assert "It was the second time." in dredging.main
    assert "Revision 1 · Published" in dredging.main
    assert dredging.links["Revision 1"] == "/events/dredging/revisions/1/"
    assert "Revision 1" in dredging.one("li", id="revision-1").text


def test_the_last_correction_stands_above_what_was_said(page, put, event):
    put(event)
    before = page("/events/dredging/")
    for number, kind in enumerate(["correction", "correction", "update"], start=1):
        event.title = f"Title {number}"
        event.version += 1
        event.save()
        put(event, kind=kind, note=f"Note {number}.")

    head = page("/events/dredging/").one("header", cls="split opening").text

    assert "Corrected" not in before.main
    assert "Corrected · " in head
    assert "Note 2." in head
    assert "Note 1." not in head
    assert "Note 3." not in head


def test_every_time_says_its_zone(page, put, event):
    put(event)

    dredging = page("/events/dredging/")

    times = [one for one in dredging.all("time") if ":" in one.text]
    assert len(times) == 1
    assert all("UTC" in one.text for one in times)
    assert "Days and times are in UTC." in dredging.one("footer", cls="imprint").text


def test_each_statement_has_its_own_place_on_the_page(page, put, event):
    put(event)

    (statement,) = page("/events/dredging/").all("article", cls="statement stands")

    assert statement.attributes["id"] == event.statements.get().slug


def test_the_one_that_corrects_and_the_one_corrected_link_to_each_other(
    page, put, event
):
    wrong = event.statements.get()
    right = StatementFactory(event=event, text="One channel.")
    CitationFactory(statement=right)
    StatementLinkFactory(statement=right, target=wrong)
    put(event)

    dredging = page("/events/dredging/")

    assert wrong.text in dredging.texts("s")
    assert {f"#{wrong.slug}", f"#{right.slug}"} <= set(dredging.addresses)


def test_what_rests_on_ai_generated_sources_alone_says_so(page, put):
    source = SourceFactory(production="ai_generated")
    put(ready_event(slug="dredging", source=source))

    assert "Rests on AI-generated sources alone" in page("/events/dredging/").main


def test_a_withdrawn_event_is_gone_with_its_note_and_its_successor(
    get, put, take_away, event
):
    put(event)
    better = ready_event(slug="better")
    put(better)
    take_away(event, note="It was another harbour.", successor=better)

    response = get("/events/dredging/")

    assert response.status_code == 410
    gone = read(response)
    assert "It was another harbour." in gone.main
    assert gone.links["Read the event that stands in its place"] == "/events/better/"
    assert "The harbour is dredged" not in gone.main


def test_a_withdrawn_event_still_lists_its_revisions(get, put, take_away, event):
    put(event)
    take_away(event, note="It was another harbour.")

    gone = read(get("/events/dredging/"))

    assert "Revision 2 · Withdrawn" in gone.one("li", id="revision-2").text
    assert gone.links["Revision 1"] == "/events/dredging/revisions/1/"


def test_an_event_on_hold_is_not_shown_and_says_so(get, put, event):
    put(event)
    keep_back(event, note="A complaint is looked into.")

    response = get("/events/dredging/")

    assert response.status_code == 451
    main = read(response).main
    assert "This event is on hold" in main
    assert "The harbour is dredged" not in main
    assert "Revision 1" not in main


def test_a_released_event_is_shown_as_before(get, put, event):
    put(event)
    keep_back(event)

    bring_back(event, note="It was unfounded.")

    page = read(get("/events/dredging/"))
    assert "The harbour is dredged" in page.main
    assert "Revision 3 · Released from hold" in page.one("li", id="revision-3").text


def test_a_suppressed_event_is_gone_and_its_texts_are_not_led_to(get, put, event):
    put(event)
    put(ready_event(slug="other"))
    destroy_text(event, note="A court ordered it.")

    response = get("/events/dredging/")

    assert response.status_code == 410
    gone = read(response)
    assert "This event was suppressed" in gone.main
    assert "A court ordered it." in gone.main
    assert "Revision 1 · text suppressed · Published" in gone.main
    assert "but for those whose text was suppressed" in gone.main
    assert "Revision 1" not in gone.links
    assert "The harbour is dredged" not in gone.main


def test_a_merged_event_leads_to_the_one_it_was_merged_into(get, put, event):
    put(event)
    put(better := ready_event(slug="better"))
    give_way(event, better)

    response = get("/events/dredging/")

    assert response.status_code == 308
    assert response["Location"] == "/events/better/"


def test_an_id_leads_to_the_address(get, put, event):
    put(event)

    response = get(f"/events/{event.public_id}/")

    assert response.status_code == 308
    assert response["Location"] == "/events/dredging/"


@pytest.mark.parametrize("noun", ["events", "stories", "actors", "sources", "topics"])
def test_a_draft_and_nothing_at_all_are_the_same_bytes(get, put, noun):
    put(ready_event())
    story = StoryFactory(slug="draft-slug")
    source = SourceFactory(slug="draft-slug", title="A secret")
    draft = ready_event(slug="draft-slug", story=story, source=source)
    EventTopicFactory(event=draft, topic=TopicFactory(slug="draft-slug"))
    speaker = draft.statements.get().speaker
    speaker.slug = "draft-slug"
    speaker.save()

    hidden, absent = get(f"/{noun}/draft-slug/"), get(f"/{noun}/nobody-knows/")

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert dict(hidden.headers) == dict(absent.headers)


@pytest.mark.parametrize(
    "name", ["%00", "a" * 300, "..%2F..", "UPPER", "é", "%3Cscript%3E", "1%27%20OR"]
)
def test_odd_names_are_not_found(get, name):
    response = get(f"/events/{name}/")

    assert response.status_code == 404
    assert "script>" not in response.content.decode()


def test_other_addresses_are_not_found_either(get):
    response = get("/nothing/here/")

    assert response.status_code == 404
    assert "There is nothing here" in read(response).main


def test_as_many_queries_for_three_statements_as_for_one(
    get, put, event, django_assert_max_num_queries
):
    put(event)
    with django_assert_max_num_queries(20) as for_one:
        get("/events/dredging/")
    for _ in range(2):
        CitationFactory(statement=StatementFactory(event=event))
    put(event)

    with django_assert_max_num_queries(20) as for_three:
        get("/events/dredging/")

    assert len(for_three) == len(for_one)


def test_an_edit_on_the_desk_changes_no_byte(get, put, event):
    put(event)
    paths = [
        "/",
        "/stories/harbour/",
        "/events/dredging/",
        f"/actors/{event.statements.get().speaker.slug}/",
        f"/sources/{event.statements.get().citations.get().source.slug}/",
    ]
    before = [get(path).content for path in paths]

    change_everything(event)

    assert [get(path).content for path in paths] == before
    assert not any(b"SECRET" in get(path).content for path in paths)


def change_everything(event):
    """What an editor may do to a live event, before publishing it again."""
    statement = event.statements.get()
    story = event.stories.get()
    source = statement.citations.get().source
    for row, name in [
        (event, "title"),
        (event, "summary"),
        (event, "notes"),
        (statement, "text"),
        (statement, "notes"),
        (statement.speaker, "name"),
        (story, "title"),
        (source, "title"),
        (source, "notes"),
    ]:
        setattr(row, name, "SECRET")
        row.save()
    CitationFactory(statement=StatementFactory(event=event, text="SECRET"))
    EventFactory(title="SECRET")


def test_the_footer_names_the_publisher_the_terms_and_the_record(page, put, event):
    put(event)
    foot = page("/events/dredging/")

    assert "Published by The Example Desk" in foot.one("footer", cls="imprint").text
    assert foot.links["CC BY 4.0"] == "https://creativecommons.org/licenses/by/4.0/"
    assert foot.links["desk@timeline.example"] == "mailto:desk@timeline.example"
    assert foot.links["Corrections policy"] == (
        "https://timeline.example/corrections-policy"
    )
    assert foot.links["The same as data (API)"] == "/api/v1/"
    assert foot.links[f"Check it: {head().digest[:12]}"] == "/record/"


def test_a_site_that_names_nobody_has_a_footer_all_the_same(page, put, event, settings):
    settings.DATELINE_PUBLISHER = settings.DATELINE_CONTACT = ""
    settings.DATELINE_LICENCE_NAME = settings.DATELINE_LICENCE_URL = ""
    settings.DATELINE_CORRECTIONS_POLICY = ""
    put(event)

    dredging = page("/events/dredging/")

    assert dredging.texts("p", cls="name") == ["Dateline"]
    assert "mailto:" not in " ".join(dredging.addresses)


def test_each_statement_shows_who_took_it_from_whom(page, put, event):
    statement = event.statements.get()
    wire = SourceFactory(publisher=OutletFactory(name="The Agency"))
    copy = SourceFactory(publisher=OutletFactory(name="The Review"))
    SourceLinkFactory(source=copy, target=wire, kind="republishes")
    CitationFactory(statement=statement, source=copy)
    put(event)

    dredging = page("/events/dredging/")

    of_statement = dredging.one("details", id=f"trail_of_{statement.slug}")
    assert "Who took this from whom" in of_statement.text
    assert "republished by The Review" in of_statement.text
    assert dredging.links["Who took it from whom"] == "#the_trail"
    assert dredging.texts("title").count("The Review republishes The Agency") == 2


def test_where_nothing_was_taken_over_the_trail_says_so(page, put, event):
    put(event)

    dredging = page("/events/dredging/")

    assert dredging.texts("h2", id="the_trail") == ["The trail"]
    assert "Nothing that is said here was taken from another report" in dredging.main
    assert dredging.all("details", cls="trails") == []


def test_it_leads_to_the_trail_of_its_story(page, put, event):
    put(event)

    links = page("/events/dredging/").links

    assert links["its trail"] == "/stories/harbour/trail/"

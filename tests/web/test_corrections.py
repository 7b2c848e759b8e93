"""What was corrected or taken from view: its page, its feed, and the words for it."""

from xml.etree import ElementTree

import pytest

from tests.factories import ready_event
from tests.publishing.desk import (
    a_citation,
    a_source,
    a_statement,
    an_event,
    bring_back,
    destroy_text,
    edit,
    first,
    give_way,
    keep_back,
    link,
    put,
    relate,
    take_away,
)
from timeline.models import EventStory, Story
from timeline.publishing.read import texts, versions
from timeline.web.corrections import ON_A_PAGE
from timeline.web.differing import differences
from timeline.web.marking import marked

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def dredging():
    """A live event with one statement."""
    event = an_event("The harbour is dredged", slug="dredging", place="Kiel")
    put(event)
    return event


def corrected(event, note="It was wrong.", **changes):
    edit(event, **changes)
    put(event, kind="correction", note=note)


def changes_of(page):
    """What each change on a page says: what it is of, and its words before and now."""
    told = [one.text for one in page.all("dl", cls="changes")]
    return " ".join(told)


def between(event):
    """What is different between the last two texts of an event."""
    newest = versions(event.public_id, limit=1)[0]
    found = texts([newest.before, newest.sequence])
    before, after = found[newest.before], found[newest.sequence]
    return differences(before.document, after.document, {})


def said(parts):
    return "".join(text for text, _marked in parts)


def test_a_correction_stands_there_with_its_note_and_what_changed(page, dredging):
    corrected(dredging, "Another port.", title="The port is dredged", place="Husum")

    found = page("/corrections/")

    assert "Corrected" in found.texts("p", cls="kicker")
    assert "Another port." in found.texts("p", cls="note")
    assert found.links["The port is dredged"] == "/events/dredging/"
    assert found.texts("del") == ["harbour", "Kiel"]
    assert found.texts("ins") == ["port", "Husum"]


def test_a_publication_and_an_update_are_no_corrections(page, dredging):
    edit(dredging, place="Husum")
    put(dredging, kind="update")

    assert "Nothing was corrected or withdrawn so far." in page("/corrections/").main


def test_whatever_was_taken_from_view_stands_there_newest_first(page, dredging):
    take_away(gone := live("gone"), note="It never was.", successor=dredging)
    give_way(live("twice"), dredging, note="Told twice.")
    keep_back(back := live("back"), note="Being examined.")
    bring_back(back, note="It was unfounded.")
    destroy_text(live("secret"), note="A court ordered it.")

    found = page("/corrections/")

    assert found.texts("p", cls="kicker") == [
        *("Suppressed", "Released from hold", "Put on hold"),
        *("Merged into another", "Withdrawn"),
    ]
    assert found.texts("h2") == [
        *("An event whose text was suppressed", "Event back", "Event back"),
        *("Event twice", "Event gone"),
    ]
    assert found.main.count("In its place: The harbour is dredged") == 2
    assert gone.title in found.links


def live(slug):
    event = an_event(f"Event {slug}", slug=slug)
    put(event)
    return event


def test_of_an_event_on_hold_only_the_hold_is_told(page, get, dredging):
    corrected(dredging, "Not the mayor.", title="The mayor is not accused")
    keep_back(dredging, note="A complaint is examined.")

    for path in ("/corrections/", "/corrections/feed/"):
        text = get(path).content.decode()
        assert "A complaint is examined." in text
        assert "mayor" not in text
        assert "harbour" not in text
    assert page("/corrections/").texts("h2") == ["An event that is on hold"]


def test_what_was_suppressed_is_in_no_difference(page, get, dredging):
    corrected(dredging, "The name is left out.", title="Somebody is dredged")
    corrected(dredging, "And the place.", title="The channel is dredged")
    destroy_text(dredging, 2, note="A court ordered it.")

    event = page("/events/dredging/")
    third = page("/events/dredging/revisions/3/")
    second = get("/events/dredging/revisions/2/")

    for found in (event, third, page("/corrections/")):
        assert "Somebody" not in found.main
    assert "Compared with revision 1:" in third.main
    assert second.status_code == 410
    assert b"A court ordered it." in second.content
    assert b"Somebody" not in second.content


def test_a_related_event_that_is_on_hold_is_not_named_in_a_difference(page, dredging):
    other = live("accused")
    relate(dredging, other)
    edit(dredging, place="Husum")
    put(dredging)
    keep_back(other)

    told = page("/events/dredging/")

    assert "Event accused" not in told.main
    assert "an event that is on hold" in told.main


def test_the_corrections_of_one_story_have_a_page_and_a_feed(page, get):
    story = Story.objects.create(slug="harbour", title="The harbour")
    inside, gone = ready_event(story=story), ready_event(story=story)
    for event in (inside, gone, outside := live("outside")):
        put(event)
    corrected(inside, "Of the one inside.", place="Husum")
    corrected(outside, "Of the one outside.", place="Husum")
    take_away(gone, note="It never was.")

    found = page("/corrections/?story=harbour")
    feed = get("/corrections/feed/?story=harbour")

    assert found.texts("p", cls="note") == ["It never was.", "Of the one inside."]
    assert found.links["The harbour"] == "/stories/harbour/"
    (link_,) = found.all("link", title="Corrections")
    assert link_.attributes["href"] == "/corrections/feed/?story=harbour"
    titles = [
        one.text for one in ElementTree.fromstring(feed.content).iter(f"{ATOM}title")
    ]
    assert len(titles) == 3
    assert not any("outside" in title for title in titles)
    assert get("/corrections/?story=nothing").status_code == 404


def test_an_event_that_left_the_story_is_in_its_list_still(page):
    story = Story.objects.create(slug="harbour", title="The harbour")
    event = ready_event(story=story)
    put(event)
    EventStory.objects.filter(event=event).update(
        story=Story.objects.create(slug="another", title="Another")
    )
    corrected(event, "It belongs elsewhere.")

    assert "It belongs elsewhere." in page("/corrections/?story=harbour").main


def test_pages_lead_on_and_back_and_hold_each_correction_once(page, dredging):
    count = ON_A_PAGE + 3
    for number in range(count):
        corrected(dredging, f"Note {number:02}.", place=f"Port {number}")

    newest = page("/corrections/")
    older = page(newest.links["Older corrections"])
    again = page(older.links["Newer corrections"])

    notes = newest.texts("p", cls="note") + older.texts("p", cls="note")
    assert notes == [f"Note {number:02}." for number in reversed(range(count))]
    assert again.texts("p", cls="note") == newest.texts("p", cls="note")
    assert "Older corrections" not in older.links
    assert page("/corrections/?page=forged").texts("p", cls="note") == notes[:ON_A_PAGE]


def test_as_many_queries_for_many_as_for_one(
    get, dredging, django_assert_max_num_queries
):
    corrected(dredging, place="Husum")
    with django_assert_max_num_queries(12) as for_one:
        get("/corrections/")
    for number in range(3):
        corrected(event := live(f"event-{number}"), place="Husum")
        put(event, kind="correction")

    with django_assert_max_num_queries(12) as for_many:
        get("/corrections/")

    assert len(for_many) == len(for_one)


def test_corrections_that_name_a_private_person_are_in_no_index(page, dredging):
    corrected(dredging, place="Husum")
    open_to_all = page("/corrections/")
    speaker = first(dredging).speaker
    speaker.kind, speaker.private = "person", True
    speaker.save()
    edit(dredging)
    put(dredging)

    assert not open_to_all.all("meta", name="robots")
    assert page("/corrections/").all("meta", name="robots", content="noindex")


def test_the_feed_is_found_from_every_page_and_names_each_act_for_good(
    page, get, dredging
):
    corrected(dredging, "Another <port>.", title="The port is dredged")

    first_time = get("/corrections/feed/")
    feed = ElementTree.fromstring(first_time.content)
    (entry,) = feed.iter(f"{ATOM}entry")
    again = get("/corrections/feed/", if_none_match=first_time["ETag"])

    assert first_time["Content-Type"] == "application/atom+xml; charset=utf-8"
    for path in ("/", "/corrections/", "/events/dredging/"):
        (link_,) = page(path).all("link", title="Corrections")
        assert link_.attributes["href"] == "/corrections/feed/"
    assert entry.find(f"{ATOM}title").text == "Corrected: The port is dredged"
    assert entry.find(f"{ATOM}id").text.startswith("urn:uuid:")
    assert entry.find(f"{ATOM}summary").text == "Another <port>."
    assert "<del>harbour</del>" in entry.find(f"{ATOM}content").text
    assert "Another &lt;port&gt;." in entry.find(f"{ATOM}content").text
    assert again.status_code == 304


def test_a_revision_is_shown_as_it_was_and_says_so(page, dredging):
    corrected(dredging, "Another port.", title="The port is dredged")

    was, now = (page(f"/events/dredging/revisions/{number}/") for number in (1, 2))

    assert was.texts("h1") == ["The harbour is dredged"]
    assert "It is not what the record says now." in was.main
    assert was.links["The event as it stands now"] == "/events/dredging/"
    assert was.links["The revision after"] == "/events/dredging/revisions/2/"
    assert now.links["The revision before"] == "/events/dredging/revisions/1/"
    assert "Nothing was done with the event since." in now.main
    assert changes_of(now).startswith("Title before: The harbour is dredged now: The")
    assert was.all("meta", name="robots", content="noindex")


def test_the_revisions_of_a_withdrawn_event_stay_readable(page, dredging):
    take_away(dredging, note="It never was.")

    was, gone = (page(f"/events/dredging/revisions/{number}/") for number in (1, 2))

    assert was.texts("h1") == ["The harbour is dredged"]
    assert "It never was." in gone.main
    assert "no text was published" in gone.main


@pytest.mark.parametrize("number", ["0", "01", "2", "x", "9" * 30, "1%00"])
def test_a_revision_that_there_never_was_is_not_found(get, dredging, number):
    assert get(f"/events/dredging/revisions/{number}/").status_code == 404


def test_a_revision_of_an_event_on_hold_is_not_shown(get, dredging):
    keep_back(dredging)

    answer = get("/events/dredging/revisions/1/")

    assert answer.status_code == 451
    assert b"harbour" not in answer.content


def test_an_id_leads_to_the_revision_too(get, dredging):
    answer = get(f"/events/{dredging.public_id}/revisions/1/")

    assert answer.status_code == 308
    assert answer["Location"] == "/events/dredging/revisions/1/"


def test_what_follows_from_another_event_leads_there(page, dredging):
    other = an_event("The count", slug="count")
    put(other)
    link(first(other), "corrects", first(dredging))
    edit(other, title="The count is done")
    put(other)

    found = page("/events/dredging/")

    assert "Follows from: The count is done" in found.main
    assert "Standing before: Stands now: Corrected" in changes_of(found)


def test_statements_that_came_went_or_were_reworded_are_told_apart(dredging):
    gone = a_statement(dredging, "It will go.", source=a_source())
    put(dredging)
    edit(first(dredging), text="The harbour is dredged twice.")
    a_statement(dredging, "It has come.", source=a_source())
    gone.delete()
    edit(dredging)
    put(dredging, kind="correction")

    told = {one.state: one for one in between(dredging).statements}

    assert told["added"].text == "It has come."
    assert told["removed"].text == "It will go."
    (change,) = told["reworded"].changes
    assert change.what == "What was said"
    assert said(change.after) == "The harbour is dredged twice."


def test_reports_that_came_or_went_are_named(dredging):
    statement = first(dredging)
    statement.citations.all().delete()
    a_citation(statement, a_source("Another report"))
    edit(dredging)
    put(dredging, kind="correction")

    (told,) = between(dredging).statements

    found = [
        (said(one.before), said(one.after))
        for one in told.changes
        if one.what == "Found in"
    ]
    assert found == [
        ("", "The Paper, “Another report”"),
        ("The Paper, “A report”", ""),
    ]


def test_a_text_that_says_the_same_says_that(page, dredging):
    keep_back(dredging)
    bring_back(dredging)

    assert "What it says did not change." in page("/events/dredging/").main


@pytest.mark.parametrize(
    ("before", "after", "struck", "new"),
    [
        ("one small ship", "one large ship", ["small"], ["large"]),
        ("one ship", "one ship sinks", [], ["sinks"]),
        ("nothing alike here", "all of it anew", ["nothing alike here"], None),
        ("", "new", [], ["new"]),
        ("word " * 700, "word " * 701, None, None),
    ],
)
def test_only_the_words_that_differ_are_marked(before, after, struck, new):
    old, now = marked(before, after)

    assert said(old) == before
    assert said(now) == after
    if struck is not None:
        assert [text for text, is_marked in old if is_marked] == struck
    if new is not None:
        assert [text for text, is_marked in now if is_marked] == new

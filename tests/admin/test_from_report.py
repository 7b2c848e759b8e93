"""New from a report: one page and one save, and what becomes of wrong input."""

import pytest
from django.urls import reverse

from tests.admin.desk import account, at_the_desk, said, text, url
from tests.factories import (
    ActorFactory,
    SourceFactory,
    SourceSnapshotFactory,
    StoryFactory,
)
from timeline.models import Actor, Event, LiveState, Source

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:timeline_from_report")
READING = reverse("admin:timeline_report_reading")
CALLED = reverse("admin:timeline_called")
TEXT = """A deal with the alliance is weighed
Published by The Wire
Posted on March 3, 2026
The company weighs a deal.
“We are looking at it closely,” Ada Lovelace said late last week.
"""


def filled(**changes):
    given = {
        "address": "https://wire.example/deal",
        "text": TEXT,
        "publisher": "The Wire",
        "published": "3 March 2026",
        "title": "The company weighs a deal",
        "when": "late last week",
        "who": "Ada Lovelace",
        "words": "We are looking at it closely",
    }
    return given | changes


def errors(response, field):
    return " ".join(response.context["form"].errors.get(field, []))


def test_one_save_makes_the_event_and_says_what_is_new():
    response = at_the_desk("Writer").post(PAGE, filled(), follow=True)

    event = Event.objects.get()
    assert response.redirect_chain == [(url(event), 302)]
    assert event.date.edtf == "[2026-02-26..2026-02-28]"
    assert Source.objects.get().published.edtf == "2026-03-03"
    assert Source.objects.get().title == "A deal with the alliance is weighed"
    told = " ".join(said(response))
    assert "The Wire (news outlet), Ada Lovelace (person)" in told
    assert event.live_state == LiveState.NEVER


def test_who_may_publish_publishes_with_the_same_save():
    response = at_the_desk().post(PAGE, filled(publish="on"), follow=True)

    assert Event.objects.get().live_state == LiveState.LIVE
    assert any("Published" in sentence for sentence in said(response))


def test_the_event_is_put_into_a_story_where_one_is_chosen():
    StoryFactory(title="Another")
    story = StoryFactory(title="The alliance")
    browser = at_the_desk("Writer")

    page = text(browser.get(PAGE))
    browser.post(PAGE, filled(story=story.pk))
    kept = browser.post(PAGE, filled(address="", title="", story=story.pk))

    assert "Part of the story" in page and ">The alliance</option>" in page
    assert list(Event.objects.get().stories.all()) == [story]
    assert f'<option value="{story.pk}" selected>The alliance</option>' in text(kept)


@pytest.mark.parametrize("story", ["", "²", "99999", "9" * 30])
def test_a_story_that_is_not_there_is_none(story):
    StoryFactory()

    response = at_the_desk("Writer").post(PAGE, filled(story=story))

    assert Event.objects.count() == (1 if story == "" else 0)
    assert (response.status_code == 302) == (story == "")


def test_without_any_story_none_is_asked_for():
    assert "Part of the story" not in text(at_the_desk("Writer").get(PAGE))


def test_publishing_that_is_forged_is_not_done():
    at_the_desk("Writer").post(PAGE, filled(publish="on"))

    assert Event.objects.get().live_state == LiveState.NEVER


def test_what_bars_publishing_is_said_and_the_draft_is_kept(settings):
    settings.DATELINE_REVIEW_NEEDS_ANOTHER = True

    response = at_the_desk().post(PAGE, filled(publish="on"), follow=True)

    assert Event.objects.get().live_state == LiveState.NEVER
    told = " ".join(said(response))
    assert "Saved as a draft, not published" in told and "your own draft" in told


# What is wrong, the field that says so, and a word of the sentence.
WRONG = [
    ({"title": ""}, "title", "required"),
    ({"publisher": ""}, "publisher", "Say who published it"),
    ({"published": "3.3.2026"}, "published", "2026-03-03"),
    ({"published": "some time"}, "published", "As in 2026-03-03, 3 March 2026"),
    ({"when": "some time ago"}, "when", "table of phrases"),
    ({"words": "Never said"}, "words", "exactly once"),
    ({"who": ""}, "who", "Say who said it"),
    ({"address": "javascript:alert(1)"}, "address", "valid URL"),
    ({"title": "nul\0"}, "title", "Null characters"),
]


@pytest.mark.parametrize(("changes", "field", "word"), WRONG)
def test_wrong_input_is_said_at_its_field_and_nothing_is_lost(changes, field, word):
    response = at_the_desk("Writer").post(PAGE, filled(**changes))

    assert word in errors(response, field)
    assert "autofocus" in response.context["form"].fields[field].widget.attrs
    assert response.context["form"]["text"].value() == TEXT
    assert response.context["form"]["words"].value() == filled(**changes)["words"]
    assert not Event.objects.exists() and not Actor.objects.exists()


def test_the_same_form_sent_twice_makes_one_event():
    browser = at_the_desk("Writer")
    form = filled(form_key="k", address="")

    first = browser.post(PAGE, form)
    second = browser.post(PAGE, form)

    assert first.url == second.url
    assert Event.objects.count() == Source.objects.count() == 1


def test_a_known_address_offers_its_report():
    source = SourceFactory(original_url="https://www.wire.example/deal/")
    browser = at_the_desk("Writer")
    form = filled(address="http://wire.example/deal?utm_source=x", publisher="")

    offered = browser.post(PAGE, form)
    browser.post(PAGE, form | {"use_report": "on"})

    assert f"“{source}” is on the desk" in errors(offered, "address")
    assert Source.objects.get() == source
    assert Event.objects.get().statements.get().citations.get().source == source
    assert source.snapshots.get().text == TEXT


def test_the_button_fills_in_what_the_text_says_and_saves_nothing():
    typed = filled(publisher="", published="", title="Kept") | {"_read": ""}

    form = at_the_desk("Writer").post(PAGE, typed).context["form"]

    assert (form["publisher"].value(), form["published"].value()) == (
        "The Wire",
        "2026-03-03",
    )
    assert form["title"].value() == "Kept"
    assert not Event.objects.exists()


def test_the_script_is_told_what_the_text_and_the_address_say():
    SourceFactory(original_url="https://wire.example/deal", publisher__name="Wire Ltd")
    given = {"address": "http://www.wire.example/deal/", "text": TEXT}

    found = at_the_desk("Writer").post(READING, given).json()

    assert found["published"] == "2026-03-03"
    assert found["publisher"] == "Wire Ltd"
    assert found["known"] == str(Source.objects.get())


def test_the_script_is_told_who_is_meant():
    ActorFactory(name="Ada Lovelace", kind="person")
    browser = at_the_desk("Writer")

    def told(name, part="who"):
        return browser.get(CALLED, {"name": name, "part": part}).json()

    assert told("ada l")["names"] == ["Ada Lovelace"]
    assert told("Ada Lovelace")["sentence"] == "On the desk: Ada Lovelace, person."
    assert told("OpenAI")["sentence"] == "New: will be added (organisation)."
    assert told("Wire", "publisher")["sentence"] == "New: will be added (news outlet)."
    assert "Not named" in told("a person who knows")["sentence"]
    assert told("\0%_")["names"] == []


def test_odd_input_to_the_script_is_answered():
    browser = at_the_desk("Writer")

    for odd in ("\0", "\ud800", "http://[", "x" * 5000, "%00"):
        sent = odd.encode("utf-8", "surrogatepass")
        given = {"address": sent, "text": sent}
        assert browser.post(READING, given).status_code == 200
        assert browser.get(CALLED, {"name": sent}).status_code == 200


@pytest.mark.parametrize("address", [PAGE, READING, CALLED])
def test_who_may_only_read_has_none_of_it(address):
    browser = at_the_desk("Viewer")

    assert browser.get(address).status_code == 403
    assert browser.post(address, filled()).status_code == 403
    assert not Event.objects.exists()


def test_the_page_is_found_from_the_front_and_the_list():
    for role, there in (("Writer", True), ("Viewer", False)):
        browser = at_the_desk(role)
        for address in ("/admin/", reverse("admin:timeline_event_changelist")):
            assert (PAGE in text(browser.get(address))) == there


# Many events from one report


def rows(*several):
    data = {"form-TOTAL_FORMS": len(several), "form-INITIAL_FORMS": 0}
    for number, row in enumerate(several):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data


ONE = {"title": "One", "when": "yesterday", "who": "Ada", "words": "looking at it"}
TWO = {"title": "Two", "when": "", "who": "", "words": ""}


@pytest.fixture
def source():
    source = SourceFactory(published="2026-03-03")
    SourceSnapshotFactory(source=source, text=TEXT)
    return source


def test_many_events_are_made_from_one_report(source):
    page = url(source, "events")

    response = at_the_desk("Writer").post(page, rows(ONE, {}, TWO), follow=True)

    dates = dict(Event.objects.values_list("title", "date"))
    assert {title: date.edtf for title, date in dates.items()} == {
        "One": "2026-03-02",
        "Two": "[..2026-03-03]",
    }
    assert "2 events added" in said(response)[0]


def test_a_wrong_row_is_said_at_that_row_and_none_is_made(source):
    wrong = TWO | {"who": "Ada", "words": "Never said"}

    response = at_the_desk("Writer").post(url(source, "events"), rows(ONE, {}, wrong))

    forms = response.context["rows"].forms
    assert "exactly once" in forms[2].errors["words"][0]
    assert not forms[0].errors
    assert not Event.objects.exists()


def test_empty_rows_make_nothing(source):
    response = at_the_desk("Writer").post(url(source, "events"), rows({}, {}))

    assert "Fill in a row first." in text(response)


def test_rows_are_for_who_may_write(source):
    assert at_the_desk("Viewer").get(url(source, "events")).status_code == 403
    assert at_the_desk("Writer").get(url(source, "events")).status_code == 200
    assert account("Writer").has_perm("timeline.add_event")

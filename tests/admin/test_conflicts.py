"""Nobody overwrites anybody: both versions side by side, and what was chosen saved."""

import html
import re
from datetime import timedelta

import pytest

from tests.admin.desk import at_the_desk, filled_in, text, url, with_new_row
from tests.factories import (
    ActorFactory,
    ParticipationFactory,
    SourceFactory,
    StatementFactory,
    StoryFactory,
    ready_event,
)
from timeline.models import Event, Statement, Story

pytestmark = pytest.mark.django_db
BOTH = "Saved by two people"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def browser():
    return at_the_desk()


@pytest.fixture
def writer():
    return at_the_desk("Writer")


def opened(browser, row, **changes):
    """The form of a page that was opened, with these fields changed, not sent yet."""
    return filled_in(browser.get(url(row)), **changes)


def saved(browser, row, **changes):
    response = browser.post(url(row), opened(browser, row, **changes))
    assert response.status_code == 302
    return response


def on_page(response, **choices):
    """What the page with both versions sends, where these lines were chosen."""
    fields = re.findall(
        r'<input type="(hidden|radio)" name="([^"]+)" value="([^"]*)"([^>]*)>',
        text(response),
    )
    data = {
        html.unescape(name): html.unescape(value)
        for kind, name, value, more in fields
        if kind == "hidden" or "checked" in more
    }
    data.pop("csrfmiddlewaretoken", None)
    return data | {f"choose:{name}": choice for name, choice in choices.items()}


def items(response):
    return {
        item.key: (item.theirs, item.mine, item.who)
        for item in response.context["both"].items
    }


def test_who_comes_second_sees_both_versions_and_who_was_first(browser, writer):
    event = ready_event(title="As it was")
    mine = opened(browser, event, title="As I have it")
    saved(writer, event, title="As they have it", why="The agency says so.")

    response = browser.post(url(event), mine)

    assert response.status_code == 200
    page = text(response)
    assert BOTH in page
    assert "As they have it" in page and "As I have it" in page
    assert "writer" in page and "The agency says so." in page
    assert items(response) == {"title": ("As they have it", "As I have it", "both")}
    assert Event.objects.get().title == "As they have it"


def test_fields_that_only_one_changed_are_merged_by_one_click(browser, writer):
    event = ready_event(title="As it was", place="")
    mine = opened(browser, event, title="As I have it")
    saved(writer, event, place="Washington", notes="Called them.")

    asked = browser.post(url(event), mine)
    response = browser.post(url(event), on_page(asked))

    assert response.status_code == 302
    event.refresh_from_db()
    assert (event.title, event.place, event.notes, event.version) == (
        "As I have it",
        "Washington",
        "Called them.",
        3,
    )


@pytest.mark.parametrize(
    ("choice", "title"), [("mine", "As I have it"), ("theirs", "As they have it")]
)
def test_what_both_changed_is_what_was_chosen(browser, writer, choice, title):
    event = ready_event(title="As it was")
    mine = opened(browser, event, title="As I have it")
    saved(writer, event, title="As they have it")

    asked = browser.post(url(event), mine)
    response = browser.post(url(event), on_page(asked, title=choice))

    assert response.status_code == 302
    assert Event.objects.get().title == title


def test_nothing_is_saved_while_a_line_is_undecided(browser, writer):
    event = ready_event(title="As it was")
    mine = opened(browser, event, title="As I have it", place="Here")
    saved(writer, event, title="As they have it")

    asked = browser.post(url(event), mine)
    again = browser.post(url(event), on_page(asked))

    assert "Choose in each marked line" in text(again)
    assert on_page(again)["title"] == "As I have it"
    event.refresh_from_db()
    assert (event.title, event.place, event.version) == ("As they have it", "", 2)


def test_a_third_save_while_choosing_is_shown_as_well(browser, writer):
    event = ready_event(title="As it was")
    mine = opened(browser, event, title="As I have it")
    saved(writer, event, title="As they have it")
    asked = browser.post(url(event), mine)
    saved(writer, event, title="And yet another", place="There")

    again = browser.post(url(event), on_page(asked, title="mine"))
    done = browser.post(url(event), on_page(again))

    assert "And yet another" in text(again)
    assert done.status_code == 302
    event.refresh_from_db()
    assert (event.title, event.place, event.version) == ("As I have it", "There", 4)


def test_a_title_and_a_new_row_are_both_kept(browser, writer):
    event = ready_event(title="As it was")
    who = ActorFactory(name="Newly entered")
    mine = with_new_row(
        opened(browser, event), "participations", actor=who.pk, role="host"
    )
    saved(writer, event, title="As they have it")

    asked = browser.post(url(event), mine)
    response = browser.post(url(event), on_page(asked))

    assert "Newly entered" in text(asked)
    assert response.status_code == 302
    event.refresh_from_db()
    assert event.title == "As they have it"
    assert [part.actor for part in event.participations.all()] == [who]


def test_rows_that_both_added_are_both_kept(browser, writer):
    event = ready_event()
    one, other = StoryFactory(), StoryFactory()
    mine = with_new_row(opened(browser, event), "story_links", story=one.pk)
    theirs = with_new_row(opened(writer, event), "story_links", story=other.pk)
    assert writer.post(url(event), theirs).status_code == 302

    asked = browser.post(url(event), mine)
    assert browser.post(url(event), on_page(asked)).status_code == 302

    assert {one, other} < set(Story.objects.filter(events=event))


def test_fields_of_one_row_are_chosen_one_by_one(browser, writer):
    event = ready_event()
    mine = opened(browser, event, **{"statements-0-text": "Mine.", "place": "Here"})
    saved(
        writer,
        event,
        **{"statements-0-text": "Theirs.", "statements-0-quote": "“Their quote”"},
    )

    asked = browser.post(url(event), mine)
    [statement] = event.statements.all()
    key = f"statements:{statement.pk}:text"
    response = browser.post(url(event), on_page(asked, **{key: "mine"}))

    assert items(asked)[key] == ("Theirs.", "Mine.", "both")
    assert response.status_code == 302
    statement.refresh_from_db()
    assert (statement.text, statement.quote) == ("Mine.", "“Their quote”")


def test_a_row_that_was_removed_meanwhile_comes_back_if_one_says_so(browser, writer):
    event = ready_event()
    part = ParticipationFactory(event=event, role="agent")
    mine = opened(browser, event, **{"participations-0-role": "host"})
    saved(writer, event, **{"participations-0-DELETE": "on"})

    asked = browser.post(url(event), mine)
    key = f"participations:{part.pk}"
    undecided = browser.post(url(event), on_page(asked))
    response = browser.post(url(event), on_page(asked, **{key: "mine"}))

    assert items(asked)[key][0] == "removed it"
    assert "Choose in each marked line" in text(undecided)
    assert response.status_code == 302
    again = event.participations.get()
    assert (again.actor, again.role) == (part.actor, "host")


def test_a_row_that_nobody_typed_into_stays_removed(browser, writer):
    event = ready_event()
    ParticipationFactory(event=event)
    mine = opened(browser, event, title="As I have it")
    saved(writer, event, **{"participations-0-DELETE": "on"})

    asked = browser.post(url(event), mine)
    assert browser.post(url(event), on_page(asked)).status_code == 302

    assert not event.participations.exists()
    assert Event.objects.get().title == "As I have it"


@pytest.mark.parametrize(("choice", "left"), [("mine", 0), ("theirs", 1)])
def test_a_row_that_one_changes_and_the_other_removes(browser, writer, choice, left):
    event = ready_event()
    part = ParticipationFactory(event=event, role="agent")
    mine = opened(browser, event, **{"participations-0-DELETE": "on"})
    saved(writer, event, **{"participations-0-role": "host"})

    asked = browser.post(url(event), mine)
    key = f"participations:{part.pk}"
    response = browser.post(url(event), on_page(asked, **{key: choice}))

    assert items(asked)[key][2] == "both"
    assert response.status_code == 302
    assert event.participations.filter(role="host").count() == left


def test_a_row_that_only_one_removes_goes_by_one_click(browser, writer):
    event = ready_event()
    ParticipationFactory(event=event)
    mine = opened(browser, event, **{"participations-0-DELETE": "on"})
    saved(writer, event, title="As they have it")

    asked = browser.post(url(event), mine)
    assert browser.post(url(event), on_page(asked)).status_code == 302

    assert not event.participations.exists()


def test_places_of_rows_that_moved_are_not_mixed_up(browser):
    event = ready_event()
    second = StatementFactory(event=event, text="The second.")
    mine = opened(browser, event, **{"statements-1-text": "The second, by me."})
    saved(browser, event, **{"statements-0-DELETE": "on"})

    asked = browser.post(url(event), mine)
    response = browser.post(url(event), on_page(asked))

    assert response.status_code == 302
    second.refresh_from_db()
    assert second.text == "The second, by me."


def test_a_statement_and_its_event_do_not_overwrite_one_another(browser, writer):
    event = ready_event()
    statement = event.statements.get()
    mine = opened(browser, statement, text="Mine.", **{"citations-0-locator": "page 2"})
    saved(writer, event, title="As they have it", **{"statements-0-kind": "denial"})

    asked = browser.post(url(statement), mine)
    response = browser.post(url(statement), on_page(asked))

    assert response.status_code == 302
    statement.refresh_from_db()
    assert (statement.text, statement.kind) == ("Mine.", "denial")
    assert statement.citations.get().locator == "page 2"
    assert Event.objects.get().title == "As they have it"


def test_choices_are_shown_by_their_names(browser, writer):
    statement = ready_event().statements.get()
    citation = statement.citations.get()
    mine = opened(
        browser, statement, **{"citations-0-via": SourceFactory(title="My wire").pk}
    )
    via = SourceFactory(title="Their wire")
    saved(writer, statement, **{"citations-0-via": via.pk})

    asked = browser.post(url(statement), mine)

    assert items(asked) == {
        f"citations:{citation.pk}:via": ("Their wire", "My wire", "both")
    }


def test_what_is_wrong_with_the_chosen_is_said_with_all_of_it_kept(browser, writer):
    event = ready_event()
    mine = opened(browser, event, title="", place="Here")
    saved(writer, event, notes="Called them.")

    asked = browser.post(url(event), mine)
    response = browser.post(url(event), on_page(asked))

    assert response.status_code == 200
    assert "This field is required." in text(response)
    assert 'value="Here"' in text(response) and "Called them." in text(response)


def test_the_same_text_with_other_ends_of_lines_is_no_difference(browser, writer):
    event = ready_event(summary="One line.\nAnother.")
    mine = opened(browser, event, title="As I have it", summary="One line.\r\nAnother.")
    saved(writer, event, place="There")

    asked = browser.post(url(event), mine)

    assert set(items(asked)) == {"title", "place"}


def test_a_viewer_is_not_shown_what_others_typed(writer):
    event = ready_event()
    mine = opened(writer, event, title="Forged")
    saved(writer, event, title="As they have it")

    response = at_the_desk("Viewer").post(url(event), {**mine, "_both_seen": "2"})

    assert response.status_code == 403


# Who else has it open


def test_the_page_says_who_else_has_it_open(browser, writer):
    event = ready_event()
    writer.get(url(event))

    page = text(browser.get(url(event)))

    assert "writer has this open too" in page


def test_a_statement_that_is_open_is_an_event_that_is_open(browser, writer):
    event = ready_event()
    writer.get(url(event.statements.get()))

    assert "writer has this open too" in text(browser.get(url(event)))


def test_nobody_is_told_of_oneself_nor_of_who_left(browser, writer):
    event = ready_event()
    browser.get(url(event))
    writer.get(url(event))
    writer.post(url(event, "open"), {"left": "yes"})

    assert "has this open" not in text(browser.get(url(event)))


def test_the_script_is_told_who_has_it_open(browser, writer):
    event = ready_event()
    writer.get(url(event))

    answer = browser.post(url(event, "open"))

    assert "writer has this open too" in answer.json()["others"]
    assert browser.get(url(event, "open")).status_code == 405
    assert at_the_desk("Viewer").post(url(event, "open")).status_code == 403


def test_a_page_that_was_left_long_ago_is_open_no_more(browser, writer, monkeypatch):
    event = ready_event()
    monkeypatch.setattr("timeline.admin.open_pages.UNHEARD", -MINUTE)
    writer.get(url(event))

    assert "has this open" not in text(browser.get(url(event)))


def test_every_statement_is_kept_by_a_merge(browser, writer):
    event = ready_event()
    mine = with_new_row(
        opened(browser, event),
        "statements",
        kind="claim",
        mode="paraphrase",
        speaker=ActorFactory().pk,
        text="Added by me.",
    )
    theirs = with_new_row(
        opened(writer, event),
        "statements",
        kind="claim",
        mode="paraphrase",
        speaker=ActorFactory().pk,
        text="Added by them.",
    )
    assert writer.post(url(event), theirs).status_code == 302

    asked = browser.post(url(event), mine)
    assert browser.post(url(event), on_page(asked)).status_code == 302

    texts = set(Statement.objects.values_list("text", flat=True))
    assert {"Added by me.", "Added by them."} < texts

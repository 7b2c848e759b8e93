"""The front of the desk, what its numbers lead to, find, and ranges of days."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.admin.desk import account, at_the_desk, list_url, text, url
from tests.factories import (
    ActorFactory,
    CitationFactory,
    EventFactory,
    SourceFactory,
    SourceLinkFactory,
    ready_event,
)
from timeline.admin.desk import MOST, front
from timeline.dates import parse, resolve
from timeline.editing import saving, send_back, submit
from timeline.models import Event, Source
from timeline.publishing.write import publish

pytestmark = pytest.mark.django_db
FRONT = "/admin/"


def heaps(browser):
    """The numbers on the front, by their words; with the list each leads to."""
    page = text(browser.get(FRONT))
    rows = re.findall(
        r'<a href="([^"]+)"><span class="heap-words">([^<]+)</span> '
        r'<b class="heap-number">([^<]+)</b>',
        page,
    )
    return {
        words: (number, address.replace("&amp;", "&"))
        for address, words, number in rows
    }


def shown_by(browser, address):
    return list(browser.get(address).context["cl"].result_list)


def only_heap(browser, words):
    """The number of one heap, and what its list shows."""
    number, address = heaps(browser)[words]
    return number, shown_by(browser, address)


def test_an_empty_desk_says_how_to_begin():
    page = text(at_the_desk("Writer").get(FRONT))

    assert "Paste a report" in page and "New event" in page
    assert "loaddata openai_nato" in page


def test_what_is_mine_was_sent_back_and_waits():
    writer, editor = account("Writer"), account("Editor")
    mine, back = ready_event(), ready_event()
    for event in (mine, back):
        Event.objects.filter(pk=event.pk).update(owner=writer)
        event.refresh_from_db()
    submit(back, by=writer, version=1)
    send_back(back, by=editor, version=1, note="Who else?")
    submit(mine, by=writer, version=1)
    ready_event()

    of_writer, of_editor = at_the_desk("Writer"), at_the_desk("Editor")

    assert only_heap(of_writer, "Mine")[0] == "2"
    assert only_heap(of_writer, "Sent back to me") == ("1", [back])
    assert only_heap(of_writer, "Mine, waiting for an editor") == ("1", [mine])
    assert only_heap(of_editor, "Waiting for me: in review") == ("1", [mine])


def test_what_needs_attention_is_counted_and_each_number_leads_to_exactly_that():
    browser = at_the_desk()
    wire, copy = SourceFactory(), SourceFactory()
    SourceLinkFactory(source=copy, target=wire)
    resting = ready_event(source=copy).statements.get()
    Source.objects.filter(pk=wire.pk).update(status="retracted")
    lost = CitationFactory(passage="not_found", exact="Gone.").statement
    machine = ready_event(source=SourceFactory(production="ai_generated"))
    soon = ready_event()
    Event.objects.filter(pk=soon.pk).update(
        embargo_until=timezone.now() + timedelta(hours=2), embargo_reason="Agreed."
    )
    changed = ready_event()
    publish(changed, by=None, version=1)
    Event.objects.filter(pk=changed.pk).update(version=2)

    words = "Statements: rests on a corrected or retracted report"
    assert only_heap(browser, words) == ("1", [resting])
    words = "Statements: passage not found in the text"
    assert only_heap(browser, words) == ("1", [lost])
    words = "Events: only AI-generated reports"
    assert only_heap(browser, words) == ("1", [machine])
    words = "Events: embargo ends within a day"
    assert only_heap(browser, words) == ("1", [soon])
    words = "Events: live, with unpublished changes"
    assert only_heap(browser, words) == ("1", [changed])


def test_a_live_event_with_one_origin_is_told_until_it_has_two():
    browser, words = at_the_desk(), "Events: one origin, as readers see it"
    one = ready_event(source=SourceFactory(reporting="own"))
    two = ready_event(source=SourceFactory(reporting="own"))
    CitationFactory(
        statement=two.statements.get(), source=SourceFactory(reporting="own")
    )
    for event in (one, two):
        publish(event, by=None, version=1)

    assert only_heap(browser, words) == ("1", [one])


def test_a_date_is_stale_when_what_it_was_counted_from_changes_and_not_before():
    browser = at_the_desk()
    words = "Events: a date counted from one that has changed"
    report = SourceFactory(published="2026-03-04")
    event = EventFactory(
        date="2026-03-03",
        date_words="on Tuesday",
        date_anchor=report,
        date_rule=resolve("on Tuesday", parse("2026-03-04")).rule,
    )
    with saving(event, version=1):
        pass
    assert words not in heaps(browser)

    with saving(report, version=1) as row:
        row.published = "2026-03-12"
        row.save()
    event.refresh_from_db()
    stale = event.date_is_stale
    assert only_heap(browser, words) == ("1", [event])
    with saving(event, version=event.version) as row:
        row.date = "2026-03-10"
        row.save()

    event.refresh_from_db()
    assert (stale, event.date_is_stale) == (True, False)


def test_numbers_are_not_counted_to_the_end():
    Event.objects.bulk_create(
        Event(slug=f"e{n}", title="E", date="..", owner=account("Editor"))
        for n in range(MOST + 5)
    )

    assert heaps(at_the_desk())["Mine"][0] == "99+"


def test_the_front_asks_as_often_for_three_as_for_one():
    browser = at_the_desk()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            front(account("Editor"))
        return len(queries)

    def more():
        event = ready_event(source=SourceFactory(status="retracted"))
        publish(event, by=None, version=1)
        CitationFactory(passage="not_found")
        ActorFactory(name="The same")

    more(), more()
    browser.get(FRONT)
    few = asked()
    more(), more()

    assert asked() == few < 40


def test_what_was_published_last_is_told_with_who_did_it():
    event = ready_event(title="Just published")
    publish(event, by=account("Editor"), version=1)

    page = text(at_the_desk().get(FRONT))

    assert "Published last" in page and "Just published" in page
    assert "Published last" in text(at_the_desk("Viewer").get(FRONT))


# Find


def find(browser, words):
    return browser.get(reverse("admin:find", query={"q": words}))


def test_one_search_finds_events_statements_people_and_reports():
    event = ready_event(title="A cipher is agreed")
    statement = event.statements.get()
    statement.text = "The cipher holds."
    statement.save()
    actor = ActorFactory(name="Cipher Office")
    source = SourceFactory(title="On the cipher")

    response = find(at_the_desk("Viewer"), "cipher")

    pages = {page for kind in response.context["found"] for page, _w, _a in kind.rows}
    assert pages >= {url(row) for row in (event, statement, actor, source)}
    assert "Nothing on the desk" in text(find(at_the_desk(), "nowhere"))


@pytest.mark.parametrize("words", ["\0", '"', "x" * 500, "%_", "word " * 300, ""])
def test_whatever_is_searched_for_is_answered(words):
    ready_event()

    assert find(at_the_desk(), words).status_code == 200


def test_every_page_has_the_field_to_find_and_the_way_to_the_keys():
    page = text(at_the_desk().get(list_url(Event)))

    assert 'action="/admin/find/"' in page and 'href="/admin/keys/"' in page
    assert "Ctrl" in text(at_the_desk().get("/admin/keys/"))


# Ranges of days


@pytest.mark.parametrize(
    ("date", "met"),
    [
        ("2026-03-03", True),
        ("2026-03", True),
        ("2026", True),
        ("[..2026-04-02]", True),
        ("[2026-02-26..2026-03-02]", True),
        ("..", True),
        ("2026-02", False),
        ("2026-03-11", False),
        ("[2026-03-11..]", False),
        ("[..2026-02-20]", False),
        ("", False),
    ],
)
def test_a_range_of_days_meets_what_may_have_happened_in_it(date, met):
    EventFactory(date=date)
    address = list_url(Event, **{"from": "2026-03-02", "until": "10 March 2026"})

    assert len(shown_by(at_the_desk(), address)) == met


def test_a_range_that_cannot_be_read_says_so_and_keeps_the_other_filters():
    EventFactory(status="planned")
    address = list_url(
        Event, **{"from": "whenever", "until": "2026", "status__exact": "planned"}
    )

    response = at_the_desk().get(address)

    assert response.status_code == 200
    assert 'role="alert"' in text(response)
    assert '<input type="hidden" name="status__exact" value="planned">' in text(
        response
    )

"""Statements on their event's page: where they were found, doubled, cited at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.desk import (
    add_url,
    at_the_desk,
    filled_in,
    forms_of,
    said,
    text,
    url,
    with_new_row,
)
from tests.factories import (
    ActorFactory,
    CitationFactory,
    EventFactory,
    SourceFactory,
    SourceSnapshotFactory,
    StatementFactory,
    ready_event,
)
from timeline.editing.arranging import duplicate
from timeline.editing.citing import cite_in_each
from timeline.models import Event, Statement

pytestmark = pytest.mark.django_db
HELD = "It weighs a deal. “We are looking at it,” she said."


@pytest.fixture
def source():
    source = SourceFactory(title="The wire story")
    SourceSnapshotFactory(source=source, text=HELD)
    return source


def send(event, role="Writer", follow=False, **changes):
    browser = at_the_desk(role)
    form = filled_in(browser.get(url(event)), **changes)
    return browser.post(url(event), form, follow=follow)


def errors(response):
    return " ".join(
        sentence
        for form in forms_of(response)
        if hasattr(form, "errors")
        for several in form.errors.values()
        for sentence in several
    )


def test_a_statement_is_entered_with_where_it_was_found(source):
    event = EventFactory()
    browser = at_the_desk("Writer")
    form = with_new_row(
        filled_in(browser.get(url(event))),
        "statements",
        speaker=ActorFactory().pk,
        kind="claim",
        mode="direct_quote",
        text="They look at it.",
        found_in=source.pk,
        passage="We are looking at it",
    )

    browser.post(url(event), form)

    citation = event.statements.get().citations.get()
    assert (citation.source, citation.exact) == (source, "We are looking at it")
    assert citation.passage == "found"


def test_where_a_statement_was_found_is_changed_on_the_page(source):
    event = ready_event()
    changes = {"statements-0-found_in": source.pk, "statements-0-passage": "a deal"}

    send(event, **changes)

    citation = event.statements.get().citations.get()
    assert (citation.source, citation.exact, citation.passage) == (
        source,
        "a deal",
        "found",
    )
    assert citation.locator == "paragraph 1"


def test_a_passage_that_is_not_in_the_text_is_refused_at_its_field(source):
    event = ready_event(source=source)

    response = send(event, **{"statements-0-passage": "never said"})

    assert "exactly once" in errors(response)
    assert "never said" in text(response)
    assert event.statements.get().citations.get().exact == ""


def test_a_passage_needs_its_report():
    event = ready_event()
    event.statements.get().citations.all().delete()

    response = send(event, **{"statements-0-passage": "a deal"})

    assert "Choose the report that the passage is in." in errors(response)


def test_a_page_on_which_nothing_was_changed_changes_no_citation(source):
    event = ready_event(source=source)
    before = event.statements.get().citations.values().get()

    send(event, title="Another title")

    assert event.statements.get().citations.values().get() == before


def test_one_report_is_cited_in_the_statements_that_are_ticked(source):
    event = ready_event()
    StatementFactory(event=event)
    StatementFactory(event=event)
    ticks = {f"statements-{number}-cite_too": "on" for number in (0, 2)}

    send(event, report=source.pk, report_words="a deal", **ticks)

    cited = [
        row.citations.filter(source=source, passage="found").exists()
        for row in event.statements.all()
    ]
    assert cited == [True, False, True]
    assert event.statements.count() == 3


def test_a_report_is_added_as_a_statement_of_its_own(source):
    event = EventFactory(title="It weighs a deal")

    send(event, report=source.pk)

    statement = event.statements.get()
    assert (statement.kind, statement.speaker) == ("report", source.publisher)
    assert statement.text == "It weighs a deal"
    assert statement.citations.get().source == source


def test_a_new_event_may_begin_with_its_report(source):
    browser = at_the_desk("Writer")
    form = filled_in(browser.get(add_url(Event)), title="New", slug="new", date="2026")

    browser.post(add_url(Event), form | {"report": source.pk})

    assert Event.objects.get().statements.get().citations.get().source == source


def test_a_report_that_nobody_published_is_refused_and_nothing_is_lost():
    event = EventFactory()
    source = SourceFactory(publisher=None, title="Found in the street")

    response = send(event, report=source.pk, title="Typed")

    assert "Say who published “Found in the street” first." in text(response)
    assert 'value="Typed"' in text(response)
    assert not event.statements.exists()


def test_a_statement_is_duplicated_with_the_save_of_the_page(source):
    event = ready_event(source=source)
    statement = event.statements.get()

    response = send(
        event, follow=True, title="Saved too", **{"_duplicate": statement.pk}
    )

    event.refresh_from_db()
    copy = event.statements.exclude(pk=statement.pk).get()
    assert event.title == "Saved too"
    assert (copy.text, copy.speaker) == (statement.text, statement.speaker)
    assert copy.citations.get().source == source
    assert copy.slug != statement.slug and copy.public_id != statement.public_id
    assert response.redirect_chain[-1][0] == f"{url(event)}#statements-1"
    assert "The copy is the last statement." in said(response)


def test_a_form_that_duplicates_sent_twice_duplicates_once():
    event = ready_event()
    browser = at_the_desk("Writer")
    form = filled_in(browser.get(url(event)), title="Saved too")
    form["_duplicate"] = event.statements.get().pk

    browser.post(url(event), form)
    browser.post(url(event), form)

    assert event.statements.count() == 2


def test_who_may_only_look_sees_no_field_and_no_button(source):
    event = ready_event(source=source)

    page = text(at_the_desk("Viewer").get(url(event)))

    assert "1 report" in page
    assert "Save and duplicate" not in page and "Add a report" not in page
    assert send(event, "Writer", _duplicate="x").status_code == 302
    assert Statement.objects.count() == 1


def test_the_page_asks_as_often_for_three_statements_as_for_one():
    one, three = ready_event(), ready_event()
    for _ in range(2):
        CitationFactory(statement=StatementFactory(event=three))
    browser = at_the_desk("Writer")
    browser.get(url(one))

    counts = []
    for event in (one, three):
        with CaptureQueriesContext(connection) as asked:
            browser.get(url(event))
        counts.append(len(asked))

    assert counts[0] == counts[1]


# The verbs by themselves


def test_a_copy_takes_over_all_but_what_is_its_own():
    statement = StatementFactory(
        quote="Words", told_to=ActorFactory(), said="2026-03-03", notes="A note"
    )
    CitationFactory(statement=statement)
    CitationFactory(statement=statement)

    copy = duplicate(statement, by=None, version=1)

    for name in ("quote", "told_to", "said", "notes", "kind", "mode", "said_earliest"):
        assert getattr(copy, name) == getattr(statement, name)
    assert copy.position > statement.position
    assert [row.source for row in copy.citations.all()] == [
        row.source for row in statement.citations.all()
    ]


def test_a_report_is_cited_once_in_each():
    event = ready_event()
    source = event.statements.get().citations.get().source
    other = StatementFactory(event=event)

    made = cite_in_each(event.statements.all(), source)

    assert [row.statement for row in made] == [other]

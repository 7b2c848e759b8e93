"""Lists of the desk as files: what is filtered, as text, nothing private."""

import csv
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.admin.desk import NOUNS, at_the_desk, list_url, said, text
from tests.admin.test_pages import a_full_desk
from tests.factories import (
    EventTopicFactory,
    ParticipationFactory,
    SourceSnapshotFactory,
    ready_event,
)
from timeline.admin import files
from timeline.models import (
    Actor,
    Event,
    Source,
    SourceSnapshot,
    Statement,
    Story,
    Topic,
)
from timeline.models.record import Revision

pytestmark = pytest.mark.django_db
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"]


def file_url(model, kind, **query):
    name = f"admin:timeline_{model._meta.model_name}_{kind}"
    return reverse(name, query=query)


def table(response):
    """The rows of a CSV file, by their headings."""
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def sheet(response):
    """The cells of a workbook, row by row."""
    return [list(row) for row in load_workbook(BytesIO(response.content)).active]


@pytest.mark.parametrize("model", [*NOUNS, Revision])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_is_had_as_a_file_of_all_its_rows(model, kind):
    a_full_desk()

    response = at_the_desk("Viewer").get(file_url(model, kind))

    rows = table(response) if kind == "csv" else sheet(response)[1:]
    assert len(rows) == model.objects.count() > 0
    assert f"{model._meta.model_name}-" in response["Content-Disposition"]


def test_a_file_holds_what_the_list_was_narrowed_to_on_all_its_pages():
    kept = [ready_event(title="Kept", importance="major") for _ in range(3)]
    ready_event(title="Kept, but of no matter", importance="minor")
    query = {"q": "kept", "importance__exact": "major"}

    response = at_the_desk().get(file_url(Event, "csv", **query))

    found = {row["permanent id"] for row in table(response)}
    assert found == {event.public_id for event in kept}


def test_the_page_of_a_list_leads_to_its_file_as_it_is_filtered():
    ready_event(importance="major")

    page = text(at_the_desk().get(list_url(Event, importance__exact="major", p="1")))

    link = file_url(Event, "xlsx", importance__exact="major")
    assert f'<a href="{link}">XLSX</a>' in page


@pytest.mark.parametrize("title", FORMULAS)
def test_what_looks_like_a_formula_is_text(title):
    ready_event(title=title)
    browser = at_the_desk()

    row = table(browser.get(file_url(Event, "csv")))[0]
    headings, cells = sheet(browser.get(file_url(Event, "xlsx")))
    cell = cells[[heading.value for heading in headings].index("title")]

    assert row["title"] == f"'{title}"
    assert (cell.value, cell.data_type) == (title, "s")


def test_a_row_says_what_the_list_says_and_more():
    event = ready_event(title="It opened", date="[..2026-03-03]")
    link = EventTopicFactory(event=event)
    part = ParticipationFactory(event=event)
    Source.objects.update(reporting="own")

    row = table(at_the_desk().get(file_url(Event, "csv")))[0]

    assert row["title"] == "It opened"
    assert (row["when"], row["when, in words"]) == ("[..2026-03-03]", "by 3 March 2026")
    assert (row["topics"], row["who took part"]) == (link.topic.name, part.actor.name)
    assert (row["statements"], row["origins"]) == ("1", "1 outlet")
    assert (row["in the record"], row["review"]) == ("never published", "draft")


def test_no_file_holds_notes_reasons_or_held_texts():
    event = ready_event(notes="CANARY of event", embargo_reason="CANARY of embargo")
    Event.objects.update(review_note="CANARY of review")
    event.statements.update(notes="CANARY of statement")
    SourceSnapshotFactory(source=Source.objects.get(), text="CANARY of text")
    for model in (Source, Actor, Story, Topic):
        model.objects.update(notes=f"CANARY of {model}")
    browser = at_the_desk("Chief editor")

    for model in NOUNS:
        assert "CANARY" not in browser.get(file_url(model, "csv")).content.decode()
    assert SourceSnapshot.objects.exists()


@pytest.mark.parametrize("model", [*NOUNS, Revision])
def test_a_file_asks_as_often_for_three_rows_as_for_one(model):
    browser = at_the_desk()
    a_full_desk()
    browser.get(file_url(model, "csv"))
    counts = []

    for more in (0, 2):
        for _ in range(more):
            a_full_desk()
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(file_url(model, "csv")).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_too_many_rows_are_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 1)
    ready_event()
    ready_event()

    response = at_the_desk().get(file_url(Event, "csv"), follow=True)

    assert said(response) == ["A file has 1 rows at most: filter the list first."]


@pytest.mark.parametrize("query", [{"o": "99.x"}, {"q": "\0"}, {"kind__exact": "\0"}])
def test_odd_addresses_of_files_are_answered(query):
    a_full_desk()

    response = at_the_desk().get(file_url(Statement, "csv", **query), follow=True)

    assert response.status_code == 200

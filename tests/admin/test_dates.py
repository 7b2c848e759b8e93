"""Dates on the desk: typed as dates or in words, in every field, and told at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.admin.desk import add_url, at_the_desk, filled_in, text, url
from tests.factories import AffiliationFactory, EventFactory, SourceFactory
from timeline.models import Affiliation, Event, Source

pytestmark = pytest.mark.django_db
READING = reverse("admin:timeline_date")


def told(role="Writer", **asked):
    return at_the_desk(role).get(READING, asked).json()


def test_a_reading_says_the_date_its_bounds_and_the_rule():
    source = SourceFactory(published="2026-03-03", title="The wire")

    found = told(text="late last week", anchor=source.pk)

    assert found["date"] == "[2026-02-26..2026-02-28]"
    assert found["reading"] == "between 26 and 28 February 2026"
    assert found["bounds"] == "from 2026-02-26 00:00 until 2026-02-28 23:59 UTC"
    assert "Counted from 3 March 2026, the date of “The wire”" in found["sentence"]
    assert "late is Thursday to Saturday" in found["sentence"]


def test_words_on_a_new_page_are_counted_from_the_day_that_is_typed_there():
    assert told(text="yesterday", on="3 March 2026")["date"] == "2026-03-02"


def test_words_without_a_report_are_counted_from_today():
    assert told(text="today")["date"] == timezone.localdate().isoformat()
    assert "today" in told(text="yesterday")["sentence"]


# What is asked, and a word of the sentence that refuses it.
WRONG = [
    ({"text": "late last week", "anchor": ""}, "choose that report"),
    ({"text": "late last week", "anchor": "x"}, "choose that report"),
    ({"text": "some time", "anchor": ""}, "As in 2026-03-03"),
    ({"text": "2026-13"}, "no month 13"),
    ({"text": "yesterday", "on": "3.3.2026"}, "Begin with the year"),
    ({"text": "x" * 5000}, "at most 60 characters"),
    ({"text": "\0"}, "not a date"),
]


@pytest.mark.parametrize(("asked", "word"), WRONG)
def test_wrong_input_is_told_with_how_to_write_it(asked, word):
    found = told(**asked)

    assert found["wrong"] and word in found["sentence"]


def test_nothing_typed_is_nothing_wrong():
    assert told(text=" ") == {"sentence": "", "wrong": False}


def test_who_may_not_look_at_reports_is_told_nothing():
    browser = at_the_desk("Viewer")
    assert browser.get(READING, {"text": "2026"}).status_code == 200

    browser.logout()
    assert browser.get(READING, {"text": "2026"}).status_code == 302


def test_words_in_a_date_field_become_the_date_and_stay_as_its_words():
    event, source = EventFactory(), SourceFactory(published="2026-03-03")
    browser = at_the_desk("Writer")
    changes = {"date": "late last week", "date_anchor": source.pk}

    browser.post(url(event), filled_in(browser.get(url(event)), **changes))

    event.refresh_from_db()
    assert event.date.edtf == "[2026-02-26..2026-02-28]"
    assert (event.date_words, event.date_rule) == ("late last week", "part-of-week")


def test_a_day_that_is_named_needs_no_report():
    event = EventFactory()
    browser = at_the_desk("Writer")

    browser.post(url(event), filled_in(browser.get(url(event)), date="5 March 2026"))

    event.refresh_from_db()
    assert event.date.edtf == "2026-03-05"


@pytest.mark.parametrize("words", ["late last week", "once upon a time"])
def test_words_that_cannot_be_counted_are_refused_at_the_field(words):
    event = EventFactory()
    browser = at_the_desk("Writer")

    response = browser.post(url(event), filled_in(browser.get(url(event)), date=words))

    form = response.context["adminform"].form
    assert "As in 2026-03-03" in form.errors["date"][0]
    assert form["date"].value() == words
    assert Event.objects.get().date.edtf == "2026-03-03"


def test_other_dates_take_words_too():
    browser = at_the_desk("Writer")
    source = SourceFactory()
    form = filled_in(browser.get(url(source)), updated="April 2, 2026")

    browser.post(url(source), form)

    assert Source.objects.get(pk=source.pk).updated.edtf == "2026-04-02"


def test_dates_of_rows_take_words_too():
    row = AffiliationFactory()
    browser = at_the_desk("Writer")
    page = url(row.actor)
    form = filled_in(browser.get(page), **{"affiliations-0-since": "March 2019"})

    browser.post(page, form)

    assert Affiliation.objects.get().since.edtf == "2019-03"


def test_every_date_field_has_a_place_that_is_read_out():
    page = text(at_the_desk("Writer").get(add_url(Event)))

    assert 'data-anchor="date_anchor"' in page
    assert '<span class="date-meaning" role="status" aria-live="polite"></span>' in page
    assert "timeline/dates.js" in page

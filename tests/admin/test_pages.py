"""Every page of the desk opens, answers odd input, and asks a fixed number of times."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin.desk import NOUNS, add_url, at_the_desk, list_url, text, url
from tests.factories import (
    ActorNameFactory,
    AffiliationFactory,
    EventTopicFactory,
    ParticipationFactory,
    RelatedEventFactory,
    SourceBylineFactory,
    SourceLinkFactory,
    SourceSnapshotFactory,
    StatementLinkFactory,
    ready_event,
)
from timeline.admin.searching import MOST, capped
from timeline.models import Event, Source
from timeline.models.record import Revision
from timeline.publishing.write import publish

pytestmark = pytest.mark.django_db
LISTED = (*NOUNS, Revision)
ODD = [
    "\0",
    "\x1f\x7f",
    " ".join(["word"] * 500),
    '"',
    "'unclosed",
    "%_\\",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u202e",
    "-1",
    "x" * 5000,
]


ODD_QUERIES = [
    {"o": "99.-1.x"},
    {"p": "99999"},
    {"p": "x"},
    {"e": "1"},
    {"kind__exact": "nonsense"},
    {"state": "nonsense"},
    {"status__exact": "\0"},
    {"nonsense": "1"},
]


def a_full_desk():
    """One of everything, published."""
    event = ready_event()
    statement = event.statements.get()
    report = statement.citations.get().source
    ParticipationFactory(event=event)
    EventTopicFactory(event=event)
    RelatedEventFactory(event=event)
    StatementLinkFactory(statement=statement)
    SourceLinkFactory(source=report)
    SourceBylineFactory(source=report)
    SourceSnapshotFactory(source=report)
    ActorNameFactory(actor=statement.speaker)
    AffiliationFactory(actor=statement.speaker)
    publish(event, by=None, version=event.version)
    return event


@pytest.mark.parametrize("model", LISTED)
def test_lists_and_pages_open(model):
    a_full_desk()
    browser = at_the_desk()

    listed = browser.get(list_url(model))
    page = browser.get(url(model.objects.first()))

    assert (listed.status_code, page.status_code) == (200, 200)


@pytest.mark.parametrize("model", NOUNS)
def test_the_page_for_a_new_one_opens(model):
    assert at_the_desk().get(add_url(model)).status_code == 200


@pytest.mark.parametrize("model", NOUNS)
@pytest.mark.parametrize("page", ["history", "delete"])
def test_history_and_deletion_open(model, page):
    a_full_desk()
    row = model.objects.first() if model is not Event else Event.objects.last()

    opened = at_the_desk().get(url(row, page), follow=True)

    assert opened.status_code in (200, 403)


@pytest.mark.parametrize("model", LISTED)
def test_odd_searches_are_answered(model):
    a_full_desk()
    browser = at_the_desk()

    for words in ODD:
        response = browser.get(list_url(model, q=words), follow=True)

        assert response.status_code == 200, words


@pytest.mark.parametrize("model", LISTED)
def test_odd_addresses_are_answered(model):
    a_full_desk()
    browser = at_the_desk()

    for query in ODD_QUERIES:
        response = browser.get(list_url(model, **query), follow=True)

        assert response.status_code == 200, query


@pytest.mark.parametrize("key", ["0", "99999999999999999999999", "x", "%00", "1_0A"])
def test_a_row_that_is_not_there_is_said_to_be_gone(key):
    response = at_the_desk().get(f"/admin/timeline/event/{key}/change/", follow=True)

    assert response.status_code == 200
    assert "Perhaps it was deleted?" in text(response)


AUTOCOMPLETE = [
    ("event", "date_anchor"),
    ("participation", "actor"),
    ("eventstory", "story"),
    ("eventtopic", "topic"),
    ("relatedevent", "target"),
    ("statement", "speaker"),
    ("statement", "event"),
    ("statementlink", "target"),
    ("citation", "source"),
    ("citation", "via"),
    ("source", "publisher"),
    ("affiliation", "organisation"),
]


@pytest.mark.parametrize(("model", "field"), AUTOCOMPLETE)
def test_whatever_is_typed_into_a_choice_is_answered(model, field):
    a_full_desk()
    browser = at_the_desk()
    where = {"app_label": "timeline", "model_name": model, "field_name": field}

    for term in ("", "1", *ODD):
        address = reverse("admin:autocomplete", query={**where, "term": term})
        response = browser.get(address)

        assert response.status_code == 200, term
        assert "results" in response.json()


def test_a_search_is_held_to_a_few_words():
    assert capped("a\0b " * 500) == " ".join(["ab"] * MOST)


def test_an_event_is_found_by_what_was_said():
    event = ready_event()
    ready_event()
    words = event.statements.get().text

    response = at_the_desk().get(list_url(Event, q=words))

    assert list(response.context["cl"].result_list) == [event]


def queries_for(browser, address):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("model", LISTED)
def test_a_list_asks_as_often_for_three_rows_as_for_one(model):
    browser = at_the_desk()
    a_full_desk()
    browser.get(list_url(model))

    one = queries_for(browser, list_url(model))
    a_full_desk()
    a_full_desk()
    three = queries_for(browser, list_url(model))

    assert three == one


def test_the_list_tells_state_date_and_origins():
    event = ready_event(date="[..2026-03-03]")
    Source.objects.update(reporting="own")
    publish(event, by=None, version=event.version)

    page = text(at_the_desk().get(list_url(Event)))

    assert "by 3 March 2026" in page
    assert '<span class="badge badge-live">live</span>' in page
    assert "1 outlet" in page


@pytest.mark.parametrize(
    ("state", "found"), [("live", 2), ("changed", 1), ("never", 1), ("withdrawn", 0)]
)
def test_events_are_filtered_by_where_they_stand(state, found):
    ready_event()
    for _ in range(2):
        event = ready_event()
        publish(event, by=None, version=event.version)
    Event.objects.filter(pk=event.pk).update(version=event.version + 1)

    response = at_the_desk().get(list_url(Event, state=state))

    assert len(response.context["cl"].result_list) == found


@pytest.mark.parametrize("model", LISTED)
def test_a_list_counts_its_rows_in_words_that_fit_every_noun(model):
    a_full_desk()

    page = text(at_the_desk().get(list_url(model)))

    assert f"{model.objects.count()} in all" in page


def test_a_filter_names_what_names_nothing():
    a_full_desk()
    ready_event()

    page = text(at_the_desk().get(list_url(Event)))

    assert re.search(r'stories__isnull=True">\s*none\s*</a>', page)


def test_a_date_stands_with_its_meaning_beside_it():
    event = ready_event(date="[..2026-03-03]")

    page = text(at_the_desk().get(url(event)))

    assert "by 3 March 2026 (until 2026-03-03 23:59 UTC)" in page


def test_words_on_the_pages_are_an_editors():
    event = a_full_desk()
    browser = at_the_desk()
    jargon = r"\b(tombstone|digest|slug|EDTF|lineage|cursor|aggregate|FK)\b"
    pages = [
        url(event),
        url(event, "publish"),
        url(event, "withdraw"),
        url(event.statements.get()),
        *(list_url(model) for model in LISTED),
        *(add_url(model) for model in NOUNS),
    ]

    found = {
        (page, word.group())
        for page in pages
        for word in re.finditer(jargon, visible(browser.get(page)), re.IGNORECASE)
    }

    assert found == set()


def visible(response):
    """The words of a page that a person sees."""
    plain = re.sub(r"<(script|style)\b.*?</\1>", "", text(response), flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", plain)


def test_no_page_of_the_desk_holds_a_script_or_a_style_of_its_own():
    event = a_full_desk()
    browser = at_the_desk()
    pages = [
        reverse("admin:index"),
        url(event),
        url(event, "publish"),
        url(event, "withdraw"),
        *(list_url(model) for model in LISTED),
        *(add_url(model) for model in NOUNS),
        *(url(model.objects.first()) for model in LISTED),
    ]

    for page in pages:
        html = text(browser.get(page))

        assert not re.search(r"<style\b", html), page
        assert not re.search(r"<[^>]+\sstyle=", html), page
        assert not re.search(r"<[^>]+\son[a-z]+=", html), page
        scripts = re.findall(r"<script\b([^>]*)>", html)
        assert all("src=" in attributes for attributes in scripts), page


def test_the_statement_page_says_what_it_rests_on():
    event = a_full_desk()
    Source.objects.update(reporting="own")

    page = text(at_the_desk().get(url(event.statements.get())))

    assert "1 outlet (" in page

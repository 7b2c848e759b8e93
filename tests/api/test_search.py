"""Searching with `q`: what is found, in which order, and what is refused."""

import pytest

from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    EventTopicFactory,
    SourceFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from timeline.models.record import Revision

from .telling import body, edited, faults, put, said, slugs, taken_away, told, walk

pytestmark = pytest.mark.django_db


def telling(slug, **fields):
    """A published event whose only statement says, or has, this."""
    event = ready_event(slug=slug)
    event.statements.update(**fields)
    put(event)
    return event


def test_an_entry_is_found_by_every_text_of_it_that_readers_see():
    told("title", title="The zebra act")
    told("summary", summary="About a zebra.")
    told("place", place="Zebra Street")
    telling("statement", text="A zebra was seen.")
    telling("quote", quote="un zebra", quote_language="es", quote_translation="striped")
    telling("unnamed", speaker=None, described_as="a keeper of the zebra")
    told("story", story=StoryFactory(title="Zebra story"))
    told("source", source=SourceFactory(title="Zebra report"))
    told("label", source=SourceFactory(title="", label="the zebra memo"))
    told("nothing", title="Horses")

    found = slugs(q="zebra", order="date")

    assert found == [
        *("title", "summary", "place", "statement", "quote", "unnamed"),
        *("story", "source", "label"),
    ]
    assert slugs(q="striped") == ["quote"]


def test_an_entry_is_found_by_the_names_and_other_names_in_it():
    agency = ActorFactory(name="Central Agency")
    ActorNameFactory(actor=agency, name="The Bureau")
    telling("spoke", speaker=agency)
    event = ready_event(slug="topic")
    EventTopicFactory(event=event, topic=TopicFactory(name="Central banks"))
    put(event)

    assert slugs(q="central") == ["topic", "spoke"]
    assert slugs(q="bureau") == slugs(q='"the bureau"') == ["spoke"]


def test_case_and_accents_are_alike_both_ways():
    told("with", title="Córdoba and ŁÓDŹ")
    told("without", title="Cordoba and Lodz")

    for question in ("cordoba", "CÓRDOBA", "co\u0301rdoba", "łódź", "Lodz"):
        assert slugs(q=question) == ["without", "with"]


def test_all_words_are_met_and_those_of_a_phrase_in_a_row():
    told("forwards", title="national security act")
    told("apart", title="security of a national act")

    assert slugs(q="security national") == ["apart", "forwards"]
    assert slugs(q='"national security"') == ["forwards"]
    assert slugs(q='"national security" act') == ["forwards"]
    assert slugs(q='"security national"') == []
    assert slugs(q="secur") == []


def test_no_phrase_reaches_from_one_text_into_the_next():
    told("event", title="One treaty", summary="signed today")

    assert slugs(q='"treaty signed"') == []
    assert slugs(q="treaty signed") == ["event"]


def test_chinese_is_found_by_a_part_of_a_run():
    told("event", title="他在北京说")

    assert slugs(q="北京") == ["event"]
    assert slugs(q="京北") == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("-date", ["late", "middle", "early", "undated"]),
        ("date", ["early", "middle", "late", "undated"]),
        ("-published", ["early", "undated", "middle", "late"]),
    ],
)
def test_what_is_found_comes_in_the_order_that_is_asked_for(order, expected):
    told("late", "2026-03-09", title="zebra")
    told("middle", "2026-03", title="zebra")
    told("undated", "..", title="zebra")
    told("early", "2024", title="zebra")

    assert slugs(q="zebra", order=order) == expected
    assert walk(q="zebra", order=order, page_size=1) == [[slug] for slug in expected]


def test_a_search_joins_with_every_other_parameter():
    story = StoryFactory(slug="story")
    told("both", "2026-03-03", title="zebra", story=story)
    told("elsewhere", "2026-03-03", title="zebra")
    told("silent", "2026-03-03", story=story)
    told("early", "2024", title="zebra", story=story)

    found = slugs(q="zebra", story="story", statement_kind="claim", **{"from": "2026"})

    assert found == ["both"]


def test_what_is_said_no_longer_is_found_only_as_of_then():
    event = told("event", title="zebra")
    then = Revision.objects.get().published_at
    edited(event, title="horse")
    gone = told("gone", title="zebra")
    while_there = Revision.objects.order_by("-sequence").first().published_at
    taken_away(gone)

    assert slugs(q="zebra") == []
    assert slugs(q="horse") == ["event"]
    assert slugs(q="zebra", as_of=then) == ["event"]
    assert slugs(q="horse", as_of=then) == []
    assert slugs(q="zebra", as_of=while_there) == ["gone"]


def test_statements_are_found_by_their_own_words_and_names():
    anna, paper = ActorFactory(name="Anna Zebra"), ActorFactory(name="Zebra Times")
    event = ready_event(slug="event", title="A zebra")
    event.statements.update(slug="bare", text="Nothing of the kind.")
    spoke = said(event, speaker=anna, source=SourceFactory())
    reported = said(
        event, speaker=ActorFactory(), source=SourceFactory(publisher=paper)
    )
    told_it = said(event, speaker=ActorFactory(), source=SourceFactory())
    type(told_it).objects.filter(pk=told_it.pk).update(text="The zebra ran.")
    put(event)

    found = slugs("statements/", q="zebra")

    assert found == [spoke.slug, reported.slug, told_it.slug]
    assert slugs("statements/", q="anna zebra") == [spoke.slug]
    assert slugs("statements/", q="bare kind") == []
    assert slugs("statements/", q="kind") == ["bare"]
    assert walk("statements/", q="zebra", page_size=2) == [found[:2], found[2:]]


def test_an_attribution_is_no_text_that_a_phrase_is_found_in():
    event = telling("event", speaker=ActorFactory(name="Anna"), text="As reported.")
    told("other", title="as reported by nobody")

    attribution = body("statements/")["results"][1]["attribution"]

    assert attribution.startswith("Anna, as reported by ")
    assert slugs("statements/", q='"as reported"') == [event.statements.get().slug]
    assert slugs("statements/", q='"reported by"') == []


def test_what_was_known_is_searched_without_what_was_reported_later():
    event = ready_event(slug="event", source=SourceFactory(published="2026-03-01"))
    late = said(
        event, speaker=ActorFactory(), source=SourceFactory(published="2026-03-05")
    )
    ActorNameFactory(actor=late.speaker, name="The zebra")
    put(event)

    assert slugs(q="zebra") == ["event"]
    assert slugs(q="zebra", known_at="2026-03-05") == ["event"]
    assert slugs(q="zebra", known_at="2026-03-04") == []
    assert slugs(q="assertion", known_at="2026-03-04") == ["event"]


@pytest.mark.parametrize("path", ["timeline/", "statements/", "actors/", "sources/"])
def test_a_search_that_holds_no_word_or_too_much_is_refused(path):
    told("event")
    words = " ".join(f"word{number}" for number in range(10))

    for question, sentence in {
        "…": "“q” holds no word: give letters or digits.",
        '"" -': "“q” holds no word: give letters or digits.",
        "": "“q” is given without a value.",
        "x" * 201: "“q” has at most 200 characters; shorten it.",
        f"{words} more": "“q” has at most 10 words or phrases.",
    }.items():
        assert faults(path, q=question) == [("q", sentence)]
    assert slugs(path, q=words) == []
    assert slugs(path, q="x" * 200) == []


def test_a_search_may_be_given_once():
    assert faults(q=["one", "two"]) == [("q", "“q” may be given once.")]


def test_nothing_in_a_search_is_read_as_a_language():
    told("event", title="zebra or horse")

    for question in ("zebra' OR 1=1 --", "zebra AND NOT x", "zebr*", "title:zebra x"):
        assert slugs(q=question) == []
    assert slugs(q="zebra OR horse") == ["event"]
    assert slugs(q="(zebra) & 'horse' | !") == ["event"]

"""The plain pages of actors, sources and topics."""

import pytest

from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    AffiliationFactory,
    CitationFactory,
    EventTopicFactory,
    OutletFactory,
    ParticipationFactory,
    SourceBylineFactory,
    SourceFactory,
    SourceLinkFactory,
    StatementFactory,
    TopicFactory,
    ready_event,
)


def test_an_actor_has_names_a_kind_affiliations_and_events(page, put):
    actor = ActorFactory(slug="ada-vane", name="Ada Vane", kind="person")
    ActorNameFactory(actor=actor, name="A. Vane")
    report = SourceFactory(title="Who is who")
    firm = ActorFactory(slug="the-firm", name="The Firm")
    AffiliationFactory(actor=actor, organisation=firm, source=report, since="2020")
    event = ready_event(slug="dredging", title="The harbour is dredged")
    ParticipationFactory(event=event, actor=actor)
    put(event)

    ada = page("/actors/ada-vane/")

    assert ada.texts("h1") == ["Ada Vane"]
    assert "Person" in ada.main
    assert "Also: A. Vane" in ada.main
    assert "chief executive, The Firm · began: 2020" in ada.main
    assert "found in Who is who" in ada.main
    assert ada.links["The harbour is dredged"] == "/events/dredging/"
    assert ada.links["The Firm"] == "/actors/the-firm/"


def test_an_affiliation_without_a_source_is_not_public(page, put):
    actor = ActorFactory(slug="ada-vane")
    AffiliationFactory(actor=actor, source=None, role="secret adviser")
    event = ready_event()
    ParticipationFactory(event=event, actor=actor)
    put(event)

    assert "secret adviser" not in page("/actors/ada-vane/").main


def test_an_outlet_that_only_published_a_source_has_a_page(page, put):
    paper = OutletFactory(slug="the-paper", name="The Paper")
    put(ready_event(source=SourceFactory(publisher=paper)))

    assert "with no part in an event of its own" in page("/actors/the-paper/").main


def test_a_source_says_what_it_is_and_how_it_was_made(page, put):
    source = SourceFactory(
        slug="rewrite",
        title="",
        label="The rewrite of the wire",
        publisher=OutletFactory(name="The Mill"),
        published="2026-03-04",
        published_words="yesterday",
        updated="2026-04-02",
        production="ai_generated",
        production_words="made with AI and reviewed",
        original_url="https://mill.example/1",
        archived_url="https://archive.example/1",
        status="retracted",
    )
    SourceBylineFactory(source=source, name="Bo Quill", role="reporting", place="Ys")
    wire = SourceFactory(slug="wire", title="The wire story")
    SourceLinkFactory(source=source, target=wire, kind="rewrites")
    copy = SourceFactory(title="The copy of it")
    SourceLinkFactory(source=copy, target=source, kind="republishes")
    put(ready_event(source=source))

    rewrite = page("/sources/rewrite/")

    for words in (
        "Described here in the desk’s words; its own title is not known.",
        "Published by The Mill",
        "Bo Quill (reporting, Ys)",
        "4 March 2026 yesterday",
        "Updated 2 April 2026",
        "AI-generated. In its own words: made with AI and reviewed",
        "retracted by its publisher",
        "Rewrites The wire story",
        "The copy of it",
        "Not known to be its own",
    ):
        assert words in rewrite.main
    assert rewrite.links["https://mill.example/1"] == "https://mill.example/1"
    assert rewrite.links["Archived copy"] == "https://archive.example/1"
    assert rewrite.links["The wire story"] == "/sources/wire/"


def test_a_source_lists_what_rests_on_it_and_on_it_alone(page, put):
    source = SourceFactory(slug="wire")
    event = ready_event(slug="dredging", title="Dredging", source=source)
    alone = event.statements.get()
    shared = StatementFactory(event=event)
    CitationFactory(statement=shared, source=source)
    CitationFactory(statement=shared)
    put(event)

    wire = page("/sources/wire/")

    assert "2 statements rest on it, 1 of them on it alone." in wire.main
    assert alone.text in wire.main
    assert shared.text in wire.main
    assert wire.main.count("on this source alone") == 1
    assert f"/events/dredging/#{alone.slug}" in wire.addresses


def test_what_rests_on_a_source_by_way_of_a_rewrite_is_listed_too(page, put):
    origin = SourceFactory(slug="origin")
    rewrite = SourceFactory()
    SourceLinkFactory(source=rewrite, target=origin, kind="rewrites")
    event = ready_event(source=rewrite)
    put(event)

    assert event.statements.get().text in page("/sources/origin/").main


def test_a_source_that_is_only_named_says_that_nothing_rests_on_it(page, put):
    copy = SourceFactory(slug="copy")
    event = ready_event()
    cited = event.statements.get().citations.get().source
    SourceLinkFactory(source=copy, target=cited, kind="republishes")
    put(event)

    assert "Nothing that is published rests on it now." in page("/sources/copy/").main


def test_no_more_statements_are_listed_than_a_page_can_bear(page, put, monkeypatch):
    monkeypatch.setattr("timeline.web.views.MOST_RESTING", 2)
    source = SourceFactory(slug="wire")
    event = ready_event(source=source)
    for _ in range(3):
        CitationFactory(statement=StatementFactory(event=event), source=source)
    put(event)

    wire = page("/sources/wire/")

    assert "4 statements rest on it" in wire.main
    assert wire.links["2 more, as data (JSON)"] == "/api/v1/sources/wire/"


def test_a_topic_has_its_counts_and_a_link_to_the_feed(page, put):
    event = ready_event()
    EventTopicFactory(event=event, topic=TopicFactory(slug="ports", name="Ports"))
    put(event)

    ports = page("/topics/ports/")

    assert ports.texts("h1") == ["Ports"]
    assert "1 event " in ports.main
    assert ports.links["This topic as data (JSON)"] == "/api/v1/topics/ports/"


@pytest.mark.parametrize("noun", ["actors", "sources"])
def test_as_many_queries_for_three_events_as_for_one(
    get, put, put_all, noun, django_assert_max_num_queries
):
    things = {
        "actors": ActorFactory(slug="one", name="One"),
        "sources": SourceFactory(slug="one"),
    }
    put(with_things(things))
    with django_assert_max_num_queries(20) as for_one:
        get(f"/{noun}/one/")
    put_all([with_things(things), with_things(things)])

    with django_assert_max_num_queries(20) as for_three:
        get(f"/{noun}/one/")

    assert len(for_three) == len(for_one)


def with_things(things):
    event = ready_event(source=things["sources"])
    ParticipationFactory(event=event, actor=things["actors"])
    return event

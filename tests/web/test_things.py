"""The plain pages of actors, sources and topics."""

import pytest
from django.core.exceptions import ValidationError

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
    StatementLinkFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from timeline.publishing.write import reissue


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
    monkeypatch.setattr("timeline.web.source_page.MOST_RESTING", 2)
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


def test_an_actor_shows_what_was_said_with_their_voice_and_what_stands(page, put):
    ada = ActorFactory(slug="ada-vane", name="Ada Vane", kind="person")
    event = ready_event(slug="dredging")
    wrong = StatementFactory(event=event, speaker=ada, text="It is deep.")
    relayed = StatementFactory(event=event, relayed_by=ada, text="It is wide.")
    heard = StatementFactory(event=event, told_to=ada, text="It is old.")
    right = StatementFactory(event=event, text="It is shallow.")
    for statement in (wrong, relayed, heard, right):
        CitationFactory(statement=statement)
    StatementLinkFactory(statement=right, target=wrong)
    ParticipationFactory(event=event, actor=ada, role="host")
    put(event)

    found = page("/actors/ada-vane/")

    assert "relayed by them: 1 stands, 1 corrected." in found.main
    assert found.texts("s") == ["It is deep."]
    assert "It is shallow." in found.main
    assert "relayed by them" in found.main
    assert "It is old." not in found.main
    assert "1 statement made to them" in found.main
    assert "host" in found.main
    assert f"/events/dredging/#{wrong.slug}" in found.addresses


def test_a_source_shows_where_it_came_from_and_who_took_it_on(page, put):
    wire = SourceFactory(slug="wire", publisher=OutletFactory(name="The Agency"))
    first = SourceFactory(publisher=OutletFactory(name="The Journal"))
    mill = SourceFactory(publisher=OutletFactory(name="The Mill"))
    SourceLinkFactory(source=mill, target=wire, kind="rewrites")
    event = ready_event(source=mill)
    citation = CitationFactory(statement=event.statements.get(), source=wire, via=first)
    put(event)

    found = page("/sources/wire/")

    assert citation.source == wire
    assert "credited by The Agency" in found.main
    assert "rewritten by The Mill" in found.main
    assert {"The Mill rewrites The Agency", "The Agency credits The Journal"} <= set(
        found.texts("title")
    )


def test_a_source_that_corrects_another_is_drawn_with_it(page, put):
    source = SourceFactory(slug="later", publisher=OutletFactory(name="The Review"))
    earlier = SourceFactory(publisher=OutletFactory(name="The Agency"))
    SourceLinkFactory(source=source, target=earlier, kind="corrects")
    put(ready_event(source=source))

    assert "The Review corrects The Agency" in page("/sources/later/").texts("title")


def test_a_retracted_source_says_so_first(page, put):
    put(ready_event(source=SourceFactory(slug="wire", status="retracted")))

    assert page("/sources/wire/").texts("p", cls="status") == [
        "Retracted by its publisher. 1 statement rests on it."
    ]


@pytest.fixture
def private(put):
    """An event that names a private person, in every place there is."""
    ada = ActorFactory(slug="ada", name="Ada Vane", kind="person", private=True)
    source = SourceFactory(slug="letter", publisher=ada, reporting="own")
    SourceBylineFactory(source=source, name="A. Vane", actor=ada)
    story = StoryFactory(slug="harbour")
    event = ready_event(slug="dredging", story=story, source=source)
    copy = SourceFactory()
    SourceLinkFactory(source=copy, target=source, kind="republishes")
    ParticipationFactory(event=event, actor=ada)
    statement = StatementFactory(event=event, speaker=ada)
    CitationFactory(statement=statement, source=source)
    put(event)
    return ada


def test_a_private_person_has_no_page(get, private):
    nobody = get("/actors/nobody/")

    for name in ("ada", private.public_id):
        found = get(f"/actors/{name}/")
        assert found.status_code == 404
        assert found.content == nobody.content


NAMING = [
    "/events/dredging/",
    "/stories/harbour/",
    "/stories/harbour/trail/",
    "/sources/letter/",
]


@pytest.mark.parametrize("path", NAMING)
def test_who_names_a_private_person_makes_no_link_and_is_in_no_index(
    page, private, path
):
    found = page(path)

    assert "Vane" in found.main
    assert [one for one in found.addresses if "/actors/ada" in one] == []
    assert [one.attributes["content"] for one in found.all("meta", name="robots")] == [
        "noindex"
    ]


def test_pages_that_name_nobody_private_may_be_indexed(page, put):
    ada = ActorFactory(slug="ada", kind="person")
    event = ready_event(slug="dredging")
    ParticipationFactory(event=event, actor=ada)
    put(event)

    for path in ("/events/dredging/", "/actors/ada/"):
        assert page(path).all("meta", name="robots") == []


def test_the_feed_says_that_a_person_is_private_and_has_no_page(get, private):
    found = get("/api/v1/actors/ada/").json()

    assert found["private"] is True
    assert found["html_url"] is None
    event = get("/api/v1/events/dredging/").json()
    assert [one["private"] for one in event["actors"]] == [True]
    assert "private" not in event["statements"][0]["speaker"]


def test_a_person_is_private_from_the_next_publication_on(get, put):
    ada = ActorFactory(slug="ada", kind="person")
    event = ready_event(slug="dredging")
    ParticipationFactory(event=event, actor=ada)
    put(event)
    ada.private = True
    ada.save()

    assert get("/actors/ada/").status_code == 200

    reissue(ada, by=None, note="A person who is named here is private.")

    assert get("/actors/ada/").status_code == 404
    ada.private = False
    ada.save()
    reissue(ada, by=None, note="No longer.")
    assert get("/actors/ada/").status_code == 200


def test_only_a_person_can_be_private(db):
    firm = ActorFactory(kind="organisation")
    firm.private = True

    with pytest.raises(ValidationError, match="Only a person can be private"):
        firm.full_clean()

"""Lists of actors, sources, stories and topics: what narrows them, page by page."""

from itertools import chain, combinations

import pytest

from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    EventTopicFactory,
    OutletFactory,
    ParticipationFactory,
    SourceFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)

from .telling import API, SITE, body, edited, faults, path_of, put, slugs, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """Two stories, their actors and sources, published."""
    here, there = (StoryFactory(slug=slug, title=f"All {slug}") for slug in ("h", "t"))
    paper, wire = OutletFactory(slug="paper"), OutletFactory(slug="wire")
    agency = ActorFactory(slug="agency", name="Córdoba Agency", kind="government")
    anna = ActorFactory(slug="anna", name="Anna Agency", kind="person")
    ActorNameFactory(actor=anna, name="The Agency of Córdoba")
    for slug, story, fields in (
        ("s1", here, {"publisher": paper, "kind": "wire", "title": "Agency talks"}),
        ("s2", here, {"publisher": wire, "production": "ai_generated"}),
        ("s3", there, {"publisher": paper, "status": "retracted"}),
        ("s4", there, {"publisher": wire, "status": "corrected", "kind": "wire"}),
    ):
        event = ready_event(story=story, source=SourceFactory(slug=slug, **fields))
        event.statements.update(speaker=anna)
        if story == there:
            ParticipationFactory(event=event, actor=agency)
        topic = TopicFactory(slug=f"topic-{slug}", name=f"On {story.slug} {slug}")
        EventTopicFactory(event=event, topic=topic)
        put(event)


VALUES = {
    "story": ["h", "t", ["h", "t"]],
    "kind": ["wire", "article", ["wire", "article"]],
    "publisher": ["paper", ["paper", "wire"]],
    "production": ["ai_generated", "unknown"],
    "status": ["current", "retracted", ["retracted", "corrected"]],
    "q": ["agency", "report", '"agency talks"', "talks agency"],
}
SOURCES = {
    "s1": ("h", "wire", "paper", "unknown", "current", "agency talks"),
    "s2": ("h", "article", "wire", "ai_generated", "current", "report"),
    "s3": ("t", "article", "paper", "unknown", "retracted", "report"),
    "s4": ("t", "wire", "wire", "unknown", "corrected", "report"),
}


def questions():
    """One value each of one parameter, of two and of three."""
    groups = chain.from_iterable(combinations(VALUES, size) for size in (1, 2, 3))
    for names in groups:
        yield {name: VALUES[name][-1] for name in names}
        yield {name: VALUES[name][0] for name in names}


def expected(**asked):
    return [slug for slug, told in SOURCES.items() if meets(told, asked)]


def meets(told, asked):
    for name, value in zip(VALUES, told, strict=True):
        wanted = asked.get(name, value)
        if name == "q":
            words = wanted.strip('"').split()
            if not set(words) <= set(value.split()):
                return False
        elif value not in ([wanted] if isinstance(wanted, str) else wanted):
            return False
    return True


def test_sources_are_narrowed_by_any_parameters_together(desk):
    found = {str(asked): slugs("sources/", **asked) for asked in questions()}

    assert found == {str(asked): expected(**asked) for asked in questions()}
    assert {len(row) for row in found.values()} >= {0, 1, 2, 3}


def test_actors_are_narrowed_by_kind_story_and_names(desk):
    assert slugs("actors/", kind="person") == ["anna"]
    assert slugs("actors/", kind=["person", "government"]) == ["agency", "anna"]
    assert slugs("actors/", kind="outlet") == ["paper", "wire"]
    assert slugs("actors/", story="h") == ["anna", "paper", "wire"]
    assert slugs("actors/", story="t") == ["agency", "anna", "paper", "wire"]
    assert slugs("actors/", q="cordoba agency") == ["agency", "anna"]
    assert slugs("actors/", q='"CÓRDOBA agency"') == ["agency"]
    assert slugs("actors/", q="agency", kind="person", story="h") == ["anna"]
    assert slugs("actors/", q="agency", kind="government", story="h") == []


def test_no_phrase_reaches_from_one_name_into_the_next(desk):
    assert slugs("actors/", q='"anna agency"') == ["anna"]
    assert slugs("actors/", q='"agency the"') == []


def test_stories_and_topics_are_narrowed_by_words_and_by_story(desk):
    assert slugs("stories/", q="all") == ["h", "t"]
    assert slugs("stories/", q="all t") == ["t"]
    assert slugs("stories/", story="h") == ["h"]
    assert slugs("topics/", story="h") == ["topic-s1", "topic-s2"]
    assert slugs("topics/", q='"on t"') == ["topic-s3", "topic-s4"]
    assert slugs("topics/", q="on", story=["h", "t"]) == [
        *("topic-s1", "topic-s2", "topic-s3", "topic-s4")
    ]


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("sources/", {"publisher": ["paper", "wire"], "status": ["current"]}),
        ("sources/", {"production": "unknown"}),
        ("sources/", {"q": "report", "story": ["h", "t"]}),
        ("actors/", {"story": "t"}),
        ("topics/", {"story": ["h", "t"], "q": "on"}),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_narrowed_list_is_walked_forwards_and_back(desk, path, asked, size):
    whole = slugs(path, **asked)

    pages = walk(path, page_size=size, **asked)

    assert [slug for page in pages for slug in page] == whole
    assert len(whole) >= 2
    page = body(path, page_size=size, **asked)
    while page["next"]:
        page = body(path_of(page["next"]))
    back = [[row["slug"] for row in page["results"]]]
    while page["previous"]:
        page = body(path_of(page["previous"]))
        back.append([row["slug"] for row in page["results"]])
    assert back == pages[::-1]


def test_a_thing_is_listed_by_what_it_is_called_now():
    agency = ActorFactory(slug="agency", name="Old name")
    event = ready_event()
    ParticipationFactory(event=event, actor=agency)
    put(event)
    type(agency).objects.update(name="New name", kind="group")
    edited(event, title="Another title")

    assert slugs("actors/", q="old") == []
    assert "agency" in slugs("actors/", q="new", kind="group")


def test_a_cursor_holds_for_the_parameters_it_was_given_out_for(desk):
    first = body("sources/", page_size=1, status="current")
    cursor = first["next"].partition("cursor=")[2]

    for asked in ({}, {"status": "retracted"}, {"kind": "wire", "status": "current"}):
        ((name, _sentence),) = faults("sources/", cursor=cursor, **asked)
        assert name == "cursor"
    assert slugs("sources/", cursor=cursor, status="current", page_size=2) == ["s2"]


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("actors/", "kind", "wire"),
        ("sources/", "kind", "outlet"),
        ("sources/", "production", "machine"),
        ("sources/", "status", "gone"),
    ],
)
def test_a_word_that_is_in_no_list_is_refused(path, name, value):
    ((param, sentence),) = faults(path, **{name: value})

    assert param == name
    assert sentence.startswith(f"“{name}” is one of ")


def test_a_name_that_was_never_published_is_refused_with_where_to_look():
    for name, noun, plural in (
        ("story", "story", "stories"),
        ("publisher", "actor", "actors"),
    ):
        ((param, sentence),) = faults("sources/", **{name: "nobody"})
        assert param == name
        assert sentence == (
            f"“{name}”: no {noun} with this name was ever published;"
            f" see {SITE}{API}{plural}/."
        )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("stories/", "kind"),
        ("topics/", "kind"),
        ("actors/", "publisher"),
        ("actors/", "status"),
        ("sources/", "actor"),
        ("sources/", "as_of"),
        ("stories/", "order"),
    ],
)
def test_what_does_not_concern_a_list_is_no_parameter_of_it(path, name):
    ((param, sentence),) = faults(path, **{name: "wire"})

    assert param == name
    assert sentence == f"“{name}” is no parameter here; see {SITE}{API}schema/."

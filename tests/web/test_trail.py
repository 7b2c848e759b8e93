"""Who took it from whom: as a picture, and the same as a list."""

from itertools import combinations, pairwise

import pytest
from django.core.management import call_command
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import (
    CitationFactory,
    OutletFactory,
    SourceFactory,
    SourceLinkFactory,
    StoryFactory,
    ready_event,
)
from timeline.publishing import read
from timeline.web.trail import trail_shown
from timeline.web.trail_graph import Edge, Graph, Node, of_event, of_story
from timeline.web.trail_list import listed
from timeline.web.trail_picture import MOST_BOXES, SMALL, picture

HOWS = ("republishes", "translates", "rewrites", "credits", "credits_not_found")
SCRIPT = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@st.composite
def graphs(draw):
    """Draw a graph with names of any length, of any script, also with circles."""
    keys = [f"act_{number}" for number in range(draw(st.integers(2, 9)))]
    names = st.text(min_size=1, max_size=60).filter(str.strip)
    nodes = {key: Node(key, draw(names), None, [("3 reports", "")]) for key in keys}
    ends = st.sampled_from(keys)
    edges = st.builds(
        Edge, ends, ends, st.sampled_from(HOWS), st.integers(1, 999)
    ).filter(lambda edge: edge.giver != edge.taker)
    found = draw(
        st.lists(
            edges,
            min_size=1,
            max_size=14,
            unique_by=lambda edge: (edge.giver, edge.taker, edge.how),
        )
    )
    return Graph(nodes, tuple(sorted(found)), counted=draw(st.booleans()))


def assert_nothing_overlaps(drawn):
    """Boxes, the words in them, and the numbers at lines all keep apart."""
    boxes = [area(box) for box in drawn["boxes"]]
    numbers = [
        (line["count_x"] - 12, line["count_y"] - SMALL, 24, SMALL)
        for line in drawn["lines"]
        if line["count"]
    ]
    for one, other in combinations([*boxes, *numbers], 2):
        assert not meet(one, other)
    for box in drawn["boxes"]:
        steps = [row["y"] for row in box["lines"]]
        assert all(after - before >= SMALL for before, after in pairwise(steps))
        assert box["y"] < steps[0] - SMALL / 2
        assert steps[-1] < box["y"] + box["height"]
    for x, y, wide, high in boxes:
        assert x >= 0
        assert y >= 0
        assert x + wide <= drawn["width"]
        assert y + high <= drawn["height"]


def area(box):
    return box["x"], box["y"], box["width"], box["height"]


def meet(one, other):
    (x, y, wide, high), (left, top, broad, tall) = one, other
    return x < left + broad and left < x + wide and y < top + tall and top < y + high


@settings(max_examples=60)
@given(graphs(), st.sampled_from(["en", "ar"]))
def test_nothing_overlaps_whatever_the_names_and_the_direction(graph, language):
    with translation.override(language):
        assert_nothing_overlaps(picture(graph))


@settings(max_examples=60)
@given(graphs())
def test_the_picture_and_the_list_have_every_edge_once(graph):
    rows = listed(graph)

    assert len(picture(graph)["lines"]) == len(graph.edges)
    assert sum(bool(row["how"]) for row in rows) == len(graph.edges)
    assert {row["name"] for row in rows} == {node.name for node in graph.nodes.values()}


@settings(max_examples=60)
@given(graphs())
def test_each_list_that_is_begun_ends(graph):
    rows = listed(graph)

    begun = sum(row["opens"] for row in rows)
    assert begun == sum(len(row["closes"]) for row in rows)
    assert not any(row["stays"] and row["closes"] for row in rows)


def test_a_picture_has_no_more_boxes_than_can_be_read():
    nodes = {key: Node(key, key, None) for key in map(str, range(50))}
    graph = Graph(nodes, tuple(Edge("0", str(n), "credits") for n in range(1, 50)))

    drawn = picture(graph)

    assert len(drawn["boxes"]) == MOST_BOXES
    assert drawn["left_out"] == 50 - MOST_BOXES
    assert len([row for row in listed(graph) if row["how"]]) == 49


@pytest.fixture
def wire():
    return SourceFactory(
        slug="wire", publisher=OutletFactory(slug="agency", name="The Agency")
    )


def taken(source, kind, name):
    """Another source, which took this one as `kind` says."""
    other = SourceFactory(publisher=OutletFactory(name=name))
    SourceLinkFactory(source=other, target=source, kind=kind)
    return other


def steps(told):
    """What the trails say, by the names of the publishers."""
    names = {key: row["publisher"]["name"] for key, row in told.sources.items()}
    return sorted(
        (names[step.giver], step.how, names[step.taker])
        for trail in told.trails.values()
        for step in trail.steps
    )


def test_credits_copies_and_rewrites_are_told_apart(put, wire):
    first = SourceFactory(publisher=OutletFactory(name="The Journal"))
    copy = taken(wire, "republishes", "The Review")
    mill = taken(wire, "rewrites", "The Mill")
    event = ready_event(source=wire)
    statement = event.statements.get()
    statement.citations.update(via=first, read_in=copy)
    CitationFactory(statement=statement, source=mill)
    put(event)

    told = read.trails_of_events([event.public_id])

    assert steps(told) == [
        ("The Agency", "republishes", "The Review"),
        ("The Agency", "rewrites", "The Mill"),
        ("The Journal", "credits", "The Agency"),
    ]
    (trail,) = told.trails.values()
    assert trail.origins == {first.public_id}
    assert trail.read_in == {copy.public_id}


def test_own_words_come_from_nowhere_else(put, wire):
    copy = taken(wire, "republishes", "The Review")
    event = ready_event(source=copy)
    event.statements.get().citations.update(own_words=True)
    put(event)

    told = read.trails_of_events([event.public_id])

    assert steps(told) == []
    assert trail_shown(of_event(told)) is None


def test_a_credit_that_was_not_found_is_drawn_and_ends_the_trail(put, wire):
    event = ready_event(source=taken(wire, "rewrites", "The Mill"))
    citation = event.statements.get().citations.get()
    citation.via, citation.credit = wire, "not_found"
    citation.save()
    put(event)

    told = read.trails_of_events([event.public_id])

    assert steps(told) == [("The Agency", "credits_not_found", "The Mill")]
    (trail,) = told.trails.values()
    assert trail.origins == {citation.source.public_id}


def test_a_story_counts_statements_by_publisher(put_all, wire):
    story = StoryFactory(slug="harbour")
    review = OutletFactory(name="The Review")
    events = []
    for _ in range(2):
        copy = SourceFactory(publisher=review)
        SourceLinkFactory(source=copy, target=wire, kind="rewrites")
        events.append(ready_event(story=story, source=copy))
    put_all(events)

    graph = of_story(read.trails_of_story(story.public_id, limit=10))

    (edge,) = graph.edges
    assert (graph.nodes[edge.giver].name, edge.how, edge.count) == (
        "The Agency",
        "rewrites",
        2,
    )
    assert ("2 reports", "") in graph.nodes[edge.taker].notes


def test_reports_of_one_publisher_that_took_from_each_other_are_noted(put, wire):
    later = SourceFactory(publisher=wire.publisher)
    SourceLinkFactory(source=later, target=wire, kind="rewrites")
    event = ready_event(story=StoryFactory(slug="harbour"), source=later)
    put(event)

    (node,) = of_story(read.trails_of_events([event.public_id])).nodes.values()

    assert ("from another report of its own: 1 statement", "") in node.notes


def test_only_the_newest_events_of_a_long_story_are_looked_at(put_all):
    story = StoryFactory()
    put_all([ready_event(story=story) for _ in range(3)])

    told = read.trails_of_story(story.public_id, limit=2)

    assert len(told.trails) == 2
    assert told.more


def test_the_page_of_a_story_leads_to_its_trail(page, put, wire):
    story = StoryFactory(slug="harbour", title="The harbour")
    put(ready_event(story=story, source=taken(wire, "rewrites", "The Mill")))

    way = page("/stories/harbour/").links[
        "Who took it from whom: the trail of this story"
    ]
    trail = page(way)

    assert way == "/stories/harbour/trail/"
    assert trail.texts("h1") == ["The harbour"]
    assert "The Mill rewrites The Agency · 1 statement" in trail.texts("title")
    assert "rewritten by The Mill" in trail.main
    assert "It does not show that it is true" in trail.main
    assert trail.links["The Agency"] == "/actors/agency/"


def test_a_story_in_which_nothing_was_taken_says_so(page, put):
    put(ready_event(story=StoryFactory(slug="harbour")))

    trail = page("/stories/harbour/trail/")

    assert "Nothing in this story was taken from another report" in trail.main
    assert trail.all("svg") == []


def test_names_from_elsewhere_become_no_elements(page, put):
    story = StoryFactory(slug="harbour")
    wire = SourceFactory(publisher=OutletFactory(name=SCRIPT))
    put(ready_event(story=story, slug="it", source=taken(wire, "rewrites", SCRIPT)))

    for path in ("/stories/harbour/trail/", "/events/it/"):
        found = page(path)
        names = {one.name for one in found.elements}
        assert names.isdisjoint({"img", "foreignobject", "style "})
        assert "alert(1)" in found.main
        assert "alert(1)" not in found.bare
        assert not [one for one in found.elements if "style" in one.attributes]


def test_the_first_story_is_drawn_whole(page):
    call_command("loaddata", "openai_nato", verbosity=0)

    trail = page("/stories/openai-nato/trail/")

    assert {
        "Reuters credits The Wall Street Journal · 4 statements",
        "Global Banking & Finance Review republishes Reuters · 18 statements",
        "SectorHQ rewrites domain-b.com · 15 statements",
    } <= set(trail.texts("title"))
    story = read.thing("story", "openai-nato")
    told = read.trails_of_story(story.thing, limit=300)
    assert_nothing_overlaps(picture(of_story(told)))
    assert_nothing_overlaps(picture(of_event(told)))

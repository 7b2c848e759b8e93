"""Where boxes and lines go: nothing overlaps, whatever the graph."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.web.layers import arranged
from timeline.web.lettering import ELLIPSIS, width, wrapped

NAMES = "abcdefgh"
HEIGHTS = st.dictionaries(
    st.sampled_from(NAMES), st.integers(20, 120), min_size=1, max_size=len(NAMES)
)


@st.composite
def graphs(draw):
    """Draw boxes with heights, and lines between them: also circles, also doubled."""
    heights = draw(HEIGHTS)
    ends = st.sampled_from(sorted(heights))
    pairs = st.tuples(ends, ends).filter(lambda pair: pair[0] != pair[1])
    return heights, draw(st.lists(pairs, max_size=12 if len(heights) > 1 else 0))


@settings(max_examples=60)
@given(graphs())
def test_items_of_a_layer_never_overlap(graph):
    heights, edges = graph

    layout = arranged(heights, edges)

    assert sorted(item.name for item in layout.boxes) == sorted(heights)
    for layer in layout.layers:
        for above, below in combinations(layer, 2):
            gap = below.y - below.height / 2 - (above.y + above.height / 2)
            assert gap > -0.001
        for item in layer:
            assert item.y - item.height / 2 > -0.001
            assert item.y + item.height / 2 < layout.height + 0.001


@settings(max_examples=60)
@given(graphs())
def test_each_line_joins_its_boxes_through_every_layer_between(graph):
    heights, edges = graph

    layout = arranged(heights, edges)

    assert len(layout.lines) == len(edges)
    for line, (start, end) in zip(layout.lines, edges, strict=True):
        items = line.items[::-1] if line.turned else line.items
        assert (items[0].name, items[-1].name) == (start, end)
        depths = [item.layer for item in line.items]
        assert depths == list(range(depths[0], depths[0] + len(depths)))
        assert not any(item.name for item in line.items[1:-1])


@settings(max_examples=30)
@given(graphs())
def test_the_same_graph_is_always_laid_out_in_the_same_way(graph):
    def places():
        return [(item.name, item.layer, item.y) for item in arranged(*graph).boxes]

    assert places() == places()


def test_what_others_came_from_stands_before_them():
    edges = [("wire", "paper"), ("paper", "mill"), ("wire", "mill")]

    layout = arranged(dict.fromkeys(["mill", "paper", "wire"], 40), edges)

    assert {item.name: item.layer for item in layout.boxes} == {
        "wire": 0,
        "paper": 1,
        "mill": 2,
    }
    assert not any(line.turned for line in layout.lines)


def test_of_two_that_took_from_each_other_one_line_is_turned():
    layout = arranged({"one": 40, "other": 40}, [("one", "other"), ("other", "one")])

    assert [line.turned for line in layout.lines] == [False, True]


def test_lines_that_need_not_cross_do_not():
    heights = dict.fromkeys(["a", "b", "c", "d"], 40)

    layout = arranged(heights, [("a", "d"), ("b", "c")])

    first, second = ([item.name for item in layer] for layer in layout.layers)
    assert (first.index("a") < first.index("b")) == (
        second.index("d") < second.index("c")
    )


@given(st.text(max_size=80), st.integers(1, 3))
def test_no_line_of_a_text_is_wider_than_its_room(text, most):
    lines = wrapped(text, size=12, room=120, lines=most)

    assert len(lines) <= most
    assert all(width(line, 12) <= 120 for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The Wall Street Journal", ["The Wall Street", "Journal"]),
        ("", []),
        (
            "Donaudampfschifffahrtsgesellschaft",
            ["Donaudampfschifffa", "hrtsgesellschaft"],
        ),
    ],
)
def test_a_text_breaks_between_words_where_it_can(text, lines):
    assert wrapped(text, size=12, room=122, lines=3) == lines


def test_what_has_no_place_is_left_out_and_says_so():
    (line,) = wrapped("one two three four five six", size=12, room=80, lines=1)

    assert line.startswith("one two")
    assert line.endswith(ELLIPSIS)


def test_ten_thousand_marks_on_a_letter_take_no_more_than_a_line():
    text = unicodedata.normalize("NFC", "a" + "\u0301" * 10_000)

    assert sum(map(len, wrapped(text, size=12, room=80, lines=3))) < 400

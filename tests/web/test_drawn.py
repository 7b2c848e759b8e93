"""How dates are drawn, beside an entry and on the band, and in which group they are."""

import re
from collections import Counter
from itertools import combinations, pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import as_json, parse
from timeline.drawing import events_told, facts_html
from timeline.publishing.read import Outline, Query, Tally
from timeline.web.asking import Asked
from timeline.web.band import MOST_LANES, TOUCH, band_of, in_lanes, labels, placed
from timeline.web.columns import MOST, Column, edges_of, named
from timeline.web.drawn import GLYPHS, glyph, shape
from timeline.web.fragments import asking_html
from timeline.web.grouping import grouped
from timeline.web.narrowing import filters_of
from timeline.web.past import known_shown, stood_shown
from timeline.web.scale import DAY, Scale

SHAPES = {
    "2026-03-03": "day",
    "2026-03-03T14:05Z": "moment",
    "2026-03-03?": "perhaps",
    "2026-03-03~": "about",
    "2026-03~": "about-span",
    "[2026-02-26..2026-02-28]": "between",
    "2026-03": "between",
    "198X": "between",
    "2026-03-01/2026-03-05": "lasting",
    "[..2026-03-03]": "by",
    "../2026-03": "by",
    "[2026-03-03..]": "since",
    "2026-03-03/..": "since",
    "..": "unknown",
}


@pytest.fixture(autouse=True)
def _database():
    """Drawing reads nothing."""


def date(edtf):
    return as_json(parse(edtf))


def outline(edtf, number=0):
    return Outline(f"evt_{number}", f"event-{number}", "Title", "normal", date(edtf))


@pytest.mark.parametrize(("edtf", "name"), SHAPES.items())
def test_a_date_is_drawn_as_what_it_is(edtf, name):
    assert shape(date(edtf)) == name
    assert glyph(date(edtf)) == GLYPHS[name]


def test_no_two_kinds_of_date_look_the_same():
    assert len(set(GLYPHS.values())) == len(GLYPHS)


def headings(*dates):
    found = grouped(dates, map(date, dates))
    return [(group.heading, len(group.items)) for group in found]


def test_days_have_headings_where_much_happens_and_else_months_or_years():
    assert headings(
        *("2026-04-02", "[..2026-03-03]", "2026-03-03", "2026-03-03", "2026-03-02"),
        *("2025-40", "1987", "..", ".."),
    ) == [
        ("April 2026", 1),
        ("3 March 2026", 3),
        ("2 March 2026", 1),
        ("2025", 1),
        ("1987", 1),
        ("", 2),
    ]


def test_a_few_events_of_a_year_stand_together():
    assert headings("2025-11-03", "2025-02-01", "1999-12-31") == [
        ("2025", 2),
        ("1999", 1),
    ]


@pytest.mark.parametrize(
    ("edtf", "heading"),
    [
        ("-0043-03-15", "44 BC"),
        ("2026-02-27/2026-03-02", "2026"),
        ("2025-12-31/2026-01-01", "2025"),
        ("[..2026]", "2026"),
        ("2026-03/..", "2026"),
        ("XXXX-12-25", ""),
    ],
)
def test_a_date_stands_under_what_is_known_of_it(edtf, heading):
    assert headings(edtf) == [(heading, 1)]


@given(st.lists(st.integers(-400_000, 400_000), min_size=2, max_size=40))
def test_places_on_the_line_keep_the_order_of_time_and_stay_on_it(days):
    scale = Scale([day * DAY for day in days], first=5, last=95)

    places = [scale.at(day * DAY) for day in sorted(days)]

    assert places == sorted(places)
    assert all(4.99 <= place <= 95.01 for place in places)


def test_quiet_stretches_are_shortened_and_the_line_is_broken_there():
    scale = Scale(
        [parse(day).earliest for day in ("1990", "2026-03-01", "2026-03-02")],
        first=0,
        last=100,
    )

    assert (
        scale.at(parse("2026-03-02").earliest) - scale.at(parse("2026-03-01").earliest)
        > 5
    )
    assert len(scale.breaks) == 1
    assert Scale([0, DAY, 2 * DAY], first=0, last=100).breaks == []


dates = st.sampled_from(
    [*SHAPES, *(f"2026-03-{day:02d}" for day in range(1, 29)), "1999", "2012-05"]
)


@given(st.lists(dates, min_size=2, max_size=30))
def test_no_two_marks_share_a_place_and_each_has_room_for_a_finger(edtfs):
    found = [outline(edtf, number) for number, edtf in enumerate(edtfs)]
    when = {one.id: parse(one.date["edtf"]) for one in found}
    bounds = [
        bound
        for one in when.values()
        for bound in (one.earliest, one.latest)
        if bound is not None
    ]
    if not bounds:
        return
    scale = Scale(bounds, first=3.6, last=85)

    marks = in_lanes(placed(one, when[one.id], scale) for one in found)

    assert len(marks) == len(found)
    for one, other in combinations(marks, 2):
        if one.lane == other.lane:
            first, last = sorted((one, other), key=lambda mark: mark.start + mark.end)
            assert right(first) <= left(last) + 1e-9


def left(mark):
    return min(mark.start, (mark.start + mark.end - TOUCH) / 2)


def right(mark):
    return max(mark.end, (mark.start + mark.end + TOUCH) / 2)


@given(st.lists(dates, min_size=2, max_size=30))
def test_labels_that_phones_show_stand_apart(edtfs):
    when = {number: parse(edtf) for number, edtf in enumerate(edtfs)}
    bounds = [one.earliest for one in when.values() if one.earliest is not None]
    if not bounds:
        return

    found = labels(when, Scale(bounds, first=3.6, last=85))

    for one, other in combinations([row for row in found if not row.wide], 2):
        assert abs(one.place - other.place) >= 12


def test_each_mark_is_a_link_with_a_name():
    found = [outline("2026-03-03", 1), outline("[..2026-03-05]", 2), outline("..", 3)]

    band = band_of(found, address=lambda one: f"/events/{one.slug}/")

    names = re.findall("<title>(.*?)</title>", band.drawing)
    assert sorted(names) == [
        "3 March 2026: Title",
        "by 5 March 2026: Title",
        "date not known: Title",
    ]
    for number in (1, 2, 3):
        assert f'href="/events/event-{number}/"' in band.drawing


@pytest.mark.parametrize(
    "edtfs",
    [["2026-03-03"], ["..", ".."], ["2026-03-03"] * (MOST_LANES + 1)],
    ids=["one event", "no date", "too many at once"],
)
def test_there_is_no_band_where_it_would_show_nothing(edtfs):
    found = [outline(edtf, number) for number, edtf in enumerate(edtfs)]

    assert band_of(found, address=lambda one: "#") is None


def test_titles_of_marks_are_escaped():
    hostile = outline("2026-03-03")._replace(title="</title><script>alert(1)</script>")

    band = band_of([hostile, outline("2026-03-04", 1)], address=lambda one: '"><x')

    assert "<script" not in band.drawing
    assert "<x" not in band.drawing


bounds = st.integers(parse("-9999").earliest, parse("9999").latest)


@given(bounds, bounds)
def test_columns_cover_all_the_time_and_are_not_too_many(one, other):
    first, last = sorted((one, other))

    edges = edges_of(first, last)

    assert edges == sorted(set(edges))
    assert edges[0] <= first < edges[-1]
    assert last < edges[-1]
    assert len(edges) - 1 <= MOST
    assert all(named(Column(*pair)) for pair in pairwise(edges))


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2026-03-03", "2026-03-03", "3 March 2026"),
        ("2026-03", "2026-03", "March 2026"),
        ("2026-01", "2026-03", "January to March 2026"),
        ("2024", "2024", "2024"),
        ("1990", "1999", "1990 to 1999"),
    ],
)
def test_columns_are_named_by_their_time(first, last, name):
    column = Column(parse(first).earliest, parse(last).latest + 1)

    assert named(column) == name


def test_large_numbers_are_written_as_readers_of_a_language_write_them():
    counts = {"counts": {"events": 89361, "statements": 1}, "span": ""}
    told = facts_html(counts)

    assert events_told(89361) == "89,361 events"
    assert events_told(1) == "1 event"
    assert "<li>89,361 events</li>" in told
    assert "<li>1 statement</li>" in told
    with override("de"):
        assert events_told(89361) == "89.361 events"


def test_a_filter_and_the_sentence_beside_it_set_thousands_apart():
    found = Tally(events=89361, kinds=Counter(report=1100, claim=999))
    asked = Asked(query=Query(stories=("sto_1",)))
    shown = {
        "path": "/stories/long/",
        "known": known_shown(asked, "/stories/long/", found, at=1, head=None),
        "stood": stood_shown(asked, "/stories/long/"),
        "filters": filters_of(asked, found, "/stories/long/"),
        "counted": found.events,
        "more": False,
        "chosen": [],
        "words": "",
        "without_words": "",
        "kept_with_words": [],
    }
    html = asking_html(shown)

    assert "89,361 events, with all that has been reported." in html
    assert '<span class="count">1,100</span>' in html
    assert '<span class="count">999</span>' in html
    with override("de"):
        assert '<span class="count">1.100</span>' in asking_html(shown)

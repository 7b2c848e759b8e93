"""How exactly a date is said where only calendar dates can be."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from tests.api.formats.samples import date as sent
from tests.dates.test_properties import TEXTS, parsed
from timeline.api.formats.days import (
    end_of,
    ends,
    exact,
    is_doubtful,
    shared,
    start_of,
    whole_day,
)
from timeline.dates import instant, parse


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("edtf", "span"),
    [
        ("2026-03-03", (date(2026, 3, 3), date(2026, 3, 4))),
        ("2024-02-29", (date(2024, 2, 29), date(2024, 3, 1))),
        ("2026-03-03/2026-03-05", (date(2026, 3, 3), date(2026, 3, 6))),
        ("2026-03-03/2026-03-03", (date(2026, 3, 3), date(2026, 3, 4))),
        ("0001-01-01", (date(1, 1, 1), date(1, 1, 2))),
        ("9999-12-30", (date(9999, 12, 30), date(9999, 12, 31))),
        ("9999-12-31", (date(9999, 12, 31), None)),
        ("2026-03-03T14:05Z", (at(2026, 3, 3, 14, 5), None)),
        ("2026-03-03T23:30:15-05:00", (at(2026, 3, 4, 4, 30, 15), None)),
        (
            "2026-03-03T14:05Z/2026-03-03T15:00Z",
            (at(2026, 3, 3, 14, 5), at(2026, 3, 3, 15)),
        ),
        ("2026-03-03T14:05Z/2026-03-03T14:05Z", (at(2026, 3, 3, 14, 5), None)),
        # Of which zone is not known, so nothing finer than the day is.
        ("2026-03-03T02:30", (date(2026, 3, 3), date(2026, 3, 4))),
    ],
)
def test_an_exact_date_is_a_span_of_days_or_moments(edtf, span):
    assert exact(edtf) == span


@pytest.mark.parametrize(
    "edtf",
    [
        "..",
        "2026",
        "2026-03",
        "2026-21",
        "198X",
        "2026-03-XX",
        "2026-03-03?",
        "2026-03-03~",
        "2026-?03-03",
        "[..2026-03-03]",
        "[2026-03-03..]",
        "[2026-03-03..2026-03-05]",
        "[2026-03-03,2026-03-05]",
        "{2026-03-03,2026-03-05}",
        "2026-03-03/..",
        "2026-03-03/",
        "../2026-03-03",
        "/2026-03-03",
        "2026-03-03/2026-04",
        "2026-03-03/2026-03-05?",
        "2026-03-03/2026-03-05T14:05Z",
        "0000-01-01",
        "-0043-03-15",
        "-0043-03-15/2026-03-03",
        "9999-12-01/9999-12-31",
        "0001-01-01T00:00+05:00",
        "9999-12-31T23:00-05:00",
    ],
)
def test_every_other_date_is_left_out(edtf):
    parse(edtf)

    assert exact(edtf) is None


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2026-03-03", (2026, 3, 3), ()),
        ("2026-03", (2026, 3), ()),
        ("2026", (2026,), ()),
        ("2026-03-XX", (2026, 3), ()),
        ("2026-21", (2026,), ()),
        ("2026-24", (), ()),  # a winter is of two years
        ("198X", (), ()),
        ("-0043-03-15", (-43, 3, 15), ()),
        ("0000", (0,), ()),
        ("[2026-02-26..2026-02-28]", (2026, 2), ()),
        ("[2026-02-27..2026-03-02]", (2026,), ()),
        ("[..2026-03-03]", (), ()),
        ("..", (), ()),
        ("2026-03-03/2026-03-05", (2026, 3, 3), (2026, 3, 5)),
        ("2026-03/2027", (2026, 3), (2027,)),
        ("2026-03-03/..", (2026, 3, 3), ()),
        ("../2026-03-03", (), (2026, 3, 3)),
        ("198X/2026", (), (2026,)),
        ("2026-03-03T14:05Z", (2026, 3, 3, 14, 5), ()),
        ("2026-03-03T23:30:15-05:00", (2026, 3, 4, 4, 30, 15), ()),
        ("2026-03-03T14:05", (2026, 3, 3), ()),
    ],
)
def test_of_start_and_end_as_much_is_said_as_is_known(edtf, start, end):
    assert (start_of(edtf), end_of(edtf)) == (start, end)


@pytest.mark.parametrize(
    ("edtf", "text"),
    [
        ("2026-03-03", "2026-03-03"),
        ("2026-03", "2026-03"),
        ("2026", "2026"),
        ("2026-03-03T14:05Z", "2026-03-03T14:05Z"),
        ("2026-03-03T23:30:15-05:00", "2026-03-04T04:30:15Z"),
        ("0044-03-15", "0044-03-15"),
        ("[2026-02-26..2026-02-28]", "2026-02"),
        ("2026-03-03?", None),
        ("2026~", None),
        ("[..2026-03-03]", None),
        ("2026-03-03/2026-03-05", None),
        ("0000", None),
        ("-0043", None),
        ("..", None),
    ],
)
def test_a_date_in_iso_8601_is_no_more_exact_than_it_is_known(edtf, text):
    assert whole_day(sent(edtf)) == text


def bounds_of(parts):
    """The first and last second of what the parts name."""
    year, *rest = parts
    sign = "-" if year < 0 else ""
    text = "-".join([f"{sign}{abs(year):04d}", *(f"{part:02d}" for part in rest[:2])])
    if rest[2:]:
        text += "T" + ":".join(f"{part:02d}" for part in rest[2:]) + "Z"
    named = parse(text)
    return named.earliest, named.latest


@given(TEXTS)
def test_what_is_said_of_a_date_holds_all_that_the_date_may_mean(edtf):
    when = parsed(edtf)
    if when is None or not shared(when):
        return

    if -9999 <= shared(when)[0] <= 9999:
        first, last = bounds_of(shared(when))
        assert first <= when.earliest
        assert when.latest <= last


@given(TEXTS)
def test_what_is_exact_is_neither_more_nor_less_than_the_date(edtf):
    when = parsed(edtf)
    span = when and exact(when.edtf)
    if not span:
        return

    start, end = span
    first = f"{start:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")
    assert not is_doubtful(when)
    assert "X" not in edtf
    if isinstance(start, datetime):
        assert first == instant((ends(when.edtf) or (when,))[0].earliest)
    else:
        days = 1 if end is None else (end - start).days
        assert first[:10] == edtf[:10]
        assert when.latest - when.earliest < days * 86_400

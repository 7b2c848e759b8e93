"""Every example of the Library of Congress text of EDTF that is taken, with bounds."""

import pytest

from timeline.dates import PRECISIONS, instant, parse

LEVEL_0 = [
    ("1985-04-12", "1985-04-12T00:00:00Z", "1985-04-12T23:59:59Z", "day"),
    ("1985-04", "1985-04-01T00:00:00Z", "1985-04-30T23:59:59Z", "month"),
    ("1985", "1985-01-01T00:00:00Z", "1985-12-31T23:59:59Z", "year"),
    ("1985-04-12T23:20:30", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z", "second"),
    ("1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z", "second"),
    (
        "1985-04-12T23:20:30-04",
        "1985-04-13T03:20:30Z",
        "1985-04-13T03:20:30Z",
        "second",
    ),
    (
        "1985-04-12T23:20:30+04:30",
        "1985-04-12T18:50:30Z",
        "1985-04-12T18:50:30Z",
        "second",
    ),
    ("1964/2008", "1964-01-01T00:00:00Z", "2008-12-31T23:59:59Z", "year"),
    ("2004-06/2006-08", "2004-06-01T00:00:00Z", "2006-08-31T23:59:59Z", "month"),
    ("2004-02-01/2005-02-08", "2004-02-01T00:00:00Z", "2005-02-08T23:59:59Z", "day"),
    ("2004-02-01/2005-02", "2004-02-01T00:00:00Z", "2005-02-28T23:59:59Z", "month"),
    ("2004-02-01/2005", "2004-02-01T00:00:00Z", "2005-12-31T23:59:59Z", "year"),
    ("2005/2006-02", "2005-01-01T00:00:00Z", "2006-02-28T23:59:59Z", "year"),
]
LEVEL_1 = [
    ("2001-21", "2001-03-01T00:00:00Z", "2001-05-31T23:59:59Z", "season"),
    ("2001-22", "2001-06-01T00:00:00Z", "2001-08-31T23:59:59Z", "season"),
    ("2001-23", "2001-09-01T00:00:00Z", "2001-11-30T23:59:59Z", "season"),
    ("2001-24", "2001-12-01T00:00:00Z", "2002-02-28T23:59:59Z", "season"),
    ("201X", "2010-01-01T00:00:00Z", "2019-12-31T23:59:59Z", "decade"),
    ("20XX", "2000-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "century"),
    ("2004-XX", "2004-01-01T00:00:00Z", "2004-12-31T23:59:59Z", "year"),
    ("1985-04-XX", "1985-04-01T00:00:00Z", "1985-04-30T23:59:59Z", "month"),
    ("1985-XX-XX", "1985-01-01T00:00:00Z", "1985-12-31T23:59:59Z", "year"),
    ("1985-04-12/..", "1985-04-12T00:00:00Z", None, "day"),
    ("1985-04/..", "1985-04-01T00:00:00Z", None, "month"),
    ("1985/..", "1985-01-01T00:00:00Z", None, "year"),
    ("../1985-04-12", None, "1985-04-12T23:59:59Z", "day"),
    ("../1985-04", None, "1985-04-30T23:59:59Z", "month"),
    ("../1985", None, "1985-12-31T23:59:59Z", "year"),
    ("1985-04-12/", "1985-04-12T00:00:00Z", None, "day"),
    ("1985-04/", "1985-04-01T00:00:00Z", None, "month"),
    ("1985/", "1985-01-01T00:00:00Z", None, "year"),
    ("/1985-04-12", None, "1985-04-12T23:59:59Z", "day"),
    ("/1985-04", None, "1985-04-30T23:59:59Z", "month"),
    ("/1985", None, "1985-12-31T23:59:59Z", "year"),
    ("-1985", "-1985-01-01T00:00:00Z", "-1985-12-31T23:59:59Z", "year"),
]
LEVEL_2 = [
    ("2001-34", "2001-04-01T00:00:00Z", "2001-06-30T23:59:59Z", "quarter"),
    ("[1667,1668,1670..1672]", "1667-01-01T00:00:00Z", "1672-12-31T23:59:59Z", "year"),
    ("[..1760-12-03]", None, "1760-12-03T23:59:59Z", "day"),
    ("[1760-12..]", "1760-12-01T00:00:00Z", None, "month"),
    ("[1760-01,1760-02,1760-12..]", "1760-01-01T00:00:00Z", None, "month"),
    ("[1667,1760-12]", "1667-01-01T00:00:00Z", "1760-12-31T23:59:59Z", "year"),
    ("[..1984]", None, "1984-12-31T23:59:59Z", "year"),
    ("{1667,1668,1670..1672}", "1667-01-01T00:00:00Z", "1672-12-31T23:59:59Z", "year"),
    ("{1960,1961-12}", "1960-01-01T00:00:00Z", "1961-12-31T23:59:59Z", "year"),
    ("{..1984}", None, "1984-12-31T23:59:59Z", "year"),
    ("156X-12-25", "1560-12-25T00:00:00Z", "1569-12-25T23:59:59Z", "decade"),
    ("15XX-12-25", "1500-12-25T00:00:00Z", "1599-12-25T23:59:59Z", "century"),
    ("15XX-12-XX", "1500-12-01T00:00:00Z", "1599-12-31T23:59:59Z", "century"),
    ("XXXX-12-XX", None, None, "unknown"),
    ("1XXX-XX", "1000-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "millennium"),
    ("1XXX-12", "1000-12-01T00:00:00Z", "1999-12-31T23:59:59Z", "millennium"),
    ("1984-1X", "1984-10-01T00:00:00Z", "1984-12-31T23:59:59Z", "year"),
    ("2004-06-XX/2004-07-03", "2004-06-01T00:00:00Z", "2004-07-03T23:59:59Z", "month"),
]
QUALIFIED = [
    ("1984?", True, False, "perhaps 1984"),
    ("2004-06~", False, True, "about June 2004"),
    ("2004-06-11%", True, True, "perhaps about 11 June 2004"),
    ("1984~/2004-06", False, True, "about 1984 to June 2004"),
    ("1984/2004-06~", False, True, "1984 to about June 2004"),
    ("1984~/2004~", False, True, "about 1984 to about 2004"),
    ("1984?/2004%", True, True, "perhaps 1984 to perhaps about 2004"),
    ("1984-06?/2004-08?", True, False, "perhaps June 1984 to perhaps August 2004"),
    (
        "1984-06-02?/2004-08-08~",
        True,
        True,
        "perhaps 2 June 1984 to about 8 August 2004",
    ),
    ("1984-06-02?/", True, False, "from perhaps 2 June 1984, end not known"),
    ("2004-06~-11", False, True, "11 June 2004 (year and month approximate)"),
    ("2004?-06-11", True, False, "11 June 2004 (year uncertain)"),
    (
        "?2004-06-~11",
        True,
        True,
        "11 June 2004 (year uncertain, day approximate)",
    ),
    (
        "2004-%06-11",
        True,
        True,
        "11 June 2004 (month uncertain and approximate)",
    ),
    (
        "2004?-06-~11",
        True,
        True,
        "11 June 2004 (year uncertain, day approximate)",
    ),
    (
        "2004-06-~01/2004-06-~20",
        False,
        True,
        "1 June 2004 (day approximate) to 20 June 2004 (day approximate)",
    ),
    ("[1984?,1986]", True, False, "perhaps 1984 or 1986"),
]
PARTS_OF_A_YEAR = [
    ("2024-25", "2024-03-01", "2024-05-31", "spring 2024 (northern hemisphere)"),
    ("2024-26", "2024-06-01", "2024-08-31", "summer 2024 (northern hemisphere)"),
    ("2024-27", "2024-09-01", "2024-11-30", "autumn 2024 (northern hemisphere)"),
    ("2024-28", "2024-12-01", "2025-02-28", "winter 2024–25 (northern hemisphere)"),
    ("2024-29", "2024-09-01", "2024-11-30", "spring 2024 (southern hemisphere)"),
    ("2024-30", "2024-12-01", "2025-02-28", "summer 2024–25 (southern hemisphere)"),
    ("2024-31", "2024-03-01", "2024-05-31", "autumn 2024 (southern hemisphere)"),
    ("2024-32", "2024-06-01", "2024-08-31", "winter 2024 (southern hemisphere)"),
    ("2026-33", "2026-01-01", "2026-03-31", "first quarter of 2026"),
    ("2026-36", "2026-10-01", "2026-12-31", "fourth quarter of 2026"),
    ("2026-37", "2026-01-01", "2026-04-30", "first four months of 2026"),
    ("2026-38", "2026-05-01", "2026-08-31", "second four months of 2026"),
    ("2026-39", "2026-09-01", "2026-12-31", "last four months of 2026"),
    ("2025-40", "2025-01-01", "2025-06-30", "first half of 2025"),
    ("2025-41", "2025-07-01", "2025-12-31", "second half of 2025"),
]


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"), LEVEL_0 + LEVEL_1 + LEVEL_2
)
def test_an_example_of_the_standard_has_these_bounds(text, earliest, latest, precision):
    date = parse(text)

    assert bounds(date) == (earliest, latest)
    assert date.precision == precision
    assert (date.uncertain, date.approximate) == (False, False)
    assert str(date) == text


@pytest.mark.parametrize(("text", "uncertain", "approximate", "words"), QUALIFIED)
def test_a_mark_is_kept_and_said(text, uncertain, approximate, words):
    date = parse(text)

    assert (date.uncertain, date.approximate) == (uncertain, approximate)
    assert date.display == words


def test_a_mark_does_not_move_the_bounds():
    assert bounds(parse("2004-06-11%")) == bounds(parse("2004-06-11"))


@pytest.mark.parametrize(("text", "first", "last", "words"), PARTS_OF_A_YEAR)
def test_a_part_of_a_year_has_these_months_and_words(text, first, last, words):
    date = parse(text)

    assert bounds(date) == (f"{first}T00:00:00Z", f"{last}T23:59:59Z")
    assert date.display == words


def test_the_four_seasons_of_a_year_follow_one_another():
    seasons = [parse(f"2024-{code}") for code in (21, 22, 23, 24)]

    for before, after in zip(seasons, seasons[1:], strict=False):
        assert after.earliest == before.latest + 1


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2026-03-03T14:30Z", "2026-03-03T14:30:00Z", "2026-03-03T14:30:59Z", "minute"),
        (
            "2026-03-03T14:00Z/2026-03-03T15:00+01:00",
            "2026-03-03T14:00:00Z",
            "2026-03-03T14:00:59Z",
            "minute",
        ),
        (
            "-0044-03-15T12:00:00",
            "-0044-03-15T12:00:00Z",
            "-0044-03-15T12:00:00Z",
            "second",
        ),
        (
            "[2026-03-03T14:00Z..]",
            "2026-03-03T14:00:00Z",
            None,
            "minute",
        ),
    ],
)
def test_times_are_taken_to_the_minute_and_wherever_a_date_is(
    text, earliest, latest, precision
):
    date = parse(text)

    assert bounds(date) == (earliest, latest)
    assert date.precision == precision


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("156X-02-29", "1560-02-29T00:00:00Z", "1568-02-29T23:59:59Z"),
        ("1XX0-02-29", "1020-02-29T00:00:00Z", "1980-02-29T23:59:59Z"),
        ("1985-XX-31", "1985-01-31T00:00:00Z", "1985-12-31T23:59:59Z"),
        ("1985-X2-30", "1985-12-30T00:00:00Z", "1985-12-30T23:59:59Z"),
        ("1985-02-XX", "1985-02-01T00:00:00Z", "1985-02-28T23:59:59Z"),
        ("1985-04-1X", "1985-04-10T00:00:00Z", "1985-04-19T23:59:59Z"),
        ("19X5", "1905-01-01T00:00:00Z", "1995-12-31T23:59:59Z"),
        ("-004X", "-0049-01-01T00:00:00Z", "-0040-12-31T23:59:59Z"),
        ("-000X", "-0009-01-01T00:00:00Z", "-0001-12-31T23:59:59Z"),
        ("198X-24", "1980-12-01T00:00:00Z", "1990-02-28T23:59:59Z"),
        ("XXXX", None, None),
        ("-XXXX-02-29", None, None),
    ],
)
def test_unspecified_digits_are_bounded_by_days_that_exist(text, earliest, latest):
    assert bounds(parse(text)) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("0000", "0000-01-01T00:00:00Z"),
        ("-0001-02-28", "-0001-02-28T00:00:00Z"),
        ("0000-02-29", "0000-02-29T00:00:00Z"),
        ("-0044", "-0044-01-01T00:00:00Z"),
        ("-9999-01-01", "-9999-01-01T00:00:00Z"),
        ("9999-12-31", "9999-12-31T00:00:00Z"),
    ],
)
def test_years_before_1_and_at_the_limits_are_dates(text, earliest):
    assert bounds(parse(text))[0] == earliest
    assert parse(text).edtf == text


def test_the_winter_of_the_last_year_ends_in_the_year_after():
    assert bounds(parse("9999-24"))[1] == "+10000-02-29T23:59:59Z"


def test_two_dots_alone_are_a_date_that_is_not_known():
    date = parse("..")

    assert bounds(date) == (None, None)
    assert (date.precision, date.display) == ("unknown", "date not known")


def test_spaces_around_a_date_are_taken_off():
    assert parse(" 2026-03-03\n") == parse("2026-03-03")


def test_precision_is_one_of_a_closed_list():
    examples = LEVEL_0 + LEVEL_1 + LEVEL_2

    assert {parse(text).precision for text, *_ in examples} <= set(PRECISIONS)


def bounds(date):
    return tuple(
        None if bound is None else instant(bound)
        for bound in (date.earliest, date.latest)
    )

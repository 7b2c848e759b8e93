"""The words for a date are fit for print."""

import pytest

from timeline.dates import parse


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-03", "3 March 2026"),
        ("2026-03", "March 2026"),
        ("2026", "2026"),
        ("2024-21", "spring 2024"),
        ("2024-24", "winter 2024–25"),
        ("1999-24", "winter 1999 to 2000"),
    ],
)
def test_a_plain_date(text, words):
    assert parse(text).display == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0476-09-04", "4 September AD 476"),
        ("0001", "AD 1"),
        ("0000", "1 BC"),
        ("-0001", "2 BC"),
        ("-0043", "44 BC"),
        ("-0043-03-15", "15 March 44 BC"),
        ("-0043/0014", "44 BC to AD 14"),
        ("-0043-24", "winter 44 BC to 43 BC"),
    ],
)
def test_an_early_year_says_its_era_and_year_0_is_1_bc(text, words):
    assert parse(text).display == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-03T14:30Z", "14:30 UTC on 3 March 2026"),
        ("2026-03-03T14:30:05Z", "14:30:05 UTC on 3 March 2026"),
        ("2026-03-03T14:30+01:00", "14:30 UTC+01:00 on 3 March 2026"),
        ("2026-03-03T14:30-05", "14:30 UTC-05 on 3 March 2026"),
        ("2026-03-03T14:30", "14:30 on 3 March 2026 (no zone given)"),
        (
            "2026-03-03T14:30Z/2026-03-03T16:00Z",
            "14:30 to 16:00 UTC on 3 March 2026",
        ),
        (
            "2026-03-03T14:30Z/2026-03-04T16:00Z",
            "14:30 UTC on 3 March 2026 to 16:00 UTC on 4 March 2026",
        ),
    ],
)
def test_every_time_says_its_zone(text, words):
    assert parse(text).display == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-01/2026-03-03", "1 to 3 March 2026"),
        ("2026-02-26/2026-03-02", "26 February to 2 March 2026"),
        ("2025-12-31/2026-01-02", "31 December 2025 to 2 January 2026"),
        ("2026-03/2026-05", "March to May 2026"),
        ("1964/2008", "1964 to 2008"),
        ("2026/2026", "2026"),
        ("2004-02-01/2005", "1 February 2004 to 2005"),
        ("2026-04-02/..", "since 2 April 2026"),
        ("2026-04-02/", "from 2 April 2026, end not known"),
        ("../2026-03-03", "until 3 March 2026"),
        ("/2026-03-03", "until 3 March 2026, start not known"),
        ("2025-40/..", "since the first half of 2025"),
        ("1XXX/..", "since a year between 1000 and 1999"),
    ],
)
def test_an_interval(text, words):
    assert parse(text).display == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[2026-02-26..2026-02-28]", "between 26 and 28 February 2026"),
        ("[2026-02-26..2026-03-02]", "between 26 February and 2 March 2026"),
        (
            "[2025-12-31..2026-01-02]",
            "between 31 December 2025 and 2 January 2026",
        ),
        ("[2026-03-03..2026-03-03]", "3 March 2026"),
        ("[..2026-04-02]", "by 2 April 2026"),
        ("[..1984]", "by the end of 1984"),
        ("[..198X]", "by the end of the 1980s"),
        ("[..1984~]", "by about 1984"),
        ("[..1985-04-XX]", "by a day in April 1985"),
        ("[..2025-40]", "by the end of the first half of 2025"),
        ("[2026-04-02..]", "2 April 2026 or later"),
        ("[1984]", "1984"),
        ("[2026-03-03,2026-03-05]", "3 March 2026 or 5 March 2026"),
        ("[1667,1668,1670..1672]", "1667, 1668, or between 1670 and 1672"),
        ("[..1760,1770]", "1760 or earlier, or 1770"),
        (
            "[1760-01,1760-02,1760-12..]",
            "January 1760, February 1760, or December 1760 or later",
        ),
        (
            "[2025-40..2026-33]",
            "between the first half of 2025 and the first quarter of 2026",
        ),
    ],
)
def test_one_of_several(text, words):
    assert parse(text).display == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{2026-03-03,2026-03-05}", "3 March 2026 and 5 March 2026"),
        ("{1667,1668,1670..1672}", "1667, 1668 and every year from 1670 to 1672"),
        ("{1960,1961-12}", "1960 and December 1961"),
        ("{..1984}", "1984 and all years before"),
        ("{2026-03-03..}", "3 March 2026 and all days after"),
        ("{2001-21..2001-23}", "spring 2001 to autumn 2001"),
    ],
)
def test_all_of_several(text, words):
    assert parse(text).display == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("198X", "the 1980s"),
        ("198X~", "about the 1980s"),
        ("19X5?", "perhaps a year between 1905 and 1995"),
        ("18XX", "the 19th century"),
        ("20XX", "the 21st century"),
        ("180X", "between 1800 and 1809"),
        ("000X", "between 1 BC and AD 9"),
        ("-004X", "between 50 BC and 41 BC"),
        ("-000X", "between 10 BC and 2 BC"),
        ("1XXX", "between 1000 and 1999"),
        ("XXXX", "year not known"),
        ("2004-XX", "a month in 2004"),
        ("1985-04-XX", "a day in April 1985"),
        ("1985-XX-XX", "a day in 1985"),
        ("1985-XX-25", "the 25th of a month in 1985"),
        ("1984-1X", "a month between October and December 1984"),
        ("1985-04-1X", "a day between 10 and 19 April 1985"),
        ("1985-0X-1X", "a day between 10 January and 19 September 1985"),
        ("156X-12-25", "25 December, in the 1560s"),
        ("156X-12-2X", "a day between 20 December 1560 and 29 December 1569"),
        ("156X-1X", "a month between October 1560 and December 1569"),
        ("15XX-12-XX", "a day in December, in the 16th century"),
        ("1XXX-12", "December, between 1000 and 1999"),
        ("1XXX-XX", "a month, between 1000 and 1999"),
        ("XXXX-12-25", "25 December, year not known"),
        ("XXXX-12-XX", "a day in December, year not known"),
        ("XXXX-XX-25", "the 25th of a month, year not known"),
        ("XXXX-XX-XX", "a day, year not known"),
        ("198X-21", "spring in the 1980s"),
        ("198X-40", "first half of a year, in the 1980s"),
        ("1XXX-24", "winter of a year, between 1000 and 1999"),
        ("XXXX-33", "first quarter of a year, year not known"),
    ],
)
def test_digits_that_are_not_known(text, words):
    assert parse(text).display == words

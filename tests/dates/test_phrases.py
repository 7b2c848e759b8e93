"""Newsroom phrases against their anchor, 3 March 2026, which is a Tuesday."""

import pytest

from timeline.dates import (
    RULES,
    SPANS,
    BadDate,
    UnknownPhrase,
    parse,
    resolve,
)

PHRASES = [
    ("today", "2026-03-03", "today", "day"),
    ("earlier today", "2026-03-03", "today", "day"),
    ("this morning", "2026-03-03", "today", "day"),
    ("yesterday", "2026-03-02", "yesterday", "day"),
    ("yesterday evening", "2026-03-02", "yesterday", "day"),
    ("tomorrow", "2026-03-04", "tomorrow", "day"),
    ("last night", "[2026-03-02..2026-03-03]", "last-night", "days"),
    ("two days ago", "2026-03-01", "days-ago", "day"),
    ("10 days ago", "2026-02-21", "days-ago", "day"),
    ("the day before yesterday", "2026-03-01", "days-ago", "day"),
    ("three weeks ago", "[2026-02-09..2026-02-15]", "weeks-ago", "week"),
    ("on Tuesday", "2026-03-03", "latest-weekday", "day"),
    ("on Monday", "2026-03-02", "latest-weekday", "day"),
    ("on Friday", "2026-02-27", "latest-weekday", "day"),
    ("Tuesday evening", "2026-03-03", "latest-weekday", "day"),
    ("late on Monday", "2026-03-02", "latest-weekday", "day"),
    ("Wed.", "2026-02-25", "latest-weekday", "day"),
    ("last Tuesday", "2026-02-24", "weekday-of-week-before", "day"),
    ("Friday of last week", "2026-02-27", "weekday-of-week-before", "day"),
    ("Friday this week", "2026-03-06", "weekday-of-week", "day"),
    ("on Monday of next week", "2026-03-09", "weekday-of-week", "day"),
    ("last week", "[2026-02-23..2026-03-01]", "week", "week"),
    ("this week", "[2026-03-02..2026-03-08]", "week", "week"),
    ("next week", "[2026-03-09..2026-03-15]", "week", "week"),
    ("early last week", "[2026-02-23..2026-02-24]", "part-of-week", "days"),
    ("mid-last week", "2026-02-25", "part-of-week", "day"),
    ("late last week", "[2026-02-26..2026-02-28]", "part-of-week", "days"),
    ("Late  Last\nWeek", "[2026-02-26..2026-02-28]", "part-of-week", "days"),
    ("earlier this week", "[2026-03-02..2026-03-03]", "earlier-this-week", "days"),
    ("later this week", "[2026-03-03..2026-03-08]", "later-this-week", "days"),
    ("over the weekend", "[2026-02-28..2026-03-01]", "weekend", "days"),
    ("last weekend", "[2026-02-28..2026-03-01]", "weekend", "days"),
    ("last month", "2026-02", "month", "month"),
    ("three months ago", "2025-12", "months-ago", "month"),
    ("a month ago", "2026-02", "months-ago", "month"),
    (
        "earlier this month",
        "[2026-03-01..2026-03-03]",
        "earlier-this-month",
        "part-of-month",
    ),
    (
        "later this month",
        "[2026-03-03..2026-03-31]",
        "later-this-month",
        "part-of-month",
    ),
    ("early March", "[2026-03-01..2026-03-10]", "part-of-month", "part-of-month"),
    ("in mid-February", "[2026-02-11..2026-02-20]", "part-of-month", "part-of-month"),
    ("late February", "[2026-02-21..2026-02-28]", "part-of-month", "part-of-month"),
    ("late March 2026", "[2026-03-21..2026-03-31]", "part-of-month", "part-of-month"),
    ("late last month", "[2026-02-21..2026-02-28]", "part-of-month", "part-of-month"),
    ("in December", "2025-12", "named-month", "month"),
    ("March 2026", "2026-03", "named-month", "month"),
    ("in May of last year", "2025-05", "named-month", "month"),
    ("March 3", "2026-03-03", "day-and-month", "day"),
    ("3 March", "2026-03-03", "day-and-month", "day"),
    ("on the 28th of February", "2026-02-28", "day-and-month", "day"),
    ("Dec. 31", "2025-12-31", "day-and-month", "day"),
    ("3 March 2026", "2026-03-03", "day-and-month", "day"),
    ("on Tuesday, March 3, 2026", "2026-03-03", "day-and-month", "day"),
    ("in 2025", "2025", "year", "year"),
    ("last year", "2025", "year", "year"),
    ("two years ago", "2024", "years-ago", "year"),
    ("earlier this year", "[2026-01-01..2026-03-03]", "earlier-this-year", "year"),
    ("later this year", "[2026-03-03..2026-12-31]", "later-this-year", "year"),
    ("the first half of 2025", "2025-40", "half-of-year", "half"),
    ("second half of last year", "2025-41", "half-of-year", "half"),
    ("H1 2025", "2025-40", "half-of-year", "half"),
    ("first quarter of 2026", "2026-33", "quarter-of-year", "quarter"),
    ("Q4 2025", "2025-36", "quarter-of-year", "quarter"),
    ("spring 2024", "2024-21", "season", "season"),
    ("in the fall of 2024", "2024-23", "season", "season"),
    ("winter 2024–25", "2024-24", "season", "season"),
    ("last spring", "2025-21", "latest-season", "season"),
    ("last winter", "2025-24", "latest-season", "season"),
    ("in the 1980s", "198X", "decade", "decade"),
    ("the 19th century", "18XX", "century", "century"),
    ("by 2 April 2026", "[..2026-04-02]", "limit", "open"),
    ("by 2020", "[..2020]", "limit", "open"),
    ("before 2020", "[..2019]", "limit", "open"),
    ("before March 1, 2026", "[..2026-02-28]", "limit", "open"),
    ("after December 2025", "[2026-01..]", "limit", "open"),
]


@pytest.mark.parametrize(("phrase", "edtf", "rule", "precision"), PHRASES)
def test_a_phrase_comes_to_this_date_by_this_rule(phrase, edtf, rule, precision):
    found = resolve(phrase, parse("2026-03-03"))

    assert (found.date, found.rule) == (parse(edtf), rule)
    assert found.precision == precision


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "days after",
        "recently",
        "a few days ago",
        "in two days",
        "over two days ago",
        "in the last week",
        "next Tuesday",
        "by Friday",
        "this weekend",
        "early 2025",
        "the early 1980s",
        "the 80s",
        "winter 2024",
        "winter 2024-26",
        "3/3/2026",
        "2026-03-03",
        "the third quarter",
        "before",
        "before before 2020",
        "\0",
        "\ud800 days ago",
        "٢ days ago",
        "x" * 61,
    ],
)
def test_a_phrase_that_is_not_in_the_table_is_refused(phrase):
    with pytest.raises(UnknownPhrase) as refusal:
        resolve(phrase, parse("2026-03-03"))

    assert str(refusal.value).endswith(".")
    assert str(refusal.value).encode()


@pytest.mark.parametrize("phrase", ["the 2000s", "the 1900s"])
def test_words_for_a_decade_or_a_century_are_refused(phrase):
    with pytest.raises(UnknownPhrase, match="a decade or a century"):
        resolve(phrase, parse("2026-03-03"))


@pytest.mark.parametrize("phrase", ["March 4", "5 May", "in May", "late March"])
def test_a_date_without_its_year_is_refused_when_the_latest_is_long_ago(phrase):
    with pytest.raises(UnknownPhrase, match="leave the year open"):
        resolve(phrase, parse("2026-03-03"))


def test_a_weekday_that_is_not_that_of_the_date_is_refused():
    with pytest.raises(UnknownPhrase, match="3 March 2026 is a Tuesday, not a Monday"):
        resolve("Monday, March 3", parse("2026-03-03"))


@pytest.mark.parametrize("phrase", ["30 February 2026", "29 February", "32 March 2020"])
def test_a_day_that_is_not_in_the_calendar_is_refused(phrase):
    with pytest.raises(BadDate, match="not in the calendar"):
        resolve(phrase, parse("2026-03-03"))


@pytest.mark.parametrize(
    ("phrase", "anchor"),
    [
        ("yesterday", "2026-03"),
        ("yesterday", ".."),
        ("yesterday", "[..2026-03-03]"),
        ("yesterday", "2026-03-03?"),
        ("last week", "2026-03-03~"),
        ("on Monday", "2026"),
        ("last month", "2026"),
        ("last year", "[2025-12-31..2026-01-01]"),
        ("March 3", "2026-03"),
    ],
)
def test_an_anchor_that_does_not_settle_the_count_is_refused(phrase, anchor):
    with pytest.raises(UnknownPhrase, match="does not settle one"):
        resolve(phrase, parse(anchor))


@pytest.mark.parametrize(
    ("phrase", "anchor", "edtf"),
    [
        ("last month", "2026-03", "2026-02"),
        ("last month", "2026-01-15", "2025-12"),
        ("last year", "2026-03", "2025"),
        ("3 March 2026", "..", "2026-03-03"),
        ("the 1980s", "..", "198X"),
        ("yesterday", "2026-03-03T23:30:00-05:00", "2026-03-02"),
        ("yesterday", "2026-03-01", "2026-02-28"),
        ("yesterday", "0000-01-01", "-0001-12-31"),
    ],
)
def test_an_anchor_need_only_settle_what_the_words_count_from(phrase, anchor, edtf):
    assert resolve(phrase, parse(anchor)).date == parse(edtf)


@pytest.mark.parametrize(
    ("phrase", "anchor", "edtf"),
    [
        ("earlier this week", "2026-03-02", "2026-03-02"),
        ("last Sunday", "2026-03-01", "2026-02-22"),
        ("on Sunday", "2026-03-01", "2026-03-01"),
        ("late last week", "2026-03-01", "[2026-02-19..2026-02-21]"),
        ("last weekend", "2026-03-01", "[2026-02-21..2026-02-22]"),
        ("over the weekend", "2026-03-01", "[2026-02-28..2026-03-01]"),
        ("last winter", "2026-02-28", "2024-24"),
    ],
)
def test_a_week_ends_on_sunday(phrase, anchor, edtf):
    assert resolve(phrase, parse(anchor)).date == parse(edtf)


def test_every_rule_has_a_short_slug_a_sentence_and_an_example():
    assert {rule for _, _, rule, _ in PHRASES} == set(RULES)
    for slug, sentence in RULES.items():
        assert len(slug) <= 40
        assert sentence.endswith(".")


def test_every_span_is_one_of_a_closed_list():
    assert {span for _, _, _, span in PHRASES} == set(SPANS)


def test_a_date_beyond_the_years_that_are_kept_is_refused():
    with pytest.raises(BadDate):
        resolve("tomorrow", parse("9999-12-31"))

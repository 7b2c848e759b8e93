"""What holds for every date, tried on dates and texts made up by Hypothesis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.dates import REFUSED, WORST
from timeline.dates import (
    PRECISIONS,
    UNDATED,
    BadDate,
    as_json,
    instant,
    parse,
    resolve,
)
from timeline.dates.calendar import civil_from_days, days_from_civil

MARKS = st.sampled_from(["", "", "", "?", "~", "%"])
YEARS = st.from_regex(r"-?[0-9]{4}", fullmatch=True)
DIGITS = st.sampled_from("0123456789X")
VAGUE_YEARS = st.text(DIGITS, min_size=4, max_size=4)
MONTHS = st.integers(1, 12).map("{:02d}".format)
CODES = st.one_of(MONTHS, st.integers(21, 41).map(str), st.sampled_from(["XX", "1X"]))
DAYS = st.one_of(st.integers(1, 31).map("{:02d}".format), st.sampled_from(["XX", "2X"]))
CLOCKS = st.times().map(lambda clock: clock.isoformat("seconds"))
ZONES = st.sampled_from(["", "Z", "+05:30", "-08", "+14:00"])

PLAIN = st.builds("{}-{}-{}".format, YEARS, MONTHS, DAYS)
SINGLE = st.one_of(
    PLAIN,
    st.builds("{}{}{}".format, MARKS, st.one_of(YEARS, VAGUE_YEARS), MARKS),
    st.builds("{}{}-{}{}".format, YEARS, MARKS, CODES, MARKS),
    st.builds("{}-{}{}-{}".format, VAGUE_YEARS, MARKS, CODES, DAYS),
    st.builds("{}T{}{}".format, PLAIN, CLOCKS, ZONES),
)
END = st.one_of(SINGLE, st.sampled_from(["", ".."]))
MEMBER = st.one_of(SINGLE, st.builds("{}..{}".format, SINGLE, SINGLE))
INSIDE = st.lists(MEMBER, min_size=1, max_size=4).map(",".join)
TEXTS = st.one_of(
    SINGLE,
    st.builds("{}/{}".format, END, END),
    st.builds("[{}]".format, INSIDE),
    st.builds("{{{}}}".format, INSIDE),
    st.builds("[..{}]".format, SINGLE),
    st.builds("[{}..]".format, SINGLE),
    st.just(".."),
)
# Text of any kind, surrogates and NUL among it, and text made of a date's own signs.
ANYTHING = st.one_of(
    st.text(st.characters(), max_size=70),
    st.text(st.characters(categories=["Cs", "Nd", "Cc"]), max_size=70),
    st.text("0123456789X-T:Z+/.,[]{}?~%Y", max_size=70),
)
ANCHOR = parse("2026-03-03")


def parsed(text):
    """The date, or nothing where the text is refused."""
    try:
        return parse(text)
    except BadDate as refusal:
        assert str(refusal).encode().endswith(b".")
        return None


@given(TEXTS)
def test_a_date_reads_back_as_itself(text):
    date = parsed(text)

    if date is not None:
        assert parse.__wrapped__(date.edtf) == date
        assert str(date) == date.edtf


@given(TEXTS)
def test_a_date_has_ordered_bounds_a_known_precision_and_words(text):
    date = parsed(text)

    if date is not None:
        if date.earliest is not None and date.latest is not None:
            assert date.earliest <= date.latest
        assert date.precision in PRECISIONS
        assert date.display == date.display.strip() != ""
        assert as_json(date)["edtf"] == date.edtf


@given(TEXTS)
def test_a_dated_thing_sorts_before_an_undated_one(text):
    date = parsed(text)

    if date is not None and (date.earliest, date.latest) != (None, None):
        assert date.sort_key < UNDATED


@given(st.lists(st.tuples(st.integers(-9999, 9999), st.integers(1, 12)), max_size=8))
def test_months_sort_by_their_bounds_as_by_their_numbers(months):
    texts = [f"{year:05d}" if year < 0 else f"{year:04d}" for year, _ in months]
    dates = [
        parse(f"{text}-{month:02d}")
        for text, (_, month) in zip(texts, months, strict=True)
    ]

    by_key = sorted(range(len(months)), key=lambda place: dates[place].sort_key)

    assert [months[place] for place in by_key] == sorted(months)


@given(st.integers(-(10**6), 10**6), st.integers(0, 86_399))
def test_an_instant_reads_back_as_its_seconds(days, rest):
    year, _, _ = civil_from_days(days)
    seconds = days * 86_400 + rest

    date = parse(instant(seconds)) if -9999 <= year <= 9999 else None

    assert date is None or date.earliest == date.latest == seconds
    assert days_from_civil(*civil_from_days(days)) == days


@given(ANYTHING)
def test_any_text_is_a_date_or_refused(text):
    date = parsed(text)

    assert date is None or date.display


@given(ANYTHING)
def test_any_words_are_a_phrase_or_refused(words):
    try:
        found = resolve(words, ANCHOR)
    except BadDate as refusal:
        assert str(refusal).encode()
    else:
        assert parse(found.date.edtf) == found.date


@pytest.mark.parametrize("text", WORST)
def test_the_worst_texts_are_dates(text):
    assert parse(text).edtf == text


@pytest.mark.parametrize("text", REFUSED)
def test_the_worst_texts_that_are_no_dates_are_refused(text):
    with pytest.raises(BadDate):
        parse(text)

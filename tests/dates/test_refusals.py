"""What is not a date is refused with a sentence that says what to do."""

import pytest

from timeline.dates import MAX_LENGTH, BadDate, parse

YEARS = "Years run from -9999 to 9999"
NOT_IN_CALENDAR = "is not in the calendar"
NOT_A_DATE = "is not a date; write it like"
SET = "A set begins with [ and ends with ]"
SET_AS_END = "A set cannot be an end of an interval"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write a date, or .. for a date that is not known."),
        ("   ", "Write a date, or .. for a date that is not known."),
        ("yesterday", NOT_A_DATE),
        ("3 March 2026", NOT_A_DATE),
        ("Y170000002", YEARS),
        ("Y-170000002", YEARS),
        ("Y-17E7", YEARS),
        ("Y3388E2S3", YEARS),
        ("1950S2", "Significant digits and exponents are not kept"),
        ("-0000", "There is no year -0000"),
        ("2023-02-29", NOT_IN_CALENDAR),
        ("1900-02-29", NOT_IN_CALENDAR),
        ("2026-04-31", NOT_IN_CALENDAR),
        ("2026-04-00", NOT_IN_CALENDAR),
        ("2024-13", "no month 13"),
        ("2024-00", "no month 00"),
        ("2024-20", "no month 20"),
        ("2024-42", "no month 42"),
        ("2024-21-01", "no month 21"),
        ("2024-13-01", "no month 13"),
        ("1985-4X", "No day in the calendar fits"),
        ("1985-02-3X", "No day in the calendar fits"),
        ("XXXX-02-30", "No day in the calendar fits"),
        ("1985-XX-00", "No day in the calendar fits"),
        ("XXX1-02-29", "No day in the calendar fits"),
        ("XX02-02-29", "29 February is in none of these years"),
        ("2024/2023", "The end comes before the start"),
        ("[2024..2023]", "The end comes before the start"),
        ("../..", "needs a start or an end"),
        ("/", "needs a start or an end"),
        ("../", "needs a start or an end"),
        ("2024/2025/2026", "one / between"),
        ("24/12", "Begin with a year of four digits"),
        ("24/12/2026", "one / between"),
        ("03-03-2026", "Begin with the year"),
        ("3.3.2026", "Begin with the year"),
        ("198", "Write a decade with X"),
        ("19", "a century is written like 19XX"),
        ("20260303", "hyphens after it"),
        ("2026-3-3", NOT_A_DATE),
        ("201x", "a capital X"),
        ("201u", "a capital X"),
        ("2026-03-03t10:00:00z", "letters T and Z as capitals"),
        ("2026-03-03 10:00", "Leave out the spaces"),
        ("[1667, 1668]", "Leave out the spaces"),
        ("2026–03–03", "plain digits and plain hyphens"),
        ("٢٠٢٦", "plain digits and plain hyphens"),
        ("2026-03-0３", "plain digits and plain hyphens"),
        ("2004-06?~", "Write one mark"),
        ("2004-06-11T10:00~", "A time cannot be marked"),
        ("1984-XX-01T10:00", "A time needs a full date"),
        ("2026-03T10:00", "Write a time like"),
        ("2026-03-03T10", "Write a time like"),
        ("2026-03-03T10:00:00.5Z", "Write a time like"),
        ("2026-03-03T24:00:00", "times run from 00:00:00 to 23:59:59"),
        ("2026-03-03T25:00:00", "no such time"),
        ("2026-03-03T10:60:00", "no such time"),
        ("2016-12-31T23:59:60Z", "without leap seconds"),
        ("2026-03-03T10:00+19:00", "No zone is +19:00"),
        ("2026-02-29T10:00", NOT_IN_CALENDAR),
        ("-0000-01-01T10:00", NOT_IN_CALENDAR),
        ("[1984,1985]/2000", SET_AS_END),
        ("../[1984]", SET_AS_END),
        ("[1984]/[1986]", SET_AS_END),
        ("[..2026-03-03]/..", SET_AS_END),
        ("[1984/1985]", "A set holds dates and ranges"),
        ("[1984", SET),
        ("1984]", SET),
        ("[1984}", SET),
        ("[[1984]]", SET),
        ("[{1984}]", SET),
        ("[", SET),
        ("[]", "needs a date on each side of a comma"),
        ("[..]", "needs a date on each side of a comma"),
        ("[1984,]", "needs a date on each side of a comma"),
        ("[1984,,1985]", "needs a date on each side of a comma"),
        ("[1984,..1985]", "an open start comes first"),
        ("[1984..,1985]", "an open end comes last"),
        ("[1984..1985..1986]", "A range has one start and one end"),
        ("[..1984..]", "A range has one start and one end"),
        ("1984..1985", "Two dots go inside a set"),
        ("...", "Two dots go inside a set"),
    ],
)
def test_it_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(BadDate) as refusal:
        parse(text)

    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "text",
    ["2" * (MAX_LENGTH + 1), "[" + ",".join(["1984"] * 80) + "]", " " * 100_000],
)
def test_a_long_text_is_refused_unread(text):
    with pytest.raises(BadDate, match="at most 60 characters"):
        parse(text)


def test_the_longest_text_is_read():
    text = "[" + ",".join(["1984"] * 11) + "]"

    assert parse(text.ljust(MAX_LENGTH)).edtf == text


@pytest.mark.parametrize("text", ["\0", "2026\0", "\ud800", "2026-03-03\ud800", "😀"])
def test_a_refusal_can_be_sent_as_utf_8(text):
    with pytest.raises(BadDate) as refusal:
        parse(text)

    assert str(refusal.value).encode()

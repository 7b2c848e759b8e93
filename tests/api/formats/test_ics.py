"""iCalendar, as another library and the rules of RFC 5545 read it."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from tests.api.formats.samples import (
    LATER,
    corrected,
    entry,
    named,
    revision,
    statement,
    written,
)


def read(*entries, **fields):
    """The calendar; every line has to keep to the rules on lines."""
    text = written("ics", *entries, **fields)
    assert text.endswith("END:VCALENDAR\r\n")
    for line in text.removesuffix("\r\n").split("\r\n"):
        assert len(line.encode()) <= 75
        assert not any(ord(sign) < 32 and sign != "\t" for sign in line)
    calendar = Calendar.from_ical(text)
    assert calendar.to_ical()
    return calendar


def only(*entries, **fields):
    (event,) = read(*entries, **fields).events
    return event


def test_the_calendar_says_what_it_is_and_on_what_terms():
    calendar = read(entry(), as_of="2026-03-05")

    assert calendar["version"] == "2.0"
    assert calendar["prodid"] == "-//Dateline//Timeline 1//EN"
    assert calendar["name"] == calendar["x-wr-calname"] == "The Example Desk: timeline"
    assert calendar["description"] == (
        "Events, newest first. As this record stood: 5 March 2026."
        " Published by The Example Desk. Contact: desk@timeline.example."
        " Licence: CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    )
    assert calendar["source"] == (
        "https://timeline.example/api/v1/timeline/?topic=transport"
    )
    assert calendar.refresh_interval.total_seconds() == 3600


def test_an_event_has_all_that_a_calendar_asks_for():
    event = only(
        entry(place="Hamburg, by the river", revision=revision("update", "", 3))
    )

    assert event["dtstart"].to_ical() == b"20260303"
    assert event["dtstart"].params == {"VALUE": "DATE"}
    assert event["dtend"].to_ical() == b"20260304"
    assert event["dtstamp"].dt == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert event["last-modified"].dt == event["dtstamp"].dt
    assert event["sequence"] == 2
    assert event["summary"] == "The bridge opens"
    assert event["status"] == "CONFIRMED"
    assert event["transp"] == "TRANSPARENT"
    assert event["url"] == "https://timeline.example/events/opened/"
    assert event["location"] == "Hamburg, by the river"
    assert event.categories == ["The bridge", "Transport"]
    assert event["contact"] == "The Example Desk, desk@timeline.example"
    assert event["link"] == "https://creativecommons.org/licenses/by/4.0/"
    assert event["link"].params["LINKREL"] == "license"


def test_the_uid_stays_and_the_sequence_goes_up():
    before = only(entry())
    after = only(entry("opened", revision=revision("correction", "", 2, LATER)))

    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt > before["last-modified"].dt


def test_a_moment_is_in_utc_and_lasts_no_time():
    event = only(entry(edtf="2026-03-03T23:30-05:00"))

    assert event["dtstart"].dt == datetime(2026, 3, 4, 4, 30, tzinfo=UTC)
    assert event["dtstart"].to_ical() == b"20260304T043000Z"
    assert "dtend" not in event


def test_a_day_is_that_day_in_every_zone():
    event = only(entry(edtf="2026-03-29T02:30"))

    assert event["dtstart"].dt == date(2026, 3, 29)
    assert type(event["dtstart"].dt) is date
    assert "TZID" not in event["dtstart"].params


def test_the_end_of_days_is_the_day_after():
    event = only(entry(edtf="2026-03-03/2026-03-05"))

    assert event["dtend"].dt == date(2026, 3, 6)


@pytest.mark.parametrize(
    "edtf",
    ["[..2026-03-03]", "[2026-03-01..2026-03-03]", "2026-03", "2026-03-03?", ".."],
)
def test_what_is_not_exact_is_left_out(edtf):
    assert len(read(entry("vague", edtf), entry("exact")).events) == 1


@pytest.mark.parametrize(
    ("edtf", "days"),
    [("0001-01-01", 1), ("9999-12-31", 1), ("0000-12-31", 0), ("-0043-03-15", 0)],
)
def test_a_calendar_begins_with_year_1_and_ends_with_9999(edtf, days):
    assert len(read(entry(edtf=edtf)).events) == days


@pytest.mark.parametrize(
    ("status", "told", "summary"),
    [
        ("planned", "TENTATIVE", "Planned: The bridge opens"),
        ("postponed", "TENTATIVE", "Postponed: The bridge opens"),
        ("cancelled", "CANCELLED", "Cancelled: The bridge opens"),
        ("happened", "CONFIRMED", "The bridge opens"),
    ],
)
def test_the_status_tells_what_did_not_happen(status, told, summary):
    event = only(entry(status=status))

    assert (event["status"], event["summary"]) == (told, summary)


def test_statements_that_no_longer_stand_are_left_out():
    truth = statement("truth", "It opens on Monday.", standing="disputed")
    wrong = corrected(truth, slug="wrong", text="It opens on Sunday.")

    description = only(entry(statements=[truth, wrong]))["description"]

    assert "[Disputed] The Agency" in description
    assert "It opens on Monday." in description
    assert "It opens on Sunday." not in description
    assert "1 statement that no longer stands is not repeated here." in description


def test_a_title_cannot_begin_an_event_of_its_own():
    title = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:evil\rSUMMARY:;,\\\x00\x07"

    event = only(
        entry(
            title=title,
            place=title,
            stories=[named("story", "s", title=title)],
            topics=[],
            statements=[statement(text=title)],
        ),
        title=title,
        publisher=title,
    )

    told = "x\nEND:VEVENT\nBEGIN:VEVENT\nUID:evil\nSUMMARY:;,\\\ufffd\ufffd"
    assert event["summary"] == told
    assert event["location"] == told
    assert event.categories == [told]


def test_ten_thousand_combining_marks_are_folded_whole():
    title = "e" + "\u0301" * 10_000

    assert only(entry(title=title))["summary"] == title


def test_an_empty_calendar_is_a_calendar():
    calendar = read(updated=None, description="", publisher="", contact="")

    assert calendar.events == []

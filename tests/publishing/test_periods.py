"""How many events of a story were when: kept in step with every act."""

from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import StoryFactory, ready_event
from timeline.dates import parse
from timeline.dates.calendar import civil_from_days
from timeline.models.record import Period, StoryPeriod
from timeline.publishing import read
from timeline.publishing.read.periods import month_start, period_of, year_start

from .desk import bring_back, destroy_text, edit, keep_back, put, take_away

DAY = 86_400
DATES = ("2026-03-01", "2026-03-01", "2026-03", "2026-04-30", "../2024-12-31", "..")
FROM_2024_ON = ("2024-01-01", "2025-01-01", "2026-01-01", "2027-01-01")


@pytest.fixture
def story(db):
    return StoryFactory(slug="harbour")


@pytest.fixture
def events(story):
    found = [ready_event(story=story, date=date) for date in DATES]
    found.append(ready_event(story=StoryFactory(slug="pier"), date="2026-03-01"))
    for event in found:
        put(event)
    return found


def day(text):
    return parse(text).earliest // DAY


def counted(story, *days):
    return read.counted(story.public_id, list(map(day, days)), head=read.head())


def test_events_count_where_they_begin_and_without_a_beginning_where_they_end(
    story, events
):
    assert counted(story, "2026-03-01", "2026-03-02", "2026-03-03") == [3, 0]
    assert counted(story, "2026-03-01", "2026-04-01", "2026-05-01") == [3, 1]
    assert counted(story, *FROM_2024_ON) == [1, 0, 4]


def test_every_act_is_counted(story, events):
    first, second, *_others = events

    edit(first, date="2025-07-01")
    put(first)
    assert counted(story, *FROM_2024_ON) == [1, 1, 3]

    take_away(second)
    assert counted(story, *FROM_2024_ON) == [1, 1, 2]

    keep_back(first)
    assert counted(story, *FROM_2024_ON) == [1, 0, 2]

    bring_back(first)
    assert counted(story, *FROM_2024_ON) == [1, 1, 2]

    destroy_text(first)
    assert counted(story, *FROM_2024_ON) == [1, 0, 2]


def test_nothing_is_kept_of_what_is_empty(story, events):
    for event in events[:-1]:
        take_away(event)

    assert not StoryPeriod.objects.filter(story=story.public_id).exists()
    assert StoryPeriod.objects.exists()  # of the other story


def test_what_the_migration_counts_is_what_acts_count(story, events):
    columns = ("story", "period", "start", "entries")
    kept = set(StoryPeriod.objects.values_list(*columns))
    StoryPeriod.objects.all().delete()

    import_module("timeline.migrations.0014_story_periods").count(apps, None)

    assert kept
    assert set(StoryPeriod.objects.values_list(*columns)) == kept


@pytest.mark.parametrize(
    ("days", "period"),
    [
        (("2024-01-01", "2034-01-01"), Period.YEAR),
        (("2024-01-01", "2024-07-01", "2025-01-01"), Period.MONTH),
        (("2024-01-01", "2024-01-02"), Period.DAY),
        (("-0400-01-01", "0001-01-01"), Period.YEAR),
    ],
)
def test_the_longest_period_that_fits_is_read(days, period):
    assert period_of(tuple(map(day, days))) == period


@given(st.integers(-4_500_000, 3_000_000))
def test_a_period_begins_at_its_first_day(number):
    year, month, _day = civil_from_days(number)

    assert civil_from_days(month_start(number)) == (year, month, 1)
    assert civil_from_days(year_start(number)) == (year, 1, 1)
    assert year_start(number) <= month_start(number) <= number

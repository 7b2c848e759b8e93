"""Newsroom phrases counted in days and weeks; weeks run from Monday to Sunday."""

from timeline.dates.calendar import day_text, weekday
from timeline.dates.counting import Anchor, span
from timeline.dates.rule import Found, Match, rule
from timeline.dates.vocabulary import COUNTS, SHIFTS, WEEKDAY_NUMBERS

_PARTS_OF_WEEK = {"early": (0, 1), "mid": (2, 2), "late": (3, 5)}


@rule(
    "today",
    "Today, tonight and this morning, afternoon or evening are the anchor's day.",
    "(?:earlier |later |late )?today|tonight|this (?:morning|afternoon|evening)",
)
def today(match: Match, anchor: Anchor) -> Found:
    return day_text(anchor.day()), "day"


@rule(
    "yesterday",
    "Yesterday is the day before the anchor's.",
    "(?:early |earlier |late )?yesterday(?: <time>)?",
)
def yesterday(match: Match, anchor: Anchor) -> Found:
    return day_text(anchor.day() - 1), "day"


@rule(
    "tomorrow",
    "Tomorrow is the day after the anchor's.",
    "(?:early |late )?tomorrow(?: <time>)?",
)
def tomorrow(match: Match, anchor: Anchor) -> Found:
    return day_text(anchor.day() + 1), "day"


@rule(
    "last-night",
    "Last night and overnight are some time on the day before the anchor's or on it.",
    "last night|overnight",
)
def last_night(match: Match, anchor: Anchor) -> Found:
    return span(anchor.day() - 1, anchor.day()), "days"


@rule(
    "days-ago",
    "So many days ago is counted back from the anchor's day.",
    "<count> days? ago",
    "(?:the )?day before yesterday",
)
def days_ago(match: Match, anchor: Anchor) -> Found:
    counted = match.groupdict().get("count", "2")
    return day_text(anchor.day() - number(counted)), "day"


@rule(
    "weeks-ago",
    "So many weeks ago is the whole week, Monday to Sunday, counted back.",
    "<count> weeks? ago",
)
def weeks_ago(match: Match, anchor: Anchor) -> Found:
    monday = anchor.monday() - 7 * number(match["count"])
    return span(monday, monday + 6), "week"


@rule(
    "latest-weekday",
    "A bare weekday is the latest one that is not after the anchor's day; "
    "a part of a day is kept as the day.",
    "<weekday>(?: <time>)?",
    "(?:early|earlier|late)(?: on)? <weekday>",
)
def latest_weekday(match: Match, anchor: Anchor) -> Found:
    day = anchor.day()
    back = (weekday(day) - WEEKDAY_NUMBERS[match["weekday"]]) % 7
    return day_text(day - back), "day"


@rule(
    "weekday-of-week-before",
    "Last Tuesday is the Tuesday of the week before the anchor's.",
    "last <weekday>(?: <time>)?",
    "<weekday> (?:of )?last week",
    "last week on <weekday>",
)
def weekday_of_week_before(match: Match, anchor: Anchor) -> Found:
    return day_text(anchor.monday() - 7 + WEEKDAY_NUMBERS[match["weekday"]]), "day"


@rule(
    "weekday-of-week",
    "Tuesday of this week or of next week is the one of the anchor's week or of the "
    "week after it.",
    "<weekday> (?:of )?(?P<shift>this|next) week",
)
def weekday_of_week(match: Match, anchor: Anchor) -> Found:
    monday = anchor.monday() + 7 * SHIFTS[match["shift"]]
    return day_text(monday + WEEKDAY_NUMBERS[match["weekday"]]), "day"


@rule(
    "week",
    "A week is some day from its Monday to its Sunday.",
    "<shift> week",
)
def week(match: Match, anchor: Anchor) -> Found:
    monday = anchor.monday() + 7 * SHIFTS[match["shift"]]
    return span(monday, monday + 6), "week"


@rule(
    "part-of-week",
    "Early in a week is Monday or Tuesday, the middle is Wednesday, and late is "
    "Thursday to Saturday.",
    "<part> <shift> week",
)
def part_of_week(match: Match, anchor: Anchor) -> Found:
    monday = anchor.monday() + 7 * SHIFTS[match["shift"]]
    first, last = _PARTS_OF_WEEK[match["part"]]
    return span(monday + first, monday + last), "day" if first == last else "days"


@rule(
    "earlier-this-week",
    "Earlier this week is from Monday up to the anchor's day.",
    "earlier (?:in )?this week",
)
def earlier_this_week(match: Match, anchor: Anchor) -> Found:
    return span(anchor.monday(), anchor.day()), "days"


@rule(
    "later-this-week",
    "Later this week is from the anchor's day up to Sunday.",
    "later (?:in )?this week",
)
def later_this_week(match: Match, anchor: Anchor) -> Found:
    return span(anchor.day(), anchor.monday() + 6), "days"


@rule(
    "weekend",
    "The weekend is the latest Saturday not after the anchor's day and its Sunday; "
    "last weekend is that of the week before.",
    "(?:over |at )?the weekend",
    "(?P<last>last) weekend",
)
def weekend(match: Match, anchor: Anchor) -> Found:
    if match.groupdict().get("last"):
        saturday = anchor.monday() - 2
    else:
        saturday = anchor.day() - (weekday(anchor.day()) - 5) % 7
    return span(saturday, saturday + 1), "days"


def number(words: str) -> int:
    return COUNTS.get(words) or int(words)


RULES_OF_DAYS = (
    today,
    yesterday,
    tomorrow,
    last_night,
    days_ago,
    weeks_ago,
    latest_weekday,
    weekday_of_week_before,
    weekday_of_week,
    week,
    part_of_week,
    earlier_this_week,
    later_this_week,
    weekend,
)

"""Newsroom phrases for years, parts of years, decades and centuries."""

from timeline.dates.calendar import DAY, days_from_civil, year_text
from timeline.dates.counting import Anchor, span
from timeline.dates.errors import UnknownPhrase
from timeline.dates.parsing import parse
from timeline.dates.phrases_of_days import number
from timeline.dates.phrases_of_months import year_named
from timeline.dates.rule import Found, Match, rule
from timeline.dates.vocabulary import PLACES, SEASON_CODES


@rule("year", "A year is the whole calendar year.", "<year>")
def year(match: Match, anchor: Anchor) -> Found:
    return year_text(year_named(match, anchor)), "year"


@rule(
    "years-ago",
    "So many years ago is the whole calendar year, counted back.",
    "<count> years? ago",
)
def years_ago(match: Match, anchor: Anchor) -> Found:
    return year_text(anchor.year() - number(match["count"])), "year"


@rule(
    "earlier-this-year",
    "Earlier this year is from 1 January up to the anchor's day.",
    "earlier (?:in )?this year",
)
def earlier_this_year(match: Match, anchor: Anchor) -> Found:
    return span(days_from_civil(anchor.year(), 1, 1), anchor.day()), "year"


@rule(
    "later-this-year",
    "Later this year is from the anchor's day up to 31 December.",
    "later (?:in )?this year",
)
def later_this_year(match: Match, anchor: Anchor) -> Found:
    return span(anchor.day(), days_from_civil(anchor.year(), 12, 31)), "year"


@rule(
    "half-of-year",
    "The first half of a year is January to June, the second July to December.",
    "(?:the )?(?P<place>first|second) half of <year>",
    "h(?P<figure>[12]) (?:of )?<year>",
)
def half_of_year(match: Match, anchor: Anchor) -> Found:
    return f"{year_text(year_named(match, anchor))}-{40 + _place(match)}", "half"


@rule(
    "quarter-of-year",
    "The first quarter of a year is January to March, and so on by three months.",
    "(?:the )?(?P<place>first|second|third|fourth) quarter of <year>",
    "q(?P<figure>[1-4]) (?:of )?<year>",
)
def quarter_of_year(match: Match, anchor: Anchor) -> Found:
    return f"{year_text(year_named(match, anchor))}-{33 + _place(match)}", "quarter"


@rule(
    "season",
    "Spring is March to May, summer June to August, autumn September to November; a "
    "winter is December to February and needs both its years.",
    "(?:the )?<season> (?:of )?<year>",
    "(?:the )?winter (?:of )?(?P<first>[0-9]{4})[-/](?P<second>(?:[0-9]{2}){1,2})",
)
def season(match: Match, anchor: Anchor) -> Found:
    if "season" in match.groupdict():
        code = SEASON_CODES[match["season"]]
        return f"{year_text(year_named(match, anchor))}-{code}", "season"
    if not str(int(match["first"]) + 1).zfill(4).endswith(match["second"]):
        raise UnknownPhrase("A winter lies in two years that follow each other.")
    return f"{match['first']}-24", "season"


@rule(
    "latest-season",
    "Last spring is the latest one that had ended before the anchor's day.",
    "last (?P<season>spring|summer|autumn|fall|winter)",
)
def latest_season(match: Match, anchor: Anchor) -> Found:
    day, code = anchor.day(), SEASON_CODES[match["season"]]
    candidates = (f"{year_text(anchor.year() - back)}-{code}" for back in (0, 1, 2))
    return next(text for text in candidates if parse(text).latest < day * DAY), "season"


@rule(
    "decade",
    "The 1980s are the years 1980 to 1989.",
    "(?:the )?(?P<digits>[1-9][0-9]{2})0s",
)
def decade(match: Match, anchor: Anchor) -> Found:
    if match["digits"].endswith("0"):
        raise UnknownPhrase(
            f"These words may mean a decade or a century; enter {match['digits']}X "
            f"or {match['digits'][:2]}XX as the date."
        )
    return f"{match['digits']}X", "decade"


@rule(
    "century",
    "The 19th century is kept as the years 1800 to 1899.",
    "(?:the )?(?P<place>[1-9][0-9]?)(?:st|nd|rd|th) century",
)
def century(match: Match, anchor: Anchor) -> Found:
    return f"{int(match['place']) - 1:02d}XX", "century"


def _place(match: Match) -> int:
    words = match.groupdict()
    return PLACES[words["place"]] if words.get("place") else int(words["figure"]) - 1


RULES_OF_YEARS = (
    year,
    years_ago,
    earlier_this_year,
    later_this_year,
    half_of_year,
    quarter_of_year,
    season,
    latest_season,
    decade,
    century,
)

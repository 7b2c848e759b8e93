"""Questions about ranges of dates, and the range from publication to last update."""

from timeline.dates.calendar import DAY, day_text
from timeline.dates.errors import BadDate
from timeline.dates.parsing import parse
from timeline.dates.value import UncertainDate


def may_overlap(
    date: UncertainDate, *, since: UncertainDate | None, until: UncertainDate | None
) -> bool:
    """Whether the date may lie in the range; a missing bound rules nothing out."""
    start, end = _limits(since, until)
    begins_in_time = end is None or date.earliest is None or date.earliest <= end
    ends_in_time = start is None or date.latest is None or date.latest >= start
    return begins_in_time and ends_in_time


def must_be_within(
    date: UncertainDate, *, since: UncertainDate | None, until: UncertainDate | None
) -> bool:
    """Whether all of the date lies in the range, on the sides that are asked for."""
    start, end = _limits(since, until)
    if start is not None and (date.earliest is None or date.earliest < start):
        return False
    return end is None or (date.latest is not None and date.latest <= end)


def _limits(
    since: UncertainDate | None, until: UncertainDate | None
) -> tuple[int | None, int | None]:
    """The earliest bound of `since` and the latest of `until`; raises `BadDate`."""
    if since is not None and since.earliest is None:
        raise BadDate(f"{since} has no earliest bound; give a date that has.")
    if until is not None and until.latest is None:
        raise BadDate(f"{until} has no latest bound; give a date that has.")
    return since and since.earliest, until and until.latest


def published_until_updated(
    published: UncertainDate, updated: UncertainDate
) -> UncertainDate:
    """Some day from publication to the last update, counted in UTC days."""
    first = _day(published.earliest)
    last = _day(updated.latest)
    if first == last:
        return parse(first or "..")
    return parse(f"[{first}..{last}]")


def _day(seconds: int | None) -> str:
    return "" if seconds is None else day_text(seconds // DAY)

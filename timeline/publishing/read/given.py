"""What a list may be given, the same for the feed and the pages: limits, and instants.

How it is said that something is more than that is for each of them.
"""

import re
from datetime import UTC, datetime, timedelta

LONGEST = 200
MOST_VALUES = 20
MOST_TERMS = 10
NAME = re.compile(r"[a-z0-9_-]+", re.ASCII)
DATE_ALONE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def moment_of(text: str) -> datetime | None:
    """An instant with its zone, or the end of a day in UTC; None: it is neither."""
    try:
        if DATE_ALONE.fullmatch(text):
            day = datetime.fromisoformat(text).replace(tzinfo=UTC)
            return day + timedelta(days=1, microseconds=-1)
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None and "T" in text:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    return None

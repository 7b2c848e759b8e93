"""The one integer that entries are ordered by: time first, then first publication."""

from timeline.dates import UNDATED

PLACES = 14_000_000  # events that one second has room for, and so the record
FIRST_SECOND = -378_000_000_000  # before the year -9999
UNDATED_SECOND = 260_000_000_000  # after the year 9999
UNDATED_FROM = (UNDATED_SECOND - FIRST_SECOND) * PLACES
LOWEST = 0
HIGHEST = 2**63 - 1


def sort_key(seconds: int, ordinal: int) -> int:
    """The key of an event: `seconds` is its date's sort key, in seconds since 1970.

    Events without any bound come after all others. OverflowError when the record
    holds more events than keys have room for.
    """
    if not 0 < ordinal < PLACES:
        raise OverflowError(f"The record has room for {PLACES:,} events.")
    second = UNDATED_SECOND if seconds == UNDATED else seconds
    return (second - FIRST_SECOND) * PLACES + ordinal


def second_of(key: int) -> int | None:
    """The second of a key, since 1970; None of an event without any bound."""
    if key >= UNDATED_FROM:
        return None
    return key // PLACES + FIRST_SECOND


def from_second(seconds: int) -> int:
    """The key just before the first event of a second."""
    return (min(max(seconds, FIRST_SECOND), UNDATED_SECOND) - FIRST_SECOND) * PLACES

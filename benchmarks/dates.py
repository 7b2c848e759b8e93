"""CPU time for reading one date, beside the standard library's reading of a plain one.

Run it from the root of the project: python -m benchmarks.dates
"""

import datetime
import sys
import time
from collections.abc import Callable

from timeline.dates import parse, resolve

ROUNDS, TIMES = 7, 2_000

READ = (
    ("a plain date", "2026-03-03"),
    ("a year", "2026"),
    ("a season", "2024-21"),
    ("a doubtful part", "2004?-06-~11"),
    ("a date-time", "2026-03-03T14:30:05+01:00"),
    ("an interval", "2026-03-01/2026-03-03"),
    ("a span", "[2026-02-26..2026-02-28]"),
    ("a set", "[1667,1668,1670..1672]"),
    ("digits not known", "156X-12-25"),
)
# Looked for by hand: the most members, and the digits that leave the most to search.
WORST = (
    "[" + ",".join(["2024"] * 11) + "]",
    "[" + ",".join(["198X"] * 11) + "]",
    "[" + ",".join(["X0X4-XX"] * 7) + "]",
    "[" + ",".join(["2XXX-XX-XX"] * 5) + "]",
    "[" + ",".join(["XX00-02-29"] * 5) + "]",
    "[" + ",".join(["1XX0-02-29"] * 5) + "]",
    "[" + ",".join(["-0X00-02-29"] * 4) + "]",
    "[" + ",".join(["?2XXX-~X2-%X9"] * 4) + "]",
    "[2XX0-X2-29..2XX9-XX-3X,2XX0-X2-29..2XX9-XX-3X]",
    "{2026-03-03T10:00:00+01:00..2026-03-03T10:00:00-12:00}",
)
REFUSED = ("XX02-02-29", "XX10-02-29", "Y170000002", "[" * 60, "9" * 60, "-" * 60)


def microseconds(call: Callable[[], object]) -> float:
    """The least CPU time of one call, over several rounds."""
    least = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(TIMES):
            call()
        least = min(least, time.process_time() - begun)
    return least / TIMES * 1e6


def reading(text: str) -> Callable[[], object]:
    """Reads `text` afresh, past the cache; a refusal counts as a reading."""

    def call() -> object:
        try:
            return parse.__wrapped__(text)
        except ValueError:
            return None

    return call


def say(label: str, figure: float) -> None:
    sys.stdout.write(f"{figure:9.2f} us  {label}\n")


def main() -> None:
    anchor = parse("2026-03-03")
    say("date.fromisoformat", microseconds(standard_library))
    for label, text in READ:
        say(f"{label}: {text}", microseconds(reading(text)))
    say("a plain date, cached", microseconds(lambda: parse("2026-03-03")))
    say(
        "words: late last week", microseconds(lambda: resolve("late last week", anchor))
    )
    accepted = [(microseconds(reading(text)), text) for text in WORST if is_date(text)]
    for figure, text in sorted(accepted, reverse=True):
        say(f"worst accepted: {text}", figure)
    refused = [text for text in WORST if not is_date(text)]
    for text in (*REFUSED, *refused):
        say(f"refused: {text}", microseconds(reading(text)))


def standard_library() -> object:
    return datetime.date.fromisoformat("2026-03-03")


def is_date(text: str) -> bool:
    return reading(text)() is not None


if __name__ == "__main__":
    main()

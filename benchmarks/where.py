"""Where a page's time goes, by module: `python -m benchmarks.where [address]`.

The interpreter's own profiler, with what C functions take counted to who calls them,
scaled to what a request takes without it: shares, not exact times.
"""

import cProfile
import pstats
import re
import sys
from collections import defaultdict

from django.db import connection

import benchmarks.ready  # noqa: F401

from .asking import Clock, get, least
from .values import FEED

ROUNDS = 1000
LEAST, INCLUSIVE = 1.0, 8.0  # microseconds that are worth a line
ROWS = "SELECT body FROM timeline_currentbody ORDER BY sort_key DESC LIMIT 51"
PACKAGE = re.compile(r".*/site-packages/|.*/python3\.\d+/|.*?(?=(timeline|config)/)")


def module(function: tuple[str, int, str]) -> str:
    return PACKAGE.sub("", function[0])


def spent_in(stats: pstats.Stats) -> dict[str, float]:
    """Own time by module, with that of built-in functions at their callers."""
    found: dict[str, float] = defaultdict(float)
    for function, (_, _, own, _, callers) in stats.stats.items():
        if function[0] != "~":
            found[module(function)] += own
            continue
        for caller, (_, _, part, _) in callers.items():
            found[f"{module(caller)}: {function[2][1:-1]}"[:78]] += part
    return found


def bare() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        return ",".join([body for (body,) in cursor.fetchall()]).encode()


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else FEED
    clock = Clock()
    get(path)
    whole = least(clock, lambda: get(path), ROUNDS) * 1000
    least_of_all = least(clock, bare, ROUNDS) * 1000
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(ROUNDS):
        get(path)
    profile.disable()
    stats = pstats.Stats(profile)
    found = spent_in(stats)
    scale = whole / sum(found.values())
    print(
        f"{whole:.0f} us a request; rows read, joined, encoded: {least_of_all:.0f} us"
    )
    print("with all that it calls:")
    show(calls(stats), scale, INCLUSIVE)
    print("of its own:")
    show(found, scale, LEAST)


def calls(stats: pstats.Stats) -> dict[str, float]:
    """Time by function, with all that it calls."""
    return {
        f"{module(function)} {function[2]}:{function[1]}": row[3]
        for function, row in stats.stats.items()
        if function[0] != "~"
    }


def show(found: dict[str, float], scale: float, worth: float) -> None:
    for name, spent in sorted(found.items(), key=lambda row: -row[1]):
        if spent * scale >= worth:
            print(f"{spent * scale:8.1f} us  {name}")


if __name__ == "__main__":
    main()

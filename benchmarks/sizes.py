"""The plain page in records of several sizes: `python -m benchmarks.sizes URL URL`.

Each database is asked by a process of its own, in turn, in many rounds; the least CPU
time of each, PostgreSQL's process with it, and how often the first one's it is.
"""

import os
import subprocess
import sys
from pathlib import Path

ROUNDS, REQUESTS = 30, 20
ROOT = Path(__file__).resolve().parents[1]


def answer() -> None:
    """In a process of its own: a figure for each line that is read, the size first."""
    from .asking import Clock, get, least  # noqa: PLC0415 needs a database
    from .values import FEED, entries  # noqa: PLC0415

    clock = Clock()
    get(FEED)
    print(entries(), flush=True)
    for _ in sys.stdin:
        print(least(clock, lambda: get(FEED), REQUESTS), flush=True)


def asked(url: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sizes", "--answer"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def main(urls: list[str]) -> None:
    running = [asked(url) for url in urls]
    sizes = [int(process.stdout.readline()) for process in running]
    best = [float("inf")] * len(urls)
    for _ in range(ROUNDS):
        for place, process in enumerate(running):
            process.stdin.write("\n")
            process.stdin.flush()
            best[place] = min(best[place], float(process.stdout.readline()))
    for process in running:
        process.communicate()
    for size, spent in zip(sizes, best, strict=True):
        print(f"  {size:>10,} entries {spent:8.3f} ms {spent / best[0]:6.2f}x")


if __name__ == "__main__":
    if sys.argv[1:] == ["--answer"]:
        import benchmarks.ready  # noqa: F401

        answer()
    else:
        main(sys.argv[1:])

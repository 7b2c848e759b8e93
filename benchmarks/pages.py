"""A story's page beside the same entries as JSON: `python -m benchmarks.pages`.

Whole requests in this process, middleware included: the story that most entries are
in, a page of 50. First with nothing kept, then with all kept but what one entry made
(as after an act that changed it), then as for a second reader; each beside the JSON
page, which is asked for in between. CPU time, the least of several rounds.
"""

from collections.abc import Callable

import benchmarks.ready  # noqa: F401
from timeline.models.record import Facet, NamedThing
from timeline.publishing.read import shares, tallying
from timeline.publishing.read.outlines import _outlines
from timeline.publishing.read.periods import _counted
from timeline.web import fragments, keeping, parsed

from .asking import Clock, get, least
from .values import FEED, extremes

ROUNDS = 30


def forget_pages() -> None:
    """As after an act: the head of the record is another one."""
    keeping._pages.clear()
    tallying.KEPT.clear()
    for kept in (_outlines, _counted):
        kept.cache_clear()


def forget_one() -> None:
    """As after an act that changed an entry of the page: that one is made anew."""
    forget_pages()
    for entries in (parsed._kept, fragments._kept):
        if found := entries._found:
            entries._drop(next(reversed(found)))  # the last used is of this page
    for kept in shares._kept:
        for found in kept.found.values():
            newest = next(iter(found))
            found.pop(newest)
            for query, sums in kept.sums.items():
                others = sums.sequences - {newest}
                kept.sums[query] = sums._replace(sequences=others)


def forget_all() -> None:
    """As when the process has just begun, but for the templates."""
    forget_pages()
    fragments._kept.clear()
    parsed.forget()
    shares.forget()


def nothing() -> None:
    """As for the second reader."""


WAYS: list[tuple[str, Callable[[], None], float]] = [
    ("first time, nothing kept", forget_all, 10),
    ("first time, all but one kept", forget_one, 10),
    ("second time", nothing, 1.5),
]


def measured(clock: Clock, page: str, feed: str, forget: Callable[[], None]):
    """The least CPU time of the page and of the JSON, in milliseconds."""
    spent = plain = float("inf")
    for _ in range(ROUNDS):
        plain = min(plain, least(clock, lambda: get(feed), 1))
        forget()
        spent = min(spent, least(clock, lambda: get(page), 1))
    return spent, plain


def main() -> None:
    clock = Clock()
    for fact in extremes(Facet.STORY):
        story = NamedThing.objects.get(pk=fact.thing).slug
        page, feed = f"/stories/{story}/", f"{FEED}?story={story}"
        size, sent = len(get(page)[2]), len(get(feed)[2])
        print(f"{fact.entries:,} events: page {size:,} bytes, JSON {sent:,} bytes")
        for said, forget, limit in WAYS:
            spent, plain = measured(clock, page, feed, forget)
            ratio = spent / plain
            verdict = "OK" if ratio <= limit else "OVER"
            print(
                f"  {said:29} {spent:8.2f} ms, JSON {plain:6.2f} ms,"
                f" {ratio:6.1f}x {limit:4.1f}x {verdict}"
            )


if __name__ == "__main__":
    main()

"""Every question beside the plain page of 50: `python -m benchmarks.questions`.

Whole requests in this process, middleware included, on a record that `benchmarks.fill`
made: CPU time, the least of several rounds, the database's own process with it. The
limit of each line is a multiple of the plain page, asked for in between.
`--all` prints every pair of filters and not only the worst.
"""

import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

import benchmarks.ready  # noqa: F401

from .asking import Clock, get, least
from .values import (
    FEED,
    changes_behind,
    cursor_at,
    entries,
    pairs_of_filters,
    path_of,
    phrase,
    values,
    word,
)

ROUNDS, PAIR_ROUNDS = 60, 10
DEEP = 500_000
WORST = 12
TOO_LONG = 200  # milliseconds
STATEMENTS = "/api/v1/statements/"


@dataclass
class Question:
    """One line: what is asked, and how often the plain page it may cost at most."""

    name: str
    path: str
    limit: float | None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass
class Figure:
    """What a question cost, in milliseconds, and the plain page beside it."""

    question: Question
    spent: float
    plain: float

    @property
    def ratio(self) -> float:
        return self.spent / self.plain

    def line(self) -> str:
        limit = self.question.limit
        verdict = "" if limit is None else ("OK" if self.ratio <= limit else "OVER")
        said = f"{limit:4.1f}x" if limit else "     "
        name = self.question.name[:58]
        return f"  {name:58} {self.spent:8.3f} ms {self.ratio:6.2f}x {said} {verdict}"


class Measuring:
    """Measures questions in turn, each between requests for the plain page."""

    def __init__(self):
        self.clock, self.plain = Clock(), float("inf")
        self.plain = least(self.clock, lambda: get(FEED), 200)

    def of(self, question: Question, rounds: int = ROUNDS) -> Figure:
        status, _, body = get(question.path, question.headers)
        if status != question.status:
            raise SystemExit(f"{question.path}: {status} {body[:300]}")
        spent = plain = float("inf")
        for _ in range(rounds):
            plain = min(plain, least(self.clock, lambda: get(FEED), 1))
            took = least(self.clock, lambda: get(question.path, question.headers), 1)
            spent = min(spent, took)
            if took > TOO_LONG:  # far over: the time is better spent
                break
        self.plain = min(self.plain, plain)
        return Figure(question, spent, plain if rounds > 1 else self.plain)


def of_order() -> list[Question]:
    return [
        Question("the plain page", FEED, 1.2),
        Question("at row 500,000", cursor_at(min(DEEP, entries() // 2)), 1.2),
        Question("order=date", path_of(("order", "date")), 2),
        Question("order=-published", path_of(("order", "-published")), 2),
    ]


def of_one_filter() -> list[Question]:
    found = [
        Question(f"{name}: {how} ({value})", path_of((name, value)), 2)
        for name, both in values().items()
        for how, value in both.items()
    ]
    for name, value in (("from", "2024"), ("until", "2024"), ("until", "1700")):
        found.append(Question(f"{name}={value}", path_of((name, value)), 2))
    frequent = values()["story"]["frequent"]
    for order in ("date", "-published"):
        asked = path_of(("story", frequent), ("order", order))
        found.append(Question(f"story: frequent, order={order}", asked, 2))
    return found


def of_words() -> list[Question]:
    rare, common, names = word(20 / entries()), word(0.3), values()
    found = [
        Question(f"q rare ({rare})", path_of(("q", rare)), 3),
        Question(f"q common ({common})", path_of(("q", common)), 3),
        Question(f"q phrase ({phrase()})", path_of(("q", phrase())), 3),
        Question("q common phrase", path_of(("q", '"person number"')), 3),
        Question("q in no entry", path_of(("q", "quixotically")), 3),
        Question("q two common", path_of(("q", f"{common} {word(0.2)}")), 3),
    ]
    for name in ("story", "actor", "source"):
        for how, value in names[name].items():
            for kind, text in (("common", common), ("rare", rare)):
                asked = path_of(("q", text), (name, value))
                found.append(Question(f"q {kind} and {name} {how}", asked, 3))
    return found


def of_dates() -> list[Question]:
    ranges = {
        "many": ("2025-03", "2025-04"),
        "few": ("1991-05-03", "1991-05-04"),
        "none": ("1890-02-01", "1890-02-02"),
        "none, after all": ("2090", "2091"),
    }
    return [
        Question(
            f"from {since} until {until}, {match}: {many}",
            path_of(("from", since), ("until", until), ("match", match)),
            3,
        )
        for many, (since, until) in ranges.items()
        for match in ("may", "must")
    ]


def of_time(head: dict) -> list[Question]:
    last = datetime.fromisoformat(head["published_at"])
    times = {"yesterday": timedelta(days=1), "a year back": timedelta(days=365)}
    story = values()["story"]
    found = []
    for name, back in times.items():
        at = ("as_of", (last - back).strftime("%Y-%m-%dT%H:%M:%SZ"))
        found.append(Question(f"as_of {name}", path_of(at), 3))
        for how, value in story.items():
            asked = path_of(at, ("story", value))
            found.append(Question(f"as_of {name}, story {how}", asked, 3))
        asked = path_of(at, ("order", "-published"))
        found.append(Question(f"as_of {name}, order=-published", asked, 3))
    for name, day in (("middle", "2024-06-30"), ("late", "2026-06-01")):
        at = ("known_at", day)
        found.append(Question(f"known_at {name}", path_of(at), 8))
        for how, value in story.items():
            asked = path_of(at, ("story", value))
            found.append(Question(f"known_at {name}, story {how}", asked, 8))
    at = [("known_at", "2024-06-30"), ("as_of", "2025-06-30")]
    return [*found, Question("known_at and as_of", path_of(*at), 8)]


def of_the_record(head: dict) -> list[Question]:
    etag = get(FEED)[1]["ETag"]
    held = {"If-None-Match": etag}
    last = head["sequence"]
    return [
        Question("304", FEED, 0.6, held, 304),
        Question("changes/ at the tail", changes_behind(max(last - 100, 1)), 2.4),
        Question("changes/ in the middle", changes_behind(last // 2), 2.4),
    ]


def of_statements() -> list[Question]:
    known = values()
    found = [Question("statements/", path_of(to=STATEMENTS), None)]
    for name in ("speaker", "source", "story", "statement_kind"):
        for how, value in known[name].items():
            asked = path_of((name, value), to=STATEMENTS)
            found.append(Question(f"statements/ {name} {how}", asked, None))
    for value in ("2025", "1991-05-03"):
        asked = path_of(("said_from", value), ("said_until", value), to=STATEMENTS)
        found.append(Question(f"statements/ said in {value}", asked, None))
    return found


def head() -> dict:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequence, published_at FROM timeline_revision"
            " ORDER BY sequence DESC LIMIT 1"
        )
        return dict(zip(("sequence", "published_at"), cursor.fetchone(), strict=True))


def main() -> None:
    measuring, last = Measuring(), head()
    print(f"{connection.vendor}, {entries():,} entries, {last['sequence']:,} revisions")
    for name, group in (
        ("order and depth", of_order),
        ("one filter", of_one_filter),
        ("words", of_words),
        ("dates", of_dates),
        ("back in time", lambda: of_time(last)),
        ("the record", lambda: of_the_record(last)),
        ("statements", of_statements),
    ):
        print(f"{name}; the plain page: {measuring.plain:.3f} ms", flush=True)
        for question in group():
            print(measuring.of(question).line(), flush=True)
    print(f"two filters; the plain page: {measuring.plain:.3f} ms", flush=True)
    figures = [
        measuring.of(Question(name, path_of(*given), 3), PAIR_ROUNDS)
        for name, given in pairs_of_filters()
    ]
    figures.sort(key=lambda figure: -figure.spent)
    over = sum(figure.ratio > 3 for figure in figures)
    for figure in figures if "--all" in sys.argv else figures[:WORST]:
        print(figure.line())
    print(f"  {len(figures)} pairs, {over} of them over")


if __name__ == "__main__":
    main()

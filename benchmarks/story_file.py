"""A story's file of any size: `python -m benchmarks.story_file OBJECTS > FILE`.

Eight objects an event; people, reports and topics are few beside them. What is marked
is said with `--publish`.
"""

import json
import random
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache

PEOPLE, OUTLETS, TOPICS = 400, 50, 20
EVENT = 8  # objects


def objects(count: int, *, publish: bool = False, seed: int = 1) -> Iterator[dict]:
    """So many objects, every one after what it names."""
    chance = random.Random(seed)
    made = 0
    for one in few(count):
        made += 1
        yield one
    number = 0
    while made < count:
        for one in event(number, chance, publish=publish, reports=reports(count)):
            made += 1
            yield one
        number += 1


def reports(count: int) -> int:
    return max(10, count // 40)


def thing(model: str, **fields) -> dict:
    return {"model": f"timeline.{model}", "fields": fields}


def name(prefix: str, number: int) -> str:
    """A permanent id that is the same every time."""
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    text = ""
    for _place in range(12):
        number, rest = divmod(number, 32)
        text = letters[rest] + text
    return f"{prefix}_{text}"


def few(count: int) -> Iterator[dict]:
    """What events name: a story, topics, people, outlets and reports."""
    yield thing("story", public_id=name("sto", 0), slug="long", title="A long story")
    for number in range(TOPICS):
        yield thing(
            "topic",
            public_id=name("top", number),
            slug=f"topic-{number}",
            name=f"Topic {number}",
        )
    for number in range(PEOPLE):
        yield thing(
            "actor",
            public_id=name("act", number),
            slug=f"person-{number}",
            kind="person",
            name=f"Person No. {number}",
        )
    for number in range(OUTLETS):
        yield thing(
            "actor",
            public_id=name("act", PEOPLE + number),
            slug=f"outlet-{number}",
            kind="outlet",
            name=f"The Outlet {number}",
        )
    for number in range(reports(count)):
        yield thing(
            "source",
            public_id=name("src", number),
            slug=f"report-{number}",
            kind="article",
            publisher=[f"outlet-{number % OUTLETS}"],
            title=f"Report {number} on what there is to report",
            original_url=f"https://outlet-{number % OUTLETS}.example/{number}",
            published=day(number),
            language="en",
            production="human",
            reporting="own",
        )


def day(number: int) -> str:
    return f"20{10 + number % 16:02}-{1 + number % 12:02}-{1 + number % 28:02}"


@cache
def by_day(reports: int) -> tuple[list[str], list[int]]:
    """The days of the reports in their order, and the reports."""
    rows = sorted((day(number), number) for number in range(reports))
    return [date for date, _number in rows], [number for _date, number in rows]


def reported_after(date: str, reports: int, chance) -> Callable[[], int]:
    """Chooses a report of that day or after it; of one event in twenty any."""
    days, numbers = by_day(reports)
    start = 0 if chance.random() < 0.05 else bisect_left(days, date)
    start = min(start, reports - 1)
    return lambda: numbers[chance.randrange(start, reports)]


def event(number: int, chance, *, publish: bool, reports: int) -> Iterator[dict]:
    """An event with two statements, each found in one report."""
    slug = f"event-{number}"
    made = thing(
        "event",
        public_id=name("evt", number),
        slug=slug,
        title=f"What happened as number {number}, and where it led",
        summary="A summary of some length, as desks write them: who, what, where. " * 2,
        date=day(number),
        importance=chance.choice(("minor", "normal", "major")),
    )
    yield {**made, "publish": True} if publish else made
    person = f"person-{chance.randrange(PEOPLE)}"
    took_part = {"actor": [person], "role": "agent"}
    yield thing("participation", event=[slug], key="one", position=1, **took_part)
    yield thing("eventstory", event=[slug], key="long", position=1, story=["long"])
    topic = f"topic-{chance.randrange(TOPICS)}"
    yield thing("eventtopic", event=[slug], key="topic", position=1, topic=[topic])
    known = reported_after(day(number), reports, chance)
    for place in (1, 2):
        yield from statement(number, place, known, chance)


def statement(number: int, place: int, known, chance) -> Iterator[dict]:
    """One of an event's statements, and where it was found; `known` gives a report."""
    said = f"said-{number}-{place}"
    yield thing(
        "statement",
        public_id=name("stm", 2 * number + place),
        slug=said,
        event=[f"event-{number}"],
        position=place,
        language="en",
        kind="claim",
        mode="paraphrase",
        speaker=[f"person-{chance.randrange(PEOPLE)}"],
        text=f"Point {place} of {number}: so it is, for all that is known now.",
    )
    yield thing(
        "citation",
        statement=[said],
        key="report",
        position=1,
        source=[f"report-{known()}"],
        credit="unchecked",
        locator="paragraph 3",
        passage="unchecked",
        unchecked_reason="no text of it is held",
    )


def write(out, count: int, **more) -> None:
    """The file, one object a line."""
    out.write("[")
    for number, one in enumerate(objects(count, **more)):
        out.write(",\n" if number else "\n")
        out.write(json.dumps(one, ensure_ascii=False))
    out.write("\n]\n")


if __name__ == "__main__":
    write(sys.stdout, int(sys.argv[1]), publish="--publish" in sys.argv)

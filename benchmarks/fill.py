"""A record of millions: `python -m benchmarks.fill 1000000 2000000`.

Current and superseded entries, the very rows that appending and deriving would make,
but in bulk, into the database of DATABASE_URL, which must be empty. What it makes
holds before `verify_record --derived`; the desk stays empty.
"""

import json
import sys
import time
from array import array
from collections import Counter
from datetime import datetime, timedelta

import orjson
from django.conf import settings
from django.core.management import call_command

import benchmarks.ready  # noqa: F401
from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentSaid,
    CurrentSearch,
    CurrentStatement,
    Facet,
    FactCount,
    KnownEvent,
    NamedThing,
    PastEntry,
    PastFact,
    PastSaid,
    PastSearch,
    Rendering,
    Revision,
    StoryFact,
    StoryPeriod,
    StoryThing,
    ThingFact,
    ThingName,
)
from timeline.publishing.read.canonical import FIRST_PREVIOUS
from timeline.publishing.read.facts import days_reported
from timeline.publishing.read.keys import sort_key
from timeline.publishing.read.rendering import FORM
from timeline.publishing.write.counting import Shown, Tally, begun_in
from timeline.publishing.write.finding import named_by

from .chained import revision
from .into import into
from .invented import BEGUN, DAYS, UNIT, draws
from .making import AT, Made, Maker
from .naming import add_names, write_things

AT_ONCE = 2_000
OFTEN = 1_000  # the larger, the less often the most revised event is revised
TIME_BEGUN = datetime(BEGUN.year, BEGUN.month, BEGUN.day)  # UTC
TABLES = (
    *(Revision, KnownEvent, CurrentEntry, CurrentBody, CurrentFact, CurrentStatement),
    *(CurrentSaid, CurrentSearch, PastEntry, PastFact, PastSaid, PastSearch),
    *(FactCount, StoryFact, StoryPeriod, StoryThing, NamedThing, ThingFact, ThingName),
    Rendering,
)


class Plan:
    """Which event each revision is of, by sequence (from 1), and what replaces it.

    Events are numbered as they are first published. Of the revisions of others, most
    are of those that are new, the rest of those that are old, by Zipf's law.
    """

    def __init__(self, current: int, past: int):
        self.current, self.past = current, past
        self.seconds = DAYS * 86_400 / (current + past)
        self.event = array("I", [0])
        self.number = array("I", [0])
        self.last = array("I", [0])  # by event: the sequence that readers see
        numbers = array("I", [0])
        for sequence in range(1, current + past + 1):
            event = self.next_event(sequence, len(numbers) - 1)
            if event == len(numbers):
                numbers.append(0)
                self.last.append(0)
            numbers[event] += 1
            self.event.append(event)
            self.number.append(numbers[event])
            self.last[event] = sequence
        self.until = self.replaced()

    def next_event(self, sequence: int, known: int) -> int:
        """A new event as often as its share, else one of those that are known."""
        due = -(-sequence * self.current // (self.current + self.past))
        if known < due:
            return known + 1
        drawn = draws(3, sequence)
        back = int(OFTEN * ((known + OFTEN) / OFTEN) ** (drawn[0] * UNIT)) - OFTEN
        return known - back if drawn[1] % 10 < 7 else 1 + back

    def replaced(self) -> array:
        """By sequence: the one that replaced it, 0 where none did."""
        until, following = array("I", bytes(4 * len(self.event))), {}
        for sequence in range(len(self.event) - 1, 0, -1):
            event = self.event[sequence]
            until[sequence] = following.get(event, 0)
            following[event] = sequence
        return until

    def time(self, sequence: int) -> str:
        """When a revision was published: evenly over the days of the record."""
        part = timedelta(seconds=sequence * self.seconds)
        return f"{(TIME_BEGUN + part).isoformat(timespec='microseconds')}Z"


def write_record(rows, plan: Plan, maker: Maker):
    """Every revision, and the entries that were replaced.

    Returns all digests in a row, and the sort keys of what is current by event.
    """
    digests, previous, keys = bytearray(32), FIRST_PREVIOUS, array("q", [0])
    keys *= len(plan.last)
    for sequence in range(1, len(plan.event)):
        event, at = plan.event[sequence], plan.time(sequence)
        number = plan.number[sequence]
        made = maker.made(event, number)
        row = revision(
            *(made, event, number), sequence=sequence, previous=previous, at=at
        )
        previous = row[11]
        rows.of(Revision).append(row)
        digests += bytes.fromhex(previous)
        keys[event] = key = sort_key(made.date.sort_key, event)
        if plan.until[sequence]:
            whole(made, sequence, previous, at)
            add_past(rows, made, key, sequence, plan.until[sequence])
        if sequence % AT_ONCE == 0:
            rows.flush()
            say(sequence, len(plan.event) - 1, "revisions")
    return digests, keys


def whole(made: Made, sequence: int, digest: str, at: str) -> None:
    """Fill in what an entry gets by being in the record."""
    made.values[AT["sequence"]] = str(sequence)
    made.values[AT["published_at"]] = at
    made.values[AT["digest"]] = digest


def add_past(rows, made: Made, key: int, sequence: int, until: int) -> None:
    body = made.frame.body.filled(made.values)
    rows.of(PastEntry).append((*entry(made, sequence), sequence, key, until, body))
    facts, marks = made.facts(past=True), made.frame.marks
    rows.of(PastFact).extend(
        [(f, t, key, p, sequence, *marks, until) for f, t, p in facts]
    )
    rows.of(PastSaid).extend((key, *said, until) for said in shifted(made, sequence))
    rows.of(PastSearch).append((sequence, made.search(rows.vendor)))


def shifted(made: Made, sequence: int) -> list[tuple]:
    """When its statements were said: place, sequence, then the bounds."""
    return [(place, sequence, *bounds) for place, *bounds in made.said()]


def entry(made: Made, sequence: int) -> tuple:
    """The columns that current and past entries have in common."""
    date, frame = made.date, made.frame
    bounds = (date.earliest, date.latest, frame.known_from, frame.whole_from)
    return (sequence, sequence, made.event, *bounds)


def write_current(rows, plan: Plan, maker: Maker, digests, keys) -> None:
    """What readers see, in the order of sort keys."""
    order = sorted(zip(keys[1:], range(1, len(keys)), strict=True))
    for place, (key, event) in enumerate(order, start=1):
        sequence = plan.last[event]
        made = maker.made(event, plan.number[sequence])
        digest = digests[32 * sequence : 32 * sequence + 32].hex()
        whole(made, sequence, digest, plan.time(sequence))
        add_current(rows, made, key, sequence)
        if place % AT_ONCE == 0:
            rows.flush()
            say(place, len(order), "current entries")


def add_current(rows, made: Made, key: int, sequence: int) -> None:
    frame = made.frame
    body = frame.body.filled(made.values)
    rows.of(CurrentEntry).append((*entry(made, sequence), key))
    rows.of(CurrentBody).append((key, sequence, body))
    facts, marks = made.facts(past=False), frame.marks
    rows.of(CurrentFact).extend([(f, t, key, p, sequence, *marks) for f, t, p in facts])
    rows.of(CurrentStatement).extend(
        (name, slug, standing, made.event, key, place)
        for name, slug, standing, place in made.statements()
    )
    rows.of(CurrentSaid).extend((key, *said) for said in shifted(made, sequence))
    rows.of(CurrentSearch).append((key, made.search(rows.vendor)))
    if not frame.shown:
        frame.days = days_reported(orjson.loads(body))
    frame.shown += 1
    frame.begun.update(begun_in(key))
    frame.newest = max(frame.newest, sequence)
    bound(frame.bounds, made.date)


def bound(bounds: list[int | None], date) -> None:
    """Widen the first and the last second of a frame's entries to a date."""
    if date.earliest is not None:
        low = bounds[0]
        bounds[0] = date.earliest if low is None else min(low, date.earliest)
    if date.latest is not None:
        high = bounds[1]
        bounds[1] = date.latest if high is None else max(high, date.latest)


def write_events(rows, plan: Plan, maker: Maker, keys) -> None:
    """Where each event stands, and what it is called."""
    for event in range(1, len(keys)):
        sequence = plan.last[event]
        made = maker.made(event, plan.number[sequence])
        rows.of(KnownEvent).append(known(event, plan, sequence, keys[event]))
        add_names(rows, "event", made.event, f"event-{event}")
        for name, slug, _standing, _place in made.statements():
            add_names(rows, "statement", name, slug)
        if event % (AT_ONCE * 5) == 0:
            rows.flush()


def known(event: int, plan: Plan, sequence: int, key: int) -> tuple:
    name, slug = f"evt_{event:012d}", f"event-{event}"
    number = plan.number[sequence]
    return (name, event, slug, "live", number, sequence, key, None)


def write_counts(rows, frames) -> tuple[Counter, Counter]:
    """How many entries and statements each fact is true of, frame by frame."""
    tally = Tally()
    for frame in frames:
        if frame.shown:
            facts = set(frame.facts)
            tally.add(Shown(facts, named_by(facts), frame.days, ()), frame.shown)
            stories = {thing for facet, thing, _ in facts if facet == Facet.STORY}
            tally.in_stories(stories).begun.update(frame.begun)
    rows.of(FactCount).extend(tally.facts())
    rows.of(StoryThing).extend(tally.beside())
    rows.of(StoryFact).extend(tally.offered())
    rows.of(StoryPeriod).extend(tally.begun())
    return tally.entries, tally.statements


def say(done: int, total: int, what: str) -> None:
    if done % 100_000 == 0:
        spent = time.process_time()
        print(f"  {done:,} of {total:,} {what}, {spent:,.0f} s of CPU", flush=True)


def fill(current: int, past: int) -> None:
    """Fill the empty record; the tables must be there."""
    if Revision.objects.exists():
        raise SystemExit("There is a record in this database already.")
    site = settings.SITE_URL
    plan, maker = Plan(current, past), Maker(current, site=site)
    rows = into(TABLES)
    rows.of(Rendering).append((1, site, FORM))
    digests, keys = write_record(rows, plan, maker)
    write_current(rows, plan, maker, digests, keys)
    write_events(rows, plan, maker, keys)
    write_things(rows, maker.frames(), write_counts(rows, maker.frames()), site=site)
    print("  the rows are written; indexes are made", flush=True)
    rows.finish()


def main() -> None:
    current, past = (int(text.replace("_", "")) for text in sys.argv[1:3])
    begun = time.monotonic()
    call_command("migrate", verbosity=0)
    fill(current, past)
    print(json.dumps({"current": current, "past": past}), end=" ")
    print(f"filled in {time.monotonic() - begun:,.0f} s")


if __name__ == "__main__":
    main()

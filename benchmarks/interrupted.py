"""`import_story`, killed at random moments: `python -m benchmarks.interrupted [100]`.

So many times on each database a process imports a story of some 2,000 objects, all of
it marked, into an empty desk, and is killed (SIGKILL) at a moment drawn at random from
the time that it takes undisturbed. Then the desk has all of the files or nothing, the
record has whole acts alone and is whole, and what is derived from it too. The same
command again leaves the desk and what readers are served as an undisturbed run does,
to the byte; but for the revision blocks, which say when it was published.

Acts are of 20 events here, so that there are some to be cut off between.
"""

import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.models import Count
from django.test import Client

import benchmarks.ready  # noqa: F401
from tests import postgres
from timeline.models.record import Revision
from timeline.publishing.write import bulk, verify_derived, verify_record
from timeline.transfer.shapes import MODELS

from .story_file import objects, thing

ROOT = Path(__file__).resolve().parents[1]
OBJECTS, IN_ONE_ACT, LINKED = 2_000, 20, 7
FEED = "/api/v1/timeline/?page_size=100"
SECONDS_TO_END = 60


@dataclass(frozen=True)
class State:
    """What can be seen of a desk and of a record, from outside."""

    rows: dict[str, int]  # of each table of the desk and of its history
    file: str  # what export_story writes
    served: list[dict]  # the timeline that readers get


def story(count: int) -> list[dict]:
    """A story's file, in which every seventh event answers the one before it."""
    found = list(objects(count, publish=True))
    events = sum(one["model"] == "timeline.event" for one in found)
    links = [
        thing(
            "statementlink",
            statement=[f"said-{number}-1"],
            key="answer",
            position=1,
            kind="denies",
            target=[f"said-{number - 1}-2"],
        )
        for number in range(LINKED, events - 1, LINKED)
    ]
    return found + links


def state() -> State:
    """What there is now."""
    tables = [*MODELS, *(model.history.model for model in MODELS)]
    rows = {model.__name__: model.objects.count() for model in tables}
    out = io.StringIO()
    call_command("export_story", all=True, stdout=out)
    return State(rows, out.getvalue(), list(served()))


def served() -> Iterator[dict]:
    """Every entry of the timeline, without its revision block."""
    host = urlsplit(settings.SITE_URL).netloc
    client, address = Client(headers={"host": host}), FEED
    while address:
        page = json.loads(client.get(address, secure=True).content)
        for entry in page["results"]:
            del entry["revision"]
            yield entry
        address = page["next"]


def unmarked(file: str) -> list[str]:
    """The objects of a file, without what follows from what readers see."""
    found = json.loads(file)
    for one in found:
        one.pop("publish", None)
    return sorted(json.dumps(one, sort_keys=True) for one in found)


def ends_of_acts() -> list[int]:
    """How many rows the record had after each act."""
    ends, total = [0], 0
    counted = Revision.objects.order_by().values("published_at").annotate(Count("pk"))
    for row in counted.order_by("published_at"):
        total += row["pk__count"]
        ends.append(total)
    return ends


def in_a_child(path: Path) -> int:
    """Begin to import a file in a process of its own; its number."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        bulk.AT_ONCE = IN_ONE_ACT
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            call_command("import_story", str(path))
        code = 0
    finally:
        os._exit(code)


def imported(path: Path) -> float:
    """Import a file in a process of its own; the seconds that it took."""
    start = time.monotonic()
    _child, status = os.waitpid(in_a_child(path), 0)
    assert status == 0, f"the import ended with {status}"
    return time.monotonic() - start


def killed(path: Path, seconds: float) -> None:
    """Import a file, and kill that after so many seconds."""
    child = in_a_child(path)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    wait_for_the_server()


def wait_for_the_server() -> None:
    """PostgreSQL notices a moment later that somebody is gone."""
    end = time.monotonic() + SECONDS_TO_END
    while connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname ="
                " current_database() AND pid <> pg_backend_pid()"
            )
            if not cursor.fetchone()[0]:
                return
        assert time.monotonic() < end, "the server still works for a dead process"
        time.sleep(0.01)


def emptied() -> None:
    call_command("flush", interactive=False, verbosity=0)


def check(count: int, kills: int, *, seed: int, tell: Callable[[str], None]) -> Counter:
    """So many kills; where they hit. AssertionError says what was found broken."""
    chance, hit = random.Random(seed), Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.json"
        path.write_text(json.dumps(story(count)))
        emptied()
        nothing = state()
        seconds = imported(path)
        whole, ends = state(), ends_of_acts()
        tell(f"undisturbed: {seconds:.1f} s, {len(ends) - 1} acts of {ends[-1]} rows")
        for number in range(kills):
            emptied()
            moment = chance.uniform(0, seconds)
            killed(path, moment)
            hit[where(nothing, whole, ends)] += 1
            assert not list(verify_record()), "the record is not whole"
            assert not list(verify_derived()), "what is derived does not follow from it"
            imported(path)
            assert state() == whole, f"other than undisturbed, killed after {moment}"
            if number % 10 == 9:
                tell(f"{number + 1} kills: {told(hit)}")
        emptied()
    return hit


def where(nothing: State, whole: State, ends: list[int]) -> str:
    """What a killed import left behind: one of the states that may be."""
    now, appended = state(), Revision.objects.count()
    if now.rows == nothing.rows:
        assert (now, appended) == (nothing, 0), "published without a desk"
        return "before the desk"
    assert now.rows == whole.rows, "the desk has a part of the file"
    assert unmarked(now.file) == unmarked(whole.file), "the desk is another"
    assert appended in ends, f"a part of an act: {appended} rows, not in {ends}"
    if not appended:
        return "before the first act"
    return "after the last act" if appended == ends[-1] else "between acts"


def told(hit: Counter) -> str:
    return ", ".join(f"{count} {place}" for place, count in sorted(hit.items()))


def elsewhere(address: str, kills: int) -> None:
    """The same on one database, in a process that has it for its own."""
    environment = os.environ | {"DEBUG": "1", "DATABASE_URL": address}
    for command in (
        ("manage.py", "migrate", "-v0"),
        ("-m", "benchmarks.interrupted", str(kills), "--here"),
    ):
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, check=True
        )


def main() -> None:
    arguments = [one for one in sys.argv[1:] if one != "--here"]
    kills = int(arguments[0]) if arguments else 100
    if "--here" in sys.argv:
        print(connection.vendor, flush=True)
        hit = check(
            OBJECTS, kills, seed=kills, tell=lambda text: print(text, flush=True)
        )
        print(f"{kills} kills, nothing broken: {told(hit)}", flush=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        elsewhere(f"sqlite:///{folder}/interrupted.sqlite3", kills)
    cluster = postgres.start().rpartition("/")[0]
    elsewhere(f"{cluster}/postgres", kills)


if __name__ == "__main__":
    main()

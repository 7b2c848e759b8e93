"""A newsroom at work on one event, over HTTP: `python -m benchmarks.newsroom`, with
`[--people 8] [--edits 50]`, on SQLite and on PostgreSQL, or `--on` one of them and
with one `--part`.

First all edit the event's page (`benchmarks.editors`). Then the same people change the
event and a statement on its page, and its importance from the list, while somebody
merges a speaker of its statements into another and undoes it, and a fixture is loaded,
again and again. What was accepted has to be in the history, and what stands in the end
has to be what was accepted last.
"""

import argparse
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import psycopg

from benchmarks.editors import Form, Person, history, outcome, run
from benchmarks.writers import awake
from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "only for this measurement"
SERVERS = 2
PARTS = ["page", "mixed"]
TEXT = "statements-0-text"
IMPORTANCE = ("minor", "normal", "major")
SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@contextmanager
def servers(database: str):
    """So many live servers of one database; gives their addresses."""
    running, urls = [], []
    for _number in range(SERVERS):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        urls.append(f"http://127.0.0.1:{port}")
        running.append(
            subprocess.Popen(
                [sys.executable, "manage.py", "runserver", "--noreload", str(port)],
                cwd=ROOT,
                env=environment(database, SITE_URL=urls[-1]),
                **SILENT,
            )
        )
    try:
        for url, server in zip(urls, running, strict=True):
            awake(f"{url}/api/v1/", server)
        yield urls
    finally:
        for server in running:
            server.terminate()
            server.wait()


def environment(database: str, **more) -> dict:
    return os.environ | {"DATABASE_URL": database, "DEBUG": "1"} | more


def empty_database() -> str:
    """The address of a database in a cluster of the measurement's own."""
    base = postgres.start(durable=True).rpartition("/")[0]
    folder = unquote(base.rpartition("@")[2])
    conninfo = f"host={folder} user={postgres.ROLE} dbname=postgres"
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("CREATE DATABASE desk")
    return f"{base}/desk"


def made(database: str, names: list[str]) -> dict:
    """The desk, and the keys of what they work on."""
    making = [sys.executable, "-m", "benchmarks.newsroom_desk", PASSWORD, *names]
    given = subprocess.run(
        making, cwd=ROOT, env=environment(database), check=True, capture_output=True
    )
    return json.loads(given.stdout.splitlines()[-1])


def from_list(person: Person, key: int) -> None:
    """Change the importance of the event where it is one of a list."""
    page = "/admin/timeline/event/"
    ask = dict(Form(person.ask(page)).fields)
    ask |= {"action": "importance_selected", "_selected_action": str(key)}
    sent = dict(Form(person.ask(page, ask)).fields)
    sent["importance"] = random.choice(IMPORTANCE)
    answer = person.ask("/admin/timeline/event/importance/", sent)
    done = 'class="success"' in answer
    person.seen["done from the list" if done else "refused from the list"] += 1
    if not done and not re.search(r'class="error">Not done: .+\. .+\.', answer):
        person.seen["refused without a sentence"] += 1


def merging(person: Person, keys: dict, over: threading.Event) -> None:
    """Merge one speaker into the other and undo it, until all is over."""
    path = f"/admin/timeline/actor/{keys['other']}"
    while not over.is_set():
        page = person.ask(f"{path}/merge/?into={keys['one']}")
        sent = dict(Form(page).fields) | {"into": keys["one"], "why": "the same"}
        person.ask(f"{path}/merge/", sent)
        person.seen["merged"] += person.path != f"{path}/merge/"
        time.sleep(random.random())
        sent = dict(Form(person.ask(f"{path}/unmerge/")).fields)
        person.ask(f"{path}/unmerge/", sent)
        person.seen["undone"] += person.path != f"{path}/unmerge/"
        time.sleep(random.random())


def loading(database: str, over: threading.Event, found: list[int]) -> None:
    """Load the first story again and again; with what each time ended."""
    while not over.is_set():
        load = [sys.executable, "manage.py", "loaddata", "openai_nato", "-v0"]
        found.append(
            subprocess.run(load, cwd=ROOT, env=environment(database)).returncode
        )


def mixed(urls, database: str, keys: dict, names: list[str], edits: int) -> dict:
    """Everything at once; what came of it."""
    key = keys["event"]
    path = f"/admin/timeline/event/{key}/change/"
    people = [
        Person(urls[number % SERVERS], name, PASSWORD)
        for number, name in enumerate(names)
    ]
    merger, over, loads = people.pop(), threading.Event(), []

    def work(person):
        for number in range(edits):
            kind = number % 3
            if kind == 2:
                from_list(person, key)
            else:
                field = ("place", TEXT)[kind]
                person.edit(path, f"{field} of {person.name} {number}", field)

    beside = [
        threading.Thread(target=merging, args=(merger, keys, over)),
        threading.Thread(target=loading, args=(database, over, loads)),
    ]
    for thread in beside:
        thread.start()
    try:
        with ThreadPoolExecutor(len(people)) as pool:
            list(pool.map(work, people))
    finally:
        over.set()
        for thread in beside:
            thread.join()
    found = outcome([*people, merger], key)
    for person in people:
        for sentence in person.unsaved:
            print(f"    not saved: {sentence}")
    seen = sum((person.seen for person in people), merger.seen)
    told = ("done from the list", "refused from the list", "refused without a sentence")
    return {
        **found,
        **{what: seen[what] for what in (*told, "merged", "undone")},
        "loads": len(loads),
        "loads that failed": sum(map(bool, loads)),
        "not what was accepted last": len(overwritten(people[0], key)),
    }


def overwritten(person: Person, key: int) -> list[str]:
    """The fields that do not hold what was accepted last in them."""
    whys = history(person, key)
    fields = dict(Form(person.ask(f"/admin/timeline/event/{key}/change/")).fields)
    wrong = []
    for name in ("place", TEXT):
        last = next((words for words in whys if words.startswith(f"{name} of")), None)
        if last and fields[name] != last:
            wrong.append(name)
    return wrong


def on(database: str, people: int, edits: int, parts: list[str]) -> None:
    names = [f"person-{number}" for number in range(people)]
    keys = made(database, [*names, "who-merges"])
    with servers(database) as urls:
        if "page" in parts:
            show("all on one page", run(urls, keys["event"], PASSWORD, names, edits))
        if "mixed" in parts:
            found = mixed(urls, database, keys, [*names, "who-merges"], edits)
            show("everything at once", found)


def show(what: str, found: dict) -> None:
    print(f"  {what}:")
    for name, count in found.items():
        print(f"    {name}: {count}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--on", choices=("sqlite", "postgresql"))
    parser.add_argument("--part", choices=PARTS)
    given = parser.parse_args()
    asked = given.people, given.edits, [given.part] if given.part else PARTS
    if given.on != "postgresql":
        print("SQLite", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            on(f"sqlite:///{folder}/desk.sqlite3", *asked)
    if given.on != "sqlite":
        print("PostgreSQL", flush=True)
        on(empty_database(), *asked)
        postgres.stop()


if __name__ == "__main__":
    main()

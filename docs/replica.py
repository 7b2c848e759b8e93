"""Keeps a replica of a Dateline timeline and proves it, with Python's library alone.

    python3 docs/replica.py http://localhost:8000/api/v1/ replica.sqlite3

Takes in what `changes/` has behind the last row it holds, a page a transaction, so it
may be stopped anywhere; then compares itself, by hash, with a walk over the timeline.
Run it as often as you like. It checks every row, by `check_record.py` beside it.
"""

import json
import sqlite3
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

from check_record import fault, sha256

EVENT = "event (id PRIMARY KEY, number, sequence UNIQUE, digest, entry)"
NOT_IN_ENTRY = "version entities act order".split()
REVISION = "number sequence kind note caused_by published_at digest".split()


def take(replica, row):
    """A document is how its event reads from now on. A row without one takes the event
    away, but for a suppression that leaves the newest text."""
    held = "SELECT number, entry FROM event WHERE id = ?"
    number, text = replica.execute(held, [row["id"]]).fetchone() or (0, "null")
    sequence, digest = last(replica)
    if words := fault(row, digest, sequence + 1, number + 1):
        raise SystemExit(f"Row {row['sequence']} {words}.")
    entry, document = json.loads(text), row["document"]
    if document:
        entry = {key: document[key] for key in document if key not in NOT_IN_ENTRY}
        entry["revision"] = {key: row[key] for key in REVISION}
    elif row["kind"] != "suppression" or (
        entry and entry["revision"]["sequence"] in row["suppresses"]
    ):
        entry = None
    values = [row[key] for key in ("id", "number", "sequence", "digest")]
    values.append(json.dumps(entry))
    replica.execute("REPLACE INTO event VALUES (?, ?, ?, ?, ?)", values)


def update(replica, url):
    """Takes in all that is new; returns how many rows that were."""
    rows, count = [None], 0
    while rows:
        sequence, digest = last(replica)
        since = f"{sequence}-{digest[:16]}"
        with replica:
            try:
                rows = read(f"{url}changes/?page_size=200&since={since}")["results"]
            except HTTPError as error:
                if error.code != 410:
                    raise
                replica.execute("DELETE FROM event")  # of another record: begin again
                continue
            for row in rows:
                take(replica, row)
            count += len(rows)
    return count


def last(replica):
    newest = "SELECT sequence, digest FROM event ORDER BY sequence DESC LIMIT 1"
    return replica.execute(newest).fetchone() or (0, "0" * 64)


def read(url):
    with urlopen(url) as answer:
        return json.load(answer)


def walk(url):
    page = {"next": f"{url}timeline/?page_size=200"}
    while page["next"]:
        page = read(page["next"])
        yield [plain(entry) for entry in page["results"]]


def plain(value):
    """What the record says: without the addresses of what is named."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    named = ("url", "html_url") if "id" in value and "slug" in value else ()
    return {key: plain(value[key]) for key in value if key not in named}


def main(url, path):
    url, replica, news = f"{url.rstrip('/')}/", sqlite3.connect(path), True
    replica.execute("PRAGMA secure_delete = ON")  # what is taken away is overwritten
    replica.execute(f"CREATE TABLE IF NOT EXISTS {EVENT}")
    while news:  # a walk shows the record as it stood at its first page
        update(replica, url)
        pages = walk(url)
        there = next(pages)
        news = update(replica, url)
    there += [entry for page in pages for entry in page]
    rows = replica.execute("SELECT entry FROM event WHERE entry != 'null'")
    here = [json.loads(text) for (text,) in rows]
    replica.close()
    ours, theirs = (sha256(sorted(map(sha256, said))) for said in (here, there))
    equal = "Equal" if ours == theirs else f"Not equal to {theirs}"
    print(f"{equal}: {len(here)} events.", ours, sep="\n")  # noqa: T201
    return ours != theirs


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

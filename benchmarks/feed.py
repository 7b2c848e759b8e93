"""CPU time of a page of the feed: `python -m benchmarks.feed`, after `synthetic`.

Whole requests in this process, middleware included, beside three things in the same
run: the bare limit (the rows fetched and joined, nothing else), the same page made by
parsing and dumping its bodies, and the same depth reached by LIMIT/OFFSET. Prints how
many queries a page takes.
"""

import json
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import benchmarks.ready  # noqa: F401
from timeline.models.record import CurrentBody

ROUNDS = 200
ROWS = "SELECT sort_key, body FROM timeline_currentbody ORDER BY sort_key DESC LIMIT 50"
FEED = "/api/v1/timeline/"
QUESTIONS = (
    ("first page of 50", ""),
    ("oldest first", "?order=date"),
    ("by publication", "?order=-published"),
    ("a frequent actor", "?actor=person-101"),
    ("a rare actor", "?actor=person-1990"),
    ("two stories", "?story=story-1&story=story-2"),
    ("actor and source", "?actor=person-101&source=report-1"),
    ("speaker and source", "?speaker=person-101&source=report-1"),
    ("from 2020 until 2021", "?from=2020&until=2021"),
)


def cpu(work, rounds=ROUNDS):
    """The least CPU time of one call, in milliseconds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1000


def get(path):
    """One request through everything; the answer's body."""
    response = Client().get(path, headers={"host": "localhost"})
    assert response.status_code == 200, (path, response.content[:300])
    return response.content


def bare():
    """What no view can undercut: the same rows, joined."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        return ",".join(body for _key, body in cursor.fetchall()).encode()


def parsed():
    """The same page by way of Python's objects."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        entries = [json.loads(body) for _key, body in cursor.fetchall()]
    return json.dumps({"results": entries}).encode()


def deep_path(rows):
    """The address of a page about so many rows down, by walking pages of 200."""
    path = f"{FEED}?page_size=200"
    for _ in range(rows // 200):
        path = json.loads(get(path))["next"].partition("://")[2]
        path = path[path.index("/") :]
    return path


def offset(rows):
    """The same depth by LIMIT/OFFSET."""
    with connection.cursor() as cursor:
        cursor.execute(f"{ROWS.replace('50', '200')} OFFSET {int(rows)}")
        return ",".join(body for _key, body in cursor.fetchall()).encode()


def queries(path):
    """How many queries a request takes."""
    with CaptureQueriesContext(connection) as caught:
        get(path)
    return len(caught)


def main():
    total = CurrentBody.objects.count()
    print(f"{connection.vendor}, {total:,} current entries; CPU, least of {ROUNDS}")
    get(FEED)
    print(f"  {'rows fetched and joined, no view':34} {cpu(bare):8.3f} ms")
    print(f"  {'the same, parsed and dumped':34} {cpu(parsed):8.3f} ms")
    for name, question in QUESTIONS:
        path = f"{FEED}{question}"
        spent, count = cpu(lambda path=path: get(path)), queries(path)
        print(f"  {name:34} {spent:8.3f} ms  {count} queries  {len(get(path)):,} bytes")
    depth = min(total // 2, 20_000)
    path = deep_path(depth)
    for name, work in (
        ("page of 200, first", lambda: get(f"{FEED}?page_size=200")),
        (f"page of 200, behind row {depth:,}", lambda: get(path)),
        ("the same depth by OFFSET, no view", lambda: offset(depth)),
    ):
        print(f"  {name:34} {cpu(work, 50):8.3f} ms")


if __name__ == "__main__":
    main()

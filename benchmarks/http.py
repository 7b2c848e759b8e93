"""A page of 50 over HTTP, and what others take for it: `python -m benchmarks.http`.

Eight connections ask as fast as they are answered; what counts is the CPU time of the
servers' processes for each request, and of PostgreSQL's. DATABASE_URL is the record,
ORDINARY_DATABASE_URL the ordinary application's, which `benchmarks.ordinary.fill` made;
PGDATA is the folder of PostgreSQL's cluster, to find its processes by.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from time import monotonic
from urllib.parse import urlsplit

from .servers import PORT, database_server, datasette, gunicorn, serving, spent

CONNECTIONS = 8
SECONDS = float(os.environ.get("SECONDS", "12"))
FEED = "/api/v1/timeline/"
ON_POSTGRESQL = os.environ["DATABASE_URL"].startswith("postgres")
SETTINGS = {"DEBUG": "1", "SITE_URL": "http://localhost:8000"}


def asking(path: str, until: float) -> tuple[int, int]:
    """How many requests one connection got answered, and the length of the last."""
    there, count, length = HTTPConnection("127.0.0.1", PORT, timeout=120), 0, 0
    while monotonic() < until:
        there.request("GET", path, headers={"Host": "localhost:8000"})
        answer = there.getresponse()
        length = len(answer.read())
        assert answer.status == 200, answer.status
        count += 1
    return count, length


def load(path: str, seconds: float) -> tuple[int, int]:
    """Requests answered over all connections, and the length of an answer."""
    until = monotonic() + seconds
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        done = list(pool.map(lambda _: asking(path, until), range(CONNECTIONS)))
    return sum(count for count, _ in done), done[0][1]


def measure(name: str, command: list[str], path: str, **environment) -> float:
    """CPU milliseconds a request, the database's processes included."""
    database = database_server() if ON_POSTGRESQL else None
    with serving(command, path, **environment) as server:
        load(path, 2)
        before = spent(server), spent(database) if database else 0.0
        count, length = load(path, SECONDS)
        own = (spent(server) - before[0]) / count * 1000
        beside = (spent(database) - before[1]) / count * 1000 if database else 0.0
    told = f"{own:8.3f} ms + {beside:6.3f} in the database"
    print(f"  {name:44} {told}, {count:6,} requests of {length:,} bytes", flush=True)
    return own + beside


def main() -> None:
    record, ordinary = os.environ["DATABASE_URL"], os.environ["ORDINARY_DATABASE_URL"]
    wanted = sys.argv[1:]
    bare, found = gunicorn("benchmarks.bare:application"), {}
    servers = {
        "memory": ("bare WSGI, bytes in memory", bare, "/memory", {}),
        "rows": ("bare WSGI, rows read and joined", bare, "/rows", {}),
        "ours": ("the feed", gunicorn("benchmarks.served:application"), FEED, SETTINGS),
        "ordinary": (
            "ordinary DRF",
            gunicorn("benchmarks.ordinary.wsgi:application"),
            "/events/?limit=50",
            {},
        ),
    }
    if ordinary.startswith("sqlite"):
        path = urlsplit(ordinary).path[1:]
        name = os.path.basename(path).partition(".")[0]
        page = f"/{name}/page.json?_shape=array&_json=entry"
        servers["datasette"] = ("Datasette", datasette(path), page, {})
    print(f"{record.partition(':')[0]}, {CONNECTIONS} connections, gunicorn sync, 2")
    for key, (name, command, path, more) in servers.items():
        if not wanted or key in wanted:
            found[key] = measure(name, command, path, **more)
    compare(found)


def compare(found: dict[str, float]) -> None:
    limits = {"memory": 1 / 6, "rows": 1 / 6, "ordinary": 60, "datasette": 8}
    for key, limit in limits.items():
        if key in found and "ours" in found:
            ratio = found[key] / found["ours"]
            told = f"{ratio:.1f}" if ratio >= 1 else f"1/{1 / ratio:.2f}"
            asked = f"{limit:.0f}" if limit >= 1 else f"1/{1 / limit:.0f}"
            verdict = "OK" if ratio >= limit else "OVER"
            print(
                f"  {key} takes {told} of the feed's time; at least {asked}: {verdict}"
            )


if __name__ == "__main__":
    main()

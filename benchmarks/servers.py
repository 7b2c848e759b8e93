"""The servers that are compared, and the CPU time that their processes take."""

import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parent
TICK = os.sysconf("SC_CLK_TCK")
WORKERS = 2
PORT = 8791
ACTOR = """'id', {0}.public_id, 'slug', {0}.slug,
  'url', 'http://localhost:8000/api/v1/actors/' || {0}.slug || '/',
  'html_url', 'http://localhost:8000/actors/' || {0}.slug || '/',
  'name', {0}.name, 'kind', {0}.kind"""
SOURCE = """(SELECT json_object('id', o.public_id, 'slug', o.slug,
  'url', 'http://localhost:8000/api/v1/sources/' || o.slug || '/',
  'html_url', 'http://localhost:8000/sources/' || o.slug || '/',
  'title', o.title, 'label', o.label, 'kind', o.kind, 'status', o.status,
  'publisher', json_object({actor}), 'published', json(o.published),
  'production', o.production, 'original_url', o.original_url)
  FROM ordinary_source o JOIN ordinary_actor p ON p.id = o.publisher_id
  WHERE o.id = {id})"""


def nested_sql() -> str:
    """One statement that makes the entries of a page from the ordinary tables."""
    text = (HERE / "nested.sql").read_text()
    text = re.sub(
        r"\{source:([\w.]+)\}",
        lambda found: SOURCE.format(actor=ACTOR.format("p"), id=found[1]),
        text,
    )
    return re.sub(r"\{actor:(\w+)\}", lambda found: ACTOR.format(found[1]), text)


def gunicorn(application: str) -> list[str]:
    """Two sync workers; no access log."""
    bind = f"127.0.0.1:{PORT}"
    options = ["--workers", str(WORKERS), "--bind", bind, "--log-level", "error"]
    return [sys.executable, "-m", "gunicorn", *options, application]


def datasette(database: str) -> list[str]:
    """Datasette over the ordinary tables, with the nested page as a canned query."""
    query = {"sql": nested_sql()}
    told = {"databases": {Path(database).stem: {"queries": {"page": query}}}}
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", delete=False) as file:
        yaml.safe_dump(told, file)
    address = ["--host", "127.0.0.1", "--port", str(PORT)]
    settings = ["--setting", "sql_time_limit_ms", "60000"]
    program = [sys.executable, "-m", "datasette", "serve", database]
    return [*program, *address, *settings, "--metadata", file.name]


@contextmanager
def serving(command: list[str], path: str, **environment):
    """A running server, ready to answer at `path`; its process id."""
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(server, path)
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(server: subprocess.Popen, path: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError):
            there = HTTPConnection("127.0.0.1", PORT, timeout=60)
            there.request("GET", path, headers={"Host": "localhost:8000"})
            status = there.getresponse().status
            if status != 200:
                raise SystemExit(f"{path}: {status}")
            return
        time.sleep(0.2)
    raise SystemExit(f"The server did not start: {server.args[:4]}")


def spent(pid: int) -> float:
    """CPU seconds of a process, its children, and what those that ended took."""
    with suppress(FileNotFoundError):
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        own = sum(int(ticks) for ticks in stat[11:15]) / TICK
        return own + sum(spent(child) for child in children(pid))
    return 0.0


def children(pid: int) -> list[int]:
    with suppress(FileNotFoundError):
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(number) for number in found.split()]
    return []


def database_server() -> int | None:
    """The process that PostgreSQL's others are children of: the one over PGDATA."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_text().split("\0")
            data = words[words.index("-D") + 1] if "-D" in words else ""
            if words[0].endswith("/postgres") and data == os.environ.get("PGDATA"):
                return int(folder.name)
    return None

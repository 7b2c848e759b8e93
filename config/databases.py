"""The database at an address, as this project wants it set up."""

import contextlib
from pathlib import Path

import dj_database_url

# A writer waits this many seconds for another, instead of failing at once.
SQLITE_PATIENCE = 20
SQLITE_OPTIONS = {
    # A transaction that will write takes its place in the queue when it begins: one
    # that finds out later is refused without waiting.
    "transaction_mode": "IMMEDIATE",
    "timeout": SQLITE_PATIENCE,
    # Readers and the one writer do not wait for each other.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
# A page is a few dozen rows by key: compiling its plan, or helpers to read it, costs
# more than it saves.
POSTGRESQL_OPTIONS = {"options": "-c jit=off -c max_parallel_workers_per_gather=0"}
ENGINES = {
    "django.db.backends.sqlite3": "sqlite",
    "django.db.backends.postgresql": "postgresql",
}


def make_folder(path: Path) -> None:
    """Makes the folder where that is allowed; `missing_folder` says where it is not."""
    with contextlib.suppress(OSError):
        path.mkdir(parents=True, exist_ok=True)


def parse_database(url: str) -> dict | str:
    """Django's description of the database at this address, or what is wrong with it.

    The sentence never repeats the address, because it may hold a password.
    """
    try:
        found = dict(dj_database_url.parse(url, conn_max_age=60))
    except (ValueError, KeyError):
        return "it is not a database address"
    kind = ENGINES.get(found["ENGINE"])
    if kind is None:
        return "this project runs on SQLite and PostgreSQL only"
    if not found.get("NAME"):
        return "it does not name a database"
    if kind == "postgresql":
        # A connection that broke while it was idle is replaced, not reported.
        options = POSTGRESQL_OPTIONS | found.get("OPTIONS", {})
        return found | {"CONN_HEALTH_CHECKS": True, "OPTIONS": options}
    return found | {"OPTIONS": SQLITE_OPTIONS | found.get("OPTIONS", {})}


def missing_folder(database: dict) -> str:
    """Says that the folder of a SQLite file is missing, or nothing."""
    path = Path(database["NAME"])
    is_file = ENGINES[database["ENGINE"]] == "sqlite" and path.name != ":memory:"
    if is_file and not path.parent.is_dir():
        return f"the folder {path.parent} does not exist"
    return ""

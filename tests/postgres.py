"""A throwaway PostgreSQL for a test run: its own cluster in a folder that goes with it.

It listens on a socket in that folder only, so two runs never meet, and it ends with the
process that started it, however that ends.
"""

import atexit
import contextlib
import functools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

ROLE = "dateline"
# PostgreSQL refuses to run as root.
UNPRIVILEGED = ("postgres", "nobody")
SECONDS_TO_START = 60
# Nothing in a test has to survive a crash.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

# The shell waits for the end of its input, which comes when this process is gone,
# then stops the server and removes what it left.
KEEPER = """
trap '' INT TERM HUP
"$0" "$@" >"$LOG" 2>&1 </dev/null &
read -r _
kill -QUIT $!
wait $!
rm -rf "$FOLDER"
"""


def binaries() -> Path | None:
    """The folder with the newest `initdb` and `postgres`, if there is one."""
    packaged = Path("/usr/lib/postgresql").glob("*/bin")
    folders = sorted(packaged, key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in reversed(folders):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


@functools.cache
def start(*, durable: bool = False) -> str:
    """Starts the cluster, once, and returns its address for DATABASE_URL.

    A `durable` one writes each commit to the disk, as one in earnest would.
    """
    programs = binaries()
    if programs is None:
        raise SystemExit("PostgreSQL's programs are not installed: no test was run.")
    # Right under /tmp: the path of a socket may not be long.
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-", dir="/tmp"))
    person = unprivileged()
    if person:
        os.chown(folder, person["user"], person["group"])
    initialise(programs, folder, person)
    keeper = launch(programs, folder, person, {} if durable else HASTY)
    atexit.register(stop)
    running.append((keeper, folder))
    address = f"postgres://{ROLE}@{quote(str(folder), safe='')}/{ROLE}"
    wait_for(folder, keeper)
    return address


running: list[tuple[subprocess.Popen, Path]] = []


def stop() -> None:
    """Stops what was started; a second call does nothing."""
    while running:
        keeper, _ = running.pop()
        keeper.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            keeper.wait(timeout=30)


def unprivileged() -> dict:
    """Whom to run the server as: nobody else where that is allowed."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            ids = {"user": entry.pw_uid, "group": entry.pw_gid}
            return ids | {"extra_groups": []}
    raise SystemExit("PostgreSQL does not run as root, and no other user was found.")


def initialise(programs: Path, folder: Path, person: dict) -> None:
    command = [
        programs / "initdb",
        f"--pgdata={folder / 'data'}",
        f"--username={ROLE}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **person)
    if done.returncode:
        raise SystemExit(f"initdb failed: {done.stderr.strip()}")


def launch(programs: Path, folder: Path, person: dict, more: dict) -> subprocess.Popen:
    """Starts the server under its keeper."""
    options = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "max_connections": 100,
        **more,
    }
    server = [programs / "postgres", "-D", folder / "data"]
    for name, value in options.items():
        server += ["-c", f"{name}={value}"]
    return subprocess.Popen(
        ["sh", "-c", KEEPER, *server],
        cwd=folder,
        env=os.environ | {"FOLDER": str(folder), "LOG": str(folder / "log")},
        stdin=subprocess.PIPE,
        start_new_session=True,
        **person,
    )


def wait_for(folder: Path, keeper: subprocess.Popen) -> None:
    """Waits until the server says that it is ready."""
    log = folder / "log"
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and keeper.poll() is None:
        if log.exists() and "ready to accept connections" in log.read_text():
            return
        time.sleep(0.05)
    said = log.read_text() if log.exists() else "nothing"
    stop()
    raise SystemExit(f"PostgreSQL did not start; it said: {said}")

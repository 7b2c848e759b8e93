"""Reads the environment's variables, and notes each fault instead of raising it.

A fault never opens anything: the value that takes its place refuses every visitor,
signs nothing or reaches no database, and the system checks say the sentence.
"""

import contextlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url

YES = ("1", "true", "yes", "on")
NO = ("", "0", "false", "no", "off")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
DEFAULT_PORTS = {"http": 80, "https": 443}
SHORTEST_SECRET_KEY = 32

HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
IPV6 = re.compile(r"[0-9a-f:.]+")
EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")

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


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the configuration: what, and what to do."""

    code: str
    sentence: str
    hint: str


@dataclass(frozen=True)
class Site:
    """The one address of this site, or, with all fields empty, of none."""

    url: str = ""
    secure: bool = False
    hosts: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.hosts[:1] in [[host] for host in LOOPBACK]


@dataclass(frozen=True)
class Licence:
    """The licence of what is published: its name, its address, either or none."""

    name: str = ""
    url: str = ""


class Environment:
    """The variables that are set, and the faults found while reading them."""

    def __init__(self, variables: Mapping[str, str]):
        self.variables = variables
        self.faults: list[Fault] = []

    def fault(self, code: str, sentence: str, hint: str) -> None:
        self.faults.append(Fault(code, sentence, hint))

    def text(self, name: str) -> str:
        """One line of text; empty where it is not set or not text."""
        value = self.variables.get(name, "").strip()
        if value.isprintable():
            return value
        self.fault(
            "E009",
            f"{name} holds characters that are not printable text.",
            f"Write {name} as one line of UTF-8 text.",
        )
        return ""

    def switch(self, name: str) -> bool:
        """True only where the variable plainly says so."""
        value = self.text(name).lower()
        if value not in (*YES, *NO):
            self.fault(
                "E002",
                f"{name} is “{value}”, which is neither yes nor no; it counts as no.",
                f"Set {name} to 1 or 0.",
            )
        return value in YES

    def web_address(self, name: str, code: str) -> str:
        """An absolute http or https address, or empty."""
        value = self.text(name)
        if value and not is_web_address(value):
            self.fault(
                code,
                f"{name} is “{value}”, which is not an absolute web address.",
                f"Write {name} in full, such as https://timeline.example/policy.",
            )
            return ""
        return value

    def contact(self, name: str) -> str:
        """An e-mail address or a web address, or empty."""
        value = self.text(name)
        if value and not (EMAIL.fullmatch(value) or is_web_address(value)):
            self.fault(
                "E006",
                f"{name} is “{value}”, neither an e-mail address nor a web address.",
                f"Set {name} to where readers can write, such as desk@example.org.",
            )
            return ""
        return value

    def licence(self, name: str) -> Licence:
        """A name, an address, or a name followed by an address."""
        words = self.text(name).split()
        url = words.pop() if words and "://" in words[-1] else ""
        if url and not is_web_address(url):
            self.fault(
                "E008",
                f"{name} ends in “{url}”, which is not an absolute web address.",
                f"Write {name} as a name, an address, or a name and then its address.",
            )
            return Licence()
        return Licence(" ".join(words) or url, url)

    def time_zone(self, name: str, *, default: str) -> str:
        """The name of a zone that this machine knows."""
        value = self.text(name) or default
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.fault(
                "E004",
                f"{name} is “{value}”, which is not a time zone known here;"
                f" {default} is used.",
                f"Set {name} to a name such as Europe/London or America/New_York.",
            )
            return default
        return value

    def site(self, name: str, *, default: str) -> Site:
        """The site's address, and what follows from it for hosts and origins."""
        value = self.text(name) or default
        if not value:
            self.fault(
                "E003",
                f"{name} is not set: no request can be answered.",
                f"Set {name} to the public address, such as https://timeline.example.",
            )
            return Site()
        site = parse_site(value)
        if site is None:
            self.fault(
                "E003",
                f"{name} is “{value}”, which is not the address of a whole site:"
                " no request can be answered.",
                f"Write {name} as https://, a host and, if need be, a port,"
                " without path, query, user or wildcard.",
            )
            return Site()
        return site

    def secret_key(self, name: str, *, debug: bool, keep_in: Path) -> str:
        """The key; while debugging, a random one that is kept between two starts."""
        value = self.variables.get(name, "").strip()
        if not value and debug:
            return kept_secret(keep_in)
        if not value:
            self.fault(
                "E001",
                f"{name} is not set, and nobody can sign in without it.",
                f"Set {name} to at least 50 random characters and keep them secret.",
            )
        elif len(value) < SHORTEST_SECRET_KEY and not debug:
            self.fault(
                "E001",
                f"{name} is shorter than {SHORTEST_SECRET_KEY} characters:"
                " it could be guessed, so it is not used.",
                f"Set {name} to at least 50 random characters and keep them secret.",
            )
            return ""
        return value

    def database(self, name: str, *, default: Path) -> dict:
        """Django's description of the database; of none where the address is wrong."""
        value = self.variables.get(name, "").strip()
        if not value:
            make_folder(default.parent)
        found = parse_database(value or f"sqlite:///{default}")
        problem = found if isinstance(found, str) else ""
        if not problem:
            problem = missing_folder(found)
        if problem:
            self.fault(
                "E005",
                f"{name} cannot be used: {problem}.",
                f"Set {name} to postgres://user:password@host:5432/database or"
                " sqlite:////folder/file.sqlite3, with %-escapes in the password.",
            )
            return {}
        return found


def is_web_address(text: str) -> bool:
    """Whether the text is an absolute http or https address."""
    try:
        parts = urlsplit(text)
        return bool(
            parts.scheme in DEFAULT_PORTS
            and parts.hostname
            and (parts.port is None or parts.port)
            and not re.search(r"[\s<>\"]", text)
        )
    except ValueError:
        return False


def parse_site(text: str) -> Site | None:
    """The site at an address; None where it is not that of a whole site."""
    if not is_web_address(text):
        return None
    parts = urlsplit(text)
    host = parts.hostname.removesuffix(".")
    beyond = (parts.path.strip("/"), parts.query, parts.fragment)
    if any(beyond) or "@" in parts.netloc:
        return None
    if IPV6.fullmatch(host) and ":" in host:
        host = f"[{host}]"
    elif not HOST.fullmatch(host):
        return None
    hosts = [host, *(name for name in LOOPBACK if host in LOOPBACK and name != host)]
    origins = [origin(parts, name) for name in hosts]
    return Site(origins[0], parts.scheme == "https", hosts, origins)


def origin(parts: SplitResult, host: str) -> str:
    """Scheme, host and port as a browser writes them: the usual port unsaid."""
    if parts.port in (None, DEFAULT_PORTS[parts.scheme]):
        return f"{parts.scheme}://{host}"
    return f"{parts.scheme}://{host}:{parts.port}"


def kept_secret(path: Path) -> str:
    """The random key kept in this file, made when there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    except OSError:
        # It is there already, or the folder is not ours to write to.
        pass
    try:
        return path.read_text().strip() or secrets.token_urlsafe(50)
    except OSError:
        return secrets.token_urlsafe(50)


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

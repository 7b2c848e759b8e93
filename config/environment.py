"""Reads the environment's variables, and notes each fault instead of raising it.

A fault never opens anything: the value that takes its place refuses every visitor,
signs nothing or reaches no database, and the system checks say the sentence.
"""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.addresses import Site, is_web_address, parse_site
from config.databases import make_folder, missing_folder, parse_database
from config.mail import Server, parse_server

YES = ("1", "true", "yes", "on")
NO = ("", "0", "false", "no", "off")
SHORTEST_SECRET_KEY = 32

EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the configuration: what, and what to do."""

    code: str
    sentence: str
    hint: str


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

    def number(self, name: str, *, default: int) -> int:
        """A whole number from 0 to 9."""
        value = self.text(name)
        if value and not (value.isascii() and value.isdigit() and len(value) == 1):
            self.fault(
                "E011",
                f"{name} is “{value}”, which is not a number from 0 to 9;"
                f" {default} is used.",
                f"Set {name} to how many proxies a request passes.",
            )
            return default
        return int(value) if value else default

    def mail(self, name: str) -> Server | None:
        """Where mail is handed over; None where there is none to be sent."""
        value = self.variables.get(name, "").strip()
        server = parse_server(value) if value else None
        if value and server is None:  # the sentence keeps its password to itself
            self.fault(
                "E012",
                f"{name} is not the address of a mail server: no mail is sent.",
                f"Set {name} to smtp://user:password@host:587, with %-escapes in the"
                " password, or smtps:// where the server is private from the start.",
            )
        return server

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

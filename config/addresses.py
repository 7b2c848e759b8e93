"""Addresses on the web: whether one is one, and the site that one is the address of."""

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
DEFAULT_PORTS = {"http": 80, "https": 443}

HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
IPV6 = re.compile(r"[0-9a-f:.]+")


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

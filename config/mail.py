"""Mail: from the address of a server to the settings that the framework wants."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}
LOCAL = ("localhost", "127.0.0.1", "::1")
PATIENCE = 10  # seconds for the server to answer: somebody waits for the page
BACKENDS = "django.core.mail.backends"


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over; without a host it is written to the terminal."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False  # begun in the open, and made private before anything is said
    ssl: bool = False  # private from the beginning


def parse_server(text: str) -> Server | None:
    """The server at an address; None where it is not one. `console:` is for trying."""
    try:
        parts = urlsplit(text)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None
    if text == "console:":
        return Server()
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/"):
        return None
    return Server(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtp" and parts.hostname not in LOCAL,
        ssl=parts.scheme == "smtps",
    )


def mailers(server: Server | None) -> dict:
    """The framework's current description of the ways that mail can take."""
    if server is None:
        return {"default": {"BACKEND": f"{BACKENDS}.dummy.EmailBackend"}}
    if not server.host:
        return {"default": {"BACKEND": f"{BACKENDS}.console.EmailBackend"}}
    return {
        "default": {
            "BACKEND": f"{BACKENDS}.smtp.EmailBackend",
            "OPTIONS": {
                "host": server.host,
                "port": server.port,
                "username": server.user,
                "password": server.password,
                "use_tls": server.tls,
                "use_ssl": server.ssl,
                "timeout": PATIENCE,
            },
        }
    }


def older_settings(server: Server | None) -> dict:
    """The same for frameworks that know one way alone."""
    way = mailers(server)["default"]
    found = {"EMAIL_BACKEND": way["BACKEND"]}
    names = {"username": "host_user", "password": "host_password"}
    for name, value in way.get("OPTIONS", {}).items():
        found[f"EMAIL_{names.get(name, name).upper()}"] = value
    return found

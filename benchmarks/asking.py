"""Whole requests in this process, and their CPU time, the database's with it."""

import time
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

application = get_wsgi_application()


def environ(path: str, headers: dict[str, str]) -> dict:
    """What a server passes on of a GET."""
    path, _, query = path.partition("?")
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or 80),
        "HTTP_HOST": site.netloc,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_ACCEPT": "*/*",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "HTTP_X_FORWARDED_PROTO": "https",
        **{f"HTTP_{name.upper().replace('-', '_')}": headers[name] for name in headers},
    }


def get(path: str, headers: dict[str, str] | None = None):
    """One request through everything: status, headers and body."""
    told = {}

    def start_response(status, headers, exc_info=None):
        told["status"], told["headers"] = int(status[:3]), dict(headers)

    answer = application(environ(path, headers or {}), start_response)
    body = b"".join(answer)
    answer.close()
    return told["status"], told["headers"], body


class Clock:
    """CPU seconds of this process, and of the database's process for it."""

    def __init__(self):
        connection.settings_dict["CONN_MAX_AGE"] = None  # one process for the whole run
        connection.close()
        self.backend = None
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            self.backend = connection.connection.info.backend_pid

    def now(self) -> float:
        spent = time.process_time()
        if self.backend:
            with open(f"/proc/{self.backend}/schedstat") as file:
                spent += int(file.read().split()[0]) / 1e9
        return spent


def least(clock: Clock, work, rounds: int) -> float:
    """The least CPU time of one call, in milliseconds."""
    best = float("inf")
    for _ in range(rounds):
        begun = clock.now()
        work()
        best = min(best, clock.now() - begun)
    return best * 1000

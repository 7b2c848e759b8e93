"""What no view can undercut: WSGI functions that send a page's bytes and no more.

`/memory` sends bytes that it holds; `/rows` reads the fifty rows and joins them.
"""

import functools
import os
import sqlite3
from urllib.parse import urlsplit

import psycopg

UNDATED_FROM = 638_000_000_000 * 14_000_000  # as in keys.py, which needs Django

ROWS = (
    "SELECT body FROM timeline_currentbody"
    f" WHERE sort_key < {UNDATED_FROM} ORDER BY sort_key DESC LIMIT 50"
)


@functools.cache
def connection():
    address = os.environ["DATABASE_URL"]
    if address.startswith("sqlite"):
        return sqlite3.connect(urlsplit(address).path[1:])
    return psycopg.connect(address, autocommit=True)


def rows() -> bytes:
    bodies = connection().execute(ROWS).fetchall()
    return f'{{"results":[{",".join([body for (body,) in bodies])}]}}'.encode()


@functools.cache
def held() -> bytes:
    return rows()


def application(environ, start_response):
    body = held() if environ["PATH_INFO"] == "/memory" else rows()
    length = ("Content-Length", str(len(body)))
    start_response("200 OK", [("Content-Type", "application/json"), length])
    return [body]

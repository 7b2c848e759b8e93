"""Whole pages that are kept for as long as the record stays as it is.

A page depends on the record, its address, the language and the day, and on nothing of
the request besides. Each act moves the head of the record, so no page is ever shown
that is older: what is put on hold is gone at once.
"""

from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from timeline.drawing import settled, where
from timeline.publishing import read
from timeline.styles import style_source

from .kept import Kept

MOST_KEPT = 64 * 2**20  # bytes
LONGEST = 1000  # of a query; longer ones nobody asks twice
# Seconds. A hold is there to stop a text at once, so no cache may show it for long.
MAX_AGE = 30
FOR_A_WHILE = f"public, max-age={MAX_AGE}, must-revalidate"


class Page(NamedTuple):
    """A page as it is sent."""

    content: bytes
    headers: dict[str, str]


_pages: Kept[Page] = Kept(most=MOST_KEPT, size=lambda page: len(page.content))


def kept(view: Callable) -> Callable:
    """A view whose pages are kept, and which is told what readers have already."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **names) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **names)
        key = key_of(request)
        page = _pages.get(key)
        if page is None:
            with settled():
                response = view(request, *args, **names)
            if response.status_code != 200:
                return response
            page = page_of(response)
            if not settings.DEBUG and len(request.META["QUERY_STRING"]) <= LONGEST:
                _pages.put(key, page)
        response = HttpResponse(page.content, headers=page.headers)
        return get_conditional_response(request, page.headers["ETag"], None, response)

    return wrapped


def page_of(response: HttpResponse) -> Page:
    """An answer as a page, with what tells it from every other."""
    digest = sha256(response.content).hexdigest()[:32]
    told = {"ETag": f'"{digest}"', "Cache-Control": FOR_A_WHILE}
    return Page(response.content, dict(response.items()) | told)


def key_of(request: HttpRequest) -> Hashable:
    """All that a page depends on; the head is read first, so that it is never older."""
    head = read.head()
    return (
        *(head.digest, head.form, head.site),
        *(request.path_info, request.META["QUERY_STRING"]),
        *(*where(), style_source(), datetime.now(UTC).date()),
    )


@receiver(setting_changed)
def _forget(**_) -> None:
    """Settings change in tests alone."""
    _pages.clear()

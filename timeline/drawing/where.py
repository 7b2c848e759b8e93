"""The language a page is made in and the prefix of its addresses, looked up once.

Django keeps both so that asynchronous code finds its own, and each look costs a
microsecond or two: a page of fifty entries would look a thousand times.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import NamedTuple

from django.urls import get_script_prefix
from django.utils.translation import get_language


class Where(NamedTuple):
    """What HTML depends on beside what it shows."""

    language: str | None
    prefix: str


_settled: ContextVar[Where | None] = ContextVar("settled", default=None)


def where() -> Where:
    """The language and the prefix that are in force."""
    return _settled.get() or Where(get_language(), get_script_prefix())


def language() -> str | None:
    """The language that is in force."""
    settled = _settled.get()
    return settled.language if settled else get_language()


@contextmanager
def settled() -> Iterator[Where]:
    """While in here, both stay as they are now; nothing in here may change them."""
    held = _settled.set(where())
    try:
        yield where()
    finally:
        _settled.reset(held)


def found_once(say: Callable[..., str]) -> Callable[..., str]:
    """Have words be looked up once for what they are about, in each language."""

    @lru_cache(maxsize=1024)
    def said(_language: str | None, *about) -> str:
        return say(*about)

    @wraps(say)
    def found(*about) -> str:
        return said(language(), *about)

    return found

"""What lets a reader keep an answer: validators, and for how long nobody need ask.

An answer depends on the record, the address and the code, and on nothing else. So its
validator is made of these alone, before anything is looked up or built: whoever has
it was sent this very answer.
"""

import hmac
import json
import time
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from hashlib import blake2b, sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import orjson
from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from timeline.publishing.read import Head, alone_in_its_second

from .filters import is_tracking

# Seconds. A hold is there to stop a text at once, so no cache may show it for long; and
# half a minute is enough to answer a crowd once instead of each of its members.
MAX_AGE = 30
KEPT = f"public, max-age={MAX_AGE}, must-revalidate"
NOT_KEPT = "no-store"  # what is refused now may be there, or be held, the next time

APP = Path(__file__).resolve().parents[1]
RENDERING = (
    *("api", "publishing/read", "provenance", "dates"),
    *("templates/timeline", "static/timeline"),
)
LIBRARIES = (
    *("Django", "djangorestframework", "django-filter", "drf-spectacular"),
    *("icalendar", "orjson", "rcssmin", "whitenoise"),
)
SAID = (
    *("SITE_URL", "LANGUAGE_CODE", "STATIC_URL", "DATELINE_PUBLISHER"),
    *("DATELINE_CONTACT", "DATELINE_CORRECTIONS_POLICY", "DATELINE_LICENCE_NAME"),
    *("DATELINE_LICENCE_URL", "SECRET_KEY"),
)
STARTED = int(time.time())


def validator(head: Head, path: str, asked: tuple, form: str) -> str:
    """The strong ETag of the answer at a path to parameters, in one of its formats.

    It is keyed with the site's secret, so nobody has one that was not given out.
    """
    question = [head.digest, head.form, path, asked, form]
    digest = blake2b(orjson.dumps(question), key=_key(), digest_size=16)
    return f'"{digest.hexdigest()}"'


def normal(given) -> tuple[tuple[str, str], ...]:
    """Parameters without their order and without those that follow readers around."""
    pairs = [(name, one) for name, values in given.lists() for one in values]
    return tuple(sorted(pair for pair in pairs if not is_tracking(pair[0])))


def is_held_already(asked: Mapping[str, str], etag: str) -> bool:
    """Whether the reader names this very answer, by `META` of the request.

    `*` names none: it may be asked of an address that answers with a problem.
    """
    if "HTTP_IF_NONE_MATCH" not in asked or "HTTP_IF_MATCH" in asked:
        return False
    named = parse_etags(asked["HTTP_IF_NONE_MATCH"])
    return etag in (one.removeprefix("W/") for one in named)


def precondition(request: HttpRequest, etag: str, head: Head) -> int | None:
    """304 or 412 where a condition of the request says so of an answer that is there.

    RFC 9110, section 13.2.2.
    """
    found = get_conditional_response(request, etag, changed_by(request.META, head))
    return found.status_code if found is not None else None


def changed_by(asked: Mapping[str, str], head: Head) -> int:
    """From which second on a reader who has an answer of that second has this one.

    Who names the second of the last act has seen it, unless another act fell into the
    same second (RFC 9110, section 8.8.2.2).
    """
    changed = changed_in(head)
    since = parse_http_date_safe(asked.get("HTTP_IF_MODIFIED_SINCE", ""))
    if since != changed or changed <= STARTED or alone_in_its_second(head):
        return changed
    return changed + 1


def changed_in(head: Head) -> int:
    """The second in which answers became what they are, since 1970.

    What this process began with may answer otherwise than what was there before it.
    """
    if head.published_at is None:
        return STARTED
    instant = datetime.fromisoformat(head.published_at).timestamp()
    return max(int(instant), STARTED)


def last_modified(head: Head) -> str:
    """The date to send."""
    return _dated(changed_in(head))


_dated = lru_cache(maxsize=4)(http_date)


@cache
def _key() -> bytes:
    """What answers depend on besides the record: settings, sources and libraries."""
    said = [getattr(settings, name) for name in SAID]
    text = json.dumps([said, sources(), libraries()])
    return hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256")


@receiver(setting_changed)
def _forget_key(**_) -> None:
    """Settings change in tests alone."""
    _key.cache_clear()


@cache
def sources() -> str:
    """A digest of every file that has a part in what answers look like."""
    digest = sha256()
    for folder in RENDERING:
        for path in sorted((APP / folder).rglob("*.*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(APP)}\0".encode())
                digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def libraries() -> dict[str, str]:
    """The versions of what helps to make answers, where it is installed."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found

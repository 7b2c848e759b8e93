"""What the feed says when it cannot answer: problem details (RFC 9457), and no more."""

import logging
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from rest_framework.exceptions import (
    APIException,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
)
from rest_framework.response import Response

from .problems import KINDS

MEDIA_TYPE = "application/problem+json"
READ_ONLY = ("GET", "HEAD", "OPTIONS")
RETRY_AFTER = 5  # seconds

log = logging.getLogger(__name__)


class Refusal(APIException):
    """An answer that is a problem: its kind, a sentence, and members of its own."""

    def __init__(self, kind: str, sentence: str, *, location=None, **members):
        super().__init__(sentence)
        self.status_code = KINDS[kind].status
        self.type = KINDS[kind].type
        self.sentence = sentence
        self.location = location
        self.members = members


def bad_parameters(faults: list[dict]) -> Refusal:
    """400; `faults` are {"param", "message"}, each message a sentence."""
    said = "Parameters of this request cannot be used."
    return Refusal("bad-parameters", said, errors=faults)


def too_long(sentence: str) -> Refusal:
    """400: there is too much to read of it to say which parameter is wrong."""
    return Refusal("bad-parameters", sentence, errors=[])


def gone(tombstone: dict) -> Refusal:
    """410: what was published and is no longer shown."""
    return Refusal(
        "gone",
        "This was published and has been taken away. Its revisions are still listed.",
        tombstone=tombstone,
    )


def held() -> Refusal:
    """451: an editor keeps it back for now."""
    said = "This is on hold: it is not shown while it is being examined."
    return Refusal("on-hold", said)


def merged(location: str) -> Refusal:
    """308: it is part of another event now."""
    said = f"This was merged into another event: {location}"
    return Refusal("merged", said, location=location)


def moved(location: str) -> Refusal:
    """308: the same address, written in full."""
    return Refusal("moved", f"This is at {location}", location=location)


def begin_again(address: str) -> Refusal:
    """410: a place in another record, as after a restore from a backup."""
    return Refusal(
        "resync",
        "This record does not hold that place any more. Begin again from `resync`.",
        resync=address,
    )


def problem(exception: Exception, context) -> Response | None:
    """The answer to an exception; None for a mistake in the code, which stays a 500."""
    refusal = _refusal(exception)
    if refusal is None:
        return None
    body = {
        "type": refusal.type,
        "title": HTTPStatus(refusal.status_code).phrase,
        "status": refusal.status_code,
        "detail": refusal.sentence,
        **refusal.members,
    }
    response = Response(body, status=refusal.status_code, content_type=MEDIA_TYPE)
    if refusal.location:
        response["Location"] = refusal.location
    if refusal.status_code == 503:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _refusal(exception: Exception) -> Refusal | None:
    match exception:
        case Refusal():
            return exception
        case Http404() | NotFound():
            start = f"{settings.SITE_URL}/api/v1/"
            said = f"There is nothing here; {start} says what there is."
            return Refusal("not-found", said)
        case MethodNotAllowed():
            said = f"The feed is read-only: it answers {', '.join(READ_ONLY)}."
            return Refusal("method-not-allowed", said)
        case NotAcceptable():
            said = "This is not sent in any of the formats of `Accept`."
            return Refusal("not-acceptable", said)
        case SuspiciousOperation():
            return too_long("The query is too long to be read.")
        case OperationalError() | InterfaceError():
            log.error("The database did not answer.", exc_info=exception)
            said = "The record cannot be read just now. Try again soon."
            return Refusal("unavailable", said)
    return None

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

MEDIA_TYPE = "application/problem+json"
READ_ONLY = ("GET", "HEAD", "OPTIONS")
RETRY_AFTER = 5  # seconds

log = logging.getLogger(__name__)


class Refusal(APIException):
    """An answer that is a problem: its status, a sentence, and members of its own."""

    def __init__(
        self, status: int, sentence: str, *, location: str | None = None, **members
    ):
        super().__init__(sentence)
        self.status_code = status
        self.sentence = sentence
        self.location = location
        self.members = members


def bad_parameters(faults: list[dict]) -> Refusal:
    """400; `faults` are {"param", "message"}, each message a sentence."""
    return Refusal(400, "Parameters of this request cannot be used.", errors=faults)


def gone(tombstone: dict) -> Refusal:
    """410: what was published and is no longer shown."""
    return Refusal(
        410,
        "This was published and has been taken away. Its revisions are still listed.",
        tombstone=tombstone,
    )


def held() -> Refusal:
    """451: an editor keeps it back for now."""
    return Refusal(451, "This is on hold: it is not shown while it is being examined.")


def begin_again(address: str) -> Refusal:
    """410: a place in another record, as after a restore from a backup."""
    return Refusal(
        410,
        "This record does not hold that place any more. Begin again from `resync`.",
        resync=address,
    )


def problem(exception: Exception, context) -> Response | None:
    """The answer to an exception; None for a mistake in the code, which stays a 500."""
    refusal = _refusal(exception)
    if refusal is None:
        return None
    body = {
        "type": "about:blank",
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
            return Refusal(404, f"There is nothing here; {start} says what there is.")
        case MethodNotAllowed():
            said = f"The feed is read-only: it answers {', '.join(READ_ONLY)}."
            return Refusal(405, said)
        case NotAcceptable():
            return Refusal(406, "This is not sent in any of the formats of `Accept`.")
        case SuspiciousOperation():
            return Refusal(400, "The query is too long to be read.")
        case OperationalError() | InterfaceError():
            log.error("The database did not answer.", exc_info=exception)
            return Refusal(503, "The record cannot be read just now. Try again soon.")
        case APIException():
            return Refusal(exception.status_code, "This request cannot be answered.")
    return None

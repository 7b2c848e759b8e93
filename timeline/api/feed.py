"""What every address of the feed has in common."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from rest_framework.response import Response
from rest_framework.views import APIView

from timeline.publishing import read

from .caching import (
    KEPT,
    NOT_KEPT,
    is_held_already,
    last_modified,
    normal,
    precondition,
    validator,
)
from .errors import READ_ONLY, Refusal
from .filters import NoFilters, asked, query_of
from .renderers import ReadyJSON

EXPOSED = (
    *("Allow", "Content-Disposition", "Dateline-Left-Out", "Deprecation", "ETag"),
    *("Last-Modified", "Link", "Location", "Retry-After", "Sunset"),
)
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(EXPOSED),
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(READ_ONLY),
    # The first are for browsers that do not know the last.
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match, *",
    "Access-Control-Max-Age": "86400",
}
ANYTHING = "*/*"
CONDITIONS = {
    *("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH"),
    *("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"),
}


class Feed(APIView):
    """Answers everyone alike, and reads nothing but the address and its parameters.

    A view's `answer` finds the head of the record, as it stood when the request came,
    in `record_head`, the parameters as given in `given`, and without their order
    in `normalised`.
    """

    http_method_names = [method.lower() for method in READ_ONLY]
    renderer_classes = [ReadyJSON]
    filters = NoFilters
    format_kwarg = None  # no address ends in a format
    record_head: read.Head | None = None
    etag: str | None = None

    def initial(self, request, *args, **kwargs):
        """Settles the format; there is no account, permission or version to look at."""
        chosen = self.perform_content_negotiation(request)
        request.accepted_renderer, request.accepted_media_type = chosen

    def perform_content_negotiation(self, request, force=False):
        """The renderer and its media type; most readers take anything."""
        first = self.renderer_classes[0]
        accepted = request.META.get("HTTP_ACCEPT", ANYTHING)
        if accepted in (ANYTHING, first.media_type):
            return first(), first.media_type
        return super().perform_content_negotiation(request, force=force)

    def get(self, request, **names):
        """304 where the reader has the answer; refuses what the parameters get wrong.

        The head is read first: an answer is never older than its validator says.
        """
        self.given = query_of(request)
        self.record_head = read.head()
        form = self.form_of(request)
        self.normalised = normal(self.given)
        self.etag = validator(
            self.record_head, request.path_info, self.normalised, form
        )
        if is_held_already(request.META, self.etag):
            return Response(status=304)
        return self.wanted(request, self.answer(self.meant(), **names))

    def meant(self) -> dict:
        """What the parameters mean, by the names of the filters."""
        return asked(self.filters, self.given)

    def wanted(self, request, answer):
        """An answer, or that a condition of the request spares or forbids it."""
        if answer.status_code != 200 or not CONDITIONS & request.META.keys():
            return answer
        status = precondition(request, self.etag, self.record_head)
        if status == 412:
            said = "What is here is not what the request holds it to be."
            raise Refusal("precondition-failed", said)
        return Response(status=304) if status == 304 else answer

    def form_of(self, request) -> str:
        """What tells the formats of an answer apart, in its validator."""
        return request.accepted_media_type

    def answer(self, wanted: dict, **names):
        """What to say; `wanted` are the parameters by the names of the filters."""
        raise NotImplementedError

    def options(self, request, **names):
        """Tells a browser that scripts of other sites may read here."""
        return Response(status=204, headers=PREFLIGHT)

    def finalize_response(self, request, response, *args, **kwargs):
        if response.status_code >= 300:
            request.accepted_renderer = ReadyJSON()
            request.accepted_media_type = ReadyJSON.media_type
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in {**OPEN_TO_ALL, **self.kept(response)}.items():
            response[name] = value
        if request.method == "HEAD" and response.streaming:
            response.streaming_content = ()
        links = [*getattr(response, "links", []), *licence()]
        if links:
            response["Link"] = ", ".join(f'<{to}>; rel="{rel}"' for to, rel in links)
        return response

    def kept(self, response) -> dict[str, str]:
        """For how long an answer may be kept, and how to ask whether it still holds."""
        if response.status_code not in (200, 304) or self.record_head is None:
            return {"Cache-Control": NOT_KEPT}
        return {
            "Cache-Control": KEPT,
            "Vary": "Accept",
            "ETag": self.etag,
            "Last-Modified": last_modified(self.record_head),
        }


def licence() -> list[tuple[str, str]]:
    """The link to the terms of what is published, where they have an address."""
    url = settings.DATELINE_LICENCE_URL
    return [(quote(url, safe="%/:?#[]@!$&'()*+,;=~"), "license")] if url else []


def paged(text: bytes, *, following: str | None, previous: str | None) -> HttpResponse:
    """The answer of a list, with the pages around it in its header too.

    Its text is ready to send: no renderer has anything to do.
    """
    response = HttpResponse(text, content_type=ReadyJSON.content_type)
    return with_links(response, following=following, previous=previous)


def with_links(response, *, following: str | None, previous: str | None):
    """The same answer, with the pages around it in its header."""
    around = [(following, "next"), (previous, "prev")]
    response.links = [(to, rel) for to, rel in around if to]
    return response

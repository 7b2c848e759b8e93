"""What every address of the feed has in common."""

from urllib.parse import quote

from django.conf import settings
from rest_framework.response import Response
from rest_framework.views import APIView

from .errors import READ_ONLY
from .filters import NoFilters, asked, query_of
from .renderers import ReadyJSON

OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Link, Location, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(READ_ONLY),
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class Feed(APIView):
    """Answers everyone alike, and reads nothing but the address and its parameters."""

    http_method_names = [method.lower() for method in READ_ONLY]
    renderer_classes = [ReadyJSON]
    filters = NoFilters

    def get(self, request, **names):
        """Refuses what the parameters get wrong, and else answers."""
        self.given = query_of(request)
        return self.answer(asked(self.filters, self.given), **names)

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
        response.headers.setdefault("Cache-Control", "no-cache")
        for name, value in OPEN_TO_ALL.items():
            response[name] = value
        links = [*getattr(response, "links", []), *licence()]
        if links:
            response["Link"] = ", ".join(f'<{to}>; rel="{rel}"' for to, rel in links)
        return response


def licence() -> list[tuple[str, str]]:
    """The link to the terms of what is published, where they have an address."""
    url = settings.DATELINE_LICENCE_URL
    return [(quote(url, safe="%/:?#[]@!$&'()*+,;=~"), "license")] if url else []


def paged(text: str, *, following: str | None, previous: str | None) -> Response:
    """The answer of a list, with the pages around it in its header too."""
    response = Response(text)
    around = [(following, "next"), (previous, "prev")]
    response.links = [(to, rel) for to, rel in around if to]
    return response

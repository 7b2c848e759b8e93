"""Where the feed begins, what describes it, and what is said of every other address."""

from functools import lru_cache

from django.conf import settings
from django.urls import Resolver404, resolve
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from .describing import described
from .errors import moved
from .feed import Feed
from .pagination import address
from .record import head_body

COLLECTIONS = (
    "timeline",
    "events",
    "statements",
    "actors",
    "sources",
    "stories",
    "topics",
    "changes",
    "record",
)
# The whole timeline in what feed readers, calendars and spreadsheets open.
FEEDS = ("atom", "jsonfeed", "ics", "csv")


@described("getRoot", "Root")
class Root(Feed):
    """What there is, who publishes it, and on what terms."""

    def answer(self, wanted):
        return Response(
            {
                "url": address(""),
                "html_url": f"{settings.SITE_URL}/",
                "version": 1,
                "publisher": settings.DATELINE_PUBLISHER or None,
                "contact": settings.DATELINE_CONTACT or None,
                "corrections_policy": settings.DATELINE_CORRECTIONS_POLICY or None,
                "licence": licence_body(),
                "collections": {name: address(f"{name}/") for name in COLLECTIONS},
                "feeds": {name: formatted(name) for name in FEEDS},
                "documentation": {
                    "openapi": address("schema/"),
                    "html": address("docs/"),
                },
                "record": head_body(self.record_head),
            }
        )


def formatted(name: str) -> str:
    """The address of the timeline in a format."""
    return address("timeline/", [("format", name)])


def licence_body() -> dict | None:
    """The terms of what is published."""
    name, url = settings.DATELINE_LICENCE_NAME, settings.DATELINE_LICENCE_URL
    return {"name": name, "url": url or None} if name else None


@described("getSchema", {"type": "object", "description": "An OpenAPI document."})
class Schema(Feed):
    """The feed in OpenAPI 3.1: JSON, or YAML where `Accept` asks for it."""

    renderer_classes = [
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer2,
        OpenApiYamlRenderer,
    ]

    def answer(self, wanted):
        return Response(openapi(settings.SITE_URL))


@lru_cache(maxsize=1)
def openapi(site: str) -> dict:
    """The description of this version of the code, at this site."""
    return SchemaGenerator().get_schema(request=None, public=True)


@extend_schema(exclude=True)
class Nothing(Feed):
    """Everything else; an address without its last slash leads to the one with it."""

    def get(self, request, **names):
        whole = f"{request.path_info}/"
        if not request.path_info.endswith("/") and leads_somewhere(whole):
            query = request.META.get("QUERY_STRING", "")
            location = f"{settings.SITE_URL}{whole}{query and '?'}{query}"
            raise moved(location)
        raise NotFound


def leads_somewhere(path: str) -> bool:
    """Whether the feed answers at a path."""
    try:
        return resolve(path).func.view_class is not Nothing
    except Resolver404:
        return False

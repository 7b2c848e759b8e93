"""The feed's documentation as a page for people, made from its OpenAPI document."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from timeline.publishing import read
from timeline.styles import style_source

from .answers import EVERYWHERE
from .feed import Feed
from .pagination import address
from .problems import KINDS
from .root import COLLECTIONS, openapi
from .wording import Piece, rows, words

PREFIX = "/api/v1/"
POLICY = (
    "default-src 'none'; style-src {styles}; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# Which parameters name things, of what noun; their examples are from this record.
NAMING = {
    "event": "event",
    "story": "story",
    "topic": "topic",
    "actor": "actor",
    "speaker": "actor",
    "publisher": "actor",
    "source": "source",
}
GIVEN_OUT = ("cursor", "since")  # nobody can make these up
NOUNS = ("", *COLLECTIONS)


class Page(BaseRenderer):
    """Sends HTML as it is."""

    media_type = "text/html"
    format = "html"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return (data or "").encode()


@extend_schema(exclude=True)
class Docs(Feed):
    """Every address with what it takes and answers, for people."""

    renderer_classes = [Page]

    def perform_content_negotiation(self, request, force=False):
        return Page(), Page.media_type

    def meant(self):
        """Nothing: a page for people does not mind what is added to its address."""
        return {}

    def answer(self, wanted):
        return Response(render_to_string("timeline/api/docs.html", self.shown()))

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Content-Security-Policy"] = POLICY.format(styles=style_source())
        return response

    def shown(self) -> dict:
        """What the template shows."""
        document = openapi(settings.SITE_URL)
        shapes = document["components"]["schemas"]
        return {
            "title": _("The feed"),
            "canonical": address("docs/"),
            "site": site_shown(self.record_head),
            "root": address(""),
            "schema": address("schema/"),
            "operations": [
                operation_shown(path, document["paths"][path]["get"])
                for path in sorted(document["paths"], key=place)
            ],
            "shapes": [shape_shown(name, shapes[name]) for name in sorted(shapes)],
            "problems": [
                {"kind": kind, "when": coded(kind.when), "more": coded(kind.more)}
                for kind in KINDS.values()
            ],
        }


def place(path: str) -> tuple[int, str]:
    """Where an address stands on the page: the root, the timeline, and so on."""
    noun = path.removeprefix(PREFIX).partition("/")[0]
    return NOUNS.index(noun) if noun in NOUNS else len(NOUNS), path


def operation_shown(path: str, operation: dict) -> dict:
    """One address: what it takes, what it answers, in which formats."""
    name = path.removeprefix(PREFIX)
    answers = operation["responses"]
    return {
        "path": path,
        "name": name or "/",
        "anchor": operation["operationId"],
        "link": "" if "{" in name else f"../{name}",
        "description": coded(operation["description"]),
        "parameters": [
            parameter_shown(name, one) for one in operation.get("parameters", [])
        ],
        "answers": [
            {"type": kind, "pieces": words(one["schema"])}
            for kind, one in answers["200"]["content"].items()
        ],
        "problems": [
            {"status": status, "description": coded(answer["description"])}
            for status, answer in answers.items()
            if status not in ("200", "304", *EVERYWHERE)
        ],
    }


def parameter_shown(path: str, parameter: dict) -> dict:
    """One parameter: what it is, what it may be, and an example to follow."""
    schema = parameter["schema"]
    values = schema.get("enum") or schema.get("items", {}).get("enum") or []
    return {
        "name": parameter["name"],
        "description": coded(parameter["description"]),
        "pieces": [] if values else words(schema),
        "values": values,
        "default": schema.get("default"),
        **example_shown(path, parameter),
    }


def example_shown(path: str, parameter: dict) -> dict:
    """A value to try, with its address where that has an answer on this site."""
    name = parameter["name"]
    if parameter["in"] != "query":
        return {}
    example = parameter["schema"]["examples"][0]
    example = example[0] if isinstance(example, list) else example
    if name in GIVEN_OUT:
        return {"example": example}
    if name in NAMING:
        known = named_here(NAMING[name], example)
        if known is None:
            return {"example": example}
        example = known
    return {"example": example, "link": f"../{path}?{urlencode({name: example})}"}


def named_here(noun: str, example: str) -> str | None:
    """The example, where this record names it, or else the first thing that it does."""
    if read.ids_of(noun, [example]):
        return example
    first = read.things(noun, after=None, limit=1)
    return first[0].slug if first else None


def shape_shown(name: str, schema: dict) -> dict:
    """One shape: its members, those of what it holds directly among them."""
    pieces: list[Piece] = [] if "properties" in schema else words(schema)
    return {
        "name": name,
        "description": coded(schema.get("description", "")),
        "pieces": pieces,
        "rows": list(rows(schema)),
    }


def coded(text: str) -> SafeString:
    """A sentence with what stands in backticks as code."""
    parts = " ".join(text.split()).split("`")
    shown = [
        format_html("<code>{}</code>" if place % 2 else "{}", part)
        for place, part in enumerate(parts)
    ]
    return mark_safe("".join(shown))


def site_shown(head: read.Head) -> dict:
    """Who publishes, on what terms, and where the record stands."""
    contact = settings.DATELINE_CONTACT
    return {
        "name": settings.DATELINE_PUBLISHER or _("Dateline"),
        "publisher": settings.DATELINE_PUBLISHER,
        "contact": contact,
        "contact_address": contact if "://" in contact else f"mailto:{contact}",
        "policy": settings.DATELINE_CORRECTIONS_POLICY,
        "licence": settings.DATELINE_LICENCE_NAME,
        "licence_address": settings.DATELINE_LICENCE_URL,
        "feed": "../",
        "sequence": head.sequence,
        "digest": head.digest[:12],
        "published": {"display": when(head.published_at)} if head.sequence else None,
    }


def when(instant: str) -> str:
    """An instant in words, in UTC."""
    return date_format(datetime.fromisoformat(instant), "j F Y, H:i")

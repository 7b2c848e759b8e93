"""The feed in OpenAPI: what each address takes and answers, and the shapes by name."""

from django.conf import settings
from django_filters import FilterSet
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)

from .answers import completed, headers
from .errors import MEDIA_TYPE
from .fields import Form, Values
from .filters import NoFilters
from .formats import FORMATS
from .schemas import TEXT, page, ref
from .shapes import components

SLUG = "name"
IN_PATH = {
    SLUG: OpenApiParameter(
        SLUG,
        {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
        OpenApiParameter.PATH,
        description="A slug or an id.",
    ),
    "number": OpenApiParameter(
        "number",
        {"type": "integer", "minimum": 1, "maximum": 999_999_999},
        OpenApiParameter.PATH,
        description="The number of a revision, from 1.",
    ),
}
PROBLEMS = {
    "Bad": "Parameters cannot be used; `errors` says which and why.",
    "Never": "Never published, or nothing at this address.",
    "Merged": "Merged into the event at `Location`.",
    "Moved": "Merged into what is at `Location`.",
    "Gone": "Withdrawn or suppressed; `tombstone` says when and why.",
    "Held": "On hold.",
    "Resync": "The record does not hold that place; begin again from `resync`.",
}
# What is sent in each format but the first, which is the shape of the list itself.
FORMED = {
    "jsonfeed": {"type": "object"},
    "atom": TEXT,
    "ics": TEXT,
    "csv": TEXT,
    "timelinejs": ref("TimelineJS"),
    "jsonld": {"type": "object"},
}


def page_of(shape: str) -> dict:
    """A page of a list of these."""
    return page(ref(shape))


def described(
    operation: str,
    shape: str | dict,
    *,
    filters: type[FilterSet] = NoFilters,
    path: tuple[str, ...] | list[str] = (),
    problems: dict[int, str] | None = None,
):
    """Says in OpenAPI what a view answers; its docstring says what that is."""
    answer = ref(shape) if isinstance(shape, str) else with_day(shape, filters)
    parameters = [*(IN_PATH[name] for name in path), *queried(filters)]
    answers = sent(answer, formats=formats_of(filters))
    refusals = {400: "Bad"} | ({404: "Never"} if path else {}) | (problems or {})
    for status, why in sorted(refusals.items()):
        answers[status, MEDIA_TYPE] = OpenApiResponse(ref("Problem"), PROBLEMS[why])

    def describe(view):
        return extend_schema_view(
            get=extend_schema(
                operation_id=operation,
                description=view.__doc__,
                parameters=parameters,
                responses=answers,
            )
        )(view)

    return describe


def with_day(shape: dict, filters: type[FilterSet]) -> dict:
    """A page, with what it says where only what was known by a day is asked for."""
    if "known_at" not in (row.field_name for row in filters.base_filters.values()):
        return shape
    return {**shape, "properties": {**shape["properties"], "known_at": ref("KnownAt")}}


def formats_of(filters: type[FilterSet]) -> tuple[str, ...]:
    """The formats that a list is sent in, by name; none where there is no choice."""
    fields = (row.field for row in filters.base_filters.values())
    return next((field.words for field in fields if isinstance(field, Form)), ())


def sent(answer: dict, *, formats: tuple[str, ...]) -> dict:
    """What is sent where all is well, by the media type; some have one in common."""
    said = "What was asked for."
    if not formats:
        return {200: OpenApiResponse(answer, said)}
    shapes: dict[str, list[dict]] = {}
    for name in formats:
        shapes.setdefault(FORMATS[name].media_type, []).append(FORMED.get(name, answer))
    return {
        (200, kind): OpenApiResponse(one[0] if len(one) == 1 else {"anyOf": one}, said)
        for kind, one in shapes.items()
    }


def queried(filters: type[FilterSet]) -> list[OpenApiParameter]:
    """The parameters of a list, from their one declaration."""
    return [_queried(row.field) for row in filters.base_filters.values()]


def _queried(field: Values) -> OpenApiParameter:
    many = field.most > 1
    example = [field.example] if many else field.example
    return OpenApiParameter(
        field.label,
        {**field.schema, "examples": [example]},
        description=field.help_text,
        explode=True if many else None,
        style="form" if many else None,
    )


def complete(result: dict, **options) -> dict:
    """Adds what all answers share, the shapes and the address of this site."""
    for path in result["paths"].values():
        completed(path["get"])
    parts = result.setdefault("components", {})
    parts.setdefault("schemas", {}).update(components())
    parts["headers"] = headers()
    result["servers"] = [{"url": settings.SITE_URL}]
    return result

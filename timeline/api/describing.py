"""The feed in OpenAPI: what each address takes and answers, and the shapes by name."""

from django.conf import settings
from django_filters import FilterSet
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)

from .errors import MEDIA_TYPE
from .fields import Values
from .filters import NoFilters
from .schemas import page, ref
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
        {"type": "integer", "minimum": 1},
        OpenApiParameter.PATH,
        description="The number of a revision, from 1.",
    ),
}
PROBLEMS = {
    "Bad": "Parameters cannot be used; `errors` says which and why.",
    "Never": "Never published, or nothing at this address.",
    "Merged": "Merged into the event at `Location`.",
    "Gone": "Withdrawn or suppressed; `tombstone` says when and why.",
    "Held": "On hold.",
    "Resync": "The record does not hold that place; begin again from `resync`.",
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
    answer = ref(shape) if isinstance(shape, str) else shape
    answers = {200: OpenApiResponse(answer, "What was asked for.")}
    refusals = {400: "Bad"} | ({404: "Never"} if path else {}) | (problems or {})
    for status, why in sorted(refusals.items()):
        answers[status, MEDIA_TYPE] = OpenApiResponse(ref("Problem"), PROBLEMS[why])
    parameters = [*(IN_PATH[name] for name in path), *queried(filters)]

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
    """Adds the shapes and the address of this site to what was generated."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(components())
    result["servers"] = [{"url": settings.SITE_URL}]
    return result

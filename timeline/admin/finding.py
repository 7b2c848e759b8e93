"""Find: one search over the whole desk; and the list of keys, to be printed."""

from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from timeline.models import Actor, Event, Source, Statement, Story, Topic

from .mending import change_url
from .searching import capped

SEARCHED = (Event, Statement, Actor, Source, Story, Topic)
SHOWN = 10  # of each kind


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one kind, as far as it is shown, and where all of it is."""

    words: str
    rows: list[tuple[str, str, str]]
    more: bool
    page: str


def find_view(request):
    """Everything on the desk that somebody may see and that has these words."""
    kinds = [admin.site._registry[model] for model in SEARCHED]
    kinds = [kind for kind in kinds if kind.has_view_permission(request)]
    if not kinds:
        raise PermissionDenied
    words = capped(request.GET.get("q", ""))
    found = [one for kind in kinds if words and (one := found_by(kind, request, words))]
    page = {
        **admin.site.each_context(request),
        "title": _("Find"),
        "words": words,
        "found": found,
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/find.html", page)


def found_by(kind, request, words: str) -> Found | None:
    """What the list of one kind finds."""
    rows = kind.model.objects.all()
    rows, many = kind.get_search_results(request, rows, words)
    if kind.model is Statement:
        rows = rows.select_related("event")
    rows = list((rows.distinct() if many else rows)[: SHOWN + 1])
    if not rows:
        return None
    opts = kind.opts
    name = f"admin:{opts.app_label}_{opts.model_name}_changelist"
    return Found(
        words=opts.verbose_name_plural,
        rows=[told(row) for row in rows[:SHOWN]],
        more=len(rows) > SHOWN,
        page=reverse(name, query={"q": words}),
    )


def told(row) -> tuple[str, str, str]:
    """The page of a row, its words, and what else tells it apart."""
    aside = ""
    if isinstance(row, Statement):
        aside = str(row.event)
    elif isinstance(row, Event | Source):
        date = row.date if isinstance(row, Event) else row.published
        aside = date.display if date else ""
    elif isinstance(row, Actor):
        aside = row.get_kind_display()
    if getattr(row, "merged_into_id", None):
        aside = _("merged into another")
    return change_url(row), Truncator(str(row)).chars(120), aside


def keys_view(request):
    """What can be done by keyboard, on one sheet."""
    page = {**admin.site.each_context(request), "title": _("Keys")}
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/keys.html", page)

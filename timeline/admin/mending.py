"""Where to mend what readiness found: the page, and the field on it."""

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.html import format_html

from timeline.models import Citation, Event
from timeline.publishing.write import Problem

PAGES = ("embargo",)  # what is set on a page of its own
GROUPS = ("statements", "citations")  # not a field but a list of rows on the page


def change_url(row) -> str:
    """The page on the desk where a row is changed."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[quote(row.pk)])


def mending_url(problem: Problem) -> str:
    """The address of the field that a problem is about."""
    thing, field = problem.thing, problem.field
    if isinstance(thing, Citation):
        return f"{change_url(thing.statement)}#id_citations-{place(thing)}-{field}"
    if field in PAGES:
        return reverse(f"admin:timeline_event_{field}", args=[quote(thing.pk)])
    anchor = f"{field}-group" if field in GROUPS else f"id_{field}"
    return f"{change_url(thing)}#{anchor}"


def place(citation: Citation) -> int:
    """Which of its statement's rows on the page a citation is, from 0."""
    keys = citation.statement.citations.order_by("position", "pk")
    return list(keys.values_list("pk", flat=True)).index(citation.pk)


def linked(problem: Problem) -> str:
    """The sentence of a problem, leading to its field."""
    return format_html('<a href="{}">{}</a>', mending_url(problem), problem.sentence)


def public_url(event: Event) -> str:
    """The page of an event as readers see it."""
    return reverse("web:event", args=[event.slug])

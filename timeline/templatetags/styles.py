"""The stylesheet of the pages, for their head."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from timeline.styles import sheet

register = template.Library()


@register.simple_tag
def stylesheet() -> SafeString:
    """The stylesheet as an element: it comes with the page, and needs no request."""
    return mark_safe(f"<style>{sheet().text}</style>")

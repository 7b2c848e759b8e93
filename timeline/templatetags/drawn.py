"""Parts of a page that are drawn by macros, for the templates of whole pages."""

from django import template
from django.template import Context
from markupsafe import Markup

from timeline.drawing import part_html

register = template.Library()


@register.simple_tag(takes_context=True)
def drawn(context: Context, name: str) -> Markup:
    """A part of a page, from all that the page was given."""
    return part_html(name, context.flatten())

"""The stylesheet of the pages, for their head."""

from django import template

from timeline.drawing import stylesheet

register = template.Library()
register.simple_tag(stylesheet)

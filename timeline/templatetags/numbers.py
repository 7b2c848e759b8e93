"""Numbers as readers of a language write them."""

from django import template

from timeline.drawing import grouped

register = template.Library()
register.filter(grouped)

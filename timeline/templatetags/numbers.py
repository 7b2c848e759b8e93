"""Numbers as readers of a language write them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """A number with its thousands set apart: 89,361 in English."""
    return number_format(number, use_l10n=True, force_grouping=True)

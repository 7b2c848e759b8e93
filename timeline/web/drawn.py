"""Dates as they are drawn: a day is a dot, "between" is hatched, and so on.

A drawing is small and stands beside the date in words, which say the same.
"""

from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe

TO_THE_DAY = ("day", "minute", "second")
EXACT = ("minute", "second")
SLANTED = "M{} 11l8-8"
AXIS = '<path class="axis" d="M0 7h48"/>'


def shape(date: Mapping | None) -> str:
    """What a date of the record is drawn as: the name of a shape."""
    if date is None or (date["earliest"] is None and date["latest"] is None):
        return "unknown"
    if date["earliest"] is None:
        return "by"
    if date["latest"] is None:
        return "since"
    if date["approximate"]:
        return "about" if date["precision"] in TO_THE_DAY else "about-span"
    if "/" in date["edtf"]:
        return "lasting"
    if date["precision"] not in TO_THE_DAY or date["edtf"][0] in "[{":
        return "between"
    if date["uncertain"]:
        return "perhaps"
    return "moment" if date["precision"] in EXACT else "day"


def glyph(date: Mapping | None) -> SafeString:
    """The drawing of a date, on a piece of a line that runs from earlier to later."""
    return GLYPHS[shape(date)]


def _hatched(first: int, last: int) -> str:
    strokes = "".join(SLANTED.format(x) for x in range(first, last - 7, 4))
    return f'<path class="hatch" d="{strokes}"/>'


def _svg(drawing: str) -> SafeString:
    return mark_safe(
        '<svg class="glyph" width="48" height="14" viewBox="0 0 48 14"'
        f' aria-hidden="true">{drawing}</svg>'
    )


GLYPHS = {
    name: _svg(drawing)
    for name, drawing in {
        "day": f'{AXIS}<circle class="full" cx="24" cy="7" r="4.5"/>',
        "moment": f'{AXIS}<path class="edge" d="M24 0v14"/>'
        '<circle class="full" cx="24" cy="7" r="3.5"/>',
        "perhaps": f'{AXIS}<circle class="ring broken" cx="24" cy="7" r="4.5"/>',
        "between": '<path class="axis" d="M0 7h8m32 0h8"/>'
        f'<path class="edge" d="M8 3h32v8h-32z"/>{_hatched(8, 40)}',
        "lasting": f'{AXIS}<path class="full" d="M8 4h32v6h-32z"/>',
        "by": f'{_hatched(0, 36)}<path class="edge" d="M36 1v12"/>'
        '<path class="axis" d="M36 7h12"/>',
        "since": f'<path class="axis" d="M0 7h12"/>{_hatched(12, 48)}'
        '<path class="edge" d="M12 1v12"/>',
        "about": f'{AXIS}<circle class="softest" cx="24" cy="7" r="7"/>'
        '<circle class="soft" cx="24" cy="7" r="5"/>'
        '<circle class="full" cx="24" cy="7" r="2.5"/>',
        "about-span": f'{AXIS}<path class="softest" d="M4 3h40v8h-40z"/>'
        '<path class="soft" d="M9 3h30v8h-30z"/>'
        '<path class="soft" d="M14 3h20v8h-20z"/>',
        "unknown": '<circle class="ring" cx="24" cy="7" r="4.5"/>',
    }.items()
}

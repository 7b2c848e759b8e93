"""A date as an editor types it: the date itself, or a newsroom phrase."""

import re
from dataclasses import dataclass

from timeline.dates.errors import BadDate, UnknownPhrase
from timeline.dates.parsing import parse
from timeline.dates.phrases import Resolution, resolve
from timeline.dates.value import UncertainDate

# What is the same counted from either of these needs no anchor.
_FAR_APART = (parse("2001-01-01"), parse("2031-07-15"))
_WORD = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and the date it is; a phrase also has the slug of its rule.

    `counted` says that the date follows from the anchor, and so moves with it.
    """

    text: str
    date: UncertainDate
    rule: str = ""
    counted: bool = False


def read_typed(text: str, anchor: UncertainDate | None = None) -> Typed:
    """The date that a text means, as a date or as words counted from `anchor`.

    Raises `BadDate`, with a sentence for the editor, for what is neither;
    `UnknownPhrase` for words that need an anchor where there is none.
    """
    text = text.strip()
    try:
        return Typed(text, parse(text))
    except BadDate:
        if not _WORD.search(text):
            raise
    named = [_tried(text, day) for day in _FAR_APART]
    if isinstance(named[0], Resolution) and named[0] == named[1]:
        return Typed(text, named[0].date, named[0].rule)
    if anchor is not None:
        found = resolve(text, anchor)
        return Typed(text, found.date, found.rule, counted=True)
    if str(named[0]) == str(named[1]):  # no anchor makes sense of it
        raise named[0]
    raise UnknownPhrase(
        f"The words {text!a} are counted from the date of a report: choose that "
        "report, or enter the date itself."
    )


def _tried(text: str, anchor: UncertainDate) -> Resolution | BadDate:
    try:
        return resolve(text, anchor)
    except BadDate as error:
        return error

"""Two wordings side by side: which words of the one are not in the other."""

import re
from difflib import SequenceMatcher
from itertools import chain, groupby
from operator import itemgetter

WORD = re.compile(r"\s+|\w+|[^\w\s]")
# Words. Longer texts are compared as a whole: the work grows with the square.
LONGEST = 600
ALIKE = 0.45  # below this, marking single words would be harder to read than neither
GAP = 3  # what stands between two marks and is as short is marked with them

Part = tuple[str, bool]  # a piece of text, and whether the other wording lacks it


def marked(before: str, after: str) -> tuple[list[Part], list[Part]]:
    """The parts of both wordings, in their order."""
    old, new = WORD.findall(before), WORD.findall(after)
    whole = whole_text(before), whole_text(after)
    if not old or not new or max(len(old), len(new)) > LONGEST:
        return whole
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return whole
    steps = matcher.get_opcodes()
    return (
        joined((old[first:last], tag != "equal") for tag, first, last, *_ in steps),
        joined((new[first:last], tag != "equal") for tag, *_, first, last in steps),
    )


def whole_text(text: str) -> list[Part]:
    """A text that the other wording has nothing of."""
    return [(text, True)] if text else []


def joined(steps) -> list[Part]:
    """Parts, those that touch or nearly do made one."""
    parts = [[tokens, new] for tokens, new in steps if tokens]
    for left, middle, right in zip(parts, parts[1:], parts[2:], strict=False):
        if left[1] and right[1] and is_gap(middle[0]):
            middle[1] = True
    told = [
        ("".join(chain.from_iterable(tokens for tokens, _new in run)), new)
        for new, run in groupby(parts, key=itemgetter(1))
    ]
    return [piece for part in told for piece in trimmed(*part)]


def trimmed(text: str, new: bool) -> list[Part]:
    """A part, the white space around it apart from it where it is marked."""
    if not new or not text.strip():
        return [(text, new)]
    core = text.strip()
    before, after = text.split(core, 1)
    pieces = [(before, False), (core, True), (after, False)]
    return [piece for piece in pieces if piece[0]]


def is_gap(tokens: list[str]) -> bool:
    """Whether this is too little to set two marks apart."""
    return len(tokens) <= GAP and not any(len(token) > GAP for token in tokens)

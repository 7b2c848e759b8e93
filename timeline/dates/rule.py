"""What one rule for newsroom phrases is made of."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from timeline.dates.counting import Anchor
from timeline.dates.vocabulary import pattern

# What a phrase settles, from the finest to the coarsest; of two phrases for one thing,
# the finer one gives the date.
SPANS = (
    "day",
    "days",
    "week",
    "part-of-month",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
    "open",
)

Match = re.Match[str]
Found = tuple[str, str]  # EDTF text and span
Finder = Callable[[Match, Anchor], Found]


@dataclass(frozen=True, slots=True)
class Rule:
    """A slug, a sentence for the editor, the phrases it takes and how it reads them."""

    slug: str
    sentence: str
    patterns: tuple[re.Pattern[str], ...]
    find: Finder

    def read(self, words: str, anchor: Anchor) -> Found | None:
        for one in self.patterns:
            if match := one.fullmatch(words):
                return self.find(match, anchor)
        return None


def rule(slug: str, sentence: str, *patterns: str) -> Callable[[Finder], Rule]:
    """Make a `Rule` of the function below it."""

    def made(find: Finder) -> Rule:
        return Rule(slug, sentence, tuple(map(pattern, patterns)), find)

    return made

"""What becomes of an import: what it did, or why it did nothing."""

from dataclasses import dataclass, field

from .differing import Difference


class Faulty(Exception):
    """Files that cannot be loaded.

    `sentences` say what is wrong with them, the first thousand of `count` things.
    """

    def __init__(self, sentences: list[str], count: int):
        super().__init__("\n".join(sentences))
        self.sentences, self.count = sentences, count


class Conflicting(Exception):
    """What was changed here since it was loaded, and files say otherwise.

    `things` are the differences by thing.
    """

    def __init__(self, things: list[tuple[str, list[Difference]]]):
        super().__init__(", ".join(name for name, _differences in things))
        self.things = things


@dataclass(slots=True)
class Count:
    """What becomes of the objects of one model."""

    name: str
    created: int = 0
    changed: int = 0
    left: int = 0


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do."""

    counts: list[Count] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # changed here, and left as they are
    changes: list[Difference] = field(default_factory=list)
    published: int = 0  # rows of the record
    waiting: list[str] = field(default_factory=list)  # sentences

"""The facts provenance computes over, free of desk and record."""

from dataclasses import dataclass

from timeline.dates import UncertainDate

# From sound to withdrawn.
STANDINGS = ("stands", "clarified", "disputed", "corrected", "retracted")

LINK_KINDS = (
    "corrects",
    "retracts",
    "denies",
    "contradicts",
    "confirms",
    "clarifies",
    "repeats",
)

# Links of these kinds, taken together, never lead back to where they began.
ACYCLIC_LINKS = ("corrects", "retracts", "clarifies")

# Kinds of statement whose origins are counted for their event.
COUNTED_KINDS = (
    "announcement",
    "claim",
    "report",
    "confirmation",
    "clarification",
    "commitment",
    "directive",
)


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """One source; `taken_from` is what it republishes, translates or rewrites."""

    id: str
    publisher: str | None
    reporting: str = "unknown"
    production: str = "unknown"
    status: str = "current"
    published: UncertainDate | None = None
    updated: UncertainDate | None = None
    taken_from: str | None = None


@dataclass(frozen=True, slots=True)
class CitationFacts:
    """Where a statement was found; `credit` is unchecked, found or not_found."""

    source: str
    via: str | None = None
    read_in: str | None = None
    own_words: bool = False
    credit: str = "unchecked"
    after_update: bool = False


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """One assertion about one event, with its citations."""

    id: str
    event: str
    kind: str
    citations: tuple[CitationFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What one statement does to another; `statement` is the one that links."""

    statement: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Origins:
    """Who gathered it: publishers, sorted and distinct, and whether others may have.

    It counts who reported that something was said, not whether it is true.
    """

    publishers: tuple[str, ...]
    unknown: bool

    @property
    def count(self) -> int:
        return len(self.publishers)

"""Who said it first, who only carried it, and what still stands."""

from timeline.provenance.lineage import (
    TrailCycle,
    earliest_of,
    first_reported,
    lineage,
    trail,
    trails,
)
from timeline.provenance.origins import (
    bearing_sources,
    event_origins,
    origin,
    rests_on_ai_alone,
    sole_supports,
    statement_origins,
)
from timeline.provenance.standing import (
    LinkCycle,
    link_cycle,
    no_longer_stands,
    ordered,
    standings,
)
from timeline.provenance.values import (
    ACYCLIC_LINKS,
    COUNTED_KINDS,
    LINK_KINDS,
    STANDINGS,
    CitationFacts,
    LinkFacts,
    Origins,
    SourceFacts,
    StatementFacts,
)

__all__ = [
    "ACYCLIC_LINKS",
    "COUNTED_KINDS",
    "LINK_KINDS",
    "STANDINGS",
    "CitationFacts",
    "LinkCycle",
    "LinkFacts",
    "Origins",
    "SourceFacts",
    "StatementFacts",
    "TrailCycle",
    "bearing_sources",
    "earliest_of",
    "event_origins",
    "first_reported",
    "lineage",
    "link_cycle",
    "no_longer_stands",
    "ordered",
    "origin",
    "rests_on_ai_alone",
    "sole_supports",
    "standings",
    "statement_origins",
    "trail",
    "trails",
]

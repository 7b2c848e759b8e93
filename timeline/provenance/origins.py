"""Whose own reporting a statement or an event rests on."""

from collections.abc import Iterable, Mapping

from timeline.provenance.lineage import Paths, trail, trails
from timeline.provenance.standing import no_longer_stands
from timeline.provenance.values import (
    COUNTED_KINDS,
    CitationFacts,
    Origins,
    SourceFacts,
    StatementFacts,
)


def origin(
    citation: CitationFacts,
    citations: Iterable[CitationFacts],
    sources: Mapping[str, SourceFacts],
) -> str:
    """Return the source where the citation's trail ends. Raises TrailCycle."""
    return trail(citation, citations, sources)[-1]


def statement_origins(
    statement: StatementFacts,
    sources: Mapping[str, SourceFacts],
    *,
    paths: Paths | None = None,
) -> Origins:
    """Return the publishers whose own reporting the statement goes back to.

    An origin not known to have gathered this itself, without a publisher or
    missing from `sources` adds none and sets `unknown`. `paths` are its trails,
    where they are at hand. Raises TrailCycle.
    """
    paths = trails(statement, sources) if paths is None else paths
    publishers = {_own_publisher(sources.get(path[-1])) for path in paths}
    return _origins(publishers - {None}, unknown=None in publishers)


def event_origins(
    statements: Iterable[StatementFacts],
    standings: Mapping[str, str],
    sources: Mapping[str, SourceFacts],
) -> Origins:
    """Return the origins of an event's statements taken together.

    Only statements of COUNTED_KINDS that are neither corrected nor retracted
    count; one not named in `standings` stands. Raises TrailCycle.
    """
    return origins_together(
        statement_origins(statement, sources)
        for statement in statements
        if counts(statement.kind, standings.get(statement.id, "stands"))
    )


def counts(kind: str, standing: str) -> bool:
    """Return whether the origins of such a statement are those of its event, too."""
    return kind in COUNTED_KINDS and not no_longer_stands(standing)


def origins_together(counted: Iterable[Origins]) -> Origins:
    """Return the origins of statements taken together."""
    counted = list(counted)
    return _origins(
        {publisher for each in counted for publisher in each.publishers},
        unknown=any(each.unknown for each in counted),
    )


def rests_on_ai_alone(
    statement: StatementFacts, sources: Mapping[str, SourceFacts]
) -> bool:
    """Return whether every source it cites is known to be AI-generated."""
    return bool(statement.citations) and all(
        _is_ai_generated(sources.get(citation.source))
        for citation in statement.citations
    )


def supports(
    statement: StatementFacts, sources: Mapping[str, SourceFacts]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the sources it rests on and those that it rests on alone.

    The same as `bearing_sources` and `sole_supports`. Raises TrailCycle.
    """
    return supported_by(trails(statement, sources))


def supported_by(paths: Paths) -> tuple[frozenset[str], frozenset[str]]:
    """Return the same of a statement with these trails."""
    if not paths:
        return frozenset(), frozenset()
    if len(paths) == 1:
        return (frozenset(paths[0]),) * 2
    on_each = [frozenset(path) for path in paths]
    return frozenset().union(*on_each), frozenset.intersection(*on_each)


def bearing_sources(
    statement: StatementFacts, sources: Mapping[str, SourceFacts]
) -> frozenset[str]:
    """Return all sources on any of its trails. Raises TrailCycle."""
    return frozenset().union(*trails(statement, sources))


def sole_supports(
    statement: StatementFacts, sources: Mapping[str, SourceFacts]
) -> frozenset[str]:
    """Return the sources on every one of its trails: without one, nothing is left.

    Raises TrailCycle.
    """
    paths = [frozenset(path) for path in trails(statement, sources)]
    return frozenset.intersection(*paths) if paths else frozenset()


def _own_publisher(source: SourceFacts | None) -> str | None:
    if source is None or source.reporting != "own":
        return None
    return source.publisher


def _origins(publishers: Iterable[str], *, unknown: bool) -> Origins:
    return Origins(publishers=tuple(sorted(publishers)), unknown=unknown)


def _is_ai_generated(source: SourceFacts | None) -> bool:
    return source is not None and source.production == "ai_generated"

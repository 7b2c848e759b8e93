"""The way from where a statement was read back to where it came from."""

from collections.abc import Callable, Iterable, Mapping

from timeline.dates import UncertainDate, parse, published_until_updated
from timeline.provenance.values import CitationFacts, SourceFacts, StatementFacts

_UNKNOWN = parse("..")

Paths = tuple[tuple[str, ...], ...]


class TrailCycle(ValueError):
    """A trail that would meet a source twice; `path` ends with that source."""

    def __init__(self, path: tuple[str, ...]):
        self.path = path
        super().__init__(
            f"This trail would meet one source twice: {' → '.join(path)}. "
            "Take out one of the credits or source links along it."
        )


def trail(
    citation: CitationFacts,
    citations: Iterable[CitationFacts],
    sources: Mapping[str, SourceFacts],
) -> tuple[str, ...]:
    """Return the sources from the cited one to the origin, both included.

    `citations` are all those of the same statement. A source missing from
    `sources` ends the trail. Raises TrailCycle.
    """
    return _trail(citation, deciding(citations), sources)


def trails(
    statement: StatementFacts, sources: Mapping[str, SourceFacts]
) -> tuple[tuple[str, ...], ...]:
    """Return the trail of each citation, in the order of citations.

    Raises TrailCycle.
    """
    decided_by = deciding(statement.citations)
    return tuple(_trail(each, decided_by, sources) for each in statement.citations)


def deciding(citations: Iterable[CitationFacts]) -> dict[str, CitationFacts]:
    """Return, for each source, the citation that says where a trail goes on.

    Where several could, own words come before a credit, and a credit that may
    hold before one that was not found. The origins of the statement are the
    same whichever is taken, for each of them has a trail of its own.
    """
    by_rank = sorted(filter(_decides, citations), key=_rank, reverse=True)
    return {citation.source: citation for citation in by_rank}


def lineage(source_id: str, sources: Mapping[str, SourceFacts]) -> tuple[str, ...]:
    """Return the source and all it was taken from whole, nearest first.

    A source missing from `sources` ends the line. Raises TrailCycle.
    """
    return _walk(source_id, lambda source: source.taken_from, sources)


def first_reported(
    statement: StatementFacts,
    sources: Mapping[str, SourceFacts],
    *,
    paths: Paths | None = None,
) -> UncertainDate | None:
    """Return the earliest publication among cited sources and their trails.

    A source that the statement cites only for passages found after an update
    counts from its publication until that update. `paths` are its trails, where
    they are at hand. Raises TrailCycle.
    """
    paths = trails(statement, sources) if paths is None else paths
    on_trails = {each for path in paths for each in path}
    late = found_after_update(statement.citations)
    return earliest_of(
        appeared(sources[each], after_update=each in late)
        for each in on_trails
        if each in sources
    )


def appeared(source: SourceFacts, *, after_update: bool) -> UncertainDate | None:
    """Return when readers could find a passage of the source; None if not known.

    One that is `after_update` came some day from its publication to its update.
    """
    return _after_update(source) if after_update else source.published


def found_after_update(citations: Iterable[CitationFacts]) -> set[str]:
    """Return the sources cited only for passages found after an update."""
    citations = tuple(citations)
    there_before = {each.source for each in citations if not each.after_update}
    return {each.source for each in citations} - there_before


def earliest_of(dates: Iterable[UncertainDate | None]) -> UncertainDate | None:
    """Return the date with the smallest latest bound, or None if none has one.

    Of several, the one that may lie furthest back, so that nothing is claimed
    more exactly than it is known.
    """
    bounded = [date for date in dates if date is not None and date.latest is not None]
    return min(bounded, key=_by_latest_bound, default=None)


def _by_latest_bound(date: UncertainDate) -> tuple[int, bool, int, str]:
    has_start = date.earliest is not None
    return date.latest, has_start, date.earliest if has_start else 0, date.edtf


def _trail(
    citation: CitationFacts,
    others: Mapping[str, CitationFacts],
    sources: Mapping[str, SourceFacts],
) -> tuple[str, ...]:
    def onward(source: SourceFacts) -> str | None:
        own = source.id == citation.source
        return _credited_or_taken_from(
            source, citation if own else others.get(source.id)
        )

    return _walk(citation.source, onward, sources)


def _credited_or_taken_from(
    source: SourceFacts, citation: CitationFacts | None
) -> str | None:
    if citation is None or not _decides(citation):
        return source.taken_from
    if citation.own_words or citation.credit == "not_found":
        return None
    return citation.via


def _decides(citation: CitationFacts) -> bool:
    return citation.own_words or citation.via is not None


def _rank(citation: CitationFacts) -> tuple[bool, bool, str]:
    return (
        not citation.own_words,
        citation.credit == "not_found",
        citation.via or "",
    )


def _walk(
    start: str,
    onward: Callable[[SourceFacts], str | None],
    sources: Mapping[str, SourceFacts],
) -> tuple[str, ...]:
    path: dict[str, None] = {}
    here: str | None = start
    while here is not None:
        if here in path:
            raise TrailCycle((*path, here))
        path[here] = None
        here = onward(sources[here]) if here in sources else None
    return tuple(path)


def _after_update(source: SourceFacts) -> UncertainDate | None:
    """Return the span in which a passage found after an update appeared.

    Without a date of publication that is some day up to the update. Without a
    date of the update, or with one that ends before the publication begins,
    nothing is known.
    """
    published, updated = source.published or _UNKNOWN, source.updated
    if updated is None or _ends_before(updated, published):
        return None
    return published_until_updated(published, updated)


def _ends_before(date: UncertainDate, other: UncertainDate) -> bool:
    if date.latest is None or other.earliest is None:
        return False
    return date.latest < other.earliest

"""What one statement was cited to by a day, and how far its trails led by then.

Nothing is reported by a source before the source was out. One that another, which
was out, credits or was taken from, was out too: it need not have a date.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from timeline.dates import UncertainDate
from timeline.provenance import (
    CitationFacts,
    SourceFacts,
    StatementFacts,
    appeared,
    deciding,
    found_after_update,
    trails,
)


def is_by(date: UncertainDate | None, by: int) -> bool:
    """Whether a date has its latest bound by second `by`."""
    return date is not None and date.latest is not None and date.latest <= by


@dataclass(frozen=True, slots=True)
class Shown:
    """A citation by a day, in the place of which, and the sources on its trail."""

    place: int
    facts: CitationFacts
    trail: tuple[str, ...]


def shown(
    statement: StatementFacts, sources: Mapping[str, SourceFacts], *, by: int
) -> list[Shown]:
    """What a statement was cited to by second `by`.

    In the place of a citation whose source was not out stands the first source on
    its trail that was, alone; unless the statement has that already. A trail ends
    at a source of which the citation that leads on from it could not yet be made.
    """
    day = Day(statement, sources, by)
    rows = zip(statement.citations, trails(statement, sources), strict=True)
    whole = [Shown(place, facts, trail) for place, (facts, trail) in enumerate(rows)]
    made = [each for each in whole if day.was_made(each.facts)]
    if len(made) == len(whole):
        return whole
    unmade = [each for each in whole if each not in made]
    found = [*made, *_standing_in(unmade, {each.facts.source for each in made}, day)]
    ends = _undecided(statement, {each.facts for each in unmade})
    return sorted(
        (Shown(each.place, each.facts, _until(each.trail, ends)) for each in found),
        key=lambda each: each.place,
    )


class Day:
    """What was out by second `by`, of the sources that bear a statement."""

    def __init__(self, statement, sources: Mapping[str, SourceFacts], by: int):
        self.late = found_after_update(statement.citations)
        self.sources = sources
        self.by = by

    def was_made(self, citation: CitationFacts) -> bool:
        """Whether its source was out, and has the passage since then or before."""
        return self.was_out(citation.source) and (
            not citation.after_update or self._was_out(citation.source, late=True)
        )

    def was_out(self, name: str) -> bool:
        """Whether a source was."""
        return self._was_out(name, late=name in self.late)

    def _was_out(self, name: str, *, late: bool) -> bool:
        source = self.sources.get(name)
        return source is not None and is_by(
            appeared(source, after_update=late), self.by
        )


def _standing_in(unmade: Iterable[Shown], cited: set[str], day: Day) -> Iterator[Shown]:
    for each in unmade:
        onward = each.trail[1:]
        first = next(filter(day.was_out, onward), None)
        if first and first not in cited:
            cited.add(first)
            facts = CitationFacts(first, after_update=first in day.late)
            yield Shown(each.place, facts, onward[onward.index(first) :])


def _undecided(statement: StatementFacts, unmade: set[CitationFacts]) -> set[str]:
    """The sources from which a citation leads on that could not yet be made."""
    decided_by = deciding(statement.citations)
    return {name for name, citation in decided_by.items() if citation in unmade}


def _until(trail: tuple[str, ...], ends: set[str]) -> tuple[str, ...]:
    """The trail up to the first of these; where it starts, its own citation leads."""
    for length, name in enumerate(trail[1:], start=2):
        if name in ends:
            return trail[:length]
    return trail

"""Who took a statement from whom, step by step, as documents say."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from timeline.models.record import CurrentEntry, CurrentFact, Facet
from timeline.provenance import CitationFacts, StatementFacts, deciding, trail

from .documents import documents_at
from .facts import WHOLE, sources_of, statements_of

CREDITS, NOT_FOUND, REPUBLISHES = "credits", "credits_not_found", "republishes"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One source (`taker`, by id) has it from another (`giver`).

    `how` is a kind of lineage, `credits`, or `credits_not_found` where what is
    credited was looked at and does not say so.
    """

    giver: str
    taker: str
    how: str


@dataclass(slots=True)
class Trail:
    """The steps that one statement came by.

    `origins` are the sources that its trails end with, `cited` those it was found in,
    `read_in` the copies that were read in their place.
    """

    steps: set[Step] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    read_in: set[str] = field(default_factory=set)

    @property
    def sources(self) -> set[str]:
        """All that is on it, by id."""
        ends = {end for step in self.steps for end in (step.giver, step.taker)}
        return ends | self.origins | self.cited


@dataclass(frozen=True, slots=True)
class Told:
    """The trails of statements by id, and the sources on them as documents name them.

    `more` says that there are others, which were not read.
    """

    trails: dict[str, Trail]
    sources: dict[str, dict]
    more: bool = False


def trails_of(document: Mapping) -> Told:
    """The trail of each statement of a document."""
    entities = {row["id"]: row for row in document["entities"]["sources"]}
    facts = sources_of(document)
    trails = {}
    for statement, said in zip(
        document["statements"], statements_of(document), strict=True
    ):
        paths = [trail(cited, said.citations, facts) for cited in said.citations]
        found = Trail(
            origins={path[-1] for path in paths},
            cited={cited.source for cited in said.citations},
            read_in={cited.read_in for cited in said.citations if cited.read_in},
        )
        for cited, path in zip(said.citations, paths, strict=True):
            found.steps |= set(_steps(cited, path, said, entities))
        trails[statement["id"]] = found
    return Told(trails, entities)


def _steps(
    cited: CitationFacts,
    path: tuple[str, ...],
    said: StatementFacts,
    entities: Mapping[str, dict],
) -> Iterator[Step]:
    others = deciding(said.citations)
    for taker, giver in zip(path, path[1:], strict=False):
        by = cited if taker == cited.source else others.get(taker)
        credited = by is not None and by.via == giver
        yield Step(
            giver, taker, CREDITS if credited else _taken(taker, giver, entities)
        )
    last = cited if path[-1] == cited.source else others.get(path[-1])
    if last and last.via and last.credit == "not_found" and not last.own_words:
        yield Step(last.via, path[-1], NOT_FOUND)
    if cited.read_in:
        how = _taken(cited.read_in, cited.source, entities)
        yield Step(cited.source, cited.read_in, how)
    for name in path:
        for copy in entities[name]["copies"] if name in entities else ():
            yield Step(name, copy["id"], _taken(copy["id"], name, entities))


def _taken(taker: str, giver: str, entities: Mapping[str, dict]) -> str:
    """How a source took another whole; a copy that says nothing of it republishes."""
    lineage = entities[taker]["lineage"] if taker in entities else ()
    kinds = (row["kind"] for row in lineage if row["source"]["id"] == giver)
    return next((kind for kind in kinds if kind in WHOLE), REPUBLISHES)


def trails_of_events(ids: Iterable[str]) -> Told:
    """The trails of all statements of these live events, in two queries."""
    entries = CurrentEntry.objects.filter(event_id__in=list(ids))
    return _told(entries.values_list("sequence", flat=True))


def trails_of_story(story: str, *, limit: int) -> Told:
    """The trails of the statements of a story's newest events, in two queries."""
    facts = CurrentFact.objects.filter(facet=Facet.STORY, thing=story, statement=0)
    rows = facts.order_by("-sort_key").values_list("sequence", flat=True)
    sequences = list(rows[: limit + 1])
    return _told(sequences[:limit], more=len(sequences) > limit)


def _told(sequences: Iterable[int], *, more: bool = False) -> Told:
    documents = documents_at(sequences)
    parts = [trails_of(documents[key]) for key in sorted(documents)]
    return Told(
        {key: found for part in parts for key, found in part.trails.items()},
        {key: row for part in parts for key, row in part.sources.items()},
        more,
    )

"""One document by a day: its statements that had been reported, and their origins."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from timeline.provenance import (
    CitationFacts,
    Origins,
    SourceFacts,
    StatementFacts,
    event_origins,
    ordered,
    rests_on_ai_alone,
    statement_origins,
)

from .facts import citation_facts, date_of, sources_of
from .known_shown import Shown, is_by, shown
from .naming import brief_source, named_origins
from .rendering import addressed


class View:
    """A document as it could have been written by second `by`.

    `rows` are the statements that had been reported, as the document has them.
    """

    def __init__(self, document: Mapping, *, by: int):
        self.document = document
        self.by = by
        self.rows: dict[str, dict] = {
            row["id"]: row
            for row in document["statements"]
            if is_by(date_of(row["first_reported"]), by)
        }
        self._shown: dict[str, list[Shown]] = {}

    @property
    def is_linked(self) -> bool:
        """Whether other statements, or its own, bear on what it says."""
        rows = self.document["statements"]
        return any(row["links"] or row["linked_by"] for row in rows)

    @cached_property
    def sources(self) -> dict[str, SourceFacts]:
        return sources_of(self.document)

    def shown(self, statement: str) -> list[Shown]:
        """What a statement was cited to by then."""
        if statement not in self._shown:
            cited = (citation_facts(row) for row in self.rows[statement]["citations"])
            facts = self._facts(statement, cited)
            self._shown[statement] = shown(facts, self.sources, by=self.by)
        return self._shown[statement]

    def is_by_machine(self, statement: str) -> bool:
        """Whether all that it was cited to by then is AI-generated."""
        cited = (each.facts for each in self.shown(statement))
        return rests_on_ai_alone(self._facts(statement, cited), self.sources)

    def in_order(self, standings: Mapping[str, str]) -> tuple[str, ...]:
        """Its statements by the desk's order, those that no longer stand at the end."""
        known = (key for key in self.document["order"] if key in self.rows)
        return ordered(known, standings)

    def origins(self, standings: Mapping[str, str], *, site: str) -> dict:
        """The event's origins by then, as an entry has them."""
        facts = [self._ends(key) for key in self.rows]
        return self._named(event_origins(facts, standings, self.sources), site)

    def statement_origins(self, statement: str, *, site: str) -> dict:
        """A statement's origins by then, as an entry has them."""
        return self._named(statement_origins(self._ends(statement), self.sources), site)

    def source(self, name: str, *, site: str) -> dict:
        """A source as an entry names it."""
        return addressed(brief_source(self._entity(name)), site=site, page="")

    def copies(self, name: str, *, site: str) -> list[dict]:
        """The copies of a source that were out."""
        return self.out(addressed(self._entity(name)["copies"], site=site, page=""))

    def out(self, sources: Iterable[dict]) -> list[dict]:
        """Those of these sources, as an entry names them, that were out."""
        return [row for row in sources if is_by(date_of(row["published"]), self.by)]

    def _facts(self, key: str, cited: Iterable[CitationFacts]) -> StatementFacts:
        event, kind = self.document["id"], self.rows[key]["kind"]
        return StatementFacts(key, event, kind, tuple(cited))

    def _ends(self, statement: str) -> StatementFacts:
        """The statement as if each source where a trail ended by then were cited."""
        ends = (each.trail[-1] for each in self.shown(statement))
        return self._facts(
            statement, (CitationFacts(end, own_words=True) for end in ends)
        )

    def _entity(self, name: str) -> dict:
        rows = self.document["entities"]["sources"]
        return next(row for row in rows if row["id"] == name)

    def _named(self, origins: Origins, site: str) -> dict:
        return addressed(named_origins(origins, self.document), site=site, page="")

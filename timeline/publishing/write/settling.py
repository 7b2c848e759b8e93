"""What follows from an act: standing, links and origins among all live events."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from timeline.editing import Refused
from timeline.models.record import (
    CurrentEntry,
    CurrentStatement,
    DeclaredLink,
    Revision,
)
from timeline.provenance import (
    LinkCycle,
    LinkFacts,
    Origins,
    counts,
    ordered,
    origins_together,
    standings,
)
from timeline.publishing.read.documents import document_of
from timeline.publishing.read.facts import ai_alone
from timeline.publishing.read.naming import told_origins

from .document import Declared
from .naming import HeldNames
from .rows import Wanted, rows_of, rows_of_each


class Workspace:
    """The live documents as an act leaves them; those it does not touch are read."""

    def __init__(self, names: HeldNames | None = None):
        self.names = names or HeldNames()  # those that the record has given
        self.before: dict[str, dict | None] = {}
        self.shown: dict[int, dict] = {}  # the same, by sequence
        self.after: dict[str, dict | None] = {}
        self.declared: dict[str, list[Declared]] = {}
        self.undeclared: dict[str, list[Declared]] = {}  # by the act's own events
        self.declaring: set[str] = set()  # those of which any link is kept
        self.cause: dict[str, str] = {}
        self.memo: dict = {}  # of what the documents hold, as `derive` takes it

    def put(self, event: str, document: dict | None, declared: list[Declared]) -> None:
        """Say what an event will be: `document` None where it is taken away."""
        self.load([event])
        self.after[event] = document
        self.undeclared[event] = self.declared[event]
        self.declared[event] = declared
        self.cause[event] = event

    def load(self, events: Iterable[str]) -> None:
        """Read the live documents and declarations of these events, once."""
        missing = [event for event in events if event not in self.before]
        if not missing:
            return
        known = self.names.known(missing)
        live, declared = rows_of_each(
            Wanted(CurrentEntry, "event_id", known, "sequence"),
            Wanted(DeclaredLink, "event_id", known),
        )
        self.before |= dict.fromkeys(missing)
        for revision in rows_of(Revision, "sequence", (row[0] for row in live)):
            document = self.before[revision.event_id] = document_of(revision)
            if document:
                self.shown[revision.sequence] = document
        for event in missing:
            self.after.setdefault(event, self.before[event])
            self.declared.setdefault(event, [])
        for row in declared:
            self.declaring.add(row.event_id)
            self.declared[row.event_id].append(
                Declared(row.statement, row.kind, row.target, row.position)
            )

    def statements(self, event: str) -> set[str]:
        """The ids of an event's statements, before and after the act."""
        return {
            statement["id"]
            for documents in (self.before, self.after)
            for statement in (documents.get(event) or {"statements": []})["statements"]
        }

    def spread(self) -> None:
        """Load every event that links between statements, in however many steps,
        join to the act's, or joined to them before it."""
        frontier = set(self.cause)
        while frontier:
            found = self._linked(frontier)
            for event, by in sorted(found):
                self.cause.setdefault(event, self.cause[by])
            frontier = {event for event, _ in found} - self.before.keys()
            self.load(frontier)

    def beside(self) -> set[str]:
        """Load the other events that name one of the act's as related.

        What they say of it is all that may change in them, for what only follows
        from an act keeps its title: so nothing spreads from here.
        """
        rows = rows_of(DeclaredLink, "target", self.undeclared)
        found = {row.event_id: row.target for row in rows if not row.statement}
        for event, by in found.items():
            self.cause.setdefault(event, self.cause[by])
        others = found.keys() - self.before.keys()
        self.load(others)
        return others

    def _linked(self, events: set[str]) -> set[tuple[str, str]]:
        """The events that these link to, or did, and those that link to these.

        Each with the one of these; those that have a statement of theirs are among
        them.
        """
        links = {
            (link.target, event)
            for event in events
            for link in self.declared[event] + self.undeclared.get(event, [])
            if link.statement
        }
        own = {(name, event) for event in events for name in self.statements(event)}
        links, home = links | own, dict(own)
        targets = self.names.known({target for target, _ in links})
        placed, linking = rows_of_each(
            Wanted(CurrentStatement, "statement_id", targets, "statement_id, event_id"),
            Wanted(DeclaredLink, "target", home, "event_id, target"),
        )
        places = dict(placed)
        return {(places[target], by) for target, by in links if target in places} | {
            (event, home[target]) for event, target in linking
        }


def settle(workspace: Workspace) -> None:
    """Bring every document that the act concerns to what then is true.

    `Refused` where the statements of live events would correct one another in a
    circle, or one of them would be live twice.
    """
    workspace.spread()
    live = {key: doc for key, doc in workspace.after.items() if doc}
    beside = workspace.beside()
    homes = _homes(live)
    links = [
        LinkFacts(link.statement, link.kind, link.target)
        for key in sorted(live)
        for link in workspace.declared[key]
        if link.statement in homes and link.target in homes
    ]
    stands = _standings(live.values(), homes, links)
    ways = _by_statement(links, homes)
    for key, document in live.items():
        workspace.after[key] = _settled(workspace, document, ways, stands)
    for key in beside:
        if document := workspace.after[key]:
            related = _related(workspace, key)
            workspace.after[key] = {**document, "related": related}


def _homes(live: dict[str, dict]) -> dict[str, str]:
    """The event of each statement; `Refused` where two live events have it."""
    homes: dict[str, str] = {}
    for key, document in live.items():
        for statement in document["statements"]:
            other = homes.setdefault(statement["id"], key)
            if other != key:
                raise Refused(
                    _(
                        "“%(text)s” would be live in two events at once, “%(one)s” and "
                        "“%(other)s”: publish the one that it was taken out of first."
                    )
                    % {
                        "text": statement["text"],
                        "one": live[other]["title"],
                        "other": document["title"],
                    }
                )
    return homes


def _by_statement(links, homes) -> tuple[dict, dict]:
    """The links from and to each statement, in the shape of documents."""
    out, into = defaultdict(list), defaultdict(list)
    for link in links:
        out[link.statement].append(
            {"kind": link.kind, "statement": link.target, "event": homes[link.target]}
        )
        into[link.target].append(
            {
                "kind": link.kind,
                "statement": link.statement,
                "event": homes[link.statement],
            }
        )
    for rows in into.values():
        rows.sort(key=lambda row: (row["kind"], row["statement"]))
    return out, into


def _standings(documents, homes, links) -> dict[str, str]:
    alone = {
        statement["id"]
        for document in documents
        for statement in document["statements"]
        if ai_alone(statement)
    }
    try:
        return standings(homes, links, ai_alone=alone)
    except LinkCycle as cycle:
        raise Refused(
            "Among what is live, statements would correct, retract or clarify one "
            "another in a circle. Publish the event whose link you removed first."
        ) from cycle


def _settled(workspace, document, ways, stands) -> dict:
    """The document with its links, standings, related events and origins."""
    out, into = ways
    rows = {
        row["id"]: {
            **row,
            "standing": stands[row["id"]],
            "links": out.get(row["id"], []),
            "linked_by": into.get(row["id"], []),
        }
        for row in document["statements"]
    }
    settled = {
        **document,
        "statements": [rows[key] for key in ordered(document["order"], stands)],
        "related": _related(workspace, document["id"]),
    }
    origins = _origins(settled)
    named = {
        publisher["id"]: publisher
        for row in settled["statements"]
        for publisher in row["origins"]["publishers"]
    }
    told = told_origins(origins, map(named.get, origins.publishers))
    return {**settled, "origins": told}


def _origins(settled: dict) -> Origins:
    """The origins of an event: those of its statements that count, together."""
    return origins_together(
        Origins(
            tuple(publisher["id"] for publisher in row["origins"]["publishers"]),
            row["origins"]["unknown"],
        )
        for row in settled["statements"]
        if counts(row["kind"], row["standing"])
    )


def _related(workspace: Workspace, event: str) -> list[dict]:
    links = [link for link in workspace.declared[event] if not link.statement]
    workspace.load(link.target for link in links)
    return [
        {
            "id": link.target,
            "slug": target["slug"],
            "title": target["title"],
            "kind": link.kind,
        }
        for link in links
        if (target := workspace.after[link.target])
    ]

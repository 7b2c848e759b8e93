"""What had been reported by a day: entries without all that came later.

Titles and summaries stay as they are today; so do the words of a statement, for they
are the desk's.
"""

from collections.abc import Iterable, Mapping

import orjson
from django.db import connection

from timeline.provenance import (
    CitationFacts,
    LinkFacts,
    SourceFacts,
    appeared,
    standings,
)

from .attribution import attribution
from .documents import documents_at
from .facts import date_of, sources_of
from .known_shown import Shown
from .known_view import View
from .rendering import moved

# What an entry said by a day never changes, unless others link to it; by the entry's
# own text, which holds the digest of its revision, and the day.
MOST_KEPT = 2000
STOOD = """
    SELECT sequence FROM timeline_currententry
    WHERE event_id IN ({events}) AND sequence <= %s
    UNION
    SELECT sequence FROM timeline_pastentry
    WHERE event_id IN ({events}) AND sequence <= %s AND until_sequence > %s
"""
REDUCED: dict[tuple[str, int], str] = {}


def known_from(document: Mapping) -> int | None:
    """The second from which a document has a statement; None: there is none."""
    reports = (date_of(row["first_reported"]) for row in document["statements"])
    return min(
        (date.latest for date in reports if date and date.latest is not None),
        default=None,
    )


def known_whole_from(
    document: Mapping, sources: Mapping[str, SourceFacts] | None = None
) -> int | None:
    """The second from which nothing is taken out of a document.

    None where something in it has no date, or where what other statements do to its
    own, or they to others, has to be asked each time. `sources` are those that it
    names, where they are at hand.
    """
    statements = document["statements"]
    if any(row["links"] or row["linked_by"] for row in statements):
        return None
    sources = sources_of(document) if sources is None else sources
    bounds = [date.latest if date else None for date in _dates(document, sources)]
    return None if None in bounds else max(bounds, default=None)


def _dates(document: Mapping, sources: Mapping[str, SourceFacts]) -> Iterable:
    for row in document["statements"]:
        yield date_of(row["first_reported"])
        for citation in row["citations"]:
            source = sources[citation["source"]["id"]]
            yield appeared(source, after_update=citation["after_update"])
            read_in = [citation["read_in"]] if citation["read_in"] else []
            for source in [*citation["copies"], *read_in]:
                yield date_of(source["published"])


def known_entries(
    rows: list[tuple[int, str]], *, by: int, at: int, site: str, made_for: str
) -> list[str | None]:
    """The entries as they would read by second `by`; None: nothing was reported yet.

    `rows` are sequences of revisions with their entries; what links to them is read
    as the record stood at sequence `at`. Entries have the addresses of `made_for`,
    and get those of `site`.
    """
    told = {key: REDUCED.get((body, by)) for key, body in rows}
    fresh = [(key, body) for key, body in rows if told[key] is None]
    told |= _reduced(fresh, by=by, at=at, made_for=made_for) if fresh else {}
    texts = (told[key] for key, _ in rows)
    return [text and moved(text, made_for=made_for, site=site) for text in texts]


def _reduced(
    rows: list[tuple[int, str]], *, by: int, at: int, made_for: str
) -> dict[int, str | None]:
    views = {
        sequence: View(document, by=by)
        for sequence, document in documents_at(key for key, _ in rows).items()
    }
    around = {view.document["id"]: view for view in views.values()}
    _widen(around, by=by, at=at)
    stands = _standings(around.values())
    found = {}
    for sequence, body in rows:
        view = views.get(sequence)
        text = _entry(body, view, stands, made_for) if view and view.rows else None
        found[sequence] = text
        if text and not view.is_linked:
            _keep((body, by), text)
    return found


def _keep(key: tuple[str, int], text: str) -> None:
    if len(REDUCED) >= MOST_KEPT:
        REDUCED.clear()
    REDUCED[key] = text


def _documents_of(events: set[str], *, at: int) -> Iterable[dict]:
    """The documents that stood for these events at sequence `at`."""
    holes = ", ".join(["%s"] * len(events))
    with connection.cursor() as cursor:
        cursor.execute(STOOD.format(events=holes), [*events, at, *events, at, at])
        rows = cursor.fetchall()
    return documents_at(sequence for (sequence,) in rows).values()


def _widen(views: dict[str, View], *, by: int, at: int) -> None:
    """Add the views of events that these link to, and of all that bear on these.

    A step of the chain of links at a time.
    """
    rows = [row for view in views.values() for row in view.rows.values()]
    beside = {link["event"] for row in rows for link in row["links"]}
    seen: set[str] = set()
    while rows:
        linking = {
            link["statement"]: link["event"]
            for row in rows
            for link in row["linked_by"]
            if link["statement"] not in seen
        }
        seen |= linking.keys()
        missing = (beside | set(linking.values())) - views.keys()
        for document in _documents_of(missing, at=at) if missing else ():
            views[document["id"]] = View(document, by=by)
        beside = set()
        rows = [
            views[event].rows[key]
            for key, event in linking.items()
            if event in views and key in views[event].rows
        ]


def _standings(views: Iterable[View]) -> dict[str, str]:
    """The standing of every statement that had been reported, by id."""
    homes = {key: view for view in views for key in view.rows}
    links = [
        LinkFacts(link["statement"], link["kind"], key)
        for key, view in homes.items()
        for link in view.rows[key]["linked_by"]
    ]
    linking = {link.statement for link in links} & homes.keys()
    machine = {key for key in linking if homes[key].is_by_machine(key)}
    return standings(homes, links, ai_alone=machine)


def _entry(body: str, view: View, stands: Mapping[str, str], site: str) -> str:
    entry = orjson.loads(body)
    rows = {row["id"]: row for row in entry["statements"]}
    entry["statements"] = [
        _statement(rows[key], view, stands, site) for key in view.in_order(stands)
    ]
    entry["origins"] = view.origins(stands, site=site)
    return orjson.dumps(entry).decode()


def _statement(row: dict, view: View, stands: Mapping[str, str], site: str) -> dict:
    """A statement of an entry, changed in place to what it was by then."""
    row["standing"] = stands[row["id"]]
    for way in ("links", "linked_by"):
        row[way] = [link for link in row[way] if link["statement"] in stands]
    whole, shown = row["citations"], view.shown(row["id"])
    cited = [citation["source"]["id"] for citation in whole]
    row["citations"] = [
        _citation(whole[each.place], each, view, site) for each in shown
    ]
    if cited != [each.facts.source for each in shown]:
        row["origins"] = view.statement_origins(row["id"], site=site)
        row["attribution"] = attribution(row)
    return row


def _citation(citation: dict, by_then: Shown, view: View, site: str) -> dict:
    if citation["source"]["id"] != by_then.facts.source:
        citation |= _alone(by_then.facts, citation, view, site)
    if citation["origin"]["id"] != by_then.trail[-1]:
        citation["origin"] = view.source(by_then.trail[-1], site=site)
    citation["copies"] = view.out(citation["copies"])
    if citation["read_in"] and not view.out([citation["read_in"]]):
        citation["read_in"] = None
        citation["passage"]["url"] = None  # it leads to the copy
    return citation


def _alone(facts: CitationFacts, citation: dict, view: View, site: str) -> dict:
    """What differs where a source stands for one that was read, and credits it.

    The passage and own words were those of the other.
    """
    return {
        "source": view.source(facts.source, site=site),
        "via": None,
        "read_in": None,
        "copies": view.copies(facts.source, site=site),
        "own_words": False,
        "after_update": facts.after_update,
        "credit": "unchecked",
        "passage": dict.fromkeys(citation["passage"]) | {"state": "unchecked"},
    }

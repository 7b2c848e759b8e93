"""Provenance of the desk: the plain values, read from its tables."""

from collections.abc import Iterable

from django.db.models import Prefetch

from timeline.models import (
    TAKEN_WHOLE,
    Citation,
    Source,
    SourceLink,
    Statement,
    StatementLink,
)

from .origins import rests_on_ai_alone
from .standing import standings
from .values import (
    CitationFacts,
    LinkFacts,
    SourceFacts,
    StatementFacts,
)

WHOLE = [str(kind) for kind in TAKEN_WHOLE]


def sources_by_lineage(keys: Iterable[int]) -> dict[str, SourceFacts]:
    """The sources with these primary keys and all they were taken from, by id."""
    taken: dict[int, str] = {}
    wanted, seen = set(keys) - {None}, set()
    while wanted:
        seen |= wanted
        links = SourceLink.objects.filter(source__in=wanted, kind__in=WHOLE)
        links = list(links.values_list("source_id", "target_id", "target__public_id"))
        taken |= {source: name for source, _key, name in links}
        wanted = {key for _source, key, _name in links} - seen
    rows = Source.objects.filter(pk__in=seen).select_related("publisher")
    return {row.public_id: source_facts(row, taken.get(row.pk)) for row in rows}


def source_facts(source: Source, taken_from: str | None) -> SourceFacts:
    """The facts of one source; `taken_from` is the id of what it was taken from."""
    return SourceFacts(
        id=source.public_id,
        publisher=source.publisher.public_id if source.publisher else None,
        reporting=source.reporting,
        production=source.production,
        status=source.status,
        published=source.published,
        updated=source.updated,
        taken_from=taken_from,
    )


def statement_facts(statement: Statement) -> StatementFacts:
    """The facts of one statement, its citations and their sources at hand."""
    return StatementFacts(
        id=statement.public_id,
        event=statement.event.public_id,
        kind=statement.kind,
        citations=tuple(
            CitationFacts(
                source=citation.source.public_id,
                via=citation.via.public_id if citation.via else None,
                read_in=citation.read_in.public_id if citation.read_in else None,
                own_words=citation.own_words,
                credit=citation.credit,
                after_update=citation.after_update,
            )
            for citation in statement.citations.all()
        ),
    )


def cited(statements: Iterable[Statement]) -> set[int]:
    """Primary keys of all sources that these cite, credit or were read in."""
    return {
        key
        for statement in statements
        for citation in statement.citations.all()
        for key in (citation.source_id, citation.via_id, citation.read_in_id)
        if key
    }


def with_citations(statements):
    """The statements of a queryset, with all that their facts are read from."""
    citations = Citation.objects.select_related("source__publisher", "via", "read_in")
    return statements.select_related("event").prefetch_related(
        Prefetch("citations", citations)
    )


def links_around(statements: Iterable[int]) -> list[LinkFacts]:
    """Every link that leads, in however many steps, to or from these statements."""
    rows: dict[int, LinkFacts] = {}
    wanted, seen = set(statements), set()
    while wanted:
        seen |= wanted
        found = StatementLink.objects.filter(
            statement__in=wanted
        ) | StatementLink.objects.filter(target__in=wanted)
        wanted = set()
        for link in found.select_related("statement", "target"):
            rows[link.pk] = LinkFacts(
                statement=link.statement.public_id,
                kind=link.kind,
                target=link.target.public_id,
            )
            wanted |= {link.statement_id, link.target_id}
        wanted -= seen
    return list(rows.values())


def desk_standings(statements: Iterable[Statement]) -> dict[str, str]:
    """The standing of each of these on the desk, by id; drafts count there too."""
    statements = list(statements)
    links = links_around(statement.pk for statement in statements)
    ids = {statement.public_id for statement in statements}
    others = {link.statement for link in links} | {link.target for link in links}
    around = with_citations(Statement.objects.filter(public_id__in=others - ids))
    everyone = [*statements, *around]
    sources = sources_by_lineage(cited(everyone))
    facts = [statement_facts(statement) for statement in everyone]
    found = standings(
        [fact.id for fact in facts],
        links,
        ai_alone={fact.id for fact in facts if rests_on_ai_alone(fact, sources)},
    )
    return {statement.public_id: found[statement.public_id] for statement in statements}

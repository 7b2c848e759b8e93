"""Readiness: what bars an event from being published, and what to look at first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from timeline.editing import embargo_sentence, is_embargoed
from timeline.editing.citing import texts_of_merged
from timeline.editing.passages import found_once
from timeline.editing.stale import newly_read
from timeline.models import (
    Actor,
    Citation,
    Event,
    PassageState,
    Source,
    SourceStatus,
    Statement,
)
from timeline.provenance import (
    SourceFacts,
    event_origins,
    lineage,
    rests_on_ai_alone,
)
from timeline.provenance.of_models import (
    cited,
    desk_standings,
    sources_by_lineage,
    statement_facts,
    with_citations,
)

from .document import Built
from .rows import held

# Of a citation: the texts in which its passage is looked for, and where more may be.
HELD = (
    *("source__snapshots", "read_in__snapshots"),
    *("source__merged", "read_in__merged"),
)
NO_LONGER_STANDING = (SourceStatus.CORRECTED, SourceStatus.RETRACTED)


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about an event; `thing` and `field` say where to mend it."""

    sentence: str
    thing: object
    field: str
    bars: bool


def readiness(event: Event) -> list[Problem]:
    """What stands between an event and its readers: what bars it first."""
    statements = _statements(event)
    problems = [*_about(event, statements), *_about_support(event, statements)]
    return sorted(problems, key=lambda problem: not problem.bars)


def bars(event: Event) -> list[Problem]:
    """Only what bars the event from being published."""
    return [problem for problem in _about(event, _statements(event)) if problem.bars]


def bars_of(built: Iterable[Built]) -> list[Problem]:
    """What bars these events, whose documents were just built: they hold the rest."""
    built = list(built)
    citations = [
        citation
        for item in built
        for statement in held(item.event, "statements")
        for citation in held(statement, "citations")
        if citation.exact
    ]
    prefetch_related_objects(citations, *HELD)
    return [problem for item in built for problem in _barring(item) if problem.bars]


def _barring(item: Built) -> Iterator[Problem]:
    statements = held(item.event, "statements")
    yield from _about_event(item.event, statements)
    for statement in statements:
        for citation in held(statement, "citations"):
            if citation.exact:
                yield from _about_passage(citation)
    yield from _without_publisher(_bearing(item))


def _bearing(item: Built) -> dict[str, SourceFacts]:
    """Whatever a document cites, credits or read, and all that it was taken from."""
    return {
        name: item.sources[name]
        for statement in item.said
        for citation in statement.citations
        for cited in (citation.source, citation.via, citation.read_in)
        if cited
        for name in lineage(cited, item.sources)
    }


def _statements(event: Event) -> list[Statement]:
    return list(
        with_citations(event.statements.all())
        .select_related("said_anchor")
        .prefetch_related(*(f"citations__{path}" for path in HELD))
    )


def _about(event: Event, statements: list[Statement]) -> Iterator[Problem]:
    """What each part is short of; `_about_support` looks at the whole."""
    yield from _about_event(event, statements)
    for statement in statements:
        yield from _about_statement(statement)
    yield from _about_publishers(statements)


def _about_event(event: Event, statements: list[Statement]) -> Iterator[Problem]:
    if is_embargoed(event):
        yield Problem(embargo_sentence(event), event, "embargo", True)
    if event.date is None:
        yield Problem(
            _("Say when it happened; “..” will do where nobody knows."),
            event,
            "date",
            True,
        )
    yield from _about_words(event, "date")
    if not any(held(row, "citations") for row in statements):
        yield Problem(
            _("Add a statement and where it was found: nothing here has a source."),
            event,
            "statements",
            True,
        )


def _about_statement(statement: Statement) -> Iterator[Problem]:
    if not statement.citations.all():
        yield Problem(
            _("“%(statement)s” has no source and stays on the desk until it has one.")
            % {"statement": statement},
            statement,
            "citations",
            False,
        )
    yield from _about_words(statement, "said")
    if statement.described_as and looks_like_a_name(statement.described_as):
        yield Problem(
            _(
                "“%(words)s” reads like a name. Give the report's words for an "
                "unnamed speaker, and never the person behind them."
            )
            % {"words": statement.described_as},
            statement,
            "described_as",
            False,
        )
    for citation in statement.citations.all():
        yield from _about_citation(citation)


def _about_words(thing, field: str) -> Iterator[Problem]:
    """What is wrong with the words that a date was read from, if it was."""
    if not getattr(thing, f"{field}_words"):
        return
    date, words, anchor, rule = (
        getattr(thing, f"{field}{part}") for part in ("", "_words", "_anchor", "_rule")
    )
    now = newly_read(date, words, anchor, rule)
    if not rule:
        yield Problem(
            _("“%(words)s” has no rule that says how it was read as a date.")
            % {"words": words},
            thing,
            f"{field}_rule",
            False,
        )
    elif now and now != date:
        yield Problem(
            _(
                "“%(words)s”, counted from “%(anchor)s” (%(published)s), now means "
                "%(now)s: see whether the date here still holds."
            )
            % {
                "words": words,
                "anchor": anchor,
                "published": anchor.published.display,
                "now": now.display,
            },
            thing,
            field,
            False,
        )


def looks_like_a_name(words: str) -> bool:
    """Whether a description is a known person's name, or two capitalised words."""
    parts = words.split()
    people = Actor.objects.filter(kind="person")
    named = Q(name__iexact=words.strip()) | Q(other_names__name__iexact=words.strip())
    capitalised = len(parts) in (2, 3) and all(part[:1].isupper() for part in parts)
    return capitalised or people.filter(named).exists()


def _about_citation(citation: Citation) -> Iterator[Problem]:
    for field in ("source", "via"):
        source = getattr(citation, field)
        if source and source.status in NO_LONGER_STANDING:
            yield Problem(
                _("“%(source)s” was corrected or retracted: does this still hold?")
                % {"source": source},
                citation,
                field,
                False,
            )
    yield from _about_passage(citation)


def _about_passage(citation: Citation) -> Iterator[Problem]:
    held = citation.read_in or citation.source
    texts = [snapshot.text for snapshot in held.snapshots.all()]
    if held.merged.all():
        texts += texts_of_merged(held)
    if texts and citation.exact:
        if not any(found_once(citation, text) for text in texts):
            yield Problem(
                _(
                    "The passage “%(passage)s” is not in the held text of "
                    "“%(source)s” exactly once. Copy it from there, or give more of "
                    "the words around it."
                )
                % {"passage": citation.exact, "source": held},
                citation,
                "exact",
                True,
            )
    elif citation.exact and citation.passage == PassageState.UNCHECKED:
        yield Problem(
            _(
                "The passage “%(passage)s” is unchecked: no text of “%(source)s” "
                "is held."
            )
            % {"passage": citation.exact, "source": held},
            citation,
            "exact",
            False,
        )


def _about_support(event: Event, statements: list[Statement]) -> Iterator[Problem]:
    supported = [row for row in statements if row.citations.all()]
    if not supported:
        return
    facts = [statement_facts(row) for row in supported]
    sources = sources_by_lineage(cited(supported))
    stands = desk_standings(supported)
    if event_origins(facts, stands, sources).count == 1:
        yield Problem(
            _("Everything here goes back to one outlet."), event, "statements", False
        )
    if all(rests_on_ai_alone(fact, sources) for fact in facts):
        yield Problem(
            _("Everything here was found in AI-generated reports alone."),
            event,
            "statements",
            False,
        )


def _about_publishers(statements: list[Statement]) -> Iterator[Problem]:
    """Whatever is cited, credited or read, and all that it was taken from."""
    yield from _without_publisher(sources_by_lineage(cited(statements)))


def _without_publisher(sources: Mapping[str, SourceFacts]) -> Iterator[Problem]:
    nameless = [key for key, source in sources.items() if source.publisher is None]
    if not nameless:
        return
    for source in Source.objects.filter(public_id__in=nameless).order_by("pk"):
        yield Problem(
            _("Say who published “%(source)s”.") % {"source": source},
            source,
            "publisher",
            True,
        )

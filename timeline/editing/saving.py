"""Compare-and-set saves of an aggregate, and the checks that need it whole."""

from collections.abc import Iterable
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.models import TAKEN_WHOLE, Event, Source, SourceLink, Statement
from timeline.models.record import ThingName
from timeline.provenance import TrailCycle, link_cycle, trail
from timeline.provenance.of_models import (
    cited,
    links_around,
    sources_by_lineage,
    statement_facts,
    with_citations,
)

CYCLE_LOCK = 0x6461_7465_0001  # PostgreSQL's advisory locks are known by a number

KEPT_BY_PUBLISHING = ("live_state", "published_version")


class Refused(Exception):
    """What was asked cannot be done; `sentences` say why and what to do."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)


class Stale(Refused):
    """Somebody else saved the same thing since it was read."""

    def __init__(self, thing):
        super().__init__(
            _(
                "Somebody else saved “%(thing)s” after you opened it. Nothing was "
                "done, and what you entered here is kept: look at the newest version "
                "first, and carry your changes over."
            )
            % {"thing": thing}
        )


@contextmanager
def saving(root, *, version: int | None):
    """One save of an aggregate, as a transaction around the writes of its rows.

    `version` is the one that the writer saw, None for a new root. Raises `Stale`
    where another save came first, `Refused` where the whole breaks a rule; nothing
    is written then.
    """
    try:
        with transaction.atomic():
            if version is not None:
                claim(root, version=version)
            yield root
            check(root)
    except BaseException:
        if version is not None:
            root.version = version
        raise


def claim(root, *, version: int) -> None:
    """Take the next version of `root`, if `version` still is its version.

    The check is the write, in the transaction of the writes that follow. What
    publishing keeps on an event is read again: it changes without a new version.
    """
    rows = type(root)._base_manager.filter(pk=root.pk, version=version)
    if not rows.update(version=F("version") + 1, changed_at=timezone.now()):
        raise Stale(root)
    root.version = version + 1
    if isinstance(root, Event):
        root.refresh_from_db(fields=KEPT_BY_PUBLISHING)


def check(root) -> None:
    """The rules that need a whole aggregate, by what it is."""
    if isinstance(root, Event):
        check_event(root)
    elif isinstance(root, Source):
        check_source(root)


def check_event(event: Event) -> None:
    """No trail of its statements, and no chain of corrections, comes back to itself."""
    hold_cycle_lock()
    statements = list(with_citations(Statement.objects.filter(event=event)))
    check_trails(statements)
    check_links(statements)


def check_source(source: Source) -> None:
    """No trail that passes this source comes back to itself."""
    hold_cycle_lock()
    family = {source.pk, *taken_from_it(source.pk)}
    passing = Statement.objects.filter(
        Q(citations__source__in=family) | Q(citations__via__in=family)
    ).distinct()
    check_lineage(source)
    check_trails(with_citations(passing))


def check_lineage(source: Source) -> None:
    """What a source was taken from was not, in the end, taken from it."""
    if source.pk in taken_from_it(source.pk):
        raise Refused(
            _(
                "“%(source)s” would be taken from itself, by way of others. Change "
                "one of the links under “taken from”."
            )
            % {"source": source}
        )


def taken_from_it(key: int) -> set[int]:
    """Primary keys of all sources taken from this one, in however many steps."""
    found: set[int] = set()
    wanted = {key}
    while wanted:
        rows = SourceLink.objects.filter(target__in=wanted, kind__in=TAKEN_WHOLE)
        wanted = set(rows.values_list("source_id", flat=True)) - found
        found |= wanted
    return found


def check_trails(statements: Iterable[Statement]) -> None:
    """Each citation's trail ends; `Refused` names the one that does not."""
    statements = list(statements)
    sources = sources_by_lineage(cited(statements))
    for statement in statements:
        facts = statement_facts(statement)
        for citation in facts.citations:
            try:
                trail(citation, facts.citations, sources)
            except TrailCycle as cycle:
                raise Refused(trail_sentence(statement, cycle)) from cycle


def trail_sentence(statement: Statement, cycle: TrailCycle) -> str:
    """What to say of a trail that comes back, by the names of its reports."""
    names = {
        source.public_id: str(source)
        for source in Source.objects.filter(public_id__in=cycle.path)
    }
    return _(
        "The trail of “%(statement)s” comes back to where it was: %(path)s. Change "
        "“citing” or the links of one of these reports."
    ) % {
        "statement": statement,
        "path": " → ".join(names.get(step, step) for step in cycle.path),
    }


def check_links(statements: Iterable[Statement]) -> None:
    """No statement corrects, retracts or clarifies itself by way of others."""
    cycle = link_cycle(links_around(statement.pk for statement in statements))
    if cycle:
        texts = {
            statement.public_id: f"“{statement}”"
            for statement in Statement.objects.filter(public_id__in=cycle)
        }
        raise Refused(
            _(
                "These statements correct, retract or clarify one another in a "
                "circle: %(path)s. Remove one of the links."
            )
            % {"path": " → ".join(texts.get(step, step) for step in cycle)}
        )


def hold_cycle_lock() -> None:
    """One check for cycles at a time, until the transaction ends.

    SQLite has one writer anyway (its transactions begin IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CYCLE_LOCK])


def published_names(public_ids: Iterable[str]) -> set[str]:
    """Of these ids, those that the record has named: their slugs are fixed."""
    return set(
        ThingName.objects.filter(name__in=list(public_ids)).values_list(
            "thing", flat=True
        )
    )

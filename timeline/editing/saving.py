"""Compare-and-set saves of an aggregate, and the checks that need it whole."""

from collections.abc import Iterable
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.models import TAKEN_WHOLE, Actor, Event, Source, SourceLink, Statement
from timeline.models.record import ThingName
from timeline.provenance import TrailCycle, link_cycle, trail
from timeline.provenance.of_models import (
    cited,
    links_around,
    sources_by_lineage,
    statement_facts,
    with_citations,
)

from .merged import refuse_merged
from .recording import catch_up, recording
from .refusing import Refused, Stale, require
from .stale import mark_stale_by, mark_stale_in
from .working import note_work

CYCLE_LOCK = 0x6461_7465_0001  # PostgreSQL's advisory locks are known by a number

# Of an event, what other verbs write without a new version.
KEPT_BY_OTHERS = (
    "live_state",
    "published_version",
    "owner",
    "review_state",
    "review_version",
    "review_by",
    "review_at",
    "review_note",
    "embargo_until",
    "embargo_reason",
)


@contextmanager
def saving(root, *, version: int | None, by=None, why: str = ""):
    """One save of an aggregate, as a transaction around the writes of its rows.

    `version` is the one that the writer saw, None for a new root; `by` is the account
    that saves, None for what no account does. Who it was and `why` go into the history
    of every row that is written. Raises `PermissionDenied`, `Stale` where another
    save came first, `Refused` where the whole breaks a rule; nothing is written then.
    """
    may = "add" if version is None else "change"
    require(by, f"timeline.{may}_{root._meta.model_name}")
    try:
        with transaction.atomic(), recording(by=by, why=why):
            if version is not None:
                claim(root, version=version)
            yield root
            check(root)
            if by is not None and isinstance(root, Event):
                note_work(root, by=by)
    except BaseException:
        if version is not None:
            root.version = version
        raise


def claim(root, *, version: int) -> None:
    """Take the next version of `root`, if `version` still is its version.

    The check is the write, in the transaction of the writes that follow. What review
    and publishing keep on an event is read again: it changes without a new version.
    What the history lacks of the version before is written down first.
    """
    rows = type(root)._base_manager.filter(pk=root.pk, version=version)
    if not rows.update(version=F("version") + 1, changed_at=timezone.now()):
        raise Stale(root)
    catch_up(root, version=version)
    root.version = version + 1
    if isinstance(root, Event):
        root.refresh_from_db(fields=KEPT_BY_OTHERS)


def check(root) -> None:
    """The rules that need a whole aggregate, by what it is."""
    if isinstance(root, Event):
        check_event(root)
    elif isinstance(root, Source):
        check_source(root)
    elif isinstance(root, Actor):
        hold_cycle_lock()
        refuse_merged(root)


def check_event(event: Event) -> None:
    """No trail of its statements, and no chain of corrections, comes back to itself.

    It names nothing that was merged into another. Stale dates are marked.
    """
    hold_cycle_lock()
    refuse_merged(event)
    mark_stale_in(event)
    statements = list(with_citations(Statement.objects.filter(event=event)))
    check_trails(statements)
    check_links(statements)


def check_source(source: Source) -> None:
    """No trail that passes this source comes back to itself.

    It names nothing that was merged into another. Dates counted from it are marked
    where they are stale.
    """
    hold_cycle_lock()
    refuse_merged(source)
    mark_stale_by(source)
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
    return taken_from_any({key})


def taken_from_any(keys: Iterable[int]) -> set[int]:
    """The same, of several sources at once: a question for each step."""
    found: set[int] = set()
    wanted = set(keys)
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
            "name", flat=True
        )
    )

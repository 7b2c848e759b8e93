"""What rests on a report, or on somebody, as it is on the desk now."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from timeline.editing.merged import naming
from timeline.editing.saving import taken_from_any
from timeline.models import Actor, Event, Source, Statement
from timeline.provenance import TrailCycle, trails
from timeline.provenance.of_models import (
    cited,
    sources_by_lineage,
    statement_facts,
    with_citations,
)

from .mending import change_url

TOLD = 200  # of each kind
LOOKED_AT = 5000  # statements whose trails are followed


@dataclass(frozen=True, slots=True)
class Resting:
    """One thing that rests on another; `alone` where nothing else supports it."""

    page: str
    words: str
    alone: bool = False
    inside: str = ""


@dataclass
class Rests:
    """All that rests on one thing: statements, events, and what else names it."""

    statements: list[Resting] = field(default_factory=list)
    events: list[Resting] = field(default_factory=list)
    parts: list[tuple[str, list[Resting]]] = field(default_factory=list)
    more: bool = False

    @property
    def any(self) -> bool:
        return bool(self.statements or self.events or self.parts)

    @property
    def alone(self) -> int:
        return sum(row.alone for row in self.statements)


def resting_on(thing: Actor | Source) -> Rests:
    """What rests on a report, or on the reports of somebody, and what names them."""
    rests = Rests()
    sources = [thing] if isinstance(thing, Source) else list(reports_of(thing))
    found = supported_by(sources)
    rests.more = len(found) > TOLD
    rests.statements = [
        Resting(change_url(row), str(row), alone, str(row.event))
        for row, alone in found[:TOLD]
    ]
    rests.events = list(_events(found))[:TOLD]
    rests.parts = list(_parts(thing))
    return rests


def reports_of(actor: Actor) -> Iterable[Source]:
    return Source.objects.filter(publisher=actor).order_by("pk")


def supported_by(sources: Iterable[Source]) -> list[tuple[Statement, bool]]:
    """The statements with one of these on a trail, and whether all trails have one."""
    sources = list(sources)
    names = {source.public_id for source in sources}
    keys = {source.pk for source in sources}
    family = keys | taken_from_any(keys)
    rows = Statement.objects.filter(
        Q(citations__source__in=family) | Q(citations__via__in=family)
    )
    rows = with_citations(rows.distinct().order_by("event", "position", "pk"))
    rows = list(rows[:LOOKED_AT])
    known = sources_by_lineage(cited(rows))
    found = []
    for row in rows:
        try:
            paths = trails(statement_facts(row), known)
        except TrailCycle:
            found.append((row, False))
            continue
        met = [bool(names.intersection(one)) for one in paths]
        if any(met):
            found.append((row, all(met)))
    return sorted(found, key=lambda pair: not pair[1])


def _events(found: list[tuple[Statement, bool]]) -> Iterable[Resting]:
    """Their events; alone where every statement with a report rests on it alone."""
    alone = {row.pk for row, only in found if only}
    events = {row.event_id: row.event for row, _only in found}
    every = Statement.objects.filter(event__in=events, citations__isnull=False)
    others = set(every.exclude(pk__in=alone).values_list("event_id", flat=True))
    for key, event in events.items():
        yield Resting(change_url(event), str(event), key not in others)


def _parts(thing: Actor | Source) -> Iterable[tuple[str, list[Resting]]]:
    """What else on the desk names it, by what it is there."""
    for model, column in naming(type(thing)):
        rows = model._base_manager.filter(**{column: thing.pk}).order_by("pk")
        told = [_resting(row) for row in rows[:TOLD]]
        if told:
            label = model._meta.get_field(column).verbose_name
            noun = model._meta.verbose_name
            yield _("%(noun)s: %(column)s") % {"noun": noun, "column": label}, told


def _resting(row) -> Resting:
    page = getattr(row, "statement", None) or row
    page = page if isinstance(page, Event | Statement) else page.root
    inside = "" if page.root is row else str(row.root)
    return Resting(change_url(page), str(row), inside=inside)

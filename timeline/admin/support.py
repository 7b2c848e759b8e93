"""What things on the desk rest on, counted for a whole page at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.models import Actor, ActorKind, Citation, Event, Statement
from timeline.provenance import (
    Origins,
    TrailCycle,
    event_origins,
    statement_origins,
)
from timeline.provenance.of_models import (
    cited,
    desk_standings,
    sources_by_lineage,
    statement_facts,
    with_citations,
)

STANDING_WORDS = {
    "stands": gettext_lazy("stands"),
    "clarified": gettext_lazy("clarified"),
    "disputed": gettext_lazy("disputed"),
    "corrected": gettext_lazy("corrected"),
    "retracted": gettext_lazy("retracted"),
}


def origins_of_events(events: Iterable[Event]) -> dict[int, Origins | None]:
    """The origins of each event on the desk, by primary key; None in a circle."""
    events = list(events)
    statements = list(with_citations(Statement.objects.filter(event__in=events)))
    stands = desk_standings(statements)
    sources = sources_by_lineage(cited(statements))
    facts = defaultdict(list)
    for statement in statements:
        facts[statement.event_id].append(statement_facts(statement))
    return {
        event.pk: counted(event_origins, facts[event.pk], stands, sources)
        for event in events
    }


def origins_of_statement(statement: Statement) -> Origins | None:
    """The origins of one statement on the desk; None in a circle."""
    rows = list(with_citations(Statement.objects.filter(pk=statement.pk)))
    sources = sources_by_lineage(cited(rows))
    return counted(statement_origins, statement_facts(rows[0]), sources)


def counted(count, *arguments) -> Origins | None:
    try:
        return count(*arguments)
    except TrailCycle:
        return None


def origins_in_words(several: Iterable[Origins | None]) -> list[str]:
    """Of each, as in “2 outlets, and unknown”."""
    several = list(several)
    named = {name for one in several if one for name in one.publishers}
    outlets = Actor.objects.filter(public_id__in=named, kind=ActorKind.OUTLET)
    ids = set(outlets.values_list("public_id", flat=True))
    return [in_words(origins, ids) for origins in several]


def in_words(origins: Origins | None, outlets: set[str]) -> str:
    """The words for one; `outlets` are the ids of publishers that are outlets."""
    if origins is None:
        return _("citing goes round in a circle")
    if not origins.count:
        return _("unknown") if origins.unknown else _("none")
    count = {"count": origins.count}
    if outlets.issuperset(origins.publishers):
        words = ngettext("%(count)d outlet", "%(count)d outlets", origins.count)
    else:
        words = ngettext("%(count)d publisher", "%(count)d publishers", origins.count)
    return _("%s, and unknown") % (words % count) if origins.unknown else words % count


def publishers_in_words(origins: Origins | None) -> str:
    """The names of the publishers that origins count."""
    if origins is None:
        return ""
    names = Actor.objects.filter(public_id__in=origins.publishers).order_by("name")
    return ", ".join(names.values_list("name", flat=True))


def standings_of(statements: Iterable[Statement]) -> dict[int, str]:
    """The standing of each statement on the desk, by primary key."""
    keys = [statement.pk for statement in statements]
    rows = list(with_citations(Statement.objects.filter(pk__in=keys)))
    stands = desk_standings(rows)
    return {row.pk: stands[row.public_id] for row in rows}


def citing_counts(keys: Iterable[int]) -> Counter:
    """How many statements cite or credit each of these sources."""
    keys = set(keys)
    rows = Citation.objects.filter(source__in=keys).values_list("source", "statement")
    more = Citation.objects.filter(via__in=keys).values_list("via", "statement")
    return Counter(source for source, _statement in {*rows, *more})


def how_many(model, field: str):
    """A column: the number of rows of `model` whose `field` is the row."""
    rows = model.objects.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)

"""What needs attention: each a narrowing of a list, used by the list and the front."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timeline.editing.saving import taken_from_any
from timeline.models import (
    Citation,
    Event,
    LiveState,
    PassageState,
    Production,
    Source,
    SourceStatus,
    Statement,
)
from timeline.models.record import CurrentEntry, CurrentFact, Facet

FALLEN = (SourceStatus.CORRECTED, SourceStatus.RETRACTED)
SOON = timedelta(days=1)


def on_their_way(events):
    """Events with something on the desk that readers have not seen."""
    seen = Q(live_state=LiveState.LIVE, published_version=F("version"))
    return events.exclude(seen).exclude(live_state=LiveState.MERGED)


def resting_on_fallen(statements):
    """Statements that rest on a report that was corrected or retracted."""
    fallen = set(Source.objects.filter(status__in=FALLEN).values_list("pk", flat=True))
    family = fallen | taken_from_any(fallen)
    cited = Citation.objects.filter(Q(source__in=family) | Q(via__in=family))
    return statements.filter(pk__in=cited.values("statement"))


def with_lost_passages(statements):
    """Statements with a passage that is not in the text."""
    rows = Citation.objects.filter(passage=PassageState.NOT_FOUND)
    return statements.filter(pk__in=rows.values("statement"))


def with_stale_dates(events):
    """Events with a date that was counted from one that has changed since."""
    said = Statement.objects.filter(said_is_stale=True)
    return events.filter(Q(date_is_stale=True) | Q(pk__in=said.values("event")))


def with_one_origin(events):
    """Live events that go back to one outlet, as readers are told."""
    counted = CurrentFact.objects.filter(facet=Facet.ORIGINS)
    one, two = (counted.filter(thing=n).values("sort_key") for n in ("1", "2"))
    keys = CurrentEntry.objects.filter(sort_key__in=one).exclude(sort_key__in=two)
    return events.filter(public_id__in=keys.values("event_id"))


def by_machines_alone(events):
    """Events all of whose reports are AI-generated."""
    here = Citation.objects.filter(statement__event=OuterRef("pk"))
    machine = Citation.objects.filter(source__production=Production.AI_GENERATED)
    people = here.exclude(source__production=Production.AI_GENERATED)
    made = machine.values("statement__event")
    return events.filter(~Exists(people), pk__in=made)


def embargo_ends_soon(events):
    """Events whose embargo ends within a day."""
    now = timezone.now()
    return events.filter(embargo_until__gt=now, embargo_until__lte=now + SOON)


OF_EVENTS = {
    "changed": (
        _("live, with unpublished changes"),
        lambda rows: rows.with_unpublished_changes(),
    ),
    "stale": (_("a date counted from one that has changed"), with_stale_dates),
    "one": (_("one origin, as readers see it"), with_one_origin),
    "ai": (_("only AI-generated reports"), by_machines_alone),
    "embargo": (_("embargo ends within a day"), embargo_ends_soon),
}
OF_STATEMENTS = {
    "fallen": (_("rests on a corrected or retracted report"), resting_on_fallen),
    "lost": (_("passage not found in the text"), with_lost_passages),
}


class AttentionFilter(admin.SimpleListFilter):
    """What needs attention."""

    title = _("what needs attention")
    parameter_name = "attention"
    kinds = OF_EVENTS

    def lookups(self, request, model_admin):
        return [(key, words) for key, (words, _rows) in self.kinds.items()]

    def queryset(self, request, queryset):
        if self.value() not in self.kinds:
            return queryset
        _words, narrowed = self.kinds[self.value()]
        return narrowed(queryset)


class StatementAttentionFilter(AttentionFilter):
    """The same, of statements."""

    kinds = OF_STATEMENTS


def listed(model, attention: str):
    """The rows that a list shows with this filter."""
    kinds = OF_EVENTS if model is Event else OF_STATEMENTS
    return kinds[attention][1](model.objects.all())

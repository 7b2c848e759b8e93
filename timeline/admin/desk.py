"""The front of the desk: what is mine, what waits, and what needs attention."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from timeline.editing.duplicates import likely_pairs
from timeline.models import Act, Actor, Event, LiveState, ReviewState, Source, Statement
from timeline.models.record import Revision, RevisionKind

from .attention import OF_EVENTS, OF_STATEMENTS, listed, on_their_way
from .from_report import may_report
from .mending import change_url
from .standing import moment

MOST = 100  # that are counted; more are “99+”
NEWEST = 10


@dataclass(frozen=True, slots=True)
class Heap:
    """So many things of one kind, and the list that shows exactly them."""

    words: str
    count: int
    page: str

    @property
    def number(self) -> str:
        return f"{MOST - 1}+" if self.count >= MOST else str(self.count)


def counted(rows) -> int:
    """How many there are; the database stops counting at the most that is told."""
    return rows.order_by()[:MOST].count()


def list_page(model, **query) -> str:
    name = f"admin:timeline_{model._meta.model_name}_changelist"
    return reverse(name, query=query)


def front(user) -> dict:
    """What the front shows to somebody, in so many questions whatever there is."""
    if not user.has_perm("timeline.view_event"):
        return {}
    return {
        "desk_is_empty": not Event.objects.exists(),
        "for_me": [heap for heap in for_me(user) if heap.count],
        "attention": [heap for heap in attention(user) if heap.count],
        "newest": newest() if user.has_perm("timeline.view_revision") else [],
        "may_report": may_report(user),
        "may_add": user.has_perm("timeline.add_event"),
        "report_page": reverse("admin:timeline_from_report"),
        "event_page": reverse("admin:timeline_event_add"),
    }


def for_me(user) -> Iterator[Heap]:
    """What somebody works on, has back, or is waited for with."""
    events = on_their_way(Event.objects.all())
    mine = events.filter(owner=user)
    yield heap(_("Mine"), mine, owner="me", review="open")
    yield heap(
        _("Sent back to me"),
        mine.filter(review_state=ReviewState.SENT_BACK),
        owner="me",
        review=ReviewState.SENT_BACK,
    )
    in_review = ReviewState.IN_REVIEW
    if user.has_perm("timeline.publish_event"):
        waiting = events.filter(review_state=in_review)
        yield heap(_("Waiting for me: in review"), waiting, review=in_review)
    else:
        waiting = mine.filter(review_state=in_review)
        words = _("Mine, waiting for an editor")
        yield heap(words, waiting, owner="me", review=in_review)


def heap(words: str, rows, **query) -> Heap:
    return Heap(words, counted(rows), list_page(Event, **query))


def attention(user) -> Iterator[Heap]:
    """What somebody should look at, whoever it belongs to."""
    for model, kinds in ((Event, OF_EVENTS), (Statement, OF_STATEMENTS)):
        noun = _("Events") if model is Event else _("Statements")
        for key, (words, _rows) in kinds.items():
            told = _("%(noun)s: %(what)s") % {"noun": noun, "what": words}
            page = list_page(model, attention=key)
            yield Heap(told, counted(listed(model, key)), page)
    pairs: dict[type, Callable] = {
        Actor: lambda: _("People and organisations: likely the same"),
        Source: lambda: _("Reports and documents: likely the same"),
    }
    for model, words in pairs.items():
        noun = model._meta.model_name
        if user.has_perm(f"timeline.merge_{noun}"):
            page = reverse(f"admin:timeline_{noun}_alike")
            yield Heap(words(), len(likely_pairs(model, limit=MOST)), page)


def newest() -> list[dict]:
    """The last publications, with who made them."""
    rows = list(Revision.objects.order_by("-sequence").defer("document")[:NEWEST])
    acts = Act.objects.filter(sequence__in=[row.sequence for row in rows])
    people = dict(acts.values_list("sequence", "by_name"))
    events = Event.objects.filter(public_id__in={row.event_id for row in rows})
    held = {event.public_id: event for event in events}
    return [
        {
            "page": change_url(held[row.event_id]),
            "title": held[row.event_id].title,
            "kind": RevisionKind(row.kind).label,
            "when": moment(row.published_at),
            "by": people.get(row.sequence, ""),
            "live": held[row.event_id].live_state == LiveState.LIVE,
        }
        for row in rows
        if row.event_id in held
    ]

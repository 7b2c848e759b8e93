"""What is told of each named thing: what the newest current entry naming it says."""

from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter

from timeline.models.record import (
    CurrentEntry,
    Facet,
    NamedThing,
    Revision,
    ThingFact,
)
from timeline.publishing.read.documents import document_of
from timeline.publishing.read.words import indexed

from .before import COUNTED, Before
from .counting import Tally, bounds_of
from .deriving import Rows, thing, thing_facts, thing_texts
from .filling import delete, insert, update
from .finding import facts_naming
from .past import Retired
from .rows import row_of

BOUNDED = frozenset(map(int, (Facet.STORY, Facet.TOPIC)))

NAMED = tuple(field.column for field in NamedThing._meta.concrete_fields)
COUNTED_ANEW = ("thing", "sequence", "events", "statements", "earliest", "latest")
THING_FACT = ("noun", "facet", "value", "slug", "thing")
Bounds = tuple[list[int], list[int]]
NONE: Bounds = ([], [])


def retell(
    past: dict[str, Retired],
    current: list[tuple[int, int, Rows]],
    stood: Before,
    tally: Tally,
    memo: dict | None = None,
) -> None:
    """Write each thing that these entries name, or named.

    `current` are sequence, the newest revision made from the desk, and rows; `stood`
    has all of these things, `tally` by how much counts changed; `memo` as in `derive`.
    """
    touched = set().union(*(row.names for row in past.values()))
    newest: dict[str, tuple[int, dict]] = {}
    for _sequence, since, rows in current:
        for entity in rows.entities:
            touched.add(entity["id"])
            if entity["id"] not in newest or newest[entity["id"]][0] < since:
                newest[entity["id"]] = since, entity
    held = {key: row for key, row in stood.told.rows.items() if key in touched}
    made = partial(thing, site=stood.site, memo=memo)
    changed = _tell(touched, newest, held, made)
    _count(held, stood.told.counts, tally)
    _bound(held, past, current)
    rows, values = [held.pop(key) for key in changed], attrgetter(*NAMED)
    new = [values(row) for row in rows if row._state.adding]
    insert(NamedThing, NAMED, new)
    others = [values(row) for row in rows if not row._state.adding]
    insert(NamedThing, NAMED, others, unless=("thing",))
    update(
        NamedThing, COUNTED_ANEW, list(map(attrgetter(*COUNTED_ANEW), held.values()))
    )


def _tell(
    touched: set[str], newest: dict, held: dict[str, NamedThing], made: Callable
) -> list[str]:
    """Bring `held` up to what each thing now is; gives those that say something else.

    Those that no current entry names are taken away.
    """
    facts: list[tuple] = []
    gone, changed = [], []
    for key in sorted(touched):
        told, row = newest.get(key), held.get(key)
        if row and (not told or told[0] < row.sequence):
            told = _standing_entity(key, row, told)
        if told is None:
            gone.append(key)
            held.pop(key, None)
        elif row is None or row.sequence != told[0]:
            held[key], more = _named(told, made, row)
            if more is not None:
                facts += more
                changed.append(key)
    delete(NamedThing, "thing", gone)
    delete(ThingFact, "thing", gone + changed)
    insert(ThingFact, THING_FACT, facts)
    return changed


def _standing_entity(key: str, row: NamedThing, told):
    """The (sequence, entity) that holds now, where an entry that named it has gone."""
    naming = facts_naming([key]).values("sort_key")
    entries = CurrentEntry.objects.filter(sort_key__in=naming)
    if entries.filter(asserted=row.sequence).exists():
        return row.sequence, None
    newest = entries.order_by("-asserted").first()
    if newest is None:
        return None
    if told and told[0] >= newest.asserted:
        return told
    document = document_of(Revision.objects.get(pk=newest.sequence))
    entities = (item for kind in document["entities"].values() for item in kind)
    return newest.asserted, next(item for item in entities if item["id"] == key)


def _named(
    told: tuple[int, dict], made: Callable, row: NamedThing | None
) -> tuple[NamedThing, list[tuple] | None]:
    """A thing as an entity says it is, and what lists find it by if that changed.

    The latter as `THING_FACT` has it.
    """
    sequence, entity = told
    key, noun, slug, body = made(entity)
    same = row is not None and row.body == body
    row = row or row_of(NamedThing, thing=key)
    row.noun, row.slug, row.sequence, row.body = noun, slug, sequence, body
    if same:
        return row, None
    words = indexed(thing_texts(entity))
    row.words = " ".join(words)
    facts = [
        (noun, facet, value, slug, key)
        for facet, value in sorted(thing_facts(entity, words))
    ]
    return row, facts


def _count(held: dict[str, NamedThing], counts: dict, tally: Tally) -> None:
    """Say in how many entries and statements each occurs."""
    for row in held.values():
        if row.noun in COUNTED:
            fact = int(COUNTED[row.noun]), row.thing
            entries, statements = counts.get(fact, (0, 0))
            row.events = entries + tally.entries[fact]
            row.statements = statements + tally.statements[fact]


def _bound(held: dict[str, NamedThing], past, current) -> None:
    """The first and last second of each story and topic.

    Only where the entry that was first or last has gone are all looked at again.
    """
    lost = _bounds((row.facts, row.entry) for row in past.values())
    won = _bounds((rows.facts, rows) for _sequence, _since, rows in current)
    for key in lost.keys() | won.keys():
        row, (facet, _name) = held.get(key[1]), key
        if row is None:
            continue
        gone, came = lost.get(key, NONE), won.get(key, NONE)
        row.earliest = min((*came[0], *_known(row.earliest)), default=None)
        row.latest = max((*came[1], *_known(row.latest)), default=None)
        if {row.earliest} & (set(gone[0]) - set(came[0])) or {row.latest} & (
            set(gone[1]) - set(came[1])
        ):
            row.earliest, row.latest = bounds_of(Facet(facet), key[1])


def _known(second: int | None) -> tuple[int, ...]:
    return () if second is None else (second,)


def _bounds(entries: Iterable) -> dict[tuple[int, str], Bounds]:
    """The bounds of entries by the stories and topics that they are in."""
    found: dict[tuple[int, str], Bounds] = {}
    for facts, entry in entries:
        first, last = _known(entry.earliest), _known(entry.latest)
        for fact in [fact for fact in facts if fact[0] in BOUNDED]:
            bounds = found.setdefault(fact[:2], ([], []))
            bounds[0].extend(first)
            bounds[1].extend(last)
    return found

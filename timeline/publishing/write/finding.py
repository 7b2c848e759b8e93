"""What filters find an entry by: its facts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import QuerySet

from timeline.dates import UNDATED, UncertainDate
from timeline.models.record import CurrentFact, Facet, Variant
from timeline.provenance import SourceFacts
from timeline.publishing.read.facts import (
    NOTHING,
    behind,
    date_of,
    matched_publishers,
    matched_sources,
    support,
    voices,
)
from timeline.publishing.read.known import known_from
from timeline.publishing.read.spans import (
    MOST_ORIGINS,
    behind_key,
    plain_key,
    role_key,
    variant_of,
)

# What no filter of the timeline asks for; past entries need none of it.
UNFILTERED = frozenset(map(int, (Facet.BEARS, Facet.ALONE, Facet.NAMES)))
UNCOUNTED = UNFILTERED | {int(Facet.EVENT)}  # of few statements, always
# Facets by their numbers: an entry has dozens of facts.
EVERY, STORY, TOPIC, ACTOR, SPEAKER, SOURCE, *_numbers = map(int, Facet)
BEARS, ALONE, NAMES, PUBLISHER, KIND, STANDING, IMPORTANCE, *_numbers = _numbers
ORIGINS, ROLE, PARTICIPATION, STATEMENT, EVENT, BACKED, UNREPORTED, REPORTED = _numbers
# Each of these says that the entry names the thing, also by its `behind_key`.
NAMING = frozenset((STORY, TOPIC, ACTOR, SOURCE, PUBLISHER, NAMES))
Facts = set[tuple[int, str, int]]  # (facet, thing, statement)
Sources = Mapping[str, SourceFacts]


def all_facts(document: dict) -> Facts:
    """What filters find an entry by, and ranges of dates."""
    found = facts(document)
    return found | variants(found, date_of(document["date"]), known_from(document))


def facts(
    document: dict,
    sources: Sources | None = None,
    seen: Mapping[int, tuple] = NOTHING,
) -> Facts:
    """What filters find an entry by; `sources` and `seen` as in `support`."""
    found = {(EVERY, "", 0), (IMPORTANCE, document["importance"], 0)}
    found |= {(STORY, row["id"], 0) for row in document["stories"]}
    found |= {(TOPIC, row["id"], 0) for row in document["topics"]}
    found |= counted(ORIGINS, document["origins"], 0)
    for row in document["actors"]:
        found.add((ACTOR, row["id"], 0))
        found.add((ROLE, row["role"], 0))
        found.add((PARTICIPATION, role_key(row["role"], row["id"]), 0))
    for place, statement in enumerate(document["statements"], start=1):
        found |= facts_of_statement(document, statement, place)
    entities = document["entities"]
    by_id = {row["id"]: row for row in entities["sources"]}
    for place, bearing, alone in support(document, sources, seen):
        found |= {(ALONE, name, place) for name in alone}
        found |= {(BEARS, name, place) for name in bearing - alone}
        statement = document["statements"][place - 1]
        for source in behind(statement, bearing, by_id):
            found |= facts_behind(source, place)
    every = {row["id"] for rows in entities.values() for row in rows}
    return found | {(NAMES, name, 0) for name in every - named_by(found)}


def named_by(facts: Facts) -> set[str]:
    """The ids of all things that the entry with these facts names."""
    return {plain_key(thing) for facet, thing, _place in facts if facet in NAMING}


def facts_naming(things: Iterable[str]) -> QuerySet[CurrentFact]:
    """The facts by which current entries name any of these things."""
    names = [name for thing in things for name in (thing, behind_key(thing))]
    return CurrentFact.objects.filter(facet__in=NAMING, thing__in=names)


def facts_of_statement(document: dict, statement: dict, place: int) -> Facts:
    """What filters find one statement by."""
    found = {
        (STATEMENT, "", place),
        (EVENT, document["id"], place),
        (KIND, statement["kind"], place),
        (STANDING, statement["standing"], place),
    }
    found |= {(ACTOR, name, place) for name in voices(statement)}
    found |= {(SOURCE, name, place) for name in matched_sources(statement)}
    found |= {(PUBLISHER, name, place) for name in matched_publishers(statement)}
    found |= counted(BACKED, statement["origins"], place)
    if statement["speaker"]:
        found.add((SPEAKER, statement["speaker"]["id"], place))
    if statement["first_reported"] is None:
        found.add((UNREPORTED, "", place))
    return found


def facts_behind(source: dict, place: int) -> Facts:
    """What finds a statement on a day when this source stood for what cites it."""
    found = {(SOURCE, behind_key(source["id"]), place)}
    if source["publisher"]:
        found.add((PUBLISHER, behind_key(source["publisher"]["id"]), place))
    return found


def counted(facet: int, origins: dict, place: int) -> Facts:
    """One fact for each number of origins that there are at least."""
    most = min(origins["count"], MOST_ORIGINS)
    return {(facet, str(number), place) for number in range(1, most + 1)}


def variants(found: Facts, date: UncertainDate, known: int | None) -> Facts:
    """The same facts again, for the ranges of dates that must look beside themselves.

    An entry without any date is in every range, and needs none.
    """
    kinds = {variant_of(date)}
    if known is not None and date.sort_key != UNDATED and known < date.sort_key:
        kinds.add(Variant.EARLY)
    return {
        (facet + kind, thing, place)
        for kind in map(int, kinds - {Variant.NONE})
        for facet, thing, place in found
        if facet not in UNFILTERED
    }


def in_order(entries: Iterable[tuple[tuple, Facts]]) -> Iterator[tuple]:
    """The rows of facts of entries, in the order of their key.

    What lies side by side is then written together. Entries come in the order of their
    sort keys: each with that, its sequence and both its marks.
    """
    by_fact: dict[tuple[int, str, int], list[tuple]] = defaultdict(list)
    for entry, facts in entries:
        for fact in facts:
            by_fact[fact].append(entry)
    by_facet: dict[int, list[tuple]] = defaultdict(list)
    for fact in by_fact:  # facet by facet: what begins alike compares slowly
        by_facet[fact[0]].append(fact)
    for facet in sorted(by_facet):
        for _facet, thing, place in sorted(by_facet[facet]):
            yield from [
                (facet, thing, key, place, sequence, marks, names)
                for key, sequence, marks, names in by_fact[facet, thing, place]
            ]

"""Lists of named things, by slug, narrowed by what is true of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import orjson
from django.db import connection

from timeline.models.record import NamedThing, ThingFacet, ThingFact

from .conditions import Sql, all_of, exists
from .words import Terms

FEW = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of things is asked for; any one of each tuple will do."""

    kinds: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    production: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    terms: Terms | None = None

    def facts(self) -> list[tuple[ThingFacet, tuple[str, ...]]]:
        """The facts that each thing must have one of."""
        found = [
            (ThingFacet.KIND, self.kinds),
            (ThingFacet.PUBLISHER, self.publishers),
            (ThingFacet.PRODUCTION, self.production),
            (ThingFacet.STATUS, self.statuses),
        ]
        for phrase in self.terms.phrases if self.terms else ():
            found += [(ThingFacet.WORD, (word,)) for word in phrase]
        return [(facet, values) for facet, values in found if values]


def things(
    noun: str,
    *,
    after: str | None,
    limit: int,
    back: bool = False,
    wanted: Wanted | None = None,
) -> list[NamedThing]:
    """Things of one noun by slug, behind `after` (`back`: before it, backwards)."""
    rows = NamedThing.objects.filter(noun=noun)
    if wanted:
        rows = rows.filter(pk__in=_named_by(noun, wanted, after, limit, back))
    elif after is not None:
        rows = rows.filter(slug__lt=after) if back else rows.filter(slug__gt=after)
    return list(rows.order_by("-slug" if back else "slug")[:limit])


def _named_by(
    noun: str, wanted: Wanted, after: str | None, limit: int, back: bool
) -> list[str]:
    """The ids of the first things that are what is wanted."""
    tests, facts = [], wanted.facts()
    driver = _rarest(noun, facts) if facts else None
    for facet, values in facts:
        if (facet, values) != driver:
            tests.append(_has_fact(noun, facet, values))
    for phrase in wanted.terms.phrases if wanted.terms else ():
        if len(phrase) > 1:
            tests.append(_has_phrase(phrase))
    if wanted.stories:
        holes = ", ".join(["%s"] * len(wanted.stories))
        of_story = f"s.thing = f.thing AND s.story IN ({holes})"
        tests.append(
            exists("timeline_storything", "s", [Sql(of_story, wanted.stories)])
        )
    if after is not None:
        tests.append(Sql(f"f.slug {'<' if back else '>'} %s", (after,)))
    way = "DESC" if back else "ASC"
    if driver:
        branches = [_of_fact(noun, driver[0], value) for value in driver[1]]
        table = "timeline_thingfact"
    else:
        branches, table = [Sql("f.noun = %s", (noun,))], "timeline_namedthing"
    parts = [all_of([branch, *tests]) for branch in branches]
    texts = [
        f"SELECT * FROM (SELECT f.thing, f.slug FROM {table} f WHERE {part.text}"
        f" ORDER BY f.slug {way} LIMIT {int(limit)}) u"
        for part in parts
    ]
    sql = f"{' UNION '.join(texts)} ORDER BY slug {way} LIMIT {int(limit)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for part in parts for value in part.values])
        return [thing for thing, _slug in cursor.fetchall()]


def _of_fact(noun: str, facet: ThingFacet, value: str) -> Sql:
    text = "f.noun = %s AND f.facet = %s AND f.value = %s"
    return Sql(text, (noun, int(facet), value))


def _has_fact(noun: str, facet: ThingFacet, values: tuple[str, ...]) -> Sql:
    holes = ", ".join(["%s"] * len(values))
    text = (
        f"g.noun = %s AND g.facet = %s AND g.value IN ({holes})"
        " AND g.slug = f.slug AND g.thing = f.thing"
    )
    return exists("timeline_thingfact", "g", [Sql(text, (noun, int(facet), *values))])


def _has_phrase(phrase: tuple[str, ...]) -> Sql:
    """That the words of a thing hold a phrase, none of it broken by another name."""
    place = "strpos" if connection.vendor == "postgresql" else "instr"
    text = f"n.thing = f.thing AND {place}(' ' || n.words || ' ', %s) > 0"
    return exists("timeline_namedthing", "n", [Sql(text, (f" {' '.join(phrase)} ",))])


def _rarest(noun: str, facts: list) -> tuple:
    """The facts that fewest things have, as far as that is worth counting."""
    if len(facts) == 1:
        return facts[0]
    return min(facts, key=lambda fact: _number(noun, *fact))


def _number(noun: str, facet: ThingFacet, values: tuple[str, ...]) -> int:
    rows = ThingFact.objects.filter(noun=noun, facet=facet, value__in=values)
    return len(rows.values_list("thing", flat=True)[:FEW])


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """What things are called, by id; those that no current entry names are left out."""
    ids = list(ids)
    if not ids:
        return {}
    rows = NamedThing.objects.filter(pk__in=ids).values_list("thing", "body")
    return {thing: _called(orjson.loads(body)) for thing, body in rows}


def _called(thing: dict) -> str:
    return thing.get("name") or thing.get("title") or thing.get("label") or ""

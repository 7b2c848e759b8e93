"""One named thing, or a list of them: as the newest current revision says it is."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from timeline.dates import instant
from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentStatement,
    Facet,
    KnownEvent,
    NamedThing,
    PastEntry,
    Revision,
    ThingFacet,
    ThingFact,
)
from timeline.provenance import no_longer_stands

from .conditions import Sql, all_of, exists
from .records import (
    Suppressed,
    revision_block,
    successor_of,
    suppression_of,
    tombstone,
    tombstone_of,
)
from .rendering import PATHS, addressed, addresses, dump, moved
from .words import Terms

FEW = 1000
NAMED = "SELECT name, thing FROM timeline_thingname WHERE noun = %s AND name IN"


def ids_of(noun: str, names: Iterable[str]) -> dict[str, str]:
    """The id of each slug or id that the record ever gave to such a thing."""
    names = list(names)
    if not names:
        return {}
    holes = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f"{NAMED} ({holes})", [noun, *names])
        return dict(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """What there is to say of an event: `state` decides which of the rest is set."""

    id: str
    slug: str
    state: str
    body: str | None = None
    tombstone: dict | None = None
    successor: str | None = None


def event(name: str, *, made_for: str, site: str) -> EventAnswer | None:
    """An event by slug or id; None where it was never published."""
    key = ids_of("event", [name]).get(name)
    if key is None:
        return None
    row = _body_of(event_id=key)
    known = KnownEvent.objects.get(pk=key)
    if known.state == "live":
        # It may have been away when its body was read, and come back since.
        row = row or _body_of(event_id=key)
        body = moved(row.body, made_for=made_for, site=site)
        return EventAnswer(known.event_id, known.slug, "live", body=body)
    last = Revision.objects.defer("document").get(pk=known.sequence)
    return EventAnswer(
        known.event_id,
        known.slug,
        known.state,
        tombstone=tombstone(known),
        successor=successor_of(last),
    )


def _body_of(**entry) -> CurrentBody | None:
    """The body of one current entry, read in one statement: no act comes between."""
    entries = CurrentEntry.objects.filter(**entry)
    return CurrentBody.objects.filter(pk__in=entries.values("sort_key")).first()


def revision(event_id: str, number: int, *, made_for: str, site: str) -> str | None:
    """One revision as it was published, byte for byte; None where there is none.

    Of an act without a document (a withdrawal), its id, slug and revision alone.
    `Suppressed` where its text was destroyed.
    """
    rows = Revision.objects.filter(event_id=event_id, number=number)
    row = rows.defer("document").first()
    if row is None:
        return None
    held = _body_of(sequence=row.sequence)
    held = held or PastEntry.objects.filter(sequence=row.sequence).first()
    if held:
        return moved(held.body, made_for=made_for, site=site)
    if row.salt is None:
        raise Suppressed(tombstone_of(suppression_of(row)))
    told = {
        "id": row.event_id,
        "slug": row.slug,
        "revision": revision_block(row),
        "successor": successor_of(row),
    }
    return dump(addressed(told, site=site, page=""))


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


def thing(noun: str, name: str) -> NamedThing | None:
    """One thing by slug or id; None where no current entry names it."""
    key = ids_of(noun, [name]).get(name)
    return NamedThing.objects.filter(pk=key).first() if key else None


def thing_text(row: NamedThing, *, made_for: str, site: str) -> str:
    """A thing as it is sent, with its counts; its body is not parsed."""
    text = moved(row.body, made_for=made_for, site=site)
    more = {}
    if row.noun == "story":
        more |= {"from": _instant(row.earliest), "until": _instant(row.latest)}
    if row.noun != "source":
        more["counts"] = {"events": row.events, "statements": row.statements}
    return f"{text[:-1]},{dump(more)[1:]}" if more else text


def _instant(seconds: int | None) -> str | None:
    return None if seconds is None else instant(seconds)


def source_text(row: NamedThing, *, made_for: str, site: str) -> str:
    """A source with what rests on it, and what rests on it alone."""
    text = thing_text(row, made_for=made_for, site=site)
    rests = {
        "statements": resting(row.thing, Facet.BEARS, site=site),
        "alone": resting(row.thing, Facet.ALONE, site=site),
    }
    return f'{text[:-1]},"rests_on_it":{dump(rests)}}}'


def resting(source: str, facet: Facet, *, site: str) -> list[dict]:
    """The current statements that a source bears, newest event first.

    Those that no longer stand come after those that do.
    """
    places = CurrentFact.objects.filter(facet=facet, thing=source)
    wanted = set(places.values_list("sort_key", "statement"))
    keys = {key for key, _place in wanted}
    rows = CurrentStatement.objects.filter(sort_key__in=keys).order_by(
        "-sort_key", "position"
    )
    found = [row for row in rows if (row.sort_key, row.position) in wanted]
    found.sort(key=lambda row: no_longer_stands(row.standing))
    slugs = dict(
        KnownEvent.objects.filter(pk__in={row.event_id for row in found}).values_list(
            "event_id", "slug"
        )
    )
    return [_named_statement(row, slugs[row.event_id], site) for row in found]


def _named_statement(row: CurrentStatement, event_slug: str, site: str) -> dict:
    page = f"{site}/{PATHS['event']}/{event_slug}/"
    return {
        "id": row.statement_id,
        "slug": row.slug,
        **addresses("statement", row.slug, site=site, page=page),
        "standing": row.standing,
        "event": row.event_id,
    }


def statement(name: str, *, made_for: str, site: str) -> str | None:
    """One statement of a current entry, with its event; None where there is none."""
    key = ids_of("statement", [name]).get(name)
    places = CurrentStatement.objects.filter(pk=key).values("sort_key")
    row = CurrentBody.objects.filter(pk__in=places).first() if key else None
    if row is None:
        return None
    entry = json.loads(moved(row.body, made_for=made_for, site=site))
    said = next(item for item in entry["statements"] if item["id"] == key)
    named = ("id", "slug", "url", "html_url", "title", "date")
    return dump({**said, "event": {part: entry[part] for part in named}})

"""Circles among what files and desk say together, and passages in held texts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from timeline.editing import Refused
from timeline.editing.passages import stands_once
from timeline.editing.saving import check_trails
from timeline.models import (
    TAKEN_WHOLE,
    Citation,
    SourceLink,
    SourceSnapshot,
    Statement,
    StatementLink,
)
from timeline.provenance import ACYCLIC_LINKS
from timeline.provenance.of_models import with_citations

from .checking import Fault
from .shapes import BY_MODEL, Shape
from .staging import Staging, ask

LINEAGE, LINKS = BY_MODEL[SourceLink], BY_MODEL[StatementLink]
CITATIONS, SNAPSHOTS = BY_MODEL[Citation], BY_MODEL[SourceSnapshot]
LONGEST_TOLD = 8


@dataclass(frozen=True, slots=True)
class Edge:
    """One thing leads to another; `n` is the staged object that says so, or None."""

    one: int
    other: int
    n: int | None = None
    name: str = ""


def circles(edges: Iterable[Edge]) -> list[list[Edge]]:
    """Circles in which these lead back, no thing in two of them."""
    out: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        out[edge.one].append(edge)
    found = []
    while out := _within(out):
        path: dict[int, Edge] = {}
        thing = next(iter(out))
        while thing not in path:
            path[thing] = out[thing][0]
            thing = path[thing].other
        steps = list(path)
        circle = [path[step] for step in steps[steps.index(thing) :]]
        found.append(circle)
        for edge in circle:
            del out[edge.one]
    return found


def _within(out: dict[int, list[Edge]]) -> dict[int, list[Edge]]:
    """The same without what leads nowhere, in however many steps."""
    back: dict[int, list[int]] = defaultdict(list)
    for edges in out.values():
        for edge in edges:
            back[edge.other].append(edge.one)
    ways = {thing: len(edges) for thing, edges in out.items()}
    ends = [thing for thing in back if thing not in out]
    gone = set(ends)
    while ends:
        for thing in back.get(ends.pop(), ()):
            ways[thing] -= 1
            if not ways[thing]:
                gone.add(thing)
                ends.append(thing)
    return {
        thing: [edge for edge in edges if edge.other not in gone]
        for thing, edges in out.items()
        if thing not in gone
    }


def lineage_edges(staging: Staging) -> Iterator[Edge]:
    """Which report was taken from which, when all is written."""
    yield from _edges(LINEAGE, "source_id", "target_id", TAKEN_WHOLE, staging)


def link_edges(staging: Staging) -> Iterator[Edge]:
    """Which statement corrects, retracts or clarifies which, when all is written."""
    yield from _edges(LINKS, "statement_id", "target_id", ACYCLIC_LINKS, staging)


def credit_edges(staging: Staging) -> Iterator[Edge]:
    """Which report credits which."""
    if staging.counts[CITATIONS]:
        for one, other, n, name in ask(
            f"SELECT source_id, via_id, n, statement_slug FROM {CITATIONS.stage}"
            " WHERE via_id IS NOT NULL AND source_id IS NOT NULL"
        ):
            yield Edge(one, other, n, name)


def _edges(shape, one, other, kinds, staging) -> Iterator[Edge]:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    staged = staging.counts[shape]
    others = f"SELECT id FROM {shape.table} EXCEPT SELECT pk FROM {shape.stage}"
    kept = f" AND id IN ({others})" if staged else ""
    for pair in ask(
        f"SELECT {one}, {other} FROM {shape.table} WHERE kind IN ({listed}){kept}"
    ):
        yield Edge(*pair)
    if staged:
        for a, b, n, slug, key in ask(
            f"SELECT {one}, {other}, n, {shape.parent}_slug, key FROM {shape.stage}"
            f" WHERE kind IN ({listed}) AND {one} IS NOT NULL AND {other} IS NOT NULL"
        ):
            yield Edge(a, b, n, f"{slug}, {key}")


def circle_faults(staging: Staging) -> Iterator[Fault]:
    """Reports taken from themselves, and statements that correct themselves."""
    if staging.counts[LINEAGE]:
        told = _(
            "By this report would be taken from itself, by way of others (%(path)s): "
            "take one of these links out."
        )
        yield from _told(circles(lineage_edges(staging)), LINEAGE, told)
    if staging.counts[LINKS]:
        told = _(
            "By this, statements would correct, retract or clarify one another in a "
            "circle (%(path)s): take one of these links out."
        )
        yield from _told(circles(link_edges(staging)), LINKS, told)


def _told(found: list[list[Edge]], shape: Shape, sentence: str) -> Iterator[Fault]:
    """One fault for each circle, at the first object of the files that is in it."""
    for circle in found:
        staged = [edge for edge in circle if edge.n is not None]
        if staged and len(circle) > 1:  # what leads to itself breaks a rule by itself
            first = min(staged, key=lambda edge: edge.n)
            start = circle.index(first)
            names = _names(circle[start:] + circle[:start], shape)
            path = " → ".join([*names, names[0]])
            yield Fault(first.n, first.name, "target", sentence % {"path": path})


def _names(circle: list[Edge], shape: Shape) -> list[str]:
    """The web names of the first things of a circle."""
    table = BY_MODEL[shape.named[shape.parent].target].table
    names = []
    for edge in circle[:LONGEST_TOLD]:
        name = edge.name.partition(", ")[0]
        if not name:
            ((name,),) = ask(f"SELECT slug FROM {table} WHERE id = %s", [edge.one])
        names.append(name)
    return names


def doubtful_trails(staging: Staging) -> set[int]:
    """The reports that credits and lineage together may lead back to.

    Each credit counts for its own statement alone, so that this is more than there
    is: the trails that pass these have to be walked.
    """
    if not staging.counts[CITATIONS] and not staging.counts[LINEAGE]:
        return set()
    edges = [*lineage_edges(staging), *credit_edges(staging)]
    return {edge.one for circle in circles(edges) for edge in circle}


def trail_faults(doubtful: set[int], staging: Staging) -> Iterator[Fault]:
    """Statements as written whose trails pass these reports, and come back."""
    if not doubtful:
        return
    passing = Statement.objects.filter(citations__source__in=doubtful).distinct()
    for statement in with_citations(passing.order_by("pk")):
        try:
            check_trails([statement])
        except Refused as refused:
            for n, name, field in _closing(statement, doubtful, staging)[:1]:
                yield Fault(n, name, field, " ".join(refused.sentences))


def _closing(
    statement: Statement, doubtful: set[int], staging: Staging
) -> list[tuple[int, str, str]]:
    """The objects by which its trail comes back: own credits, or links of reports."""
    some = ", ".join(map(str, sorted(doubtful)))
    rows = []
    if staging.counts[CITATIONS]:
        rows = ask(
            "SELECT n, statement_slug || ', ' || key, 'via' FROM"
            f" {CITATIONS.stage} WHERE statement_id = %s AND via_id IS NOT NULL"
            f" AND source_id IN ({some}) ORDER BY n",
            [statement.pk],
        )
    if not rows and staging.counts[LINEAGE]:
        rows = ask(
            "SELECT n, source_slug || ', ' || key, 'target' FROM"
            f" {LINEAGE.stage} WHERE source_id IN ({some}) ORDER BY n"
        )
    return rows


def passage_faults(staging: Staging) -> Iterator[Fault]:
    """Passages that are not in the held text of their report exactly once."""
    if not staging.counts[CITATIONS]:
        return
    wanted = defaultdict(list)
    for held, *rest in ask(
        "SELECT COALESCE(read_in_id, source_id), n, statement_slug || ', ' || key,"
        f" prefix, exact, suffix FROM {CITATIONS.stage} WHERE exact <> ''"
    ):
        wanted[held].append(rest)
    for source, rows in wanted.items():
        texts = _texts_of(source, staging)
        for n, name, *words in rows if texts else ():
            if not any(stands_once("".join(words), text) for text in texts):
                told = _(
                    "This passage is not in the held text of its report exactly once: "
                    "copy it from there, or give more of the words around it."
                )
                yield Fault(n, name, "exact", told)


def _texts_of(source: int, staging: Staging) -> list[str]:
    asked = f"SELECT text FROM {SNAPSHOTS.table} WHERE source_id = %s"
    texts = ask(asked, [source])
    if staging.counts[SNAPSHOTS]:
        asked = f"SELECT text FROM {SNAPSHOTS.stage} WHERE source_id = %s"
        texts += ask(asked, [source])
    return [text for (text,) in texts]

"""Who took it from whom: of a statement, an event, a source or a whole story.

Here it is nodes and edges. It is shown twice, as a picture and as a list, and both say
the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.publishing.read import Step, Told, Trail

from .sources import source_shown


@dataclass(slots=True)
class Node:
    """A report, or all reports of one publisher.

    `notes` are (text, class); `origin` is “own”, “unknown” or nothing.
    """

    key: str
    name: str
    address: str | None
    notes: list[tuple[str, str]] = field(default_factory=list)
    origin: str = ""
    hollow: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """`taker` has it from `giver`, in so many statements."""

    giver: str
    taker: str
    how: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by key in their order, and edges, none from a node to itself.

    `counted`: the edges stand for several statements each.
    """

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    counted: bool = False
    more: bool = False


def of_statement(told: Told, statement: str) -> Graph:
    """The trail of one statement, report by report."""
    trail = told.trails[statement]
    return _of_reports(told, [trail], trail.sources, trail.steps)


def of_event(told: Told) -> Graph:
    """The trails of all statements of an event in one, report by report."""
    trails = list(told.trails.values())
    names = {name for trail in trails for name in trail.sources}
    return _of_reports(told, trails, names, _all_steps(trails), counted=True)


def of_source(told: Told, source: Mapping) -> Graph:
    """What a source came from and what was taken from it, report by report.

    `source` is its own entry: its lineage and copies are part of it.
    """
    trails = list(told.trails.values())
    own = {
        Step(row["source"]["id"], source["id"], row["kind"])
        for row in source["lineage"]
    }
    own |= {
        Step(source["id"], row["id"], "republishes")
        for row in source["copies"]
        if row["id"] not in {step.taker for trail in trails for step in trail.steps}
    }
    steps = _all_steps(trails) | own
    near = _reached(source["id"], steps, "giver", "taker")
    near |= _reached(source["id"], steps, "taker", "giver")
    steps = {step for step in steps if step.giver in near and step.taker in near}
    beside = [row["source"] for row in source["lineage"]] + source["copies"]
    entities = {row["id"]: row for row in beside} | told.sources
    whole = Told(told.trails, entities | {source["id"]: source}, told.more)
    return _of_reports(whole, trails, near, steps, here=source["id"])


def of_story(told: Told) -> Graph:
    """The trails of many statements in one, publisher by publisher."""
    owner = {key: _owner(row) for key, row in told.sources.items()}
    trails = list(told.trails.values())
    used = sorted({name for trail in trails for name in trail.sources} & owner.keys())
    groups: dict[str, list[str]] = defaultdict(list)
    for name in used:
        groups[owner[name]].append(name)
    counts: Counter[Step] = Counter()
    for trail in trails:
        counts.update(
            {
                Step(owner[step.giver], owner[step.taker], step.how)
                for step in trail.steps
                if step.giver in owner and step.taker in owner
            }
        )
    within = {step.taker: 0 for step in counts if step.giver == step.taker}
    for step, count in counts.items():
        if step.giver == step.taker:
            within[step.taker] += count
    weights = _weights(counts)
    nodes = [
        _publisher(key, [told.sources[name] for name in names], trails, within.get(key))
        for key, names in groups.items()
    ]
    nodes.sort(key=lambda node: (-weights[node.key], node.name, node.key))
    edges = (
        Edge(step.giver, step.taker, step.how, count)
        for step, count in sorted(counts.items())
        if step.giver != step.taker
    )
    return Graph(
        {node.key: node for node in nodes}, tuple(edges), counted=True, more=told.more
    )


def _of_reports(
    told: Told,
    trails: list[Trail],
    names: Iterable[str],
    steps: Iterable[Step],
    *,
    counted: bool = False,
    here: str = "",
) -> Graph:
    counts = Counter(step for trail in trails for step in trail.steps)
    steps = sorted(steps)
    weights = _weights({step: counts[step] or 1 for step in steps})
    nodes = [
        _report(told.sources[name], trails, here=name == here)
        for name in names
        if name in told.sources
    ]
    nodes.sort(key=lambda node: (-weights[node.key], node.name, node.key))
    known = {node.key: node for node in nodes}
    edges = (
        Edge(step.giver, step.taker, step.how, counts[step] or 1)
        for step in steps
        if step.giver in known and step.taker in known
    )
    several = counted and len(trails) > 1
    return Graph(known, tuple(edges), counted=several, more=told.more)


def _all_steps(trails: Iterable[Trail]) -> set[Step]:
    return {step for trail in trails for step in trail.steps}


def _weights(counts: Mapping[Step, int]) -> Counter[str]:
    """In how many statements each node gives or takes."""
    found: Counter[str] = Counter()
    for step, count in counts.items():
        for end in {step.giver, step.taker}:
            found[end] += count
    return found


def _reached(start: str, steps: Iterable[Step], near: str, far: str) -> set[str]:
    """All that steps lead to from a source, in one direction."""
    onward = defaultdict(list)
    for step in steps:
        onward[getattr(step, near)].append(getattr(step, far))
    found, waiting = {start}, [start]
    while waiting:
        new = [name for name in onward[waiting.pop()] if name not in found]
        found.update(new)
        waiting += new
    return found


def _owner(source: Mapping) -> str:
    return source["publisher"]["id"] if source["publisher"] else source["id"]


def _report(source: Mapping, trails: Iterable[Trail], *, here: bool) -> Node:
    """A report as a node: who published it, what it is, what is to be known of it."""
    told = source_shown(source)
    when = told["published"]["display"] if told["published"] else _("undated")
    notes = [(str(told["kind"]), ""), (when, "")]
    origin = _origin([source], trails)
    if origin:
        notes.append((_origin_words(origin), "strong"))
    if any(source["id"] in trail.read_in for trail in trails):
        notes.append((_("read in this copy"), ""))
    hollow = source.get("known_by_credit", False)
    notes += _marks(told["made_with_ai"], told["status"], hollow=hollow)
    if here:
        notes.append((_("this page"), ""))
    address = None if here else reverse("web:source", args=[source["slug"]])
    return Node(source["id"], told["by"], address, notes, origin, hollow, here)


def _publisher(
    key: str, sources: list[Mapping], trails: list[Trail], within: int | None
) -> Node:
    """A publisher as a node: how many reports, and of how many trails the beginning."""
    first, count = sources[0], len(sources)
    notes = [
        (
            ngettext("%(count)d report", "%(count)d reports", count) % {"count": count},
            "",
        )
    ]
    origin = _origin(sources, trails)
    notes += [(told, "strong") for told in _beginnings(sources, trails)]
    if within:
        told = ngettext(
            "from another report of its own: %(count)d statement",
            "from other reports of its own: %(count)d statements",
            within,
        )
        notes.append((told % {"count": within}, ""))
    shown = [source_shown(source) for source in sources]
    made = {one["made_with_ai"] for one in shown}
    mark = next(iter(made)) if len(made) == 1 else _("some of it made with AI")
    hollow = all(source["known_by_credit"] for source in sources)
    notes += _marks(mark, "", hollow=hollow)
    return Node(key, shown[0]["by"], _home(first), notes, origin, hollow)


def _home(source: Mapping) -> str | None:
    """Where a publisher is, if it has a page; of a source without one, its own."""
    publisher = source["publisher"]
    if publisher is None:
        return reverse("web:source", args=[source["slug"]])
    if publisher.get("private"):
        return None
    return reverse("web:actor", args=[publisher["slug"]])


def _origin(sources: Iterable[Mapping], trails: Iterable[Trail]) -> str:
    """Whether trails begin with these: by own reporting, or as far as is known."""
    ends = set().union(*(trail.origins for trail in trails))
    found = {
        source.get("reporting", "unknown") for source in sources if source["id"] in ends
    }
    if not found:
        return ""
    return "own" if "own" in found else "unknown"


def _beginnings(sources: Iterable[Mapping], trails: Iterable[Trail]) -> list[str]:
    """Of how many statements a publisher is where the trail begins, and on what."""
    own = {row["id"] for row in sources if row["reporting"] == "own"}
    others = {row["id"] for row in sources} - own
    begun = sum(bool(trail.origins & own) for trail in trails)
    ended = sum(bool(trail.origins & others) for trail in trails)
    told = []
    if begun:
        words_ = ngettext(
            "origin of %(count)d statement", "origin of %(count)d statements", begun
        )
        told.append(words_ % {"count": begun})
    if ended:
        words_ = ngettext(
            "the trail of %(count)d statement ends here",
            "the trails of %(count)d statements end here",
            ended,
        )
        told.append(words_ % {"count": ended})
    return told


def _origin_words(origin: str) -> str:
    if origin == "own":
        return _("origin, own reporting")
    return _("the trail ends here")


def _marks(made: str, status: str, *, hollow: bool) -> list[tuple[str, str]]:
    """What a reader should be warned of, or told."""
    marks = [(str(words_), "mark") for words_ in (made, status) if words_]
    return [*marks, (_("known by credit only"), "")] if hollow else marks

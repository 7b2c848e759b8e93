"""What links between statements leave standing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from timeline.provenance.values import ACYCLIC_LINKS, LinkFacts

# The first that applies decides.
_STANDING_BY_LINK = (
    ("retracts", "retracted"),
    ("corrects", "corrected"),
    ("denies", "disputed"),
    ("contradicts", "disputed"),
    ("clarifies", "clarified"),
)


class LinkCycle(ValueError):
    """Statements that correct, retract or clarify each other in a circle.

    In `path` each links to the next, and the last is the first again.
    """

    def __init__(self, path: tuple[str, ...]):
        self.path = path
        super().__init__(
            "These statements correct, retract or clarify each other in a circle: "
            f"{' → '.join(path)}. Take out one of the links."
        )


def standings(
    statements: Iterable[str],
    links: Iterable[LinkFacts],
    *,
    ai_alone: Collection[str],
) -> dict[str, str]:
    """Return the standing of each statement, in the order given.

    `statements` are all that are known: links from or to others are ignored.
    Links from those in `ai_alone`, which rest on AI-generated sources alone,
    change nothing. Raises LinkCycle.
    """
    known = dict.fromkeys(statements)
    links = [link for link in links if link.statement in known and link.target in known]
    incoming = _by_target(links, without=frozenset(ai_alone))
    gone: set[str] = set()
    for statement in _linking_before_linked(links):
        if no_longer_stands(_standing(incoming[statement], gone)):
            gone.add(statement)
    return {statement: _standing(incoming[statement], gone) for statement in known}


def link_cycle(links: Iterable[LinkFacts]) -> tuple[str, ...] | None:
    """Return one circle of corrects, retracts and clarifies, or None.

    Each statement in it links to the next, and the last is the first again.
    """
    try:
        _linking_before_linked(links)
    except LinkCycle as cycle:
        return cycle.path
    return None


def ordered(
    statement_ids: Iterable[str], standings: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the statements with those corrected or retracted moved to the end.

    Otherwise the order is kept; one not named in `standings` stands.
    """
    return tuple(
        sorted(
            statement_ids,
            key=lambda each: no_longer_stands(standings.get(each, "stands")),
        )
    )


def no_longer_stands(standing: str) -> bool:
    """Return whether what has this standing was corrected or retracted."""
    return standing in ("corrected", "retracted")


def _by_target(
    links: Iterable[LinkFacts], *, without: Collection[str]
) -> defaultdict[str, list[LinkFacts]]:
    incoming = defaultdict(list)
    for link in links:
        if link.statement not in without:
            incoming[link.target].append(link)
    return incoming


def _standing(incoming: Iterable[LinkFacts], gone: Collection[str]) -> str:
    kinds = {link.kind for link in incoming if link.statement not in gone}
    return next(
        (standing for kind, standing in _STANDING_BY_LINK if kind in kinds), "stands"
    )


def _linking_before_linked(links: Iterable[LinkFacts]) -> tuple[str, ...]:
    """Return the statements so linked, each after all that link to it."""
    order = TopologicalSorter()
    for link in links:
        if link.kind in ACYCLIC_LINKS:
            order.add(link.target, link.statement)
    try:
        return tuple(order.static_order())
    except CycleError as error:
        raise LinkCycle(tuple(error.args[1])) from error

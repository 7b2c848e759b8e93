"""What a list is asked for, and by which facts its entries are found."""

from dataclasses import dataclass

from timeline.dates import UncertainDate
from timeline.models.record import Facet

from .spans import behind_key, role_key
from .words import Terms

Group = tuple[Facet, tuple[str, ...]]  # any of these things will do


@dataclass(frozen=True, slots=True)
class Query:
    """What a page is asked for; names are ids, any one of each tuple will do.

    `speakers`, `statement_kinds`, `standings`, `sources` and `publishers` are met by
    one and the same statement; `actors` and `roles` by one participation. With
    `of_statements` the list is one of statements, each of which meets all that
    concerns a statement. `known_at` shows what had been reported by then.
    """

    of_statements: bool = False
    stories: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    statement_kinds: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    importance: tuple[str, ...] = ()
    min_origins: int = 0
    since: UncertainDate | None = None
    until: UncertainDate | None = None
    said_since: UncertainDate | None = None
    said_until: UncertainDate | None = None
    match: str = "may"
    terms: Terms | None = None
    known_at: UncertainDate | None = None
    order: str = "-date"
    page_size: int = 50

    @property
    def known_by(self) -> int | None:
        """The last second of the day that `known_at` ends with."""
        return self.known_at.latest if self.known_at else None


@dataclass(frozen=True, slots=True)
class Groups:
    """The facts that a query asks for: of an entry, and of one statement of it."""

    entry: tuple[Group, ...]
    statement: tuple[Group, ...]


def groups_of(query: Query) -> Groups:
    """By which facts the entries, or statements, of a query are found.

    What a day in the past changes (standing, origins) is looked at afterwards.
    """
    known = query.known_at is not None
    entry: list[Group] = [
        (Facet.STORY, query.stories),
        (Facet.TOPIC, query.topics),
        (Facet.IMPORTANCE, query.importance),
    ]
    statement: list[Group] = [
        (Facet.SPEAKER, query.speakers),
        (Facet.SOURCE, _cited(query.sources, known=known)),
        (Facet.PUBLISHER, _cited(query.publishers, known=known)),
        (Facet.KIND, query.statement_kinds),
        (Facet.STANDING, () if known else query.standings),
        (Facet.EVENT, query.events),
    ]
    counted = (str(query.min_origins),) if query.min_origins and not known else ()
    if query.of_statements:
        statement += [(Facet.ACTOR, query.actors), (Facet.BACKED, counted)]
    else:
        entry += [(Facet.ORIGINS, counted), *_taking_part(query)]
    return Groups(_given(entry), _given(statement))


def _cited(names: tuple[str, ...], *, known: bool) -> tuple[str, ...]:
    """Where what was cited was not out yet, what it goes back to may stand for it."""
    return (*names, *map(behind_key, names)) if known else names


def _taking_part(query: Query) -> list[Group]:
    if query.actors and query.roles:
        pairs = [role_key(role, key) for role in query.roles for key in query.actors]
        return [(Facet.PARTICIPATION, tuple(pairs))]
    return [(Facet.ACTOR, query.actors), (Facet.ROLE, query.roles)]


def _given(groups: list[Group]) -> tuple[Group, ...]:
    return tuple((facet, things) for facet, things in groups if things)

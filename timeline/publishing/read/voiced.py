"""What somebody said, was spoken for in, or relayed, counted by what of it stands."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import orjson

from .asking import Query
from .paging import every
from .records import Head

SPOKEN = ("speaker", "on_behalf_of", "relayed_by")
MOST_COUNTED = 500


@dataclass(frozen=True, slots=True)
class Voiced:
    """Statements by standing; `more`: not all events of the actor were looked at."""

    standings: Counter[str] = field(default_factory=Counter)
    more: bool = False

    @property
    def statements(self) -> int:
        """How many there are."""
        return self.standings.total()


def voiced(actor: str, *, head: Head) -> Voiced:
    """What an actor said in the newest events; counted once while the record stands."""
    return _voiced(actor, head.sequence, head.digest, head.site)


def voices_of(statement: dict, actor: str) -> list[str]:
    """As what an actor has a voice in a statement: `speaker`, `on_behalf_of`…"""
    return [
        part for part in SPOKEN if (voice := statement[part]) and voice["id"] == actor
    ]


@lru_cache(maxsize=256)
def _voiced(actor: str, sequence: int, _digest: str, made_for: str) -> Voiced:
    query = Query(actors=(actor,), order="-date", page_size=0)
    found = every(
        query, at=sequence, head=sequence, made_for=made_for, limit=MOST_COUNTED + 1
    )
    bodies = list(found)
    standings = Counter(
        statement["standing"]
        for body in bodies[:MOST_COUNTED]
        for statement in orjson.loads(body)["statements"]
        if voices_of(statement, actor)
    )
    return Voiced(standings, len(bodies) > MOST_COUNTED)

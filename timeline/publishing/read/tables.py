"""Where each half of the record is read: what is current, and what was."""

from dataclasses import dataclass

from timeline.models.record import UNLISTED


@dataclass(frozen=True, slots=True)
class Tables:
    """One half; `same` joins two of its facts, `stood` holds at a sequence.

    `stood` takes that sequence as often as `times`. `beside` joins an entry `e` to a
    fact `f` one by one: for the sum no order is known that both could be merged in.
    """

    entry: str
    fact: str
    said: str
    search: str
    found_by: str  # the column of `search` that its index is by
    same: str
    beside: str
    stood: str
    times: int

    def joined(self, one: str, other: str) -> str:
        """That two rows are of the same entry."""
        return self.same.format(f=one, e=other)


# As the condition of the index that has facts in the order of publication.
UNLISTED_FACETS = ", ".join(str(facet.value) for facet in UNLISTED)
LISTED = f"{{f}}.facet < 100 AND NOT ({{f}}.facet IN ({UNLISTED_FACETS}))"
CURRENT = Tables(
    entry="timeline_currententry",
    fact="timeline_currentfact",
    said="timeline_currentsaid",
    search="timeline_currentsearch",
    found_by="sort_key",
    same="{f}.sort_key = {e}.sort_key",
    beside="e.sort_key = f.sort_key + 0",
    stood="{sequence} <= %s",
    times=1,
)
PAST = Tables(
    entry="timeline_pastentry",
    fact="timeline_pastfact",
    said="timeline_pastsaid",
    search="timeline_pastsearch",
    found_by="sequence",
    same="{f}.sort_key = {e}.sort_key AND {f}.sequence = {e}.sequence",
    beside="e.sequence = f.sequence + 0",
    stood="{sequence} <= %s AND {f}.until_sequence > %s",
    times=2,
)

"""History: a thing of the desk as any of its saves left it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from timeline.models import Citation, Statement, StatementLink

from .differing import Change, Names, State, differences
from .recording import PARTS, rows_at, saves_of

OF_STATEMENT = {
    Statement: "id",
    Citation: "statement_id",
    StatementLink: "statement_id",
}


@dataclass(frozen=True, slots=True)
class Save:
    """One save: when, by whom and why, and what it changed.

    `made` says that it made the thing; `found`, that nothing is known of before.
    """

    version: int
    at: datetime
    by: str
    why: str
    made: bool
    found: bool
    changes: tuple[Change, ...]


def saves(root, *, statement: Statement | None = None) -> QuerySet:
    """The saves of a thing, newest first; of an event, those of one statement."""
    rows = saves_of(root).order_by("-saved_version", "-history_id")
    if statement is None:
        return rows
    touched = Q()
    for model, column in OF_STATEMENT.items():
        own = model.history.model.objects.filter(
            root_id=root.pk, **{column: statement.pk}
        )
        touched |= Q(saved_version__in=own.order_by().values("saved_version"))
    return rows.filter(touched)


def told(root, rows: Iterable, *, statement: Statement | None = None) -> list[Save]:
    """What each of these saves changed, in a number of queries that is always the same.

    `rows` are of `saves(root)`, newest first.
    """
    rows = list(rows)
    if not rows:
        return []
    lowest, highest = rows[-1].saved_version, rows[0].saved_version
    steps = walk(root, lowest, highest)
    names = Names([row for state in steps.values() for row in every(state)])
    before = dict(zip(list(steps)[1:], list(steps), strict=False))
    found = []
    for row in rows:
        version = row.saved_version
        earlier = steps[before[version]]
        made = row.history_type == "+"
        began = made or not earlier.get(type(root))
        changes = () if began else differences(earlier, steps[version], names)
        if statement is not None:
            changes = (change for change in changes if change.is_of(statement))
        by, why = row.by_name, row.history_change_reason
        found.append(
            Save(
                version,
                row.history_date,
                by,
                why,
                made,
                began and not made,
                tuple(changes),
            ),
        )
    return found


def walk(root, lowest: int, highest: int) -> dict[int, State]:
    """The state before a range of versions, and each that a save in it left."""
    state = state_at(root, lowest - 1)
    steps = {lowest - 1: state}
    written: dict[int, list] = {}
    for model in (type(root), *PARTS[type(root)]):
        rows = model.history.model.objects.filter(
            root_id=root.pk, saved_version__range=(lowest, highest)
        )
        for row in rows.order_by("history_id"):
            written.setdefault(row.saved_version, []).append((model, row))
    for version in sorted(written):
        state = {model: dict(several) for model, several in state.items()}
        for model, row in written[version]:
            state.setdefault(model, {}).pop(row.id, None)
            if row.history_type != "-":
                state[model][row.id] = row
        steps[version] = state
    return steps


def state_at(root, version: int) -> State:
    """Each row of a thing as it was at a version, by model and primary key."""
    return {
        model: {row.id: row for row in rows_at(model, root.pk, version)}
        for model in (type(root), *PARTS[type(root)])
    }


def difference(root, one: int, other: int) -> list[Change]:
    """What is to be changed to come from the state at one version to another's."""
    before, after = state_at(root, one), state_at(root, other)
    names = Names([*every(before), *every(after)])
    return differences(before, after, names)


def every(state: State) -> Iterable:
    """All rows of a state."""
    for several in state.values():
        yield from several.values()

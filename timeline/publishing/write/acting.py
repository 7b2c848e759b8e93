"""What every act of publishing does: checks who acts, takes the version, appends."""

from collections.abc import Container, Iterable

from django.db import connection
from django.utils.translation import gettext as _

from timeline.editing import Refused, Stale
from timeline.models import Event
from timeline.models.record import KnownEvent, Revision

from .before import before
from .consequences import follow
from .entries import apply, declare
from .given_names import NO_NAMES
from .log import Draft, append
from .rows import among_these
from .sending import ask, kept_back, write
from .settling import Workspace, settle


def take(
    key: int,
    version: int,
    *,
    fixed: Container[str] = (),
    only: dict | None = None,
    **changes,
) -> None:
    """Mark the version that was looked at; the check is the write.

    `Refused` where the event is in one of the `fixed` states, `Stale` where somebody
    has saved it since, or it is not what it has to be (`only`). The row is kept from
    others until the transaction ends.
    """
    rows = Event.objects.filter(pk=key, version=version, **(only or {}))
    free = rows.exclude(live_state__in=fixed)
    if free.update(version=version, **changes):
        return
    if kept := rows.first():
        raise Refused(
            _("“%(event)s” cannot be published or withdrawn: it is %(state)s.")
            % {"event": kept, "state": kept.get_live_state_display()}
        )
    raise Stale(Event.objects.filter(pk=key).first() or _("the event"))


def take_many(versions: dict[int, int], *, fixed: Container[str], **changes) -> None:
    """The same for many events, by their primary keys, in two statements.

    `published_version` is set to the version of each.
    """
    table, (these, keys) = Event._meta.db_table, among_these("id", sorted(versions))
    columns = ", ".join(("id", "version", "live_state", *changes))
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    rows = f"SELECT {columns} FROM {table} WHERE {these} ORDER BY id{lock}"
    (held,) = ask((rows, [keys]))
    free = {
        (key, version) for key, version, state, *_rest in held if state not in fixed
    } & versions.items()
    if len(free) < len(versions):
        for key, version in sorted(versions.items()):  # says which, and why
            take(key, version, fixed=fixed)
    # What all of them are already is not written: an index goes by it.
    for place, (name, value) in enumerate(list(changes.items()), start=3):
        if all(row[place] == value for row in held):
            del changes[name]
    sets = "".join(f", {name} = %s" for name in changes)
    write(
        f"UPDATE {table} SET published_version = version{sets} WHERE {these}",
        [*map(str, changes.values()), keys],
    )


def known_in(event: Event, *states: str) -> KnownEvent:
    """Where an event stands in the record; `Refused` where it is in none of `states`.

    To be asked under the lock of the record.
    """
    known = KnownEvent.objects.filter(pk=event.public_id, state__in=states).first()
    if known is None:
        raise Refused(_("“%(event)s” is not live.") % {"event": event})
    return known


def live_successor(event: Event | None) -> str | None:
    """The id of a live event that stands in another's place; `Refused` if it is not."""
    if event is None:
        return None
    if not KnownEvent.objects.filter(pk=event.public_id, state="live").exists():
        raise Refused(
            _("“%(event)s” is not live: publish it first.") % {"event": event}
        )
    return event.public_id


def without(event_id: str, *, keep_links: bool = False) -> Workspace:
    """Everything live as it would be without this event.

    `keep_links` keeps what it declares for the day it comes back.
    """
    workspace = Workspace()
    workspace.load([event_id])
    kept = workspace.declared[event_id] if keep_links else []
    workspace.put(event_id, None, kept)
    settle(workspace)
    return workspace


def carry_out(
    workspace: Workspace,
    drafts: list[Draft],
    *,
    by,
    anew: Iterable[str] = (),
    afterwards: Iterable[Draft] = (),
) -> list[Revision]:
    """Append the act and all that follows from it, and bring the readers' tables up.

    The live events `anew` are appended again even where they say what they said.
    What is to be done `afterwards` may be about events that occur before.
    """
    with kept_back():
        return _carried_out(workspace, drafts, list(afterwards), by, set(anew))


def _carried_out(workspace, drafts, afterwards, by, anew) -> list[Revision]:
    declare(
        {event: workspace.declared[event] for event in workspace.undeclared},
        before=workspace.declaring,
    )
    drafts = drafts + follow(workspace, drafts, anew=anew)
    if not drafts:
        return []
    every = [*drafts, *afterwards]
    documents = [draft.document for draft in drafts if draft.document]
    names, memo = workspace.names, workspace.memo
    stood = before((draft.event_id for draft in every), documents, names)
    revisions = append(every, last=stood.last, by=by)
    pairs = list(zip(revisions, every, strict=True))
    shown = workspace.shown
    for part in filter(None, (pairs[: len(drafts)], pairs[len(drafts) :])):
        documents = {row.sequence: draft.said for row, draft in part if draft.said}
        rows = [row for row, _draft in part]
        apply(rows, documents, shown, names=names, stood=stood, memo=memo)
        shown, names, stood = documents, NO_NAMES, None  # what was new is there by now
        memo = None
    return revisions

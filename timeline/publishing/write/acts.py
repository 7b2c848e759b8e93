"""The verbs of publishing: each is one act, in one transaction of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from timeline.editing import (
    Refused,
    cleaned,
    refuse_own_drafts,
    require,
)
from timeline.editing.working import end_approval
from timeline.models import Event, LiveState, ReviewState
from timeline.models.record import Revision, RevisionKind
from timeline.publishing.read.canonical import canonical

from .acting import (
    carry_out,
    known_in,
    live_successor,
    take,
    take_many,
    without,
)
from .building import Ahead, built_ahead, built_of
from .consequences import unchanged
from .document import Built
from .linking import clusters, together
from .log import Draft, hold_record_lock
from .naming import HeldNames, refuse_other_names
from .readiness import bars_of
from .sending import kept_back
from .settling import Workspace, settle
from .substance import check_kind

AT_ONCE = 500  # events in one act, at most
FIXED = (LiveState.MERGED, LiveState.HELD)


@dataclass(frozen=True, slots=True)
class Published:
    """One act: the events that were published, and the rows that it appended.

    `refused` are sentences by the event that they are about.
    """

    keys: list[int]
    rows: list[Revision]
    refused: dict[int, list[str]] = field(default_factory=dict)


class NotReady(Refused):
    """Events that readiness bars; `problems` say why, each with its field."""

    def __init__(self, problems):
        super().__init__(*(problem.sentence for problem in problems))
        self.problems = problems


def publish(
    event: Event,
    *,
    by,
    version: int,
    kind: str | None = None,
    note: str = "",
    reason: str = "",
) -> Revision | None:
    """Publish what `event` is on the desk, and all that follows from it.

    `by` is the account that acts (None: the command line), `version` the one that
    was looked at. `kind` is one of `update correction minor`, by default `update`;
    the first time it is always `publication`. `note` is for readers, `reason` for the
    desk. Returns the appended revision, or None where nothing public changed.

    Raises `PermissionDenied`, `Stale`, `NotReady`, or `Refused` with sentences.
    """
    appended = publish_together(
        [(event.pk, version)], by=by, kind=kind, note=note, reason=reason
    )
    event.refresh_from_db()
    return next((row for row in appended if row.event_id == event.public_id), None)


def publish_many(
    events: Iterable[Event],
    *,
    by,
    kind: str | None = None,
    note: str = "",
    reason: str = "",
) -> Iterator[list[Revision]]:
    """Publish many events at the versions they were read with.

    In acts of at most 500, linked ones together where they fit; yields the revisions
    of each act once it is committed. Raises as `publish` does; the acts before stay.
    """
    require(by, "timeline.publish_event")
    versions = {event.pk: event.version for event in events}
    for group in together(versions, at_most=AT_ONCE):
        yield publish_together(
            [(key, versions[key]) for key in group],
            by=by,
            kind=kind,
            note=note,
            reason=reason,
        )


def publish_keys(
    versions: dict[int, int],
    *,
    by,
    note: str = "",
    reason: str = "",
    turn: Callable[[], None] = lambda: None,
) -> Iterator[Published]:
    """Publish events by their primary keys, at the versions that were looked at.

    As `publish_many` does; but what cannot be published is left and told, and holds
    up nothing that is not linked with it. `turn` is called just before each act: it
    waits while others have theirs, and writes nothing. On SQLite the documents are
    built before that.
    """
    require(by, "timeline.publish_event")

    place = {key: number for number, key in enumerate(versions)}

    def act(keys: list[int]) -> Published:
        chosen = [(key, versions[key]) for key in sorted(keys, key=place.get)]
        told = {"kind": None, "note": note, "reason": reason}
        ahead = built_ahead([key for key, _version in chosen])
        turn()
        return Published(keys, publish_together(chosen, by=by, ahead=ahead, **told))

    for group in together(versions, at_most=AT_ONCE):
        try:
            yield act(group)
        except Refused:
            for cluster in clusters(group):
                yield from _as_far_as_it_goes(cluster, act)


def _as_far_as_it_goes(
    keys: list[int], act: Callable[[list[int]], Published]
) -> Iterator[Published]:
    """Linked events in one act, or where that is refused each by itself."""
    try:
        yield act(keys)
    except Refused as refused:
        if len(keys) == 1:
            yield Published([], [], {keys[0]: refused.sentences})
            return
        for key in keys:
            yield from _as_far_as_it_goes([key], act)


def withdraw(
    event: Event,
    *,
    by,
    version: int,
    note: str,
    reason: str = "",
    successor: Event | None = None,
) -> Revision:
    """Take a live event away; its earlier revisions stay readable.

    `note` tells readers why and must not be empty. `successor` is a live event that
    stands in its place. Raises as `publish` does.
    """
    require(by, "timeline.withdraw_event")
    note, reason = cleaned(note), cleaned(reason)
    if not note:
        raise Refused(_("Tell readers in the note why it is withdrawn."))
    if successor == event:
        raise Refused(_("An event cannot stand in its own place: choose another."))
    with transaction.atomic(durable=True):
        take(event.pk, version, fixed=FIXED, live_state=LiveState.WITHDRAWN)
        end_approval(event)
        hold_record_lock()
        known = known_in(event, "live")
        draft = Draft(
            event_id=event.public_id,
            slug=known.slug,
            kind=RevisionKind.WITHDRAWAL,
            note=note,
            reason=reason,
            successor=live_successor(successor),
        )
        appended = carry_out(without(event.public_id), [draft], by=by)
    event.refresh_from_db()
    return appended[0]


def publish_together(
    chosen: list[tuple[int, int]],
    *,
    by,
    kind,
    note,
    reason,
    only: dict | None = None,
    said: str = "",
    ahead: Ahead | None = None,
) -> list[Revision]:
    """One act; `chosen` are primary keys with the versions that were looked at.

    `only` is what each of the events has to be besides, by its columns, `said` the
    digest of what a single one has to say (`digest_of`), `ahead` their documents as
    they were built just before.
    """
    require(by, "timeline.publish_event")
    note, reason = cleaned(note), cleaned(reason)
    keys = [key for key, _version in chosen]
    with transaction.atomic(durable=True):
        refuse_own_drafts(keys, by=by)
        ahead = ahead and ahead.still(keys)  # asked before anything is written
        _take(chosen, only)
        built = ahead.built if ahead else built_of(keys)
        problems = bars_of(built)
        if problems:
            raise NotReady(problems)
        if said:
            _refuse_other_than(said, built[0])
        with kept_back():
            hold_record_lock()  # from here on nothing changes what follows
            documents = (item.document for item in built)
            names = refuse_other_names(documents, ahead.names if ahead else None)
            workspace = prepared(built, names)
            drafts = [_draft(item, workspace, kind, note, reason) for item in built]
            return carry_out(workspace, list(filter(None, drafts)), by=by)


def _take(chosen: list[tuple[int, int]], only: dict | None) -> None:
    """Mark the versions that were looked at as live."""
    live = {"live_state": LiveState.LIVE, "review_state": ReviewState.DRAFT}
    if len(chosen) > 1 and not only:
        take_many(dict(chosen), fixed=FIXED, **live)
        return
    for key, version in sorted(chosen):
        take(key, version, fixed=FIXED, only=only, published_version=version, **live)


def _refuse_other_than(said: str, built: Built) -> None:
    if said != digest_of(built):
        raise Refused(
            _(
                "It says something else than what was approved: a person or a "
                "report in it was changed since. Look at it and approve it again."
            )
        )


def digest_of(built: Built) -> str:
    """What tells one state of an event's words from any other, whoever changed them."""
    declared = [asdict(link) for link in built.declared]
    text = canonical({"document": built.document, "declared": declared})
    return sha256(text.encode()).hexdigest()


def prepared(built: list[Built], names: HeldNames | None = None) -> Workspace:
    """Everything live as it would be with these; `names` are those of theirs held."""
    workspace = Workspace(names)
    workspace.load(item.event.public_id for item in built)
    for item in built:
        workspace.memo = item.memo
        workspace.put(item.event.public_id, item.document, item.declared)
    settle(workspace)
    return workspace


def _draft(item: Built, workspace: Workspace, kind, note, reason) -> Draft | None:
    """What to append for one event; None where readers would see no change."""
    key = item.event.public_id
    before, after = workspace.before[key], workspace.after[key]
    if before and unchanged(before, after):
        return None
    return Draft(
        event_id=key,
        slug=item.event.slug,
        kind=check_kind(workspace, key, kind=kind, note=note),
        note=note,
        reason=reason,
        document=after,
    )

"""The verbs of publishing: each is one act, in one transaction of its own."""

from collections.abc import Callable
from dataclasses import asdict
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
from .building import Ahead, built_of
from .consequences import unchanged
from .document import Built
from .log import Draft, hold_record_lock
from .naming import Held, HeldNames, refuse_other_names
from .readiness import bars_of
from .sending import kept_back
from .settling import Workspace, settle
from .substance import check_kind

FIXED = (LiveState.MERGED, LiveState.HELD)


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
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Revision]:
    """One act; `chosen` are primary keys with the versions that were looked at.

    `only` is what each of the events has to be besides, by its columns, `said` the
    digest of what a single one has to say (`digest_of`), `ahead` their documents as
    they were built just before. `meanwhile` is called when nothing is left to do here
    but to wait until all is written.
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
            held = ahead.names if ahead else None
            rows = _appended(built, held, by=by, kind=kind, note=note, reason=reason)
            meanwhile()
            return rows


def _appended(built: list[Built], held: list[Held] | None, *, by, **words):
    """What is new in these documents, and what follows from it, as it was appended.

    `held` as in `refuse_other_names`.
    """
    names = refuse_other_names((item.document for item in built), held)
    workspace = prepared(built, names)
    drafts = [_draft(item, workspace, **words) for item in built]
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

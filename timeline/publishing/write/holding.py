"""Hold and release: an event is kept back at once, and comes back as it was."""

from django.db import transaction
from django.utils.translation import gettext as _

from timeline.editing import (
    Refused,
    cleaned,
    embargo_sentence,
    is_embargoed,
    require,
)
from timeline.editing.working import end_approval
from timeline.models import Event, LiveState
from timeline.models.record import KnownEvent, Revision, RevisionKind
from timeline.publishing.read.documents import document_of

from .acting import carry_out, take, without
from .log import Draft, hold_record_lock
from .settling import Workspace, settle
from .states import Stand, stand_of


def hold(
    event: Event, *, by, version: int, note: str = "", reason: str = ""
) -> Revision:
    """Keep every public form of every revision of an event back, until released.

    Other live events stop naming it. What it declares is kept. An approval ends: after
    a release somebody looks again. Raises as `publish`.
    """
    require(by, "timeline.hold_event")
    note, reason = cleaned(note), cleaned(reason)
    with transaction.atomic(durable=True):
        take(event.pk, version, live_state=LiveState.HELD)
        end_approval(event)
        hold_record_lock()
        draft = Draft(
            event_id=event.public_id,
            slug=_known(event).slug,
            kind=RevisionKind.HOLD,
            note=note,
            reason=reason,
        )
        if stand_of(event.public_id).hold:
            raise Refused(_("“%(event)s” is on hold already.") % {"event": event})
        workspace = without(event.public_id, keep_links=True)
        appended = carry_out(workspace, [draft], by=by)
    event.refresh_from_db()
    return appended[0]


def release(
    event: Event, *, by, version: int, note: str = "", reason: str = ""
) -> Revision:
    """Bring back what the hold found: the text that was live, settled anew.

    What was withdrawn, merged or suppressed is that again. During an embargo nothing
    is released: to readers it would be published. Raises as `publish`.
    """
    require(by, "timeline.hold_event")
    note, reason = cleaned(note), cleaned(reason)
    with transaction.atomic(durable=True):
        take(event.pk, version)
        refuse_embargoed(event)
        hold_record_lock()
        known, stand = _known(event), stand_of(event.public_id)
        if not stand.hold:
            raise Refused(_("“%(event)s” is not on hold.") % {"event": event})
        workspace = _with_back(event.public_id, stand)
        draft = Draft(
            event_id=event.public_id,
            slug=known.slug,
            kind=RevisionKind.RELEASE,
            note=note,
            reason=reason,
            document=workspace.after[event.public_id],
        )
        appended = carry_out(workspace, [draft], by=by)
        Event.objects.filter(pk=event.pk).update(live_state=stand.under)
    event.refresh_from_db()
    return appended[0]


def refuse_embargoed(event: Event) -> None:
    """`Refused` where an event, as it is now, is under embargo; its row is kept."""
    now = Event.objects.get(pk=event.pk)
    if is_embargoed(now):
        raise Refused(embargo_sentence(now), _("Lift the embargo first."))


def _known(event: Event) -> KnownEvent:
    known = KnownEvent.objects.filter(pk=event.public_id).first()
    if known is None:
        raise Refused(_("“%(event)s” was never published.") % {"event": event})
    return known


def _with_back(event_id: str, stand: Stand) -> Workspace:
    """Everything live as it would be with what the hold found."""
    workspace = Workspace()
    workspace.load([event_id])
    document, declared = None, []
    if stand.under == "live":
        document = document_of(Revision.objects.get(pk=stand.told))
        declared = workspace.declared[event_id]
    workspace.put(event_id, document, declared)
    settle(workspace)
    return workspace

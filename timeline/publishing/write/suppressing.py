"""Suppress: the text of revisions is destroyed; that there was one stays on record."""

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from timeline.editing import Refused, cleaned, erase_history, require
from timeline.editing.working import end_approval
from timeline.editing.working import forget_words as forget_review
from timeline.models import Act, Event
from timeline.models.record import (
    CurrentEntry,
    KnownEvent,
    Revision,
    RevisionKind,
    ThingName,
)
from timeline.publishing.read.documents import document_of

from .acting import carry_out, without
from .consequences import causes_of
from .log import Draft, destroy, hold_record_lock, rename
from .settling import Workspace
from .states import Stand, stand_of
from .tracing import causes, forget_names, forget_words, rows_naming

FOLLOWS = "Follows from another event: what was said of it is suppressed."


def suppress(
    event: Event,
    *,
    revisions: Iterable[int],
    by,
    reason: str,
    note: str = "",
    slug: str | None = None,
    with_reasons: bool = False,
) -> Revision:
    """Destroy the text of these revisions (their numbers) of an event, for good.

    Where the live text is among them the event is live no longer, and may be
    published anew. Revisions of other events that carry a title which only these
    had lose their text too, and so does the history of the event on the desk, which
    begins anew with what it is there now. `slug` replaces the web name: then all
    revisions have to go. `reason` stays on the desk and must not be empty;
    `with_reasons` empties those of all acts before. Notes that readers were shown stay.
    Raises as `publish` does.
    """
    require(by, "timeline.suppress_event")
    note, reason = cleaned(note), cleaned(reason)
    if not reason:
        raise Refused(_("Say in the reason why it is suppressed: it stays here."))
    with transaction.atomic(durable=True):
        Event.objects.select_for_update().get(pk=event.pk)  # before the record's lock
        hold_record_lock()
        rows = _chosen(event, set(revisions), slug)
        draft = Draft(
            event_id=event.public_id,
            slug=slug or rows[0].slug,
            kind=RevisionKind.SUPPRESSION,
            note=note,
            reason=reason,
            suppresses=tuple(row.sequence for row in rows),
        )
        if with_reasons:
            _forget_reasons(event)
        appended = _carry_out(event, rows, draft, slug, by)
    event.refresh_from_db()
    return appended


def _chosen(event: Event, numbers: set[int], slug: str | None) -> list[Revision]:
    """The rows that have something to destroy, oldest first."""
    held = Revision.objects.filter(event_id=event.public_id).order_by("number")
    known = {row.number: row for row in held}
    if missing := numbers - known.keys():
        said = ", ".join(str(number) for number in sorted(missing))
        raise Refused(
            _("“%(event)s” has no revision %(numbers)s.")
            % {"event": event, "numbers": said}
        )
    if slug is not None:
        _check_name(event, slug, whole=numbers == known.keys())
    rows = [row for number, row in known.items() if number in numbers]
    rows = [row for row in rows if row.document or (slug and row.salt)]
    if not rows:
        raise Refused(_("These revisions have no text that could be suppressed."))
    return rows


def _check_name(event: Event, slug: str, *, whole: bool) -> None:
    if not whole:
        raise Refused(_("Each revision has the web name: suppress all to replace it."))
    try:
        Event._meta.get_field("slug").clean(slug, None)
    except ValidationError as error:
        raise Refused(*error.messages) from error
    given = ThingName.objects.filter(noun="event", name=slug)
    if given.exists() or Event.objects.filter(slug=slug).exists():
        raise Refused(
            _("This web name is taken: %(names)s. Choose anew.") % {"names": slug}
        )


def _carry_out(event: Event, rows, draft: Draft, slug, by) -> Revision:
    """The act itself, in the transaction and under the lock of the caller."""
    key, stand = event.public_id, stand_of(event.public_id)
    elsewhere = _elsewhere(key, rows, slug)
    gone = {row.sequence for row in [*rows, *elsewhere]}
    documents = [found for row in [*rows, *elsewhere] if (found := document_of(row))]
    workspace = without(key) if _leaves(stand, gone) else Workspace()
    anew = CurrentEntry.objects.filter(sequence__in=gone).exclude(event_id=key)
    anew = set(anew.values_list("event_id", flat=True))
    workspace.load(anew)
    others = _others(elsewhere, draft)
    destroy(gone)
    if slug:
        caused = [row for row in elsewhere if causes(row, key)]
        rename(key, slug=slug, caused=caused)
    appended = carry_out(workspace, [draft], by=by, anew=anew, afterwards=others)
    forget_names(documents)
    forget_words()
    _tell_desk(event, rows[0].slug, stand_of(key), slug)
    end_approval(event)
    forget_review(event)
    erase_history(event)
    return appended[0]


def _forget_reasons(event: Event) -> None:
    """Empty why the desk did what it did with an event so far; that it did, stays."""
    rows = Revision.objects.filter(event_id=event.public_id)
    Act.objects.filter(sequence__in=rows.values("sequence")).update(reason="")
    Event.objects.filter(pk=event.pk).update(embargo_reason="")


def _leaves(stand: Stand, gone: set[int]) -> bool:
    return stand.under == "live" and stand.told in gone


def _elsewhere(event_id: str, rows: list[Revision], slug) -> list[Revision]:
    """The rows of other events that say what only these said."""
    gone = {row.sequence for row in rows}
    staying = Revision.objects.filter(event_id=event_id).exclude(sequence__in=gone)
    titles = {_title(row) for row in rows} - {_title(row) for row in staying}
    old = rows[0].slug if slug else None
    return rows_naming(event_id, titles=titles - {None}, slug=old)


def _title(row: Revision) -> str | None:
    document = document_of(row)
    return document["title"] if document else None


def _others(rows: list[Revision], cause: Draft) -> list[Draft]:
    """What the record says of the revisions of other events that go with these."""
    lost = defaultdict(list)
    for row in rows:
        lost[row.event_id].append(row.sequence)
    slugs = KnownEvent.objects.filter(pk__in=lost).values_list("event_id", "slug")
    caused_by = causes_of([cause])[cause.event_id]
    return [
        Draft(
            event_id=key,
            slug=slug,
            kind=RevisionKind.SUPPRESSION,
            note=FOLLOWS,
            caused_by=caused_by,
            suppresses=tuple(sorted(lost[key])),
        )
        for key, slug in sorted(slugs)
    ]


def _tell_desk(event: Event, old: str, stand: Stand, slug: str | None) -> None:
    """Bring the event on the desk up to what the record says of it."""
    row = Event.objects.filter(pk=event.pk)
    row.update(live_state=stand.state)
    if slug:
        row.update(slug=slug, version=F("version") + 1)
        ThingName.objects.filter(noun="event", name=old).delete()

"""Correct once: live events that carry old words of somebody, or of a report.

Each is told anew from what readers see of it, and not from the desk: only the words of
that one thing change, and what follows from them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from timeline.editing import Refused, cleaned, require
from timeline.editing.merged import events_naming, merged_with, standing_for
from timeline.models import Actor, Event, LiveState, Merge, Source
from timeline.models.record import CurrentEntry, Revision

from .acting import carry_out
from .acts import prepared
from .building import built_of
from .consequences import unchanged
from .document import Built
from .finding import facts_naming
from .log import Draft, hold_record_lock
from .rewording import fresh_words, reworded
from .settling import Workspace, settle
from .substance import check_kind

AT_ONCE = 500  # events in one act, at most
LOOKED_AT = 5000  # events whose text is compared, at most


@dataclass
class Carriers:
    """Live events that carry old words of a thing.

    `events` are those that can be told anew, `apart` those in which more has changed
    on the desk, so that they have to be published themselves. `more` says that not all
    were looked at.
    """

    events: list[Event] = field(default_factory=list)
    apart: list[Event] = field(default_factory=list)
    more: bool = False
    documents: dict[str, dict] = field(default_factory=dict)


def carriers(thing: Actor | Source, *, limit: int = AT_ONCE) -> Carriers:
    """The live events whose readers see other words of a thing than the desk has."""
    thing = standing_for(thing)
    found = Carriers()
    several = [thing, *merged_with(thing)]
    names = {row.public_id for row in several}
    words = fresh_words(names)
    told = {row.public_id: words[thing.public_id] for row in several}
    for keys in _in_parts(_live_naming(names)):
        workspace = Workspace()
        workspace.load(keys)
        for key in keys:
            before = workspace.before[key]
            after = before and reworded(before, told, words)
            if before and not unchanged(before, after):
                found.documents[key] = after
        if len(found.documents) > limit:
            found.more = True
            break
    _add_parted(thing, found, words)
    chosen = dict(list(found.documents.items())[:limit])
    found.documents = chosen
    found.events = list(Event.objects.filter(public_id__in=chosen).order_by("pk"))
    return found


def _live_naming(names: Iterable[str]) -> list[str]:
    """The ids of the live events that name any of these things."""
    naming = facts_naming(names).values("sort_key")
    entries = CurrentEntry.objects.filter(sort_key__in=naming)
    keys = entries.order_by("sort_key").values_list("event_id", flat=True)
    return list(keys[:LOOKED_AT])


def _in_parts(keys: list[str], size: int = 100) -> Iterable[list[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _add_parted(thing, found: Carriers, words: dict) -> None:
    """The events in which readers still see the thing as another: a merge was undone.

    Where nothing else has changed on the desk, they are told as they are there.
    """
    for merge in Merge.objects.filter(
        noun=thing._meta.model_name, duplicate=thing.pk
    ).exclude(undone_at=None):
        other = type(thing).objects.filter(pk=merge.into).first()
        if other is None or standing_for(other) == thing:
            continue
        live = set(_live_naming([other.public_id])) - found.documents.keys()
        live -= set(_live_naming([thing.public_id]))
        rows = Event.objects.filter(public_id__in=live, live_state=LiveState.LIVE)
        keys = _naming_by_way(type(thing), thing.pk)
        for event in rows.filter(pk__in=keys).order_by("pk")[:AT_ONCE]:
            after = _parted(event, thing, other, words | fresh_words([other.public_id]))
            if after:
                found.documents[event.public_id] = after
            else:
                found.apart.append(event)


def _naming_by_way(noun: type, key: int) -> set[int]:
    """The events that name a thing, or a report that names it as its publisher."""
    events = events_naming(noun, [key])
    if noun is Actor:
        reports = Source.objects.filter(publisher=key).values_list("pk", flat=True)
        events |= events_naming(Source, reports)
    return events


def _parted(event: Event, thing, other, words: dict) -> dict | None:
    """What the desk says of an event; None where more than this has changed there."""
    workspace = prepared(built_of([event.pk]))
    before = workspace.before[event.public_id]
    after = workspace.after[event.public_id]
    together = {row.public_id: words[other.public_id] for row in (thing, other)}
    same = unchanged(
        reworded(before, together, words), reworded(after, together, words)
    )
    return after if same and not unchanged(before, after) else None


def reissue(
    thing: Actor | Source, *, by, kind: str | None = None, note: str, reason: str = ""
) -> list[Revision]:
    """Tell all live events that carry old words of a thing anew, in one act.

    Of more than 500, the first: what is left is listed again. `kind` and `note` are as
    in `publish`; the note must not be empty. What is not published of these events
    stays so. Raises `PermissionDenied`, or `Refused` with sentences.
    """
    require(by, "timeline.publish_event")
    note, reason = cleaned(note), cleaned(reason)
    if not note:
        raise Refused(_("Tell readers in the note what changed."))
    with transaction.atomic(durable=True):
        wanted = [event.pk for event in carriers(thing).events]
        rows = Event.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
        kept = {event.public_id: event for event in rows}
        hold_record_lock()
        told = carriers(thing).documents
        chosen = {key: told[key] for key in kept if key in told}
        if not chosen:
            raise Refused(
                _("No live event carries other words of “%(thing)s”.")
                % {"thing": thing}
            )
        appended = _append(chosen, by=by, kind=kind, note=note, reason=reason)
        _in_step([kept[key] for key in chosen])
    return appended


def _append(chosen: dict[str, dict], *, by, kind, note, reason) -> list[Revision]:
    workspace = Workspace()
    workspace.load(chosen)
    for key, document in chosen.items():
        workspace.put(key, document, workspace.declared[key])
    settle(workspace)
    drafts = [
        Draft(
            event_id=key,
            slug=workspace.after[key]["slug"],
            kind=check_kind(workspace, key, kind=kind, note=note),
            note=note,
            reason=reason,
            document=workspace.after[key],
        )
        for key in chosen
    ]
    return carry_out(workspace, drafts, by=by)


def _in_step(events: list[Event]) -> None:
    """Take the mark “with unpublished changes” from what readers see as it is.

    Merging saves the events that it moves; telling them anew may publish all of that.
    A link that waits for its target is in no text: where it is new, the mark stays.
    """
    behind = [event.pk for event in events if event.has_unpublished_changes]
    if not behind:
        return
    built = [item for item in built_of(behind) if item.document["statements"]]
    workspace = prepared(built)
    same = [
        item.event.pk
        for item in built
        if unchanged(
            workspace.before[item.event.public_id],
            workspace.after[item.event.public_id],
        )
        and declared_already(item, workspace)
    ]
    Event.objects.filter(pk__in=same).update(published_version=F("version"))


def declared_already(item: Built, workspace: Workspace) -> bool:
    """Whether an event declares what it declared when it was last published."""
    before = workspace.undeclared[item.event.public_id]
    return set(before) == set(item.declared)

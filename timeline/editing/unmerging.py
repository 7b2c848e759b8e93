"""Undoing a merge: what was moved by it, and is still as it was moved, moves back."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.models import Merge

from .merged import MERGEABLE, naming
from .merging import Crossed, Move, settle, take, tried
from .recording import root_key
from .refusing import Refused, cleaned, require
from .saving import hold_cycle_lock


def undo_merge(merge: Merge, *, by, why: str = "") -> list:
    """Let what was moved name the duplicate again, as far as it is still as moved.

    Returns the rows that stay, because somebody changed them since. Raises
    `PermissionDenied`, or `Refused` with sentences.
    """
    require(by, f"timeline.merge_{merge.noun}")
    model = MERGEABLE[merge.noun]
    duplicate, into = (model.objects.get(pk=k) for k in (merge.duplicate, merge.into))
    told = _("Undone: “%(one)s” was merged into “%(other)s”.") % {
        "one": duplicate,
        "other": into,
    }
    return tried(
        lambda: _undo(merge, duplicate, into, by), by, f"{told} {cleaned(why)}".strip()
    )


def _undo(merge: Merge, duplicate, into, by) -> list:
    rows = Merge.objects.select_for_update().filter(pk=merge.pk, undone_at=None)
    if not rows.exists():
        raise Refused(_("This merge was undone already."))
    versions: dict = {}
    roots = {root_key(move.row) for move in still_moved(merge)}
    take({*roots, root_key(duplicate), root_key(into)}, versions)
    hold_cycle_lock()
    into.refresh_from_db()
    if into.merged_into_id:
        raise Refused(
            _("“%(one)s” was itself merged into “%(other)s” since: undo that first.")
            % {"one": into, "other": into.merged_into}
        )
    moves = still_moved(merge)
    if {root_key(move.row) for move in moves} - versions.keys():
        raise Crossed
    type(duplicate).objects.filter(pk=duplicate.pk).update(merged_into=None)
    for move in moves:
        setattr(move.row, move.column, duplicate)
        move.row.save(update_fields=[move.column])
    settle({root_key(move.row) for move in moves}, (duplicate, into), by)
    rows.update(
        undone_at=timezone.now(),
        undone_by=by,
        undone_by_name=by.get_username() if by else "command line",
    )
    kept = {tuple(move.told) for move in moves}
    return [row for row, told in told_rows(merge) if tuple(told) not in kept]


def still_moved(merge: Merge) -> list[Move]:
    """What a merge moved and nobody has changed since."""
    return [
        Move(row, told[2])
        for row, told in told_rows(merge)
        if getattr(row, f"{told[2]}_id") == merge.into
    ]


def told_rows(merge: Merge) -> list[tuple]:
    """The rows moved by a merge that are there still, with what it says of each."""
    models = {model._meta.model_name: model for model, _ in _every_naming()}
    wanted: dict[str, list] = {}
    for told in merge.moved:
        wanted.setdefault(told[0], []).append(told)
    found = []
    for name, several in wanted.items():
        held = models[name]._base_manager.in_bulk([told[1] for told in several])
        found += [(held[told[1]], told) for told in several if told[1] in held]
    return found


def _every_naming() -> Iterable[tuple]:
    return (pair for noun in MERGEABLE.values() for pair in naming(noun))

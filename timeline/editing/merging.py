"""Merging of people and of reports: a decision that is stored and can be undone.

The rows of both stay as they are. What named the one names the other from then on,
and the decision lists exactly what: undoing moves back what is still as it was moved.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from timeline.models import (
    Affiliation,
    Citation,
    Event,
    Merge,
    Source,
    SourceLink,
)

from .merged import naming
from .recording import PARTS, recording, root_key
from .refusing import Refused, Stale, cleaned, require
from .saving import check_source, claim, hold_cycle_lock
from .working import note_work

TRIES = 5  # where others save meanwhile what names the one that is merged
# Of these pairs of columns, no row names one thing twice.
NEVER_BOTH = {
    (Citation, "via"): "source",
    (Citation, "read_in"): "source",
    (Citation, "source"): "via",
    (Affiliation, "organisation"): "actor",
    (SourceLink, "target"): "source",
}


class Crossed(Exception):
    """Somebody saved what is to be moved after it was looked for."""


@dataclass(frozen=True, slots=True)
class Move:
    """One column of one row that names the duplicate."""

    row: object
    column: str

    @property
    def told(self) -> list:
        """As the decision keeps it."""
        return [self.row._meta.model_name, self.row.pk, self.column]


@dataclass
class MergePlan:
    """What merging would move; `clashes` are the rows that keep it from being done."""

    moves: list[Move] = field(default_factory=list)
    clashes: list = field(default_factory=list)


def plan_to_merge(duplicate, into) -> MergePlan:
    """What names the duplicate, and what of it cannot name the other."""
    plan = MergePlan()
    for model, column in naming(type(duplicate)):
        rows = list(model._base_manager.filter(**{column: duplicate.pk}).order_by("pk"))
        plan.moves += [Move(row, column) for row in rows]
        plan.clashes += clashing(model, column, rows, into.pk) if rows else []
    return plan


def clashing(model, column: str, rows: list, into: int) -> list:
    """The rows that would say twice what may be said once, or name one thing twice."""
    found = []
    for rule in model._meta.constraints:
        fields = getattr(rule, "fields", ())
        if column in fields:
            rest = [model._meta.get_field(one).attname for one in fields]
            rest.remove(model._meta.get_field(column).attname)
            there = model._base_manager.filter(**{column: into})
            taken = set(there.values_list(*rest))
            found += [
                row for row in rows if tuple(getattr(row, one) for one in rest) in taken
            ]
    for name in filter(None, [NEVER_BOTH.get((model, column))]):
        found += [row for row in rows if getattr(row, f"{name}_id") == into]
    if (model, column) == (Citation, "source"):
        found += [row for row in rows if row.read_in_id == into]
    return list(dict.fromkeys(found))


def merge_things(
    duplicate, *, into, version: int, into_version: int, by, why: str = ""
) -> Merge:
    """Let what names one person or report name another; the versions were looked at.

    Every thing that is moved is saved with it, so that a form open on it conflicts.
    Raises `PermissionDenied`, `Stale`, or `Refused` with sentences.
    """
    noun = duplicate._meta.model_name
    require(by, f"timeline.merge_{noun}")
    why = cleaned(why)
    refuse_pair(duplicate, into)
    versions = {root_key(duplicate): version, root_key(into): into_version}
    told = _("Merged “%(one)s” into “%(other)s”.") % {"one": duplicate, "other": into}
    return tried(
        lambda: _merge(duplicate, into, dict(versions), by, why),
        by,
        f"{told} {why}".strip(),
    )


def refuse_pair(duplicate, into) -> None:
    """`Refused` where two things cannot become one; to be asked before and within."""
    if duplicate == into:
        raise Refused(_("It cannot be merged into itself: choose another."))
    for thing in (duplicate, into):
        if thing.merged_into_id:
            raise Refused(
                _("“%(one)s” was merged into “%(other)s” already.")
                % {"one": thing, "other": thing.merged_into}
            )


def _merge(duplicate, into, versions: dict, by, why: str) -> Merge:
    noun = type(duplicate)
    take({root_key(move.row) for move in moves_of(duplicate, into)}, versions)
    hold_cycle_lock()  # from here on nobody saves what names the duplicate
    now = noun.objects.in_bulk([duplicate.pk, into.pk])
    refuse_pair(now[duplicate.pk], now[into.pk])
    moves = moves_of(duplicate, into)
    roots = {root_key(move.row) for move in moves}
    if roots - versions.keys():
        raise Crossed
    for move in moves:
        setattr(move.row, move.column, into)
        move.row.save(update_fields=[move.column])
    settle(roots, (into,), by)
    noun.objects.filter(pk=duplicate.pk).update(merged_into=into)
    return Merge.objects.create(
        noun=noun._meta.model_name,
        duplicate=duplicate.pk,
        into=into.pk,
        moved=[move.told for move in moves],
        by=by,
        by_name=by.get_username() if by else "command line",
        why=why,
    )


def moves_of(duplicate, into) -> list[Move]:
    """What is to be moved; `Refused` names what would have to be mended first."""
    plan = plan_to_merge(duplicate, into)
    if plan.clashes:
        raise Refused(*(clash_sentence(row, duplicate, into) for row in plan.clashes))
    return plan.moves


def clash_sentence(row, duplicate, into) -> str:
    """Why a row keeps two things from being merged."""
    return _(
        "“%(where)s” names both “%(one)s” and “%(other)s” (%(what)s): take one of "
        "them out there first."
    ) % {
        "where": getattr(row, "statement", None) or row.root,
        "one": duplicate,
        "other": into,
        "what": row._meta.verbose_name,
    }


def take(roots: Iterable[tuple], versions: dict) -> None:
    """Claim these things in an order that all keep, at the version they now have.

    Those in `versions` at the version given there; all are in it afterwards.
    """
    wanted = sorted({*roots, *versions}, key=place_of)
    for model, key in wanted:
        root = model._base_manager.filter(pk=key).first()
        if root is None:
            raise Crossed
        seen = versions.get((model, key))
        try:
            claim(root, version=root.version if seen is None else seen)
        except Stale:
            if seen is None:
                raise Crossed from None
            raise
        versions[model, key] = root.version


def place_of(root: tuple) -> tuple[int, int]:
    model, key = root
    return list(PARTS).index(model), key


def settle(roots: set[tuple], things: Iterable, by) -> None:
    """What every save ends with, for all that were moved at once."""
    for thing in things:
        if isinstance(thing, Source):
            check_source(thing)
    keys = [key for model, key in roots if model is Event]
    for event in Event.objects.filter(pk__in=keys) if by else ():
        note_work(event, by=by)


def tried(attempt, by, told: str):
    """Do it in one transaction; again where others saved meanwhile what it moves."""
    for _turn in range(TRIES):
        try:
            with transaction.atomic(), recording(by=by, why=told):
                return attempt()
        except Crossed:
            continue
    raise Refused(_("Others are saving what is to be moved: try again in a moment."))

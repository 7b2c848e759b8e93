"""Restoring: a thing and all its rows as an earlier save left them, as a new save."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from timeline.models import SourceSnapshot, Statement

from .differing import Names, State
from .history import every, state_at
from .recording import PARTS, kept_in, rows_of
from .refusing import Refused, require
from .saving import published_names, saving

NEVER_TAKEN_BACK = (SourceSnapshot,)  # what is held stays held


@dataclass
class Plan:
    """What restoring would do: rows to be removed and written, what cannot come back.

    `refusals` are sentences for which nothing can be restored at all.
    """

    removed: list = field(default_factory=list)
    written: list = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def restore(root, *, to: int, version: int, by, why: str = "") -> list[str]:
    """Bring back the state that the save `to` left, as a save at `version`.

    Returns a sentence for each row that could not be brought back. Raises
    `PermissionDenied`, `Stale`, `Refused` with sentences where the thing itself cannot
    be restored, and `IntegrityError` where another thing took its place.
    """
    require(by, f"timeline.change_{type(root)._meta.model_name}")
    plan = plan_to_restore(root, to)
    if plan.refusals:
        raise Refused(*plan.refusals)
    if not plan.removed and not plan.written:
        raise Refused(_("There is nothing to bring back: it is like that now."))
    if any(isinstance(row, Statement) for row in plan.removed):
        require(by, "timeline.delete_statement")
    with saving(root, version=version, by=by, why=why):
        for row in reversed(plan.removed):
            remove(row)
        for row, columns in plan.written:
            write(row, columns)
    return plan.left_out


def plan_to_restore(root, to: int) -> Plan:
    """What restoring the state at a version would do to what there is now."""
    then, plan = state_at(root, to), Plan()
    if root.pk not in then[type(root)]:
        plan.refusals.append(_("Nothing is kept of what it was then."))
        return plan
    names, fixed = Names(every(then)), fixed_names(root, then)
    past = then[type(root)][root.pk]
    if past.erased:
        plan.refusals.append(_("The text of that state was destroyed for good."))
    for missing in gone_from(past, then, names):
        plan.refusals.append(
            _("“%(thing)s”, which it named then, has been deleted.")
            % {"thing": missing}
        )
    now = type(root)._base_manager.get(pk=root.pk)
    plan.written += changed(now, past, fixed)
    for model in PARTS[type(root)]:
        if model not in NEVER_TAKEN_BACK:
            _plan_rows(plan, model, root, then, names, fixed)
    return plan


def _plan_rows(plan: Plan, model, root, then: State, names: Names, fixed) -> None:
    held = {row.pk: row for row in rows_of(model, root)}
    plan.removed += [row for key, row in held.items() if key not in then[model]]
    for key, past in list(then[model].items()):
        why = cannot_return(past, then, names)
        if not why:
            plan.written += changed(held.get(key), past, fixed)
        elif key not in held:
            del then[model][key]  # what is part of it stays out as well
            plan.left_out.append(why)
        else:
            plan.left_out.append(_("%s It stays as it is now.") % why)


def cannot_return(past, then: State, names: Names) -> str:
    """Why a row cannot be brought back, in a sentence; empty where it can."""
    model = past.instance_type
    what = {"noun": model._meta.verbose_name, "row": names.title(past)}
    parent = model._meta.get_field(model.PARENT)
    above = then[parent.related_model]
    if getattr(past, parent.attname) not in above:
        return (
            _("Not brought back: %(noun)s “%(row)s”; what it was part of is gone.")
            % what
        )
    if past.erased:
        return _("Not brought back: %(noun)s; its text was destroyed for good.") % what
    gone = list(gone_from(past, then, names))
    if gone:
        what["things"] = ", ".join(f"“{thing}”" for thing in gone)
        return (
            _("Not brought back: %(noun)s “%(row)s”; %(things)s has been deleted.")
            % what
        )
    return ""


def gone_from(past, then: State, names: Names) -> Iterable:
    """The things that a row named and that have been deleted since."""
    parent = getattr(past.instance_type, "PARENT", "")
    for column in type(past).tracked_fields:
        key = getattr(past, column.attname)
        if not isinstance(column, ForeignKey) or key is None or column.name == parent:
            continue
        thing = names.thing(column.related_model, key)
        comes_back = isinstance(thing, Statement) and thing.pk in then[Statement]
        if hasattr(thing, "is_gone") and not comes_back:
            yield thing


def fixed_names(root, then: State) -> set[str]:
    """The permanent ids of what readers know by its web name, which then stays."""
    ids = [row.public_id for row in every(then) if hasattr(row, "public_id")]
    return published_names(ids)


def changed(row, past, fixed: set[str]) -> list[tuple]:
    """A row as it was, with the columns to be written; nothing where it is the same."""
    values = kept_in(past)
    if row is None:
        return [(past.instance_type(**values), None)]
    if getattr(past, "public_id", None) in fixed:
        del values["slug"]
    columns = []
    for column in type(past).tracked_fields:
        if column.attname not in values:
            continue
        value, held = values[column.attname], getattr(row, column.attname)
        if column.get_prep_value(held) != column.get_prep_value(value):
            setattr(row, column.attname, value)
            columns.append(column.name)
    return [(row, columns)] if columns else []


def remove(row) -> None:
    try:
        row.delete()
    except (ProtectedError, RestrictedError) as error:
        raise Refused(
            _("“%(row)s” cannot be taken out: other things rest on it or link to it.")
            % {"row": row}
        ) from error


def write(row, columns: list[str] | None) -> None:
    """Write a row back; `Refused` where a field may no longer hold what it held."""
    try:
        row.clean_fields(exclude=without_check(row))
    except ValidationError as error:
        raise Refused(*error.messages) from error
    if columns is None:
        row.save(force_insert=True)
    else:
        row.save(update_fields=[*columns, *derived(row, columns)])


def without_check(row) -> set[str]:
    """Keys are looked up already, when the plan is made."""
    return {item.name for item in row._meta.fields if isinstance(item, ForeignKey)}


def derived(row, columns: list[str]) -> list[str]:
    """The columns that follow from dates among these."""
    return [
        item.name for item in row._meta.fields if getattr(item, "of", None) in columns
    ]

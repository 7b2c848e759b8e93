"""Forgetting: texts that were suppressed are destroyed in the history as well.

That there was a save, when and by whom, stays. Both are called inside the transaction
of what suppresses.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, ForeignKey, Q, QuerySet, TextField

from timeline.models import Event, Statement, values_of

from .recording import PARTS, Note, Recording, put, rows_of

STAYS = ("public_id", "key")
WHY = "history_change_reason"


def erase_history(root, *, before: int | None = None) -> int:
    """Destroy what the history of a thing says, of all saves or those below a version.

    What the thing is now is written down anew at its version, so that its history
    goes on from there. Returns how many rows of history lost their text.
    """
    count = 0
    for model in (type(root), *PARTS[type(root)]):
        rows = model.history.model.objects.filter(root_id=root.pk)
        if before is not None:
            rows = rows.filter(saved_version__lt=before)
        count += rows.update(erased=True, **{WHY: ""}, **emptied(model))
    _write_anew(root)
    _forget_log(root)
    return count


def forget_texts(texts: Iterable[str]) -> int:
    """Destroy every field of any history that holds one of these texts.

    Returns how many rows of history lost something.
    """
    texts = [text for text in texts if text.strip()]
    if not texts:
        return 0
    count = 0
    for model in {*PARTS, *(part for parts in PARTS.values() for part in parts)}:
        every = model.history.model.objects
        for name in (*texts_of(model), WHY):
            hit = every.filter(holding(name, texts))
            count += hit.update(erased=True, **{name: ""})
    named = holding("object_repr", texts) | holding("change_message", texts)
    LogEntry.objects.filter(named).update(object_repr="", change_message="")
    return count


def holding(name: str, texts: list[str]) -> Q:
    return reduce(or_, (Q(**{f"{name}__contains": text}) for text in texts))


def texts_of(model) -> list[str]:
    """The columns of a history that hold words of somebody's."""
    return [
        field.name
        for field in model.history.model.tracked_fields
        if isinstance(field, CharField | TextField)
        and not field.choices
        and field.name not in STAYS
    ]


def emptied(model) -> dict:
    """What takes the place of the words of a row, and of whom and what it names."""
    keys = [
        field.attname
        for field in model.history.model.tracked_fields
        if isinstance(field, ForeignKey) and field.name != getattr(model, "PARENT", "")
    ]
    return dict.fromkeys(texts_of(model), "") | dict.fromkeys(keys)


def _write_anew(root) -> None:
    """Rows that are there, and whose newest history was destroyed, as they are now."""
    record = Recording(None, "")
    where = (type(root), root.pk)
    now = type(root)._base_manager.filter(pk=root.pk)
    for model in (type(root), *PARTS[type(root)]):
        rows = now if model is type(root) else rows_of(model, root)
        history = model.history.model.objects.filter(root_id=root.pk)
        known = newest_erased(history)
        put(
            model,
            [
                record.row(
                    model, Note("~", where, None, values_of(row)), now[0].version
                )
                for row in rows
                if row.pk in known
            ],
        )


def newest_erased(history: QuerySet) -> set[int]:
    """The primary keys of rows whose newest row of history lost its text."""
    newest = dict(history.order_by("history_id").values_list("id", "erased"))
    return {key for key, erased in newest.items() if erased}


def _forget_log(root) -> None:
    """What the log of the admin says of a thing, and of the statements of an event."""
    things = {type(root): [root.pk]}
    if isinstance(root, Event):
        things[Statement] = Statement.history.model.objects.filter(
            root_id=root.pk
        ).values_list("id", flat=True)
    for model, keys in things.items():
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id__in=[str(key) for key in set(keys)],
        ).update(object_repr="", change_message="")

"""What was merged: what stands for it now, and that nothing names it any more."""

from collections.abc import Iterable, Iterator
from functools import cache, reduce
from operator import or_

from django.db.models import ForeignKey, Q
from django.utils.translation import gettext as _

from timeline.models import Actor, Event, Merge, Source

from .recording import PARTS, path_to_root
from .refusing import Refused

MERGEABLE = {"actor": Actor, "source": Source}
MOST_TOLD = 5


def standing_for(thing):
    """What stands for a thing: itself, or what it was merged into in the end."""
    while thing.merged_into_id:
        thing = thing.merged_into
    return thing


def merged_with(thing) -> list:
    """All that was merged into a thing, in however many steps."""
    found, wanted = [], [thing.pk]
    while wanted:
        rows = list(type(thing).objects.filter(merged_into__in=wanted).order_by("pk"))
        found += rows
        wanted = [row.pk for row in rows]
    return found


@cache
def naming(noun: type) -> tuple[tuple[type, str], ...]:
    """The columns of the desk that name a thing of this noun, with their tables.

    Not those by which its own rows belong to it.
    """
    return tuple(
        (model, field.name)
        for root, parts in PARTS.items()
        for model in (root, *parts)
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.related_model is noun
        and field.name not in (getattr(model, "PARENT", ""), "merged_into")
    )


def refuse_merged(root) -> None:
    """`Refused` where a thing as it is saved names what was merged into another."""
    if not Merge.objects.filter(undone_at=None).exists():
        return
    named = set(_merged_in(root))
    if named:
        raise Refused(
            *(
                _(
                    "“%(one)s” was merged into “%(other)s”: choose that, or undo the "
                    "merge first."
                )
                % {"one": row, "other": standing_for(row)}
                for row in sorted(named, key=lambda row: row.pk)[:MOST_TOLD]
            )
        )


def _merged_in(root) -> Iterator:
    """What a thing and its rows name that was merged into another."""
    tables: dict[type, list[str]] = {}
    for noun in MERGEABLE.values():
        for model, column in naming(noun):
            if model is type(root) or model in PARTS[type(root)]:
                tables.setdefault(model, []).append(column)
    for model, columns in tables.items():
        path = "pk" if model is type(root) else path_to_root(model)
        merged = (Q(**{f"{one}__merged_into__isnull": False}) for one in columns)
        rows = model._base_manager.filter(reduce(or_, merged), **{path: root.pk})
        for row in rows.select_related(*columns)[:MOST_TOLD]:
            yield from _gone(getattr(row, column) for column in columns)


def _gone(things: Iterable) -> Iterator:
    return (thing for thing in things if thing and thing.merged_into_id)


def events_naming(noun: type, keys: Iterable[int]) -> set[int]:
    """The primary keys of the events that name any of these things themselves."""
    found: set[int] = set()
    for model, column in naming(noun):
        if model is Event or model in PARTS[Event]:
            path = "pk" if model is Event else path_to_root(model)
            rows = model._base_manager.filter(**{f"{column}__in": list(keys)})
            found |= set(rows.values_list(path, flat=True))
    return found

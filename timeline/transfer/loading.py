"""Loading fixtures by natural keys: what is there already stays what it is."""

import json
from collections.abc import Callable, Iterable
from typing import IO

from django.core.serializers.base import DeserializedObject

from timeline.editing import check, claim
from timeline.models import Event, LiveState
from timeline.publishing.write import publish_many

KEPT = (  # of a row that is there already, whatever the fixture says or leaves out
    "public_id",
    "version",
    "created_at",
    "changed_at",
    "live_state",
    "published_version",
)


class Loading:
    """One load of fixtures onto the desk, and what of it is to be published.

    A row that is there already is compared field by field and, where it differs,
    changed as a save of its aggregate, so that a form open on it conflicts.
    """

    def __init__(self, write: Callable[[DeserializedObject], bool]):
        self._write = write
        self._made: set[tuple] = set()
        self._changed: dict[tuple, object] = {}
        self._busy: set[int] = set()

    def take(self, loaded: DeserializedObject) -> bool:
        """Write one object of a fixture, where it is not there as it is."""
        row = loaded.object
        root = getattr(row, "root", None)
        if root is None:
            return self._write(loaded)
        held = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
        if held:
            keep(row, held)
            if not loaded.deferred_fields and same(row, held):
                return True
        elif row is root:
            self._made.add(key_of(row))
        self._note(row.root)
        return self._write(loaded)

    def _note(self, root) -> None:
        """The first change to an aggregate in this load takes its next version."""
        if key_of(root) in self._changed:
            return
        self._changed[key_of(root)] = root
        if key_of(root) in self._made:
            return
        held = type(root)._base_manager.get(pk=root.pk)
        if isinstance(held, Event) and held.has_unpublished_changes:
            self._busy.add(held.pk)
        claim(root, version=held.version)

    def check(self) -> None:
        """The rules that need whole aggregates; `Refused` with the first broken one."""
        for root in self._changed.values():
            check(root)

    def publish(self, slugs: Iterable[str], *, note: str) -> tuple[int, list[str]]:
        """Publish these events, where this load made or changed them.

        Returns how many revisions were appended, and a sentence for each event that
        was left alone: one that an editor withdrew, or has changes waiting on.
        """
        left, first, again = [], [], []
        for event in Event.objects.filter(slug__in=list(slugs)):
            if event.live_state == LiveState.NEVER:
                first.append(event)
            elif key_of(event) not in self._changed:
                continue
            elif event.live_state != LiveState.LIVE:
                left.append(f"{event.slug} is {event.get_live_state_display()}.")
            elif event.pk in self._busy:
                left.append(
                    f"{event.slug} has changes of an editor's: publish it there."
                )
            else:
                again.append(event)
        acts = [*publish_many(first, by=None), *publish_many(again, by=None, note=note)]
        return sum(len(act) for act in acts), left


def key_of(row) -> tuple:
    """A row by its model and its natural key."""
    return type(row), row.natural_key()


def keep(row, held) -> None:
    """Give a row of a fixture what its counterpart on the desk has of its own."""
    for name in KEPT:
        if hasattr(held, name):
            setattr(row, name, getattr(held, name))


def same(row, held) -> bool:
    """Whether two rows hold the same in every column."""
    fields = [field.attname for field in row._meta.concrete_fields]
    return all(getattr(row, name) == getattr(held, name) for name in fields)


def marked_for_publication(fixture: IO) -> list[str]:
    """The slugs of the events that a JSON fixture marks with `"publish": true`."""
    return [
        item["fields"]["slug"]
        for item in json.load(fixture)
        if item.get("publish") is True and item.get("model") == "timeline.event"
    ]

"""Loading fixtures by natural keys: what is there already stays what it is."""

import json
from collections.abc import Callable, Iterable
from typing import IO

from django.core.serializers.base import DeserializedObject
from django.db.models import F

from timeline.editing import check, claim, embargo_sentence, is_embargoed
from timeline.models import Event, LiveState
from timeline.publishing.write import publish_many

KEPT = (  # of a row that is there already, whatever the fixture says or leaves out
    "public_id",
    "version",
    "loaded_version",
    "created_at",
    "changed_at",
    "live_state",
    "published_version",
    "owner_id",
    "review_state",
    "review_version",
    "review_by_id",
    "review_at",
    "review_note",
    "embargo_until",
    "embargo_reason",
    "merged_into_id",
    "date_is_stale",
    "said_is_stale",
)


class Loading:
    """One load of fixtures onto the desk, and what of it is to be published.

    A row that is there already is compared field by field. Where it differs it is
    changed as a save of its aggregate, so that a form open on it conflicts; but an
    aggregate that somebody changed at the desk since it was loaded is left as it is.
    """

    def __init__(self, write: Callable[[DeserializedObject], bool]):
        self._write = write
        self._made: set[tuple] = set()
        self._changed: dict[tuple, object] = {}
        self._desks: dict[tuple, bool] = {}
        self._missing: set[tuple] = set()
        self.left: dict[tuple, str] = {}

    def take(self, loaded: DeserializedObject) -> bool:
        """Write one object of a fixture; False where the desk's own was kept."""
        row = loaded.object
        if not hasattr(type(row), "root"):
            return self._write(loaded)
        if self._needs_what_was_left_out(loaded):
            return False
        held = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
        if held:
            keep(row, held)
            if not loaded.deferred_fields and same(row, held):
                return True
        elif row.root is row:
            self._made.add(key_of(row))
        if self._is_the_desks(row.root):
            self._leave(row, held)
            return False
        self._note(row.root)
        return self._write(loaded)

    def _needs_what_was_left_out(self, loaded: DeserializedObject) -> bool:
        waiting = (loaded.deferred_fields or {}).values()
        return any(tuple(key) in self._missing for key in waiting)

    def _is_the_desks(self, root) -> bool:
        """Whether somebody changed it at the desk since it was loaded, or made it."""
        key = key_of(root)
        if key in self._made:
            return False
        if key not in self._desks:
            held = type(root)._base_manager.get(pk=root.pk)
            self._desks[key] = held.version != held.loaded_version
        return self._desks[key]

    def _leave(self, row, held) -> None:
        self.left[key_of(row.root)] = (
            f"“{row.root}” was changed at the desk and is left as it is."
        )
        if held is None:
            self._missing.add(row.natural_key())

    def _note(self, root) -> None:
        """The first change to an aggregate in this load takes its next version."""
        if key_of(root) in self._changed:
            return
        self._changed[key_of(root)] = root
        if key_of(root) not in self._made:
            held = type(root)._base_manager.get(pk=root.pk)
            claim(root, version=held.version)

    def finish(self) -> None:
        """Ask the rules that need whole aggregates, and remember what was loaded.

        Raises `Refused` with the first broken rule.
        """
        for root in self._changed.values():
            check(root)
            rows = type(root)._base_manager.filter(pk=root.pk)
            rows.update(loaded_version=F("version"))

    def publish(self, slugs: Iterable[str], *, note: str) -> int:
        """Publish these events, where the desk has them as they were loaded.

        Returns how many revisions were appended. What was withdrawn, is on hold or
        under embargo stays so, and is told in `left`.
        """
        first, again = [], []
        events = Event.objects.filter(slug__in=list(slugs))
        for event in events.filter(loaded_version=F("version")).order_by("pk"):
            first_time = event.live_state == LiveState.NEVER
            if not first_time and key_of(event) not in self._changed:
                continue
            if is_embargoed(event):
                self.left[key_of(event)] = embargo_sentence(event)
            elif first_time:
                first.append(event)
            elif event.live_state == LiveState.LIVE:
                again.append(event)
            else:
                state = event.get_live_state_display()
                self.left[key_of(event)] = f"“{event}” is {state} and stays so."
        acts = [*publish_many(first, by=None), *publish_many(again, by=None, note=note)]
        return sum(len(act) for act in acts)


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

"""`import_story`: files onto the desk, all of them or nothing, then to readers.

What a file says is staged beside the desk, checked whole, compared with what is there,
and written in one transaction. Then what is marked is published, in acts of at most
500 events. Who is interrupted there runs the same command again.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice, repeat
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.editing import hold_cycle_lock

from .checking import Fault, faults
from .circles import circle_faults, doubtful_trails, passage_faults, trail_faults
from .converting import shortened
from .differing import differences
from .files import Unreadable, files_of, name_of, objects_in
from .memory import undisturbed
from .objects import alike, label_of, wrong_around
from .outcome import Conflicting, Count, Faulty, Outcome
from .publishing import Chosen, publish_chosen
from .resolving import ROOTS, resolve
from .shapes import BY_LABEL, EVENT_LABEL, SHAPES, Shape
from .staging import Staging, ask
from .unchanged import Sums, Watch, digest_of, known, live, remember
from .writing import (
    changed_events,
    changed_here,
    find_touched,
    forget_touched,
    leave_out,
    left_events,
    ready_events,
    write,
)

STOP, KEEP, TAKE = "stop", "keep", "take"
MOST_FAULTS = 1000
TOLD_AFTER = 1000  # objects
MANY = 8  # objects that are quicker looked at together


class Import:
    """One import of some files; `tell` hears how far it is, in objects or events."""

    def __init__(
        self,
        names: Iterable[str],
        *,
        on_conflict: str = STOP,
        tell: Callable[[str, int, int | None], None] = lambda *_about: None,
    ):
        self.paths = files_of(names)
        self.on_conflict, self.tell = on_conflict, tell
        self.begins: list[int] = []  # the place of each file's first object
        # By place among all objects; what is wrong with a file stands after the last.
        self.wrong: list[tuple[float, str]] = []
        self.count_wrong = 0
        self.bad: dict[Shape, set[str]] = {shape: set() for shape in SHAPES}
        self.outcome = Outcome()

    @property
    def why(self) -> str:
        """What the history says of this import."""
        names = ", ".join(name_of(path) for path in self.paths)
        return _("Imported from %(files)s.") % {"files": names}

    @contextmanager
    def staged(self) -> Iterator[Staging]:
        """Everything that the files say, staged; `Unreadable` where one breaks off."""
        with Staging() as staging:
            count = 0
            for path in self.paths:
                self.begins.append(count + 1)
                count = self._stage(path, count, staging)
            staging.finish()
            yield staging

    def _stage(self, path: Path | None, count: int, staging: Staging) -> int:
        try:
            for found in objects_in(path):
                self._take_all(found, count + 1, staging)
                before, count = count, count + len(found)
                if count // TOLD_AFTER > before // TOLD_AFTER:
                    self.tell(_("read"), count, None)
        except Unreadable as error:
            self._note(count + 0.5, str(error))
        return count

    def _take_all(self, values: list, first: int, staging: Staging) -> None:
        """Stage objects, or say what is wrong with each by itself."""
        for found in alike(values, first):
            if not (len(found) >= MANY and _take_together(found, staging)):
                for n, value in found:
                    self._take(value, n, staging)

    def _take(self, value, n: int, staging: Staging) -> None:
        """Stage one object, or say what is wrong with it by itself."""
        shape = BY_LABEL.get(label_of(value))
        wrong = wrong_around(value, shape)
        if shape is not None and not wrong:
            fields = value["fields"]
            values, wrong = shape.row(fields)
            if not wrong:
                marks = (value.get(name) is True for name in ("stub", "publish"))
                staging.add(shape, [(n, *marks, *values)], fields)
                return
            if not shape.is_child and isinstance(fields.get("slug"), str):
                self.bad[shape].add(fields["slug"])
        name = self._called(value, shape)
        for field_name, sentence in wrong:
            self._fault(n, name, field_name, sentence)

    def _called(self, value, shape: Shape | None) -> str:
        label = shortened(label_of(value) or "?")
        if shape is None or not isinstance(value.get("fields"), dict):
            return label
        return f"{label} {shape.key_in(value['fields'])}"

    def _fault(self, n: int, name: str, field_name: str, sentence: str) -> None:
        place = bisect_right(self.begins, n) - 1
        told = _("%(file)s, object %(index)d, %(name)s")
        told %= {
            "file": name_of(self.paths[place]),
            "index": n - self.begins[place] + 1,
            "name": name,
        }
        about = f", {shortened(field_name)}" if field_name else ""
        self._note(n, f"{told}{about}: {sentence}")

    def _note(self, n: float, sentence: str) -> None:
        """Keep it, and no more of them than are told, and as many again."""
        self.count_wrong += 1
        self.wrong.append((n, sentence))
        if len(self.wrong) >= 2 * MOST_FAULTS:
            self.wrong = sorted(self.wrong)[:MOST_FAULTS]

    def run(self, *, dry: bool = False, publish: bool = True) -> Outcome:
        """Do it all; `dry` writes nothing and finds every difference.

        Raises `Unreadable`, `Faulty`, `Conflicting` before anything is written.
        """
        digest = digest_of(self.paths)
        held = known(digest, published=publish and not dry)
        if held is not None:
            self.outcome.counts = [Count(name, left=count) for name, count in held]
            return self.outcome
        with undisturbed(), self.staged() as staging:
            with transaction.atomic():
                hold_cycle_lock()
                watch = Watch()
                self._prepare(staging, dry=dry)
                watch.about_to_write()
                self._write(staging, dry=dry)
                stand = None if dry else watch.written()
            forget_touched()
            if publish and not dry:
                self._publish(staging)
            if stand and not self.outcome.kept and not self.outcome.waiting:
                self._remember(digest, stand, staging, published=publish)
        return self.outcome

    def _remember(
        self, digest: str, stand: Sums, staging: Staging, *, published: bool
    ) -> None:
        """Keep that nothing is left to do, so that it is known the next time."""
        shown = live()
        if published and staging.counts[BY_LABEL[EVENT_LABEL]]:
            left = ready_events() or changed_events() or left_events()
            if left:
                return
        counts = [
            (one.name, one.created + one.changed + one.left)
            for one in self.outcome.counts
        ]
        remember(digest, stand, shown, counts, published=published)

    def _prepare(self, staging: Staging, *, dry: bool) -> None:
        resolve(staging)
        self._check(staging)
        find_touched(staging)
        self._settle_conflicts(staging, dry=dry)
        self._count(staging)
        if dry:
            self.outcome.changes = list(differences(staging))

    def _check(self, staging: Staging) -> None:
        found = chain(
            faults(staging, self.bad), circle_faults(staging), passage_faults(staging)
        )
        self._tell_all(staging, found)

    def _tell_all(self, staging: Staging, found: Iterable[Fault]) -> None:
        """Raise `Faulty` with these and all that was wrong before."""
        found = iter(found)
        while some := list(islice(found, MOST_FAULTS)):
            shape_of = self._shapes_by_place(staging, some)
            for fault in dict.fromkeys(some):
                name = f"{shape_of[fault.n].label} {shortened(fault.name)}"
                self._fault(fault.n, name, fault.field, fault.sentence)
        if self.wrong:
            told = [sentence for _n, sentence in sorted(self.wrong)[:MOST_FAULTS]]
            raise Faulty(told, self.count_wrong)

    def _shapes_by_place(self, staging: Staging, found: list[Fault]) -> dict:
        wanted = ", ".join({str(fault.n) for fault in found})
        return {
            n: shape
            for shape in SHAPES
            if staging.counts[shape]
            for (n,) in ask(f"SELECT n FROM {shape.stage} WHERE n IN ({wanted})")
        }

    def _settle_conflicts(self, staging: Staging, *, dry: bool) -> None:
        """What editors changed here: stop, or keep it, or take what the files say."""
        things = []
        for root in ROOTS:
            rows = changed_here(root)
            if not rows:
                continue
            if self.on_conflict == KEEP:
                self.outcome.kept += [slug for _key, slug in rows]
                leave_out(root, [key for key, _slug in rows], staging)
            elif self.on_conflict == STOP:
                noun = root.model._meta.verbose_name
                for key, slug in rows:
                    other = list(differences(staging, root=(root, key)))
                    things.append((f"{noun} “{slug}”", other))
        if things:
            raise Conflicting(things)

    def _count(self, staging: Staging) -> None:
        counted = [shape for shape in SHAPES if staging.counts[shape]]
        asked = " UNION ALL ".join(
            f"SELECT {n}, SUM(CASE WHEN fresh THEN 1 ELSE 0 END),"
            f" SUM(CASE WHEN changed AND NOT fresh THEN 1 ELSE 0 END) FROM {one.stage}"
            for n, one in enumerate(counted)
        )
        for n, *found in sorted(ask(asked)) if counted else ():
            created, changed = (int(value or 0) for value in found)
            name = str(counted[n].model._meta.verbose_name_plural)
            left = staging.counts[counted[n]] - created - changed
            self.outcome.counts.append(Count(name, created, changed, left))

    def _write(self, staging: Staging, *, dry: bool) -> None:
        """Write it all, and ask what can only be asked of what is written.

        A dry run does so only where that may find anything, and takes it back.
        """
        doubtful = doubtful_trails(staging)
        if dry and not doubtful:
            return
        try:
            write(staging, now=timezone.now(), why=self.why)
        except DatabaseError as error:
            told = _("The database refused this: %(why)s.")
            raise Faulty([told % {"why": str(error).splitlines()[0]}], 1) from error
        self._tell_all(staging, trail_faults(doubtful, staging))
        if dry:
            transaction.set_rollback(True)

    def _publish(self, staging: Staging) -> None:
        """Bring what is marked to readers; what was done stays when it breaks off."""
        if not staging.counts[BY_LABEL[EVENT_LABEL]]:
            return
        chosen = Chosen(dict(ready_events()), dict(changed_events()))
        done = publish_chosen(
            chosen, note=self.why, tell=partial(self.tell, _("published"))
        )
        self.outcome.published, self.outcome.waiting = done.rows, done.refused
        for slug in left_events():
            told = _(
                "“%(event)s” was withdrawn, merged or put on hold here: it stays so."
            )
            self.outcome.waiting.append(told % {"event": slug})


def _take_together(found: list[tuple[int, dict]], staging: Staging) -> bool:
    """Stage objects that are `alike`; False where anything may be wrong with one."""
    places, values = zip(*found, strict=True)
    shape = BY_LABEL.get(label_of(values[0]))
    if wrong_around(values[0], shape):
        return False
    fields = [value["fields"] for value in values]
    columns = shape.columns_of(fields)
    if columns is None:
        return False
    marked, stub = (values[0].get(name) is True for name in ("publish", "stub"))
    rows = zip(places, repeat(stub), repeat(marked), *columns)
    staging.add(shape, rows, fields[0])
    return True

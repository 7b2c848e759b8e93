"""From staged objects, all of which can stand, to the tables of the desk."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from timeline.editing.stale import mark_stale_among
from timeline.models import WHY_LENGTH, ReviewState, Source, Statement

from .resolving import EVENT, ROOTS, parts_of, root_of
from .shapes import BY_MODEL, SHAPES, Shape
from .staging import Staging, ask, drop, run, stored

STATEMENTS = BY_MODEL[Statement]
PREFIXES = {shape: shape.model._meta.model_name for shape in ROOTS}
# Of a noun, what a load writes besides what the file says.
AT_FIRST = {"version": 1, "loaded_version": 1}


def touched(root: Shape) -> str:
    """The table of the things of one noun that the files change."""
    return f"import_touched_{PREFIXES[root]}"


def find_touched(staging: Staging) -> None:
    """List the things that anything is new or other in, by noun."""
    forget_touched()
    for root in ROOTS:
        asked = [
            f"SELECT root FROM {shape.stage} WHERE changed"
            for shape in parts_of(root, staging)
        ]
        if root is EVENT and staging.counts[STATEMENTS]:
            asked.append(  # where a statement was until now
                f"SELECT t.event_id FROM {STATEMENTS.stage} s JOIN {STATEMENTS.table} t"
                " ON t.id = s.pk WHERE s.changed"
            )
        asked = (
            " UNION ".join(asked) or "SELECT CAST(NULL AS bigint) AS root WHERE 1 = 0"
        )
        run(f"CREATE TEMPORARY TABLE {touched(root)} AS SELECT root FROM ({asked}) t")
        if connection.vendor == "sqlite":  # PostgreSQL joins by hashes
            run(f"CREATE INDEX {touched(root)}_root ON {touched(root)} (root)")


def forget_touched() -> None:
    drop([touched(root) for root in ROOTS])


def changed_here(root: Shape) -> list[tuple[int, str]]:
    """(primary key, web name) of what was changed here since it was loaded last.

    Of what the files would change; what was made here is among it.
    """
    return ask(
        f"SELECT t.id, t.slug FROM {touched(root)} x JOIN {root.table} t"
        " ON t.id = x.root WHERE t.loaded_version IS NULL"
        " OR t.loaded_version <> t.version ORDER BY t.slug"
    )


def leave_out(root: Shape, keys: Iterable[int], staging: Staging) -> None:
    """Change nothing of these things, nor what would need something new in them."""
    keys = list(keys)
    lost: list[int] = []
    for start in range(0, len(keys), 500):
        some = ", ".join(str(key) for key in keys[start : start + 500])
        if root is EVENT and staging.counts[STATEMENTS]:
            rows = ask(
                f"SELECT pk FROM {STATEMENTS.stage} WHERE fresh AND root IN ({some})"
            )
            lost += [key for (key,) in rows]
        for shape in parts_of(root, staging):
            run(f"DELETE FROM {shape.stage} WHERE root IN ({some})")
    for shape in SHAPES:
        for part in shape.references:
            if part.target is Statement and staging.counts[shape]:
                for start in range(0, len(lost), 500):
                    some = ", ".join(str(key) for key in lost[start : start + 500])
                    column = part.field.column
                    run(f"DELETE FROM {shape.stage} WHERE {column} IN ({some})")
    find_touched(staging)


def write(staging: Staging, *, now: datetime, why: str) -> None:
    """Write everything, in the transaction that the caller holds open."""
    for shape in SHAPES:
        if staging.counts[shape]:
            _give_ids(shape)
            _insert(shape, now)
        if shape in staging.there:
            _update(shape)
    for root in ROOTS:
        _count_versions(root, staging, now)
    for shape in SHAPES:
        if staging.counts[shape]:
            _remember_new(shape, now, why)
        if shape in staging.there:
            _remember_changed(shape, now, why)
    for root in ROOTS:
        _remember_roots(root, staging, now, why)
    _mark_stale()


def _give_ids(shape: Shape) -> None:
    """Permanent ids for what is new and has none."""
    if "public_id" not in shape.named:
        return
    rows = ask(f"SELECT n FROM {shape.stage} WHERE fresh AND public_id IS NULL")
    new = shape.model._meta.get_field("public_id").default
    given = [(new(), n) for (n,) in rows]
    if given:
        if connection.vendor == "postgresql":  # on SQLite `n` is the primary key
            run(f"CREATE INDEX {shape.stage}_n ON {shape.stage} (n)")
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {shape.stage} SET public_id = %s WHERE n = %s", given
            )


def _insert(shape: Shape, now: datetime) -> None:
    others = _others(shape, now)
    columns = ", ".join(("id", *shape.written, *others))
    values = ", ".join(("pk", *shape.written, *["%s"] * len(others)))
    run(
        f"INSERT INTO {shape.table} ({columns}) SELECT {values} FROM {shape.stage}"
        " WHERE fresh ORDER BY n",
        others.values(),
    )


def _others(shape: Shape, now: datetime) -> dict:
    """The columns that no file fills, as they are in a new row."""
    found = {}
    for field in shape.model._meta.concrete_fields:
        if field.primary_key or field.column in shape.written:
            continue
        if field.name in ("created_at", "changed_at"):
            found[field.column] = _instant(now)
        elif field.name in AT_FIRST:
            found[field.column] = AT_FIRST[field.name]
        elif field.has_default():
            found[field.column] = field.get_default()
    return found


def _update(shape: Shape) -> None:
    changes = ", ".join(f"{column} = s.{column}" for column in shape.compared)
    run(
        f"UPDATE {shape.table} SET {changes} FROM {shape.stage} s"
        f" WHERE s.pk = {shape.table}.id AND s.changed AND NOT s.fresh"
    )


def _count_versions(root: Shape, staging: Staging, now: datetime) -> None:
    """What was there already takes its next version, so that open forms conflict."""
    old = f"SELECT root FROM {touched(root)}"
    if staging.counts[root]:
        # NOT IN makes PostgreSQL look through a long list once for each row.
        old += f" EXCEPT SELECT pk FROM {root.stage} WHERE fresh"
    run(
        f"UPDATE {root.table} SET version = version + 1, loaded_version = version + 1,"
        f" changed_at = %s WHERE id IN ({old})",
        [_instant(now)],
    )
    if root is EVENT:  # an approval is of what was looked at
        run(
            f"UPDATE {root.table} SET review_state = %s WHERE review_state = %s"
            f" AND id IN ({old})",
            [str(ReviewState.IN_REVIEW), str(ReviewState.APPROVED)],
        )


def _remember_new(shape: Shape, now: datetime, why: str) -> None:
    """A row of history for each row that is new, as it is staged."""
    _into_history(
        shape,
        f"FROM {shape.stage} s JOIN {root_of(shape).table} r ON r.id = s.root"
        " WHERE s.fresh ORDER BY s.n",
        held={"id": "s.pk"} | {column: f"s.{column}" for column in shape.written},
        given=_others(shape, now),
        kind="'+'",
        now=now,
        why=why,
    )


def _remember_changed(shape: Shape, now: datetime, why: str) -> None:
    """A row of history for each row that is other."""
    _into_history(
        shape,
        f"FROM {shape.stage} s JOIN {shape.table} t ON t.id = s.pk"
        f" JOIN {root_of(shape).table} r ON r.id = s.root"
        " WHERE s.changed AND NOT s.fresh ORDER BY s.n",
        kind="'~'",
        now=now,
        why=why,
    )


def _remember_roots(root: Shape, staging: Staging, now: datetime, why: str) -> None:
    """One for each thing of which only a part is other."""
    there = (
        f" AND NOT EXISTS (SELECT 1 FROM {root.stage} s"
        " WHERE s.pk = r.id AND s.changed)"
        if staging.counts[root]
        else ""
    )
    _into_history(
        root,
        f"FROM {touched(root)} x JOIN {root.table} r ON r.id = x.root"
        f" JOIN {root.table} t ON t.id = r.id WHERE 1 = 1{there} ORDER BY r.id",
        kind="'~'",
        now=now,
        why=why,
    )


def _into_history(
    shape: Shape,
    rest: str,
    *,
    held: Mapping[str, str] | None = None,
    given: Mapping[str, object] | None = None,
    kind: str,
    now: datetime,
    why: str,
) -> None:
    """Write history; columns of the rows are as SQL has them (`held`) or a value
    (`given`), else those of the desk, `t`."""
    held, given = held or {}, given or {}
    kept = [field.column for field in shape.history.tracked_fields]
    columns = (
        *(*kept, "root_id", "saved_version", "history_type", "history_date"),
        *("by_name", "erased", "history_change_reason"),
    )
    values = ", ".join(
        "%s" if column in given else held.get(column, f"t.{column}") for column in kept
    )
    run(
        f"INSERT INTO {shape.history._meta.db_table} ({', '.join(columns)})"
        f" SELECT {values}, r.id, r.version, {kind}, %s, '', FALSE, %s {rest}",
        [
            *(given[column] for column in kept if column in given),
            *(_instant(now), why[:WHY_LENGTH]),
        ],
    )


def _mark_stale() -> None:
    """Mark the dates that are counted from a report with another date than before."""
    events = ask(
        f"SELECT x.root FROM {touched(EVENT)} x WHERE EXISTS (SELECT 1 FROM"
        f" {EVENT.table} t WHERE t.id = x.root AND t.date_anchor_id IS NOT NULL)"
        f" OR EXISTS (SELECT 1 FROM {STATEMENTS.table} s WHERE s.event_id = x.root"
        " AND s.said_anchor_id IS NOT NULL)"
    )
    sources = ask(
        f"SELECT x.root FROM {touched(BY_MODEL[Source])} x WHERE EXISTS (SELECT 1 FROM"
        f" {EVENT.table} t WHERE t.date_anchor_id = x.root) OR EXISTS (SELECT 1 FROM"
        f" {STATEMENTS.table} s WHERE s.said_anchor_id = x.root)"
    )
    mark_stale_among(
        events=[key for (key,) in events], sources=[key for (key,) in sources]
    )


def _instant(moment: datetime):
    return stored(moment) if connection.vendor == "sqlite" else moment


def ready_events() -> list[tuple[int, int]]:
    """(primary key, version) of the marked events that are to be published first.

    They are on the desk as the files have them, and readers do not see that yet.
    """
    return _marked("t.live_state = 'never'")


def changed_events() -> list[tuple[int, int]]:
    """The same, of those that readers see as they were before."""
    return _marked("t.live_state = 'live' AND t.published_version <> t.version")


def left_events() -> list[str]:
    """The web names of marked events that are withdrawn, merged or on hold."""
    rows = ask(
        f"SELECT t.slug FROM {EVENT.stage} s JOIN {EVENT.table} t ON t.id = s.pk"
        " WHERE s.marked AND t.live_state NOT IN ('never', 'live') ORDER BY s.n"
    )
    return [slug for (slug,) in rows]


def _marked(only: str) -> list[tuple[int, int]]:
    return ask(
        f"SELECT t.id, t.version FROM {EVENT.stage} s JOIN {EVENT.table} t"
        " ON t.id = s.pk WHERE s.marked AND t.version = t.loaded_version"
        f" AND {only} ORDER BY s.n"
    )

"""Files that were imported before, onto a desk that stands as it did then.

Reading them again, checking and comparing every object would find nothing. So the last
import keeps a digest of its files beside sums over the desk: versions, which every save
raises, numbers of rows, which are given once, and the lengths of held texts.
"""

import json
from collections.abc import Iterable
from hashlib import file_digest, sha256
from itertools import islice
from pathlib import Path

from timeline.models import Event, ImportedFiles, SourceSnapshot

from .resolving import ROOTS
from .shapes import Shape
from .staging import ask
from .writing import touched

FORM = 1  # raise it when an import finds, or does, something else in the same files
KEPT = 20
SUMS = "COUNT(*), SUM(id), SUM(version), SUM(loaded_version)"
MERGED = "COUNT(merged_into_id), SUM(merged_into_id)"
HELD = f"""
    SELECT COUNT(*), SUM(id), SUM(LENGTH(text)), SUM(source_id)
    FROM {SourceSnapshot._meta.db_table}
"""
LIVE = f"""
    SELECT live_state, COUNT(*), SUM(id), SUM(published_version)
    FROM {Event._meta.db_table} GROUP BY live_state ORDER BY live_state
"""
Sums = dict[str, list[int]]


def digest_of(paths: Iterable[Path | None]) -> str:
    """What tells these files, in their order, from others.

    It is empty for standard input, and where a file cannot be read.
    """
    whole = sha256(str(FORM).encode())
    try:
        for path in paths:
            if path is None:
                return ""
            whole.update(path.name.encode())
            with path.open("rb") as file:
                whole.update(file_digest(file, "sha256").digest())
    except OSError:
        return ""  # whoever reads it next says why
    return whole.hexdigest()


def sums() -> Sums:
    """Sums over everything on the desk that files can have something of."""
    return _answered({**{one.label: _sums_of(one) for one in ROOTS}, "held": HELD})


def sums_of_touched() -> Sums:
    """The same over the things that an import changes, or has changed."""
    return _answered(
        {
            one.label: f"{_sums_of(one)} WHERE id IN (SELECT root FROM {touched(one)})"
            for one in ROOTS
        }
    )


def _sums_of(shape: Shape) -> str:
    mergeable = any(field.name == "merged_into" for field in shape.model._meta.fields)
    return f"SELECT {SUMS}{f', {MERGED}' if mergeable else ''} FROM {shape.table}"


def _answered(questions: dict[str, str]) -> Sums:
    """The one row of numbers that each of these gives, all asked at once."""
    asked = ", ".join(f"({one}) q{n}" for n, one in enumerate(questions.values()))
    values = iter(_numbers(ask(f"SELECT * FROM {asked}")[0]))
    return {
        label: list(islice(values, one.count("SUM(") + one.count("COUNT(")))
        for label, one in questions.items()
    }


def _numbers(row: tuple) -> list[int]:
    return [int(value or 0) for value in row]


def live() -> list[list]:
    """How many events readers see, and which versions of them."""
    return [[state, *_numbers(rest)] for state, *rest in ask(LIVE)]


class Watch:
    """The desk during one import: did only the import change it?"""

    def __init__(self):
        self.before = sums()
        self.own: Sums = {}

    def about_to_write(self) -> None:
        """What is going to be changed, as it stood."""
        self.own = sums_of_touched()

    def written(self) -> Sums | None:
        """How the desk stands now; None where somebody else changed it meanwhile."""
        now, own = sums(), sums_of_touched()
        for label, before in self.before.items():
            # held texts come with their sources, and are only ever added
            if label != "held" and _less(now[label], own[label]) != _less(
                before, self.own[label]
            ):
                return None
        return now


def _less(whole: list[int], part: list[int]) -> list[int]:
    return [one - other for one, other in zip(whole, part, strict=True)]


def remember(
    digest: str,
    stand: Sums,
    shown: list[list],
    counts: list[tuple[str, int]],
    *,
    published: bool,
) -> None:
    """Keep that the files are on the desk whole, and how it and the readers' stand.

    `counts` are how many objects of each model they have.
    """
    if not digest:
        return
    ImportedFiles.objects.update_or_create(
        digest=digest,
        defaults={
            "stand": json.dumps([stand, shown]),
            "counts": json.dumps(counts),
            "published": published,
        },
    )
    newest = ImportedFiles.objects.order_by("-at").values_list("digest", flat=True)
    ImportedFiles.objects.exclude(digest__in=list(newest[:KEPT])).delete()


def known(digest: str, *, published: bool) -> list[tuple[str, int]] | None:
    """How many objects of each model the files have; None unless all is as it was.

    `published`: what they mark has to be with readers as well.
    """
    row = ImportedFiles.objects.filter(digest=digest).first() if digest else None
    if row is None or (published and not row.published):
        return None
    if row.stand != json.dumps([sums(), live()]):
        return None
    return [(name, count) for name, count in json.loads(row.counts)]

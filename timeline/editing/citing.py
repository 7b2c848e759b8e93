"""Citing: where statements were found, with the passage looked for in held texts."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from timeline.models import (
    Citation,
    PassageState,
    Source,
    SourceSnapshot,
    Statement,
)

from .merged import merged_with
from .quoting import first_words, place_of
from .refusing import Refused


class Unplaced(Refused):
    """Words that do not stand in the text where they are said to be, exactly once."""


def cite_in_each(
    statements: Iterable[Statement], source: Source, *, words: str = ""
) -> list[Citation]:
    """Cite one report in many statements, within a save of their event.

    Those that cite it already keep theirs; `words` are the passage.
    """
    return [
        cite(row, source, words=words)
        for row in statements
        if not row.citations.filter(source=source).exists()
    ]


def cite(
    statement: Statement, source: Source, *, words: str = "", at: int | None = None
) -> Citation:
    """Say that a statement was found in a report, within a save of its event.

    Raises `Unplaced` where the report's text is held and the words are not in it.
    """
    last = statement.citations.order_by("-position").first()
    row = Citation(
        statement=statement,
        source=source,
        position=last.position + 1 if last else 1,
    )
    put_passage(row, words, at=at)
    row.save()
    return row


def put_passage(row: Citation, words: str, *, at: int | None = None) -> None:
    """Give a citation the passage that these words are; look for it in the text."""
    held = held_texts(row.read_in or row.source)
    row.prefix = row.suffix = ""
    row.exact = first_words(words)
    row.passage = PassageState.UNCHECKED
    if not row.exact or not held:
        return
    places = [place_of(words, text, at=at) for text in held]
    place = next(filter(None, places), None)
    if place is None:
        raise Unplaced(
            _(
                "These words do not stand in the text of “%(report)s” exactly once: "
                "copy them from there, or take in more of the words around them."
            )
            % {"report": row.source}
        )
    row.prefix, row.exact, row.suffix = place.prefix, place.exact, place.suffix
    row.passage = PassageState.FOUND


def held_texts(source: Source) -> list[str]:
    """The texts that the desk holds of a report, the newest first.

    Those that are held of what was merged into it come after its own.
    """
    own = source.snapshots.values_list("text", flat=True)
    return [text.replace("\r\n", "\n") for text in (*own, *texts_of_merged(source))]


def texts_of_merged(source: Source) -> list[str]:
    """The texts that stay with what was merged into a report."""
    rows = SourceSnapshot.objects.filter(source__in=merged_with(source))
    return list(rows.values_list("text", flat=True))

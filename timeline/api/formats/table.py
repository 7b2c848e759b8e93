"""CSV, RFC 4180: a table with a header, whose columns are documented and stay.

UTF-8 without a byte order mark: programs read the table first, and the mark would
become part of the first column's name. A cell that a spreadsheet would take for a
formula begins with an apostrophe, years before 0 (`'-0043`) among them. Columns are
only ever added, at the end.
"""

import csv
from collections.abc import Iterable, Iterator

from .base import EVENTS, About, encodable, in_chunks
from .columns import EVENT_COLUMNS, STATEMENT_COLUMNS, Column, citations

# As typed on any keyboard: spreadsheets take the wide forms for the narrow ones.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class Line:
    """What a `csv.writer` writes into: it keeps one line."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def table(rows: Iterable[dict], columns: tuple[Column, ...]) -> Iterator[str]:
    """The lines, the header first."""
    line = Line()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    yield line.text
    for row in rows:
        writer.writerow([cell(column.value(row)) for column in columns])
        yield line.text


def cell(value: object) -> str:
    """A value as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = encodable(value).replace("\0", "\N{REPLACEMENT CHARACTER}")
    return f"'{text}" if text.startswith(FORMULA) else text


def write(items: Iterable[dict], about: About) -> Iterator[str]:
    """The table: a row an event or, of statements, a row a citation."""
    if about.kind == EVENTS:
        return in_chunks(table(items, EVENT_COLUMNS))
    rows = (row for statement in items for row in citations(statement))
    return in_chunks(table(rows, STATEMENT_COLUMNS))

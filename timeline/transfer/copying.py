"""Rows onto a table by PostgreSQL's `COPY`, in its text format.

Their values are put into words a column at a time, which takes a third of what one by
one does.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

NOTHING = "\\N"
BOOLEANS = {True: "t", False: "f"}
MARKS = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
ESCAPED = str.maketrans(MARKS)


def copy(table: str, columns: Iterable[str], rows: Iterable[Sequence]) -> None:
    """Write rows: of texts, whole numbers, booleans, times and nothing."""
    found = zip(*map(told, zip(*rows, strict=True)), strict=True)
    lines = "\n".join(map("\t".join, found))
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as to,
    ):
        to.write(f"{lines}\n" if lines else "")


def told(values: Sequence) -> Sequence[str]:
    """The values of a column in words."""
    kinds = set(map(type, values))
    if kinds == {str}:
        whole = "".join(values)
        is_plain = not any(mark in whole for mark in MARKS)
        return values if is_plain else list(map(word, values))
    if kinds == {int}:
        return list(map(str, values))
    if kinds == {bool}:
        return [BOOLEANS[value] for value in values]
    return list(map(word, values))


def word(value) -> str:
    """One value in words."""
    if isinstance(value, str):
        return value.translate(ESCAPED)
    if value is None:
        return NOTHING
    return BOOLEANS[value] if isinstance(value, bool) else str(value)

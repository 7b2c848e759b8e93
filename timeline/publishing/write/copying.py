"""Many values for PostgreSQL: rows for its `COPY`, and lists as it writes them."""

from array import array as machine_numbers
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from django.db import DataError, connection

# What psycopg gives in PostgreSQL's own form, which is half as much work on both sides.
IN_BINARY = frozenset(
    (
        *("smallint", "integer", "bigint", "boolean", "text", "varchar"),
        "timestamp with time zone",
    )
)
# Of these psycopg keeps the bits that fit, and says nothing: C's types of their size.
NARROW = {"smallint": "h", "integer": "i"}


def copy(table: str, kinds: Mapping[str, str], rows: Iterable[Sequence]) -> None:
    """Write rows: of texts, whole numbers, booleans, times and nothing.

    `kinds` are the types of their columns, by name. Past Django's cursors; `DataError`
    where something does not fit.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        copy_by(connection.connection, table=table, kinds=kinds, rows=rows)


def copy_by(
    raw, *, table: str, kinds: Mapping[str, str], rows: Iterable[Sequence]
) -> None:
    """The same by a connection of psycopg's own."""
    text = f"COPY {table} ({', '.join(kinds)}) FROM STDIN"
    is_binary = IN_BINARY.issuperset(kinds.values())
    form = " (FORMAT binary)" if is_binary else ""
    with raw.cursor() as cursor, cursor.copy(text + form) as to:
        if is_binary:
            to.set_types([*kinds.values()])
        try:
            _write(to, kinds, list(rows))
        except OverflowError as error:
            raise DataError(f"Too large for {table}: {error}.") from error


def _write(to, kinds: Mapping[str, str], rows: list[Sequence]) -> None:
    for place, kind in enumerate(kinds.values()):
        if kind in NARROW:
            machine_numbers(NARROW[kind], filter(None, map(itemgetter(place), rows)))
    write = to.write_row
    for row in rows:
        write(row)


def array(values: Sequence) -> str:
    """Values as PostgreSQL writes a list of them."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return f"{{{','.join(map(str, values))}}}"
    if kinds == {str}:
        return f"{{{','.join(_quoted(values))}}}"
    return f"{{{','.join(map(_element, values))}}}"


def _quoted(texts: Sequence[str]) -> list[str]:
    whole = "".join(texts)
    if "\\" in whole:
        texts = [text.replace("\\", "\\\\") for text in texts]
    if '"' in whole:
        texts = [text.replace('"', '\\"') for text in texts]
    return [f'"{text}"' for text in texts]


def _element(value) -> str:
    if value is None:
        return "NULL"
    return _quoted([value])[0] if isinstance(value, str) else str(value)

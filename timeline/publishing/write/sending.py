"""What an act asks and writes, in few round trips.

Under the lock of the record everybody else waits for each of them. PostgreSQL takes
several statements at once; SQLite, which is in the same process, gains nothing by it.
Many rows are written beside what is made of the next, into either.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from django.db import connection

from .beside import Beside

Question = tuple[str, Sequence]
Kind = TypeVar("Kind")
MANY = 100  # rows that are worth a thread, and quicker copied than inserted


class Waiting:
    """Statements of SQLite: carried out at once, or after what is written beside."""

    def __init__(self):
        connection.ensure_connection()
        self.raw = connection.connection
        self.beside = Beside()

    def __call__(self, execute, sql, params, many, context):
        """What Django itself sends: it comes after all that was to be written."""
        self.settle()
        return execute(sql, params, many, context)

    def write(self, text: str, values: Sequence) -> None:
        """Carry out a statement that has no answer."""
        if self.beside:
            self.beside.do(partial(_execute, connection.create_cursor(), text, values))
        else:
            _send(text, values)

    def carry_out(self, task: Callable[[Any], None]) -> None:
        """Have a task carried out beside, after what was written; it gets `raw`."""
        self.beside.do(partial(task, self.raw))

    def ask(self, questions: Sequence[Question]) -> list[list[tuple]]:
        """The rows that answer these, once all is written."""
        with connection.cursor() as cursor:
            return [_answer(cursor, *question) for question in questions]

    def settle(self) -> None:
        """Have everything written; what the database refuses is raised."""
        with connection.wrap_database_errors:
            self.beside.done()


class Together(Waiting):
    """Statements of PostgreSQL: sent with the next that has an answer."""

    def __init__(self):
        super().__init__()
        self.waiting: list[Question] = []

    def write(self, text: str, values: Sequence) -> None:
        """Let a statement wait."""
        self.waiting.append((text, values))

    def carry_out(self, task: Callable[[Any], None]) -> None:
        """Have a task carried out beside, after what waits."""
        self.beside.do(partial(_execute_all, self.raw, self._taken()))
        super().carry_out(task)

    def ask(self, questions: Sequence[Question]) -> list[list[tuple]]:
        """The rows that answer these, which are sent with what waits."""
        super().settle()
        before = self._taken()
        with connection.cursor() as cursor:
            cursor.execute(_one_text(cursor, [*before, *questions]))
            for _statement in before:
                cursor.nextset()
            answers = [cursor.fetchall()]
            while cursor.nextset():
                answers.append(cursor.fetchall())
        return answers

    def settle(self) -> None:
        """Have everything written, what waits last."""
        super().settle()
        if waiting := self._taken():
            with connection.cursor() as cursor:
                cursor.execute(_one_text(cursor, waiting))

    def _taken(self) -> list[Question]:
        taken, self.waiting = self.waiting, []
        return taken


class Noting:
    """What is asked, with the answers, so that it can be asked again."""

    def __init__(self):
        self.told: list[tuple[Question, list[tuple]]] = []
        self.sent = 0

    def __call__(self, execute, sql, params, many, context):
        """Count what Django itself sends, whoever asks it."""
        self.sent += 1
        return execute(sql, params, many, context)

    def is_told_again(self) -> bool:
        """Whether everything that was asked gets the same answers now.

        Not where anything was asked, or done, that is not known here.
        """
        return self.sent == len(self.told) and all(
            ask(question) == [answer] for question, answer in self.told
        )


@contextmanager
def noted() -> Iterator[Noting]:
    """Note what is asked here."""
    noting = Noting()
    with connection.execute_wrapper(noting):
        yield noting


@contextmanager
def kept_back() -> Iterator[None]:
    """Keep back what is written here, until something is read or this ends.

    To be used within a transaction: what fails, fails when it is sent. It is Django's
    cursors of this thread that wait for it; nothing else may use the connection.
    """
    together = _several_at_once()
    if _wrapper(Waiting) or not (together or connection.vendor == "sqlite"):
        yield
        return
    waiting = Together() if together else Waiting()
    try:
        with connection.execute_wrapper(waiting):
            yield
            waiting.settle()
    finally:
        waiting.beside.end()


def write(text: str, values: Sequence) -> None:
    """Carry out one statement that has no answer, now or with the next."""
    if waiting := _wrapper(Waiting):
        waiting.write(text, values)
    else:
        _send(text, values)


def carry_out(task: Callable[[Any], None], *, rows: int) -> None:
    """Have so many rows written by the database's own connection, now or beside."""
    connection.ensure_connection()
    waiting = _wrapper(Waiting)
    if waiting and (waiting.beside or rows >= MANY):
        waiting.carry_out(task)
        return
    if waiting:
        waiting.settle()
    with connection.wrap_database_errors:
        task(connection.connection)


def ask(*questions: Question) -> list[list[tuple]]:
    """The rows that answer each of these questions, in their order.

    What waits is sent with them.
    """
    if not questions:
        return []
    answers = _answers(questions)
    if noting := _wrapper(Noting):
        noting.told += zip(questions, answers, strict=True)
    return answers


def _answers(questions: Sequence[Question]) -> list[list[tuple]]:
    if waiting := _wrapper(Waiting):
        return waiting.ask(questions)
    if len(questions) > 1 and _several_at_once():
        return Together().ask(questions)
    with connection.cursor() as cursor:
        return [_answer(cursor, *question) for question in questions]


def _send(text: str, values: Sequence) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def _execute(cursor, text: str, values: Sequence) -> None:
    cursor.execute(text, values)


def _execute_all(raw, statements: list[Question]) -> None:
    if statements:
        with raw.cursor() as cursor:
            cursor.execute(_one_text(cursor, statements))


def _one_text(cursor, statements: Sequence[Question]) -> str:
    return ";\n".join(cursor.mogrify(*statement) for statement in statements)


def _answer(cursor, text: str, values: Sequence) -> list[tuple]:
    cursor.execute(text, values)
    return cursor.fetchall()


def _wrapper(kind: type[Kind]) -> Kind | None:
    held = (one for one in connection.execute_wrappers if isinstance(one, kind))
    return next(held, None)


def _several_at_once() -> bool:
    """Whether values are put into the text here, so that it can be several statements.

    With Django's option `server_side_binding` they are not.
    """
    options = connection.settings_dict["OPTIONS"]
    return connection.vendor == "postgresql" and not options.get("server_side_binding")

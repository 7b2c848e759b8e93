"""What an act asks and writes, in few round trips.

Under the lock of the record everybody else waits for each of them. PostgreSQL takes
several statements at once; SQLite, which is in the same process, gains nothing by it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

Question = tuple[str, Sequence]


class Waiting:
    """Statements that are sent with the next that has an answer, in their order."""

    def __init__(self):
        self.texts: list[str] = []
        self.cursor = connection.cursor()

    def __call__(self, execute, sql, params, many, context):
        self.send()
        return execute(sql, params, many, context)

    def add(self, text: str, values: Sequence) -> None:
        """Let a statement wait, with its values in it."""
        self.texts.append(self.cursor.mogrify(text, values))

    def send(self) -> None:
        """Send what waits, as one text."""
        if self.texts:
            text, self.texts = ";\n".join(self.texts), []
            self.cursor.execute(text)

    def ask(self, questions: Sequence[Question]) -> list[list[tuple]]:
        """The rows that answer these, which are sent with what waits."""
        before = len(self.texts)
        for question in questions:
            self.add(*question)
        text, self.texts = ";\n".join(self.texts), []
        self.cursor.execute(text)
        for _statement in range(before):
            self.cursor.nextset()
        answers = [self.cursor.fetchall()]
        while self.cursor.nextset():
            answers.append(self.cursor.fetchall())
        return answers


@contextmanager
def kept_back() -> Iterator[None]:
    """Keep back what is written here, until something is read or this ends.

    To be used within a transaction: what fails, fails when it is sent.
    """
    if not _several_at_once() or _waiting():
        yield
        return
    waiting = Waiting()
    with connection.execute_wrapper(waiting):
        yield
        waiting.send()


def write(text: str, values: Sequence) -> None:
    """Carry out one statement that has no answer, now or with the next."""
    if waiting := _waiting():
        waiting.add(text, values)
        return
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def send() -> None:
    """Send what waits, before something that goes past Django's cursors."""
    if waiting := _waiting():
        waiting.send()


def ask(*questions: Question) -> list[list[tuple]]:
    """The rows that answer each of these questions, in their order.

    What waits is sent with them.
    """
    if not questions:
        return []
    if waiting := _waiting():
        return waiting.ask(questions)
    if len(questions) > 1 and _several_at_once():
        return Waiting().ask(questions)
    with connection.cursor() as cursor:
        return [_answer(cursor, *question) for question in questions]


def _answer(cursor, text: str, values: Sequence) -> list[tuple]:
    cursor.execute(text, values)
    return cursor.fetchall()


def _waiting() -> Waiting | None:
    held = (one for one in connection.execute_wrappers if isinstance(one, Waiting))
    return next(held, None)


def _several_at_once() -> bool:
    """Whether values are put into the text here, so that it can be several statements.

    With Django's option `server_side_binding` they are not.
    """
    options = connection.settings_dict["OPTIONS"]
    return connection.vendor == "postgresql" and not options.get("server_side_binding")

"""What is typed, held to the rules of the rows it becomes; which field breaks one."""

from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from .refusing import Refused


class BadInput(Refused):
    """One field, by its name here, holds what cannot be saved; `row` says of which."""

    def __init__(self, field: str, *sentences: str, row: int = 0):
        super().__init__(*sentences)
        self.field, self.row = field, row


def checked(row, **fields: str):
    """The row, if it keeps every rule; `fields` say where each of its columns is typed.

    Raises `BadInput` with the first that does not.
    """
    try:
        row.full_clean()
    except ValidationError as error:
        told = error.message_dict
        name = next((name for name in fields if name in told), next(iter(told)))
        field = "" if name == NON_FIELD_ERRORS else fields.get(name, "")
        raise BadInput(field, *told[name]) from error
    return row


@contextmanager
def naming_the_row(row: int):
    """Say of which row an input is bad."""
    try:
        yield
    except BadInput as refused:
        refused.row = row
        raise

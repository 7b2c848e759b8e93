"""The documents of an act: built within it, or before it in the turn of others."""

from dataclasses import dataclass

from django.db import connection

from timeline.editing import Refused, check_event
from timeline.models import Event
from timeline.provenance import TrailCycle

from .document import Built, build


@dataclass(frozen=True, slots=True)
class Ahead:
    """Documents that were built before the act that they are for.

    `version` is what SQLite calls the version of its data: it is another as soon as
    any other connection has written anything (its documentation: PRAGMA data_version).
    What this connection itself writes does not change it, so nothing may be written by
    it between building and the act.
    """

    keys: list[int]
    built: list[Built]
    version: int

    def holds(self, keys: list[int]) -> bool:
        """Whether they are of these events, and nobody has written anything since.

        To be asked within the transaction that is to write.
        """
        return self.keys == keys and self.version == _version()


def built_ahead(keys: list[int]) -> Ahead | None:
    """The documents of these events, all from one state, without holding up others.

    None where a database cannot say whether they still hold, where there are none, and
    within a transaction.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # a reader's: nobody waits for it
        try:
            return Ahead(keys, built_of(keys), _version())
        except Refused:
            return None  # the act itself will say why, or find it mended
        finally:
            cursor.execute("ROLLBACK")


def built_of(keys: list[int], ahead: Ahead | None = None) -> list[Built]:
    """The documents of these events; `Refused` names a trail that goes in a circle.

    Those that were built `ahead` are taken where they hold.
    """
    if ahead and ahead.holds(keys):
        return ahead.built
    try:
        return build(keys)
    except TrailCycle:
        for event in Event.objects.filter(pk__in=keys):
            check_event(event)  # says which trail, in names
        raise


def _version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return cursor.fetchone()[0]

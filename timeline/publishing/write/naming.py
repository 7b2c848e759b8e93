"""Web names: the record gives each to one thing, and lets each thing keep its own."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from timeline.editing import Refused
from timeline.models.record import Noun, ThingName
from timeline.publishing.read.facts import noun_of

from .deriving import named
from .rows import Wanted, rows_of_each


class Held(NamedTuple):
    """A name that the record gave to a thing; 0 and 1 will do for `former`."""

    noun: str
    name: str
    thing: str
    former: bool


COLUMNS = ", ".join(Held._fields)
OWN = frozenset((Noun.EVENT.value, Noun.STATEMENT.value))


class HeldNames(NamedTuple):
    """What was asked about, as (noun, name), and what the record held of it."""

    asked: Container[tuple[str, str]] = ()
    held: Container[Held] = ()
    taken: Container[tuple[str, str]] = ()  # the (noun, name) of what is held

    def is_new(self, noun: str, name: str) -> bool:
        """Whether the record is known to have given the name to nothing."""
        return (noun, name) in self.asked and (noun, name) not in self.taken

    def known(self, ids: Iterable[str]) -> list[str]:
        """Those of these ids of events or statements that anything may be kept of.

        Their names stay as long as that. Those of other things may go before it: with
        the text that named what they were merged into.
        """
        return [key for key in ids if not self.is_new(noun_of(key), key)]


def refuse_other_names(
    documents: Iterable[dict], own: list[Held] | None = None
) -> HeldNames:
    """`Refused` where these give away a name, or give a thing another than it has.

    Gives those of their names that the record has given already. `own` are those of
    the events and statements among them, where that was asked before.
    """
    given: dict[tuple[str, str], str] = {}
    seen: dict = {}
    for document in documents:
        for noun, key, slug in named(document, seen):
            given[noun, key] = given[noun, slug] = key
    slugs = {key: name for (_noun, name), key in given.items() if name != key}
    asked = given if own is None else [one for one in given if one[0] not in OWN]
    found = rows_of_each(*wanted(asked))
    held = [*(own or ()), *(Held._make(row) for rows in found for row in rows)]
    _refuse_taken(given, held)
    # What has a name has its id for one: the others need not be looked for.
    known = slugs.keys() & {row.name for row in held}
    (things,) = rows_of_each(Wanted(ThingName, "thing", known, COLUMNS))
    _refuse_changed(slugs, list(map(Held._make, things)))
    return HeldNames(given, frozenset(held), {(row.noun, row.name) for row in held})


def wanted(given: Iterable[tuple[str, str]]) -> Iterator[Wanted]:
    """What the record holds by these (noun, name).

    Each noun is asked of by itself, for their key begins with it.
    """
    by_noun: dict[str, list[str]] = {}
    for noun, name in given:
        by_noun.setdefault(noun, []).append(name)
    for noun, names in sorted(by_noun.items()):
        yield Wanted(ThingName, "name", names, COLUMNS, f" AND noun = '{noun}'")


def _refuse_taken(given: dict[tuple[str, str], str], rows: list[Held]) -> None:
    held = {(row.noun, row.name): row for row in rows}
    taken = sorted(
        row.name
        for place, row in held.items()
        if given.get(place, row.thing) != row.thing
        and not _comes_back(row, held.get((row.noun, given[place])))
    )
    if taken:
        raise Refused(
            _("The record has given this web name to another: %(names)s. Choose anew.")
            % {"names": ", ".join(f"“{name}”" for name in taken)}
        )


def _comes_back(row: Held, own: Held | None) -> bool:
    """Whether a thing takes back its own name: it is merged into another no longer."""
    return row.former and own is not None and own.former and own.thing == row.thing


def _refuse_changed(slugs: dict[str, str], rows: list[Held]) -> None:
    changed = sorted(
        (slugs[row.thing], row.name)
        for row in rows
        if not row.former and row.name not in (row.thing, slugs[row.thing])
    )
    if changed:
        raise Refused(
            _("A web name is fixed once it is published: change %(names)s.")
            % {"names": ", ".join(f"“{new}” back to “{old}”" for new, old in changed)}
        )

"""Web names: the record gives each to one thing, and lets each thing keep its own."""

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from timeline.editing import Refused
from timeline.models.record import ThingName

from .deriving import names


def refuse_other_names(documents: Iterable[dict]) -> None:
    """`Refused` where these give away a name, or give a thing another than it has."""
    given = {
        (noun, name): key
        for document in documents
        for noun, name, key in names(document)
    }
    _refuse_taken(given)
    _refuse_changed(given)


def _refuse_taken(given: dict[tuple[str, str], str]) -> None:
    rows = ThingName.objects.filter(name__in={name for _noun, name in given})
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


def _comes_back(row: ThingName, own: ThingName | None) -> bool:
    """Whether a thing takes back its own name: it is merged into another no longer."""
    return row.former and own is not None and own.former and own.thing == row.thing


def _refuse_changed(given: dict[tuple[str, str], str]) -> None:
    slugs = {key: name for (_noun, name), key in given.items() if name != key}
    rows = ThingName.objects.filter(thing__in=slugs, former=False)
    changed = sorted(
        (slugs[row.thing], row.name)
        for row in rows.exclude(name=F("thing"))
        if slugs[row.thing] != row.name
    )
    if changed:
        raise Refused(
            _("A web name is fixed once it is published: change %(names)s.")
            % {"names": ", ".join(f"“{new}” back to “{old}”" for new, old in changed)}
        )

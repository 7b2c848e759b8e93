"""Every id and web name that the record gives to a thing, and where old ones lead."""

from collections.abc import Iterable

from timeline.models.record import Noun, Revision, ThingName

from .deriving import former_names, named
from .filling import insert
from .naming import Held, HeldNames

COLUMNS = Held._fields
NO_NAMES = HeldNames()
EVENT = Noun.EVENT.value
Names = dict[tuple[str, str], tuple[str, bool]]


def name(
    revisions: Iterable[Revision],
    documents: dict[int, dict],
    known: HeldNames = NO_NAMES,
) -> None:
    """Remember every id and slug that the record gives to a thing.

    Those of what was merged into another lead to that, until a later document names
    it again. What is held so already, as far as it is `known`, is left.
    """
    found: Names = {}
    seen: dict = {}
    for row in revisions:
        for text in (row.event_id, row.slug):
            found[EVENT, text] = row.event_id, False
        document = documents.get(row.sequence)
        if document:
            if former := former_names(document):
                _lead_on(sorted(former), found)
                seen = {}  # what is named after this leads to itself again
            for noun, key, slug in named(document, seen):
                found[noun, key] = found[noun, slug] = key, False
    every = ((*place, *given) for place, given in found.items())
    rows = sorted(row for row in every if row not in known.held)
    new, others = [], []
    for row in rows:
        (new if known.is_new(*row[:2]) else others).append(row)
    insert(ThingName, COLUMNS, new)
    insert(ThingName, COLUMNS, others, unless=("noun", "name"))


def _lead_on(former: list[tuple[str, str, str]], found: Names) -> None:
    """All names of what was merged lead to what it was merged into."""
    for noun, slug, key in former:
        if (noun, slug) in found:
            before = found[noun, slug][0]
        else:
            row = ThingName.objects.filter(noun=noun, name=slug).first()
            before = row and row.thing
        if before is None or before == key:
            continue
        held = ThingName.objects.filter(noun=noun, thing=before)
        every = dict.fromkeys(held.values_list("name", flat=True), before)
        every |= {
            text: thing for (kind, text), (thing, _f) in found.items() if kind == noun
        }
        for text, thing in every.items():
            if thing == before:
                found[noun, text] = key, True

"""What is different between two texts of one event, in a reader's words.

Both are documents of the record, so what was suppressed is in neither.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .entries import origins_shown
from .marking import Part, marked, whole_text
from .saying import (
    cited,
    dated,
    links,
    named_people,
    numbered,
    passage,
    place_said,
    related,
    titled,
    word,
)
from .words import (
    EVENT_STATUS,
    IMPORTANCE,
    NUMBERS,
    STANDING,
    STATEMENT_KINDS,
    STATEMENT_MODES,
)

# What is under the digest of a text and not part of what it says.
BESIDE = ("act", "entities", "version", "order")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is said otherwise; without `before` it is new, or `after` gone."""

    what: str
    before: list[Part]
    after: list[Part]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What became of one statement: `state` is "added", "removed" or "reworded"."""

    attribution: str
    state: str
    text: str = ""
    language: str = ""
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Differences:
    """All that is different; `note` says in a sentence what no other field can."""

    changes: list[Change] = field(default_factory=list)
    statements: list[Said] = field(default_factory=list)
    note: str = ""


Known = Mapping[str, Mapping]  # statements elsewhere that links lead to, by id


def differences(before: Mapping, after: Mapping, known: Known) -> Differences:
    """What the second text says otherwise than the first."""
    changes = event_changes(before, after)
    statements = statement_changes(before, after, known)
    note = ""
    if is_reordered(before, after):
        note = _("The statements stand in another order.")
    elif not changes and not statements:
        note = _("What it says did not change.")
        if without(before, BESIDE) != without(after, BESIDE):
            note = _("Only details changed that are in the data and not on the page.")
    return Differences(changes, statements, note)


def without(document: Mapping, names: Iterable[str]) -> dict:
    return {key: value for key, value in document.items() if key not in names}


def is_reordered(before: Mapping, after: Mapping) -> bool:
    """Whether statements that both have stand in another order."""
    old, new = ([row["id"] for row in one["statements"]] for one in (before, after))
    both = set(old) & set(new)
    return [key for key in old if key in both] != [key for key in new if key in both]


def linked_elsewhere(*documents: Mapping) -> set[str]:
    """The ids of the statements that links in these texts lead to."""
    return {
        link["statement"]
        for document in documents
        for row in document["statements"]
        for link in (*row["links"], *row["linked_by"])
    }


def event_changes(before: Mapping, after: Mapping) -> list[Change]:
    """What is different in the event itself."""
    texts: list[tuple[str, Callable[[Mapping], str]]] = [
        (_("Title"), lambda one: one["title"]),
        (_("Summary"), lambda one: one["summary"]),
    ]
    facts: list[tuple[str, Callable[[Mapping], str]]] = [
        (_("Date"), lambda one: dated(one["date"])),
        (_("Place"), lambda one: one["place"] or ""),
        (_("Status"), lambda one: word(EVENT_STATUS, one["status"])),
        (_("Importance"), lambda one: word(IMPORTANCE, one["importance"])),
    ]
    lists: list[tuple[str, Callable[[Mapping], Iterable[str]]]] = [
        (_("Who took part"), lambda one: named_people(one["actors"])),
        (_("Story"), lambda one: titled(one["stories"])),
        (_("Topic"), lambda one: titled(one["topics"])),
        (_("Related event"), lambda one: related(one["related"])),
    ]
    return [
        *worded(texts, before, after),
        *replaced(facts, before, after),
        *listed(lists, before, after),
        *replaced([(_("Own reporting"), told_origins)], before, after),
    ]


def told_origins(one: Mapping) -> str:
    """How many reported it on their own, in words."""
    told = origins_shown(one["origins"])
    return told["words"] if told else ""


def worded(ways, before: Mapping, after: Mapping, language: str = "") -> list[Change]:
    """Changes of what is said in one piece of text."""
    return [
        Change(what, *marked(old, new), language)
        for what, say in ways
        if (old := str(say(before))) != (new := str(say(after)))
    ]


def replaced(ways, before: Mapping, after: Mapping) -> list[Change]:
    """Changes of short facts, each replaced as a whole."""
    return [
        Change(what, whole_text(old), whole_text(new))
        for what, say in ways
        if (old := str(say(before))) != (new := str(say(after)))
    ]


def listed(ways, before: Mapping, after: Mapping) -> list[Change]:
    """Changes of lists: what is in one of them alone."""
    found = []
    for what, say in ways:
        old, new = list(say(before)), list(say(after))
        gone = [row for row in old if row not in new]
        came = [row for row in new if row not in old]
        if len(gone) == len(came) == 1:
            found.append(Change(what, *marked(*gone, *came)))
            continue
        found += [Change(what, whole_text(row), []) for row in gone]
        found += [Change(what, [], whole_text(row)) for row in came]
    return found


def statement_changes(before: Mapping, after: Mapping, known: Known) -> list[Said]:
    """Statements that came, went, or are told otherwise, in their order."""
    old, new = (
        {row["id"]: row for row in one["statements"]} for one in (before, after)
    )
    known = {**known, **old, **new}
    found = []
    for key, row in new.items():
        if key not in old:
            found.append(alone(row, "added"))
        elif changes := reworded(old[key], row, known):
            found.append(Said(row["attribution"], "reworded", changes=changes))
    gone = (alone(row, "removed") for key, row in old.items() if key not in new)
    return [*found, *gone]


def alone(row: Mapping, state: str) -> Said:
    """A statement that only one of the two texts has."""
    return Said(row["attribution"], state, row["text"], row["language"])


def reworded(before: Mapping, after: Mapping, known: Known) -> list[Change]:
    """What is different in one statement."""
    about = [
        (_("Who said it"), lambda row: row["attribution"]),
        (_("What it is"), lambda row: word(STATEMENT_KINDS, row["kind"])),
        (_("How it is told"), lambda row: word(STATEMENT_MODES, row["mode"])),
        (_("How many spoke"), lambda row: word(NUMBERS, row["described_number"])),
        (_("Why they would know"), lambda row: row["ground"] or ""),
        (_("Why they are not named"), lambda row: row["reason_unnamed"] or ""),
        (_("When it was said"), lambda row: dated(row["said"])),
        (_("Where it was said"), lambda row: place_said(row["said_in"])),
    ]
    text = [
        (_("What was said"), lambda row: row["text"]),
        (_("Our translation"), lambda row: (row["quote"] or {}).get("translation")),
    ]
    quote = [(_("Words quoted"), lambda row: (row["quote"] or {}).get("text"))]
    worth = [
        (_("Standing"), lambda row: word(STANDING, row["standing"], _("Stands"))),
        (_("First reported"), lambda row: dated(row["first_reported"])),
        (_("Own reporting"), told_origins),
    ]
    spoken = (after["quote"] or before["quote"] or {}).get("language", "")
    return [
        *replaced(about, before, after),
        *worded(or_nothing(text), before, after, after["language"]),
        *worded(or_nothing(quote), before, after, spoken),
        *replaced(worth, before, after),
        *listed([(_("Linked"), lambda row: links(row, known))], before, after),
        *citation_changes(before["citations"], after["citations"]),
    ]


def or_nothing(ways):
    """The same, where what is not there is an empty text."""
    return [(what, lambda row, say=say: say(row) or "") for what, say in ways]


def citation_changes(before: list[Mapping], after: list[Mapping]) -> list[Change]:
    """Reports that came or went, and what is said otherwise of the others."""
    old, new = numbered(before), numbered(after)
    found = []
    for key, row in new.items():
        if key not in old:
            found.append(Change(_("Found in"), [], whole_text(cited(row))))
            continue
        ways = [(_("Found in"), cited), (_("Passage"), passage)]
        found += worded(ways, old[key], row)
    gone = (row for key, row in old.items() if key not in new)
    return found + [Change(_("Found in"), whole_text(cited(row)), []) for row in gone]

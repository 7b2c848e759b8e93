"""What publishing an event would change for readers, told before it is done."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.editing import Refused
from timeline.models import (
    Event,
    EventStatus,
    Importance,
    Mode,
    ParticipantRole,
    RelatedKind,
    StatementKind,
    StatementLinkKind,
)
from timeline.publishing.write import rehearse, unchanged

from .support import STANDING_WORDS


@dataclass(frozen=True, slots=True)
class Change:
    """One thing as readers see it now, and as they would see it."""

    label: str
    before: str
    after: str
    parts: tuple["Change", ...] = ()  # of a statement: what changed in it


@dataclass(slots=True)
class Preview:
    """What an act would do; `refusal` says why it cannot be told."""

    live: bool = False
    changes: list[Change] = field(default_factory=list)
    never_minor: list[str] = field(default_factory=list)
    follows: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""

    @property
    def kind(self) -> str:
        """What kind of change this is, as far as that can be told."""
        if not self.live:
            return _("This is a publication.")
        if self.never_minor:
            return _(
                "This is an update or a correction, and never minor, for it changes "
                "%(what)s. Readers are told of it in the note."
            ) % {"what": ", ".join(self.never_minor)}
        return _(
            "This is minor, unless it tells readers something new (an update) or "
            "mends something wrong (a correction)."
        )


def preview(event: Event) -> Preview:
    """What publishing `event` as it is on the desk would change."""
    try:
        told = rehearse(event)
    except Refused as refused:
        return Preview(refusal=str(refused))
    return Preview(
        live=told.before is not None,
        changes=list(changes(told.before, told.after)) if told.before else [],
        never_minor=told.never_minor,
        follows=told.follows,
    )


def changes(before: dict, after: dict) -> Iterator[Change]:
    """The differences that readers would see, each by its name."""
    if unchanged(before, after):
        return
    found = [
        *differences(SHOWN, before, after),
        *statement_changes(before, after),
    ]
    yield from found or [
        Change(_("Details"), _("as published"), _("details of what it names"))
    ]


def statement_changes(before: dict, after: dict) -> Iterator[Change]:
    """Statements added, taken out or changed, in the order they will have."""
    old = {row["id"]: row for row in before["statements"]}
    new = {row["id"]: row for row in after["statements"]}
    for key, row in new.items():
        if key not in old:
            yield Change(_("A new statement"), "", in_full(row))
        elif parts := tuple(differences(STATEMENT, old[key], row)):
            words = in_full(old[key]), in_full(row)
            yield Change(_("A statement"), *words, parts)
    for key, row in old.items():
        if key not in new:
            yield Change(_("A statement is taken out"), in_full(row), "")
    both = [key for key in old if key in new]
    if both != [key for key in new if key in old]:
        order = [lines(*(rows[key]["text"] for key in rows)) for rows in (old, new)]
        yield Change(_("Order of the statements"), *order)


def differences(shown: dict, before: dict, after: dict) -> Iterator[Change]:
    """What two things of a kind do not show alike, each by its name."""
    for label, show in shown.items():
        if show(before) != show(after):
            yield Change(label, show(before), show(after))


def in_full(statement: dict) -> str:
    """A statement with all that readers see of it, as lines of text."""
    return lines(
        f"{statement['attribution']}: {statement['text']}",
        *(show(statement) for label, show in STATEMENT.items() if label not in SPOKEN),
    )


def quoted(statement: dict, part: str) -> str:
    words = (statement["quote"] or {}).get(part)
    return f"“{words}”" if words else ""


def linked_to(statement: dict) -> str:
    return lines(
        *(
            _("%(kind)s another statement")
            % {"kind": StatementLinkKind(link["kind"]).label}
            for link in statement["links"]
        )
    )


def cited(citation: dict) -> str:
    """As in “found in “A report”, citing “Another”, paragraph 6”."""
    passage = citation["passage"]
    parts = [_("found in “%s”") % name_of(citation["source"])]
    if citation["via"]:
        parts.append(_("citing “%s”") % name_of(citation["via"]))
    parts += [passage[part] for part in ("exact", "locator") if passage[part]]
    return ", ".join(parts)


def name_of(thing: dict) -> str:
    return thing.get("title") or thing.get("label") or thing.get("name") or ""


def lines(*texts) -> str:
    return "\n".join(str(text) for text in texts if text)


WHO, WHAT = gettext_lazy("Who said it"), gettext_lazy("What was said")
SPOKEN = (WHO, WHAT)
STATEMENT = {
    WHO: lambda row: row["attribution"],
    WHAT: lambda row: row["text"],
    gettext_lazy("Quoted words"): lambda row: quoted(row, "text"),
    gettext_lazy("Translation"): lambda row: quoted(row, "translation"),
    gettext_lazy("Kind"): lambda row: str(StatementKind(row["kind"]).label),
    gettext_lazy("How it was told"): lambda row: str(Mode(row["mode"]).label),
    gettext_lazy("Said when"): lambda row: lines(
        row["said"] and row["said"]["display"], row["said"] and row["said"]["words"]
    ),
    gettext_lazy("Said where"): lambda row: lines(
        row["said_in"] and row["said_in"]["words"],
        row["said_in"]
        and row["said_in"]["source"]
        and name_of(row["said_in"]["source"]),
    ),
    gettext_lazy("Why unnamed"): lambda row: lines(
        row["ground"], row["reason_unnamed"]
    ),
    gettext_lazy("Standing"): lambda row: str(STANDING_WORDS[row["standing"]]),
    gettext_lazy("Found in"): lambda row: lines(*map(cited, row["citations"])),
    gettext_lazy("Links"): linked_to,
}
SHOWN = {
    gettext_lazy("Title"): lambda page: page["title"],
    gettext_lazy("Summary"): lambda page: page["summary"],
    gettext_lazy("When"): lambda page: lines(
        page["date"] and page["date"]["display"],
        page["date"] and page["date"]["words"],
    ),
    gettext_lazy("Status"): lambda page: str(EventStatus(page["status"]).label),
    gettext_lazy("Importance"): lambda page: str(Importance(page["importance"]).label),
    gettext_lazy("Place"): lambda page: page["place"] or "",
    gettext_lazy("Web name"): lambda page: page["slug"],
    gettext_lazy("Who took part"): lambda page: lines(
        *(
            f"{actor['name']} ({ParticipantRole(actor['role']).label})"
            for actor in page["actors"]
        )
    ),
    gettext_lazy("Stories"): lambda page: lines(*map(name_of, page["stories"])),
    gettext_lazy("Topics"): lambda page: lines(*map(name_of, page["topics"])),
    gettext_lazy("Related events"): lambda page: lines(
        *(
            f"{RelatedKind(row['kind']).label}: {row['title']}"
            for row in page["related"]
        )
    ),
    gettext_lazy("Origins"): lambda page: lines(
        *map(name_of, page["origins"]["publishers"])
    ),
}

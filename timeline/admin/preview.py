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


@dataclass(slots=True)
class Preview:
    """What an act would do; `refusal` says why it cannot be told."""

    live: bool = False
    changes: list[Change] = field(default_factory=list)
    never_minor: list[str] = field(default_factory=list)
    follows: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""


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
        *(
            Change(label, show(before), show(after))
            for label, show in SHOWN.items()
            if show(before) != show(after)
        ),
        *statement_changes(before, after),
    ]
    yield from found or [
        Change(_("Details"), _("as published"), _("details of what it names"))
    ]


def statement_changes(before: dict, after: dict) -> Iterator[Change]:
    """Statements added, taken out or changed, in the order they will have."""
    old = {row["id"]: in_full(row) for row in before["statements"]}
    new = {row["id"]: in_full(row) for row in after["statements"]}
    for key, words in new.items():
        if old.get(key) != words:
            label = _("A statement") if key in old else _("A new statement")
            yield Change(label, old.get(key, ""), words)
    for key, words in old.items():
        if key not in new:
            yield Change(_("A statement is taken out"), words, "")


def in_full(statement: dict) -> str:
    """A statement with all that readers see of it, as lines of text."""
    quote = statement["quote"] or {}
    said = statement["said"]
    return lines(
        f"{statement['attribution']}: {statement['text']}",
        quote.get("text") and f"“{quote['text']}”",
        quote.get("translation") and f"“{quote['translation']}”",
        StatementKind(statement["kind"]).label,
        said and said["display"],
        STANDING_WORDS[statement["standing"]],
        *(cited(row) for row in statement["citations"]),
        *(
            _("%(kind)s another statement")
            % {"kind": StatementLinkKind(link["kind"]).label}
            for link in statement["links"]
        ),
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

"""Which kind of change a revision may be called, by what it changes."""

from django.utils.translation import gettext as _

from timeline.editing import Refused
from timeline.models.record import RevisionKind

from .settling import Workspace

KINDS = (RevisionKind.UPDATE, RevisionKind.CORRECTION, RevisionKind.MINOR)
SPOKEN = ("speaker", "described_as", "on_behalf_of", "relayed_by", "told_to")


def check_kind(workspace: Workspace, event: str, *, kind: str | None, note: str) -> str:
    """The kind of a revision from the desk; `Refused` where it or its note will not do.

    Of an event that is not live it is a publication.
    """
    if workspace.before[event] is None:
        return RevisionKind.PUBLICATION
    kind = kind or RevisionKind.UPDATE
    if kind not in KINDS:
        raise Refused(
            _(
                "This event is live: say whether this is an update, a correction "
                "or minor."
            )
        )
    changes = substance(workspace, event)
    if changes and kind == RevisionKind.MINOR:
        raise Refused(
            _(
                "This is not minor, for it changes %(what)s: call it an update or "
                "a correction."
            )
            % {"what": ", ".join(changes)}
        )
    if not note and (changes or kind == RevisionKind.CORRECTION):
        raise Refused(
            _("Tell readers in the note what changed (%(what)s).")
            % {"what": ", ".join(changes) or _("what was wrong")}
        )
    return kind


def substance(workspace: Workspace, event: str) -> list[str]:
    """What changes that is never minor, in words: in an event, or by it in others."""
    before, after = workspace.before[event], workspace.after[event]
    old = {row["id"]: row for row in before["statements"]}
    new = {row["id"]: row for row in after["statements"]}
    both = [(old[key], new[key]) for key in new if key in old]
    found = {
        _("a speaker"): any(_who(one) != _who(other) for one, other in both),
        _("quoted words"): any(_words(one) != _words(other) for one, other in both),
        _("a date"): _edtf(before["date"]) != _edtf(after["date"])
        or any(_edtf(one["said"]) != _edtf(other["said"]) for one, other in both),
        _("what stands"): any(
            one["standing"] != other["standing"] for one, other in both
        )
        or _restands_others(workspace, event),
        _("a statement is taken out"): bool(old.keys() - new.keys()),
    }
    return [str(words) for words, changed in found.items() if changed]


def _restands_others(workspace: Workspace, event: str) -> bool:
    """Whether statements of other live events come to stand otherwise through it."""
    return any(
        _standings(workspace.before[other]) != _standings(workspace.after[other])
        for other, cause in workspace.cause.items()
        if cause == event != other
        and workspace.before[other]
        and workspace.after[other]
    )


def _standings(document: dict) -> dict[str, str]:
    return {row["id"]: row["standing"] for row in document["statements"]}


def _who(statement: dict) -> list:
    voices = [statement[part] for part in SPOKEN]
    return [voice["id"] if isinstance(voice, dict) else voice for voice in voices]


def _words(statement: dict):
    return statement["quote"] and statement["quote"]["text"]


def _edtf(date: dict | None) -> str | None:
    return date["edtf"] if date else None

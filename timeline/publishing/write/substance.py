"""Which kind of change a revision may be called, by what it changes."""

from django.utils.translation import gettext as _

from timeline.editing import Refused
from timeline.models.record import RevisionKind

KINDS = (RevisionKind.UPDATE, RevisionKind.CORRECTION, RevisionKind.MINOR)
SPOKEN = ("speaker", "described_as", "on_behalf_of", "relayed_by", "told_to")


def check_kind(before: dict | None, after: dict, *, kind: str | None, note: str) -> str:
    """The kind of a revision from the desk; `Refused` where it or its note will not do.

    `before` is None where the event is not live: that is a publication.
    """
    if before is None:
        return RevisionKind.PUBLICATION
    kind = kind or RevisionKind.UPDATE
    if kind not in KINDS:
        raise Refused(
            _(
                "This event is live: say whether this is an update, a correction "
                "or minor."
            )
        )
    changes = substance(before, after)
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


def substance(before: dict, after: dict) -> list[str]:
    """What changed that is never minor, in words."""
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
        ),
        _("a statement is taken out"): bool(old.keys() - new.keys()),
    }
    return [str(words) for words, changed in found.items() if changed]


def _who(statement: dict) -> list:
    voices = [statement[part] for part in SPOKEN]
    return [voice["id"] if isinstance(voice, dict) else voice for voice in voices]


def _words(statement: dict):
    return statement["quote"] and statement["quote"]["text"]


def _edtf(date: dict | None) -> str | None:
    return date["edtf"] if date else None

"""What an act makes necessary in other live events, and in which words."""

from collections.abc import Container

from timeline.models.record import KnownEvent, RevisionKind

from .log import Draft
from .rows import values_of
from .settling import Workspace

WORDS = {
    "clarified": "a statement is now clarified",
    "disputed": "a statement is now disputed",
    "corrected": "a statement is now corrected",
    "retracted": "a statement is now retracted",
    "stands": "a statement stands again",
}


def unchanged(before: dict, after: dict) -> bool:
    """Whether two documents say the same, whoever published them and why."""
    return {**before, "act": None} == {**after, "act": None}


def follow(
    workspace: Workspace, drafts: list[Draft], *, anew: Container[str] = ()
) -> list[Draft]:
    """The re-issues of live events that the act changes without being about them.

    Those of `anew` are re-issued even where they say what they said.
    """
    acted = {draft.event_id: draft for draft in drafts}
    found, caused_by = [], []
    for key in sorted(workspace.after):
        before, after = workspace.before[key], workspace.after[key]
        if key in acted or not before or not after:
            continue
        if unchanged(before, after) and key not in anew:
            continue
        cause = acted.get(workspace.cause.get(key)) or drafts[0]
        found.append(
            Draft(
                event_id=key,
                slug=after["slug"],
                kind=RevisionKind.UPDATE,
                note=note_of(before, after),
                document=after,
            )
        )
        caused_by.append(cause.event_id)
    if found:
        causes = causes_of(drafts)
        for draft, cause in zip(found, caused_by, strict=True):
            draft.caused_by = causes[cause]
    return found


def causes_of(drafts: list[Draft]) -> dict[str, dict]:
    """What rows that follow from these say of their cause, by the event's id."""
    acted = [draft.event_id for draft in drafts]
    numbers = dict(values_of(KnownEvent, "event_id, number", "event_id", acted))
    return {
        draft.event_id: {
            "id": draft.event_id,
            "slug": draft.slug,
            "number": numbers.get(draft.event_id, 0) + 1,
        }
        for draft in drafts
    }


def note_of(before: dict, after: dict) -> str:
    """What readers are told of a change that came from another event.

    It does not name that event: a note stays when what it would name is suppressed.
    """
    return f"Follows from another event: {_what_changed(before, after)}."


def _what_changed(before: dict, after: dict) -> str:
    if unchanged(before, after):
        return "its web name was replaced"
    stood = {row["id"]: row["standing"] for row in before["statements"]}
    changes = [
        WORDS[row["standing"]]
        for row in after["statements"]
        if stood.get(row["id"]) != row["standing"]
    ]
    if not changes and before["related"] != after["related"]:
        changes.append("related events changed")
    if not changes:
        changes.append("links between statements changed")
    return ", ".join(dict.fromkeys(changes))

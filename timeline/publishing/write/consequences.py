"""What an act makes necessary in other live events, and in which words."""

from timeline.models.record import KnownEvent, RevisionKind

from .log import Draft
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


def follow(workspace: Workspace, drafts: list[Draft]) -> list[Draft]:
    """The re-issues of live events that the act changes without being about them."""
    acted = {draft.event_id: draft for draft in drafts}
    numbers = dict(
        KnownEvent.objects.filter(pk__in=acted).values_list("event_id", "number")
    )
    found = []
    for key in sorted(workspace.after):
        before, after = workspace.before[key], workspace.after[key]
        if key in acted or not before or not after or unchanged(before, after):
            continue
        cause = acted.get(workspace.cause.get(key)) or drafts[0]
        found.append(
            Draft(
                event_id=key,
                slug=after["slug"],
                kind=RevisionKind.UPDATE,
                note=note_of(before, after),
                caused_by={
                    "id": cause.event_id,
                    "slug": cause.slug,
                    "number": numbers.get(cause.event_id, 0) + 1,
                },
                document=after,
            )
        )
    return found


def note_of(before: dict, after: dict) -> str:
    """What readers are told of a change that came from another event.

    It does not name that event: a note stays when what it would name is suppressed.
    """
    return f"Follows from another event: {_what_changed(before, after)}."


def _what_changed(before: dict, after: dict) -> str:
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

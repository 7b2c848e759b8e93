"""What publishing an event would append, reckoned without appending it."""

from dataclasses import dataclass

from timeline.models import Event
from timeline.models.record import RevisionKind

from .acts import prepared
from .building import built_of
from .consequences import follow
from .log import Draft
from .substance import substance


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """An act that was not done.

    `before` and `after` are the event's documents (`before` None where it is not
    live), `never_minor` names the changes that are never minor, `follows` has the
    title and the note of every other live event that would change with it, `others`
    their documents.
    """

    before: dict | None
    after: dict
    never_minor: list[str]
    follows: list[tuple[str, str]]
    others: list[dict]


def rehearse(event: Event) -> Rehearsal:
    """What `publish` would do with `event` as it is on the desk.

    Raises `Refused` where the documents of all that is live could not be settled.
    """
    workspace = prepared(built_of([event.pk]))
    before = workspace.before[event.public_id]
    after = workspace.after[event.public_id]
    act = Draft(
        event_id=event.public_id,
        slug=event.slug,
        kind=RevisionKind.UPDATE,
        document=after,
    )
    drafts = follow(workspace, [act])
    return Rehearsal(
        before=before,
        after=after,
        never_minor=substance(workspace, event.public_id) if before else [],
        follows=[(draft.document["title"], draft.note) for draft in drafts],
        others=[draft.document for draft in drafts],
    )

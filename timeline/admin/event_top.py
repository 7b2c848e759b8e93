"""Above an event's form: where it stands, what it lacks, and what may be done."""

from timeline.editing import embargo_sentence, in_words, is_embargoed
from timeline.models import Event, EventStep, LiveState, ReviewState, StepKind
from timeline.publishing.write import readiness

from .acts_of_events import acts_for
from .as_readers import preview_page
from .mending import linked, public_url
from .standing import last_revision, moment, review_badge, state_badge
from .support import origins_in_words, origins_of_events, publishers_in_words

FIRST = ("submit", "send_back", "publish", "approve", "release")  # as buttons
STEPS = 20  # of the trail, at most


def at_the_top(event: Event, user) -> dict:
    """What the page of an event says of it, and where its acts are."""
    revision = last_revision(event)
    origins = origins_of_events([event])[event.pk]
    acts = [(act, act.page(event)) for act in acts_for(event, user)]
    return {
        "state": state_badge(event),
        "has_unpublished_changes": event.has_unpublished_changes,
        "published_on": moment(revision.published_at) if revision else "",
        "public_page": public_url(event) if revision else "",
        "preview_page": preview_page(event),
        "origins": origins_in_words([origins])[0],
        "origin_names": publishers_in_words(origins),
        "may_publish": any(act.name == "publish" for act, _page in acts),
        "first_acts": [row for row in acts if row[0].name in FIRST],
        "other_acts": [row for row in acts if row[0].name not in FIRST],
        "review": review_badge(event),
        "sent_back_for": sent_back_for(event),
        "owner": event.owner,
        "embargo": embargo_sentence(event) if is_embargoed(event) else "",
        "steps": [in_short(step) for step in event.steps.all()[:STEPS]],
        "problems": [
            (problem.bars, linked(problem))
            for problem in problems_of(event)
            if problem.field != "embargo"
        ],
    }


def problems_of(event: Event) -> list:
    """What readiness has to say where something is on its way to readers."""
    settled = event.live_state == LiveState.MERGED or (
        event.live_state == LiveState.LIVE and not event.has_unpublished_changes
    )
    return [] if settled else readiness(event)


def sent_back_for(event: Event) -> str:
    """What the owner was asked to do, as long as it was not submitted again."""
    sent_back = event.review_state == ReviewState.SENT_BACK
    return event.review_note if sent_back else ""


def in_short(step: EventStep) -> dict:
    """One step of the trail, for the page."""
    return {
        "who": step.by_name,
        "what": StepKind(step.kind).label,
        "when": in_words(step.at),
        "note": step.note,
    }

"""What may be done with an event besides editing it: each act by its words and verb."""

from django.utils.translation import gettext_lazy as _

from timeline.editing import (
    assign,
    is_embargoed,
    lift_embargo,
    send_back,
    set_embargo,
    submit,
)
from timeline.models import Event, LiveState
from timeline.publishing.write import (
    approve,
    hold,
    merge,
    publish,
    release,
    withdraw,
)

from .act_forms import (
    EmbargoForm,
    HandOnForm,
    KeepForm,
    LiftForm,
    MergeForm,
    OwnerForm,
    PublishForm,
    SendBackForm,
    WithdrawForm,
)
from .act_on_event import (
    ActOnEvent,
    is_approved,
    is_held,
    is_live,
    is_waiting,
    is_waiting_as_it_is,
    on_its_way,
    was_published,
    without_version,
)
from .suppress_form import SuppressForm

ACTS = (
    ActOnEvent(
        name="submit",
        label=_("Submit…"),
        title=_("Submit for review"),
        does=_(
            "An editor is asked to look through the event and publish it. Readers see "
            "nothing of it, and you can go on changing it."
        ),
        button=_("Submit for review"),
        permission="timeline.change_event",
        form=HandOnForm,
        verb=submit,
        fits=lambda event: on_its_way(event) and not is_waiting_as_it_is(event),
        closed=_("“%(event)s” is in review already, or has nothing new in it."),
        done=_("“%(event)s” is now in review."),
    ),
    ActOnEvent(
        name="send_back",
        label=_("Send back…"),
        title=_("Send back"),
        does=_(
            "The event goes back to its owner with your reason, which stays on the "
            "desk. What readers see stays as it is."
        ),
        button=_("Send back; readers see what they saw"),
        permission="timeline.publish_event",
        form=SendBackForm,
        verb=send_back,
        fits=is_waiting,
        closed=_("“%(event)s” is not in review."),
        done=_("“%(event)s” was sent back to its owner."),
    ),
    ActOnEvent(
        name="publish",
        label=_("Publish…"),
        title=_("Publish"),
        does="",
        button=_("Publish"),
        permission="timeline.publish_event",
        form=PublishForm,
        verb=publish,
        fits=lambda event: True,
        template="publish",
    ),
    ActOnEvent(
        name="approve",
        label=_("Approve…"),
        title=_("Approve"),
        does=_(
            "The event is published by itself, exactly as it is now, once it is under "
            "no embargo any more; without an embargo, at the next turn. If somebody "
            "changes it before, it waits for another approval."
        ),
        button=_("Approve: published as it is when it is due"),
        permission="timeline.publish_event",
        form=PublishForm,
        verb=approve,
        fits=lambda event: (
            on_its_way(event) and not is_held(event) and not is_approved(event)
        ),
        closed=_("“%(event)s” is approved already, or has nothing new in it."),
        done=_("“%(event)s” is approved and will be published when it is due."),
        template="publish",
    ),
    ActOnEvent(
        name="owner",
        label=_("Owner…"),
        title=_("Change the owner"),
        does=_(
            "The owner is who works on the event, and to whom it comes back when it is "
            "sent back."
        ),
        button=_("Change the owner"),
        permission="timeline.change_event",
        form=OwnerForm,
        verb=assign,
        fits=lambda event: True,
        done=_("“%(event)s” has another owner."),
    ),
    ActOnEvent(
        name="embargo",
        label=_("Embargo…"),
        title=_("Set an embargo"),
        does=_(
            "Until then nobody can publish the event, by whatever way. What readers "
            "see already stays as it is."
        ),
        button=_("Set the embargo"),
        permission="timeline.change_event",
        form=EmbargoForm,
        verb=set_embargo,
        fits=lambda event: event.live_state != LiveState.MERGED,
        done=_("“%(event)s” is under embargo."),
    ),
    ActOnEvent(
        name="lift_embargo",
        label=_("Lift the embargo…"),
        title=_("Lift the embargo"),
        does=_(
            "The event can be published from now on. If it is approved, it is "
            "published at the next turn."
        ),
        button=_("Lift the embargo"),
        permission="timeline.publish_event",
        form=LiftForm,
        verb=lift_embargo,
        fits=is_embargoed,
        closed=_("“%(event)s” is not under embargo."),
        done=_("“%(event)s” is under embargo no longer."),
    ),
    ActOnEvent(
        name="withdraw",
        label=_("Withdraw…"),
        title=_("Withdraw"),
        does=_(
            "The event leaves the timeline and its page says that it was withdrawn, "
            "with your note. What was published before stays readable among its "
            "revisions. Live events that rest on it change with it."
        ),
        button=_("Withdraw; earlier revisions stay readable"),
        permission="timeline.withdraw_event",
        form=WithdrawForm,
        verb=withdraw,
        fits=is_live,
        closed=_("“%(event)s” is not live, so it cannot be withdrawn."),
        danger=True,
    ),
    ActOnEvent(
        name="hold",
        label=_("Hold…"),
        title=_("Put on hold"),
        does=_(
            "Readers are told that the event is kept back, and nothing of it stays "
            "readable, earlier revisions neither, until it is released. Other live "
            "events stop naming it. It can be released at any time."
        ),
        button=_("Hold; nothing stays readable until it is released"),
        permission="timeline.hold_event",
        form=KeepForm,
        verb=hold,
        fits=lambda event: was_published(event) and not is_held(event),
        closed=_("“%(event)s” is on hold already, or was never published."),
        danger=True,
    ),
    ActOnEvent(
        name="release",
        label=_("Release…"),
        title=_("Release"),
        does=_(
            "The event is again what it was when it was put on hold: readers see what "
            "was live then, with its earlier revisions. What was changed on the desk "
            "since stays on the desk."
        ),
        button=_("Release; all that was readable is readable again"),
        permission="timeline.hold_event",
        form=KeepForm,
        verb=release,
        fits=is_held,
        closed=_("“%(event)s” is not on hold."),
    ),
    ActOnEvent(
        name="merge",
        label=_("Merge…"),
        title=_("Merge into another event"),
        does=_(
            "The event leaves the timeline for good, and its address leads to the "
            "other one. Its revisions stay readable. Its statements are not moved: "
            "enter in the other event what is missing there."
        ),
        button=_("Merge; its revisions stay readable"),
        permission="timeline.merge_event",
        form=MergeForm,
        verb=merge,
        fits=is_live,
        closed=_("“%(event)s” is not live, so it cannot be merged."),
        danger=True,
    ),
    ActOnEvent(
        name="suppress",
        label=_("Suppress…"),
        title=_("Suppress"),
        does=_(
            "The text of the chosen revisions is destroyed for good, in the record and "
            "in the history of the desk, and so is every note of its review; only that "
            "there was one stays to be seen. The other revisions stay readable, and so "
            "does every note that readers were shown: those are part of the record for "
            "ever. Change the words on the desk first: what is there now stays."
        ),
        button=_("Suppress; nothing of the chosen revisions stays readable"),
        permission="timeline.suppress_event",
        form=SuppressForm,
        verb=without_version,
        fits=was_published,
        closed=_("“%(event)s” was never published."),
        danger=True,
    ),
)
BY_NAME = {act.name: act for act in ACTS}


def acts_for(event: Event, user) -> list[ActOnEvent]:
    """The acts that somebody may take and that make sense for an event now."""
    return [act for act in ACTS if act.is_for(user) and act.fits(event)]

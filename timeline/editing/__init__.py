"""Editing: the one door through which rows of the desk are changed."""

from .filing import file_under, weigh
from .forgetting import erase_history, forget_texts
from .history import difference, saves, state_at, told
from .recording import recording
from .refusing import Refused, Stale, cleaned, require
from .restoring import plan_to_restore, restore
from .review import (
    assign,
    embargo_sentence,
    in_words,
    is_embargoed,
    lift_embargo,
    looked_at,
    needs_another,
    own_sentence,
    people_who_write,
    refuse_own_drafts,
    refuse_settled,
    send_back,
    set_embargo,
    stepped,
    submit,
)
from .saving import (
    check,
    check_event,
    check_source,
    claim,
    hold_cycle_lock,
    published_names,
    saving,
)
from .working import note_work

__all__ = [
    "Refused",
    "Stale",
    "assign",
    "check",
    "check_event",
    "check_source",
    "claim",
    "cleaned",
    "difference",
    "embargo_sentence",
    "erase_history",
    "file_under",
    "forget_texts",
    "hold_cycle_lock",
    "in_words",
    "is_embargoed",
    "lift_embargo",
    "looked_at",
    "needs_another",
    "note_work",
    "own_sentence",
    "people_who_write",
    "plan_to_restore",
    "published_names",
    "recording",
    "refuse_own_drafts",
    "refuse_settled",
    "require",
    "restore",
    "saves",
    "saving",
    "send_back",
    "set_embargo",
    "state_at",
    "stepped",
    "submit",
    "told",
    "weigh",
]

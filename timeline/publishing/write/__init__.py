"""Appending to the public record: publish, publish many, withdraw."""

from .acts import NotReady, publish, publish_many, withdraw
from .consequences import unchanged
from .readiness import Problem, bars, readiness
from .rebuilding import is_stale, rebuild
from .rehearsing import Rehearsal, rehearse
from .verifying import verify_record
from .verifying_entries import verify_derived

__all__ = [
    "NotReady",
    "Problem",
    "Rehearsal",
    "bars",
    "is_stale",
    "publish",
    "publish_many",
    "readiness",
    "rebuild",
    "rehearse",
    "unchanged",
    "verify_derived",
    "verify_record",
    "withdraw",
]

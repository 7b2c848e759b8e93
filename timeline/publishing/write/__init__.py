"""The verbs of publishing: each appends to the public record."""

from .acts import NotReady, publish, publish_many, withdraw
from .consequences import unchanged
from .holding import hold, release
from .merging import merge
from .readiness import Problem, bars, readiness
from .rebuilding import is_stale, rebuild
from .rehearsing import Rehearsal, rehearse
from .suppressing import suppress
from .verifying import verify_record
from .verifying_entries import verify_derived

__all__ = [
    "NotReady",
    "Problem",
    "Rehearsal",
    "bars",
    "hold",
    "is_stale",
    "merge",
    "publish",
    "publish_many",
    "readiness",
    "rebuild",
    "rehearse",
    "release",
    "suppress",
    "unchanged",
    "verify_derived",
    "verify_record",
    "withdraw",
]

"""The verbs of publishing: each appends to the public record."""

from .acts import NotReady, publish, withdraw
from .approving import Outcome, approve, publish_due
from .bulk import Published, publish_keys, publish_many
from .consequences import unchanged
from .holding import hold, release
from .merging import merge
from .readiness import Problem, bars, readiness
from .rebuilding import is_stale, rebuild
from .rehearsing import Rehearsal, rehearse
from .reissuing import AT_ONCE, Carriers, carriers, reissue
from .suppressing import suppress
from .verifying import verify_record
from .verifying_entries import verify_derived

__all__ = [
    "AT_ONCE",
    "Carriers",
    "NotReady",
    "Outcome",
    "Problem",
    "Published",
    "Rehearsal",
    "approve",
    "bars",
    "carriers",
    "hold",
    "is_stale",
    "merge",
    "publish",
    "publish_due",
    "publish_keys",
    "publish_many",
    "readiness",
    "rebuild",
    "rehearse",
    "reissue",
    "release",
    "suppress",
    "unchanged",
    "verify_derived",
    "verify_record",
    "withdraw",
]

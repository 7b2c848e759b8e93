"""The kinds of problem that the feed answers with, each with its address on the page.

One table for what is sent, for OpenAPI, for the page `docs/` and for docs/api.md.
"""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its status, when it is answered, and what it brings along."""

    name: str
    status: int
    when: str
    more: str = ""

    @property
    def type(self) -> str:
        """The `type` of RFC 9457: where the documentation has it."""
        return f"{settings.SITE_URL}/api/v1/docs/#problem-{self.name}"


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "moved",
            308,
            "The address lacks its last slash, or what it names was merged.",
            "`Location`: the whole address.",
        ),
        Kind(
            "merged",
            308,
            "The event was merged into another.",
            "`Location`: the event that it is part of now.",
        ),
        Kind(
            "bad-parameters",
            400,
            "A parameter is unknown, malformed, too long or given too often, or names"
            " what was never published.",
            "`errors`: a list of `param` and `message`, of all that is wrong at once.",
        ),
        Kind(
            "not-found",
            404,
            "Nothing was ever published at this address. A draft and nothing at all"
            " get the same bytes.",
        ),
        Kind("method-not-allowed", 405, "The feed is only read."),
        Kind("not-acceptable", 406, "None of the formats in `Accept` is sent here."),
        Kind(
            "gone",
            410,
            "It was published, and withdrawn or suppressed since.",
            "`tombstone`: what was done, when and why, and what stands in its place.",
        ),
        Kind(
            "resync",
            410,
            "The record does not hold the place that the cursor names, as after a"
            " restore from a backup.",
            "`resync`: the address to begin again from.",
        ),
        Kind(
            "precondition-failed",
            412,
            "What is here is not what `If-Match` or `If-Unmodified-Since` names.",
        ),
        Kind(
            "on-hold",
            451,
            "An editor keeps the event back while it is being examined.",
        ),
        Kind(
            "unavailable",
            503,
            "The database does not answer.",
            "`Retry-After`: in how many seconds to try again.",
        ),
    )
}

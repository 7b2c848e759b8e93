"""What all answers of the feed have in common, for OpenAPI: headers and problems."""

from .errors import MEDIA_TYPE, RETRY_AFTER
from .schemas import COUNT, TEXT, ref

HEADERS = {
    "ETag": (
        "The name of this very answer; sent back in `If-None-Match`, it gets 304 while"
        " the answer is the same.",
        {"type": "string", "pattern": '^"[0-9a-f]{32}"$'},
    ),
    "Last-Modified": ("When the record was last added to, in whole seconds.", TEXT),
    "Cache-Control": ("For how long nobody need ask again.", TEXT),
    "Vary": ("`Accept`: the format may be asked for there.", TEXT),
    "Link": (
        "The pages around this one (`next`, `prev`), where there are any, and the"
        " licence (`license`).",
        TEXT,
    ),
    "Location": ("The address that answers.", {"type": "string", "format": "uri"}),
    "Retry-After": (
        f"In how many seconds to try again: {RETRY_AFTER}.",
        {"type": "integer", "minimum": 1},
    ),
    "Dateline-Left-Out": (
        "How many events of the answer this format cannot hold.",
        COUNT,
    ),
}
KEPT = ("ETag", "Last-Modified", "Cache-Control", "Vary", "Link")
OF_FORMATS = ("Dateline-Left-Out",)
BY_STATUS = {
    "304": KEPT,
    "308": ("Location",),
    "503": ("Retry-After",),
}
EVERYWHERE = {
    "406": "None of the formats in `Accept` is sent here.",
    "412": "What is here is not what `If-Match` or `If-Unmodified-Since` names.",
    "503": "The database does not answer. Try again in a moment.",
}


def headers() -> dict[str, dict]:
    """Every header by its name, as components of the document."""
    return {
        name: {"description": said, "schema": schema}
        for name, (said, schema) in HEADERS.items()
    }


def completed(operation: dict) -> None:
    """Adds to an operation what holds of every answer."""
    answers = operation["responses"]
    answers["304"] = {"description": "The reader has this answer already."}
    for status, said in EVERYWHERE.items():
        answers[status] = {
            "description": said,
            "content": {MEDIA_TYPE: {"schema": ref("Problem")}},
        }
    for status, answer in answers.items():
        names = named(status, answer)
        if names:
            answer["headers"] = {name: header(name) for name in names}
    operation["responses"] = dict(sorted(answers.items()))


def named(status: str, answer: dict) -> tuple[str, ...]:
    """The headers of an answer."""
    if status != "200":
        return BY_STATUS.get(status, ())
    return KEPT + (OF_FORMATS if "text/csv" in answer["content"] else ())


def header(name: str) -> dict:
    return {"$ref": f"#/components/headers/{name}"}

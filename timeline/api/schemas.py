"""What shapes are made of: JSON Schema for texts, ids, closed lists and objects."""

from timeline.dates import PRECISIONS

NOUNS = {
    "event": "evt",
    "statement": "stm",
    "actor": "act",
    "source": "src",
    "story": "sto",
    "topic": "top",
}
LISTS = {
    "actor_kind": "person organisation government outlet group",
    "identifier_scheme": "wikidata isni orcid lei website",
    "source_kind": (
        "wire article press_release statement post document interview broadcast dataset"
    ),
    "production": "human ai_assisted ai_generated unknown",
    "reporting": "own unknown",
    "source_status": "current corrected retracted unavailable",
    "byline_role": "author reporting writing editing reviewing photo",
    "source_link_kind": "republishes translates rewrites updates corrects",
    "event_status": "planned happened cancelled postponed",
    "importance": "major normal minor",
    "participant_role": "agent counterpart affected host mentioned",
    "related_kind": "precedes causes responds_to part_of updates",
    "statement_kind": (
        "announcement claim report denial confirmation clarification commitment"
        " directive opinion no_response declined_to_comment"
    ),
    "mode": "direct_quote partial_quote paraphrase narration document headline",
    "described_number": "one two several unsaid",
    "statement_link_kind": (
        "corrects retracts denies contradicts confirms clarifies repeats"
    ),
    "standing": "stands clarified disputed corrected retracted",
    "credit": "unchecked found not_found",
    "passage_state": "unchecked found not_found",
    "revision_kind": (
        "publication update correction minor withdrawal merge hold release suppression"
    ),
}
TEXT = {"type": "string"}
FLAG = {"type": "boolean"}
COUNT = {"type": "integer", "minimum": 0}
PLACE = {"type": "integer", "minimum": 1}
URL = {"type": "string", "format": "uri"}
TIME = {
    "type": "string",
    "pattern": r"^[-+]?\d{4,5}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$",
}
SLUG = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
SALT = {"type": "string", "pattern": "^[0-9a-f]{32}$"}
PRECISION = {"type": "string", "enum": list(PRECISIONS)}


def ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def null(shape: dict) -> dict:
    """This, or null."""
    return {"anyOf": [shape, {"type": "null"}]}


def many(shape: dict) -> dict:
    return {"type": "array", "items": shape}


def one_of(name: str) -> dict:
    """A word of one of the closed lists."""
    return {"type": "string", "enum": LISTS[name].split()}


def id_of(noun: str) -> dict:
    return {"type": "string", "pattern": f"^{NOUNS[noun]}_[0-9a-z]+$"}


def thing(properties: dict, *, optional: dict | None = None, **more) -> dict:
    """An object with all of `properties`; it may have what is `optional`."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        **more,
    }


def page(shape: dict) -> dict:
    """A page of a list."""
    return thing({"next": null(URL), "previous": null(URL), "results": many(shape)})

"""Sources and citations, with the words and links that a page shows them with."""

from collections.abc import Mapping

from .times import shown, without_words
from .words import (
    BYLINE_ROLES,
    CREDIT,
    LINEAGE,
    MADE_WITH_AI,
    PASSAGE,
    PRODUCTION,
    SOURCE_KINDS,
    SOURCE_STATUS,
    words,
)

WEB = ("https://", "http://")


def web_address(address: str | None) -> str | None:
    """The address, if it is one of the web: nothing else is ever linked."""
    return address if address and address.lower().startswith(WEB) else None


def source_shown(source: Mapping | None) -> dict | None:
    """A source as citations and trails name it."""
    if source is None:
        return None
    status, publisher = source["status"], source["publisher"]
    made = words(PRODUCTION, source["production"])
    name = source["title"] or source["label"]
    return {
        **source,
        "name": name,
        "by": publisher["name"] if publisher else name,
        "kind": words(SOURCE_KINDS, source["kind"]),
        "published": without_words(source["published"]),
        "production": made,
        "made_with_ai": made if source["production"] in MADE_WITH_AI else "",
        "status": words(SOURCE_STATUS, status) if status != "current" else "",
        "original_url": web_address(source["original_url"]),
        "own_words": None,
    }


def citation_shown(row: Mapping) -> dict:
    """Where a statement was found, whom that credits, and in which copy it was read."""
    passage = row["passage"]
    return {
        **row,
        "source": source_shown(row["source"]),
        "via": source_shown(row["via"]),
        "read_in": source_shown(row["read_in"]),
        "copies": [
            source_shown(copy)
            for copy in row["copies"]
            if not row["read_in"] or copy["id"] != row["read_in"]["id"]
        ],
        "credit": words(CREDIT, row["credit"]) if row["via"] else "",
        "passage": {
            **passage,
            "state": words(PASSAGE, passage["state"]),
            "url": web_address(passage["url"]),
        },
    }


def whole_source_shown(source: Mapping) -> dict:
    """A source with its byline, its lineage and how it was made."""
    return {
        **source_shown(source),
        "published": shown(source["published"]),
        "updated": shown(source["updated"]),
        "archived_url": web_address(source["archived_url"]),
        "is_own_reporting": source["reporting"] == "own",
        "byline": [
            {**line, "role": words(BYLINE_ROLES, line["role"])}
            for line in source["byline"]
        ],
        "lineage": [
            {
                "kind": words(LINEAGE, link["kind"]),
                "source": source_shown(link["source"]),
            }
            for link in source["lineage"]
        ],
        "copies": [source_shown(copy) for copy in source["copies"]],
    }

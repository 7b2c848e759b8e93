"""An entry of the record, with the words and links that a page shows it with."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .sources import citation_shown
from .times import instant_shown, shown
from .words import (
    ACTOR_ROLES,
    EVENT_STATUS,
    FALLEN,
    LINKED_BY,
    LINKS,
    NUMBERS,
    RELATED,
    REVISION_KINDS,
    SILENT,
    STANDING,
    STATEMENT_KINDS,
    STATEMENT_MODES,
    WEIGHING,
    words,
)


def linked_ids(entries: Iterable[Mapping]) -> set[str]:
    """The ids of the statements that those of these entries link to or from."""
    return {
        link["statement"]
        for entry in entries
        for statement in entry["statements"]
        for link in (*statement["links"], *statement["linked_by"])
    }


def by_id(entries: Iterable[Mapping]) -> dict[str, dict]:
    """The statements of these entries by id, each with its event."""
    return {
        statement["id"]: {**statement, "event": entry}
        for entry in entries
        for statement in entry["statements"]
    }


def entry_shown(entry: Mapping, known: Mapping[str, Mapping]) -> dict:
    """An entry; `known` holds, by id, the statements that its own link to."""
    return {
        **entry,
        "date": shown(entry["date"]),
        "first_reported": shown(entry["first_reported"]),
        "status": words(EVENT_STATUS, entry["status"]),
        "origins": origins_shown(entry["origins"]),
        "actors": [
            {**actor, "role": words(ACTOR_ROLES, actor["role"])}
            for actor in entry["actors"]
        ],
        "related": [
            {**event, "kind": words(RELATED, event["kind"])}
            for event in entry["related"]
        ],
        "statements": [statement_shown(row, known) for row in entry["statements"]],
    }


def brief_shown(entry: Mapping) -> dict:
    """An entry in one line: when, what, and the last that was done with it."""
    return {
        "slug": entry["slug"],
        "title": entry["title"],
        "date": shown(entry["date"]),
        "act": words(REVISION_KINDS, entry["revision"]["kind"]),
        "published": instant_shown(entry["revision"]["published_at"]),
    }


def statement_shown(row: Mapping, known: Mapping[str, Mapping]) -> dict:
    """A statement: who said it in words, what it is worth now, where it was found."""
    return {
        **row,
        "kind": words(STATEMENT_KINDS, row["kind"]),
        "mode": words(STATEMENT_MODES, row["mode"]),
        "is_quoted_in_full": row["mode"] == "direct_quote",
        "is_silence": row["kind"] in SILENT,
        "number": words(NUMBERS, row["described_number"]),
        "said": shown(row["said"]),
        "has_fallen": row["standing"] in FALLEN,
        "standing": words(STANDING, row["standing"]),
        "code": row["standing"],
        "rests_on_ai_alone": rests_on_ai_alone(row),
        "linked_by": links_shown(row["linked_by"], LINKED_BY, known),
        "links": links_shown(row["links"], LINKS, known),
        "first_reported": shown(row["first_reported"]),
        "origins": origins_shown(row["origins"]),
        "citations": [citation_shown(citation) for citation in row["citations"]],
    }


def links_shown(rows: Iterable[Mapping], table: Mapping, known: Mapping) -> list[dict]:
    """Links from or to a statement, each with the statement at its other end."""
    return [
        {
            "kind": words(table, row["kind"]),
            "weighs": row["kind"] in WEIGHING,
            "attribution": other["attribution"],
            "text": other["text"],
            "language": other["language"],
            "address": statement_address(other),
            "standing": words(STANDING, other["standing"]),
            "has_fallen": other["standing"] in FALLEN,
            "rests_on_ai_alone": rests_on_ai_alone(other),
        }
        for row in rows
        if (other := known.get(row["statement"]))
    ]


def statement_address(statement: Mapping) -> str:
    """Where a statement is: on the page of its event."""
    page = reverse("web:event", args=[statement["event"]["slug"]])
    return f"{page}#{statement['slug']}"


def rests_on_ai_alone(statement: Mapping) -> bool:
    """Whether all that a statement cites is AI-generated."""
    made = [row["source"]["production"] for row in statement["citations"]]
    return bool(made) and set(made) == {"ai_generated"}


def origins_shown(origins: Mapping) -> dict | None:
    """How many reported on their own, in words; None where there is nothing to say."""
    count, publishers = origins["count"], origins["publishers"]
    if not count:
        told = _("No outlet is known to have reported this itself; origin unknown")
        return {"words": told, "others": True} if origins["unknown"] else None
    if all(publisher["kind"] == "outlet" for publisher in publishers):
        told = ngettext(
            "%(count)d outlet on its own reporting",
            "%(count)d outlets on their own reporting",
            count,
        )
    else:
        told = ngettext(
            "%(count)d publisher on its own reporting or document",
            "%(count)d publishers on their own reporting or documents",
            count,
        )
    told %= {"count": count}
    if origins["unknown"]:
        told = _("%(known)s, and others unknown") % {"known": told}
    return {"words": told, "publishers": publishers, "others": origins["unknown"]}

"""An entry of the record, with the words and links that a page shows it with."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.drawing import found_once, path_of

from .drawn import glyph
from .sources import citation_shown
from .times import instant_shown, shown, without_words
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

QUOTATION_MARKS = ("“”", '""', "‘’", "«»", "„“")
CITED_AT_ONCE = 2  # sources that the line under a statement names


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
        "drawn": glyph(entry["date"]),
        "first_reported": shown(entry["first_reported"]),
        "status": words(EVENT_STATUS, entry["status"]),
        "origins": origins_shown(entry["origins"]),
        "reports": reports_shown(entry["statements"]),
        "correction": correction_shown(entry["revision"]),
        "actors": [
            {**actor, "role": words(ACTOR_ROLES, actor["role"])}
            for actor in entry["actors"]
        ],
        "related": [
            {**event, "kind": words(RELATED, event["kind"])}
            for event in entry["related"]
        ],
        "statements": [
            statement_shown(row, known, event=entry["id"])
            for row in entry["statements"]
        ],
    }


def correction_shown(revision: Mapping) -> dict | None:
    """What an entry was corrected in, where that was the last that was done with it."""
    if revision["kind"] != "correction":
        return None
    return {
        "kind": words(REVISION_KINDS, revision["kind"]),
        "note": revision["note"],
        "published": instant_shown(revision["published_at"]),
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


def statement_shown(
    row: Mapping, known: Mapping[str, Mapping], *, event: str = ""
) -> dict:
    """A statement: who said it in words, what it is worth now, where it was found.

    On a page that shows a whole event, `event` is the id of that.
    """
    origins = origins_shown(row["origins"])
    return {
        **row,
        "kind": words(STATEMENT_KINDS, row["kind"]),
        "mode": words(STATEMENT_MODES, row["mode"]),
        "is_quoted_in_full": row["mode"] == "direct_quote",
        "is_silence": row["kind"] in SILENT,
        "parts": quoted_within(row),
        "number": words(NUMBERS, row["described_number"]),
        "said": shown(row["said"]),
        "has_fallen": row["standing"] in FALLEN,
        "standing": words(STANDING, row["standing"]),
        "code": row["standing"],
        "rests_on_ai_alone": rests_on_ai_alone(row),
        "linked_by": links_shown(row["linked_by"], LINKED_BY, known, event),
        "links": links_shown(row["links"], LINKS, known, event),
        "first_reported": shown(row["first_reported"]),
        "origins": origins,
        "backing": origins["words"] if origins and row["origins"]["count"] else "",
        "more": more_citations(len(row["citations"]) - CITED_AT_ONCE),
        "citations": [citation_shown(citation) for citation in row["citations"]],
    }


def quoted_within(row: Mapping) -> tuple[str, str, str] | None:
    """A text in three parts, the second of them the words that are quoted in it."""
    quote = row["quote"]
    if not quote or quote["translation"] or row["mode"] == "direct_quote":
        return None
    for opening, closing in QUOTATION_MARKS:
        before, found, after = row["text"].partition(
            f"{opening}{quote['text']}{closing}"
        )
        if found:
            return before, quote["text"], after
    return None


def links_shown(
    rows: Iterable[Mapping], table: Mapping, known: Mapping, event: str
) -> list[dict]:
    """Links from or to a statement, each with the statement at its other end."""
    return [
        {
            "kind": words(table, row["kind"]),
            "code": row["kind"],
            "weighs": row["kind"] in WEIGHING,
            "attribution": other["attribution"],
            "text": other["text"],
            "language": other["language"],
            "address": statement_address(other, event),
            "when": without_words(other["said"] or other["first_reported"]),
            "standing": words(STANDING, other["standing"]),
            "has_fallen": other["standing"] in FALLEN,
            "rests_on_ai_alone": rests_on_ai_alone(other),
        }
        for row in rows
        if (other := known.get(row["statement"]))
    ]


def statement_address(statement: Mapping, event: str = "") -> str:
    """Where a statement is: on the page of its event, or on this one."""
    place = f"#{statement['slug']}"
    if statement["event"]["id"] == event:
        return place
    return path_of("event", statement["event"]["slug"]) + place


def rests_on_ai_alone(statement: Mapping) -> bool:
    """Whether all that a statement cites is AI-generated."""
    made = [row["source"]["production"] for row in statement["citations"]]
    return bool(made) and set(made) == {"ai_generated"}


def more_citations(count: int) -> str:
    """How many citations are left out of a line, in words."""
    if count < 1:
        return ""
    return ngettext("%(count)d more", "%(count)d more", count) % {"count": count}


def reports_shown(statements: Iterable[Mapping]) -> str:
    """How many reports carry what was said, copies among them, in words."""
    found = {
        source["id"]
        for statement in statements
        for citation in statement["citations"]
        for source in (citation["source"], citation["read_in"], *citation["copies"])
        if source
    }
    return reports(len(found))


@found_once
def reports(count: int) -> str:
    """So many reports, in words."""
    return ngettext("%(count)d report", "%(count)d reports", count) % {"count": count}


def origins_shown(origins: Mapping) -> dict | None:
    """How many reported on their own, in words; None where there is nothing to say."""
    count, publishers, others = (
        origins[part] for part in ("count", "publishers", "unknown")
    )
    if not count:
        told = _("No outlet is known to have reported this itself; origin unknown")
        return {"words": told, "publishers": [], "others": True} if others else None
    are_outlets = {publisher["kind"] for publisher in publishers} <= {"outlet"}
    told = on_their_own(count, are_outlets, bool(others))
    return {"words": told, "publishers": publishers, "others": others}


@found_once
def on_their_own(count: int, are_outlets: bool, others: bool) -> str:
    """So many reported it themselves, in words, and perhaps others did."""
    if are_outlets:
        told = ngettext(
            "%(count)d outlet on its own sources",
            "%(count)d outlets on their own sources",
            count,
        )
    else:
        told = ngettext(
            "%(count)d publisher on its own sources or documents",
            "%(count)d publishers on their own sources or documents",
            count,
        )
    told %= {"count": count}
    return _("%(known)s, and others unknown") % {"known": told} if others else told

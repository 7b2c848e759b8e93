"""Parts of a document in a line of words each, for two of them to be compared by."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from .words import (
    ACTOR_ROLES,
    CREDIT,
    LINKED_BY,
    LINKS,
    PASSAGE,
    PRODUCTION,
    RELATED,
    SOURCE_STATUS,
    words,
)


def word(table: Mapping, value: str | None, otherwise: str = "") -> str:
    """What a table says of a value, or the words for what it says nothing of."""
    return str(words(table, value) or otherwise)


def dated(date: Mapping | None) -> str:
    """A date, with the words of the report that it came from."""
    if date is None:
        return ""
    told = date["display"]
    return f"{told} (“{date['words']}”)" if date["words"] else told


def named_people(rows: Iterable[Mapping]) -> Iterator[str]:
    """Who took part, and as what."""
    for row in rows:
        yield f"{row['name']} ({word(ACTOR_ROLES, row['role'])})"


def titled(rows: Iterable[Mapping]) -> Iterator[str]:
    """Stories or topics by their titles or names."""
    for row in rows:
        yield row.get("title") or row["name"]


def related(rows: Iterable[Mapping]) -> Iterator[str]:
    """Events that an event is related to, and how."""
    for row in rows:
        title = row["title"] or _("an event that is on hold")
        yield f"{word(RELATED, row['kind'])}: {title}"


def links(row: Mapping, known: Mapping[str, Mapping]) -> Iterator[str]:
    """How a statement and others bear on each other."""
    for table, part in ((LINKED_BY, "linked_by"), (LINKS, "links")):
        for link in row[part]:
            other = known.get(link["statement"])
            told = other["attribution"] if other else _("a statement not shown now")
            yield f"{word(table, link['kind'])}: {told}"


def source_named(source: Mapping | None) -> str:
    """A report as a line names it: who published it, and its title."""
    if source is None:
        return ""
    name = source["title"] or source["label"]
    publisher = source["publisher"]
    told = f"{publisher['name']}, “{name}”" if publisher else f"“{name}”"
    status = source["status"]
    marks = [
        word(PRODUCTION, source["production"]).lower()
        if source["production"] == "ai_generated"
        else "",
        word(SOURCE_STATUS, status) if status != "current" else "",
    ]
    marks = [mark for mark in marks if mark]
    return f"{told} ({', '.join(marks)})" if marks else told


def place_said(said_in: Mapping | None) -> str:
    """Where something was said: in words, or the document it was said in."""
    if said_in is None:
        return ""
    return said_in["words"] or source_named(said_in["source"])


def cited(row: Mapping) -> str:
    """Where a statement was found, and whom that credits."""
    told = source_named(row["source"])
    if row["via"]:
        told = _("%(source)s, citing %(other)s") % {
            "source": told,
            "other": source_named(row["via"]),
        }
    return f"{told}. {word(CREDIT, row['credit'])}".removesuffix(". ")


def passage(row: Mapping) -> str:
    """The words it was found in, and whether they were checked."""
    found = row["passage"]
    exact = f"“{found['exact']}”" if found["exact"] else found["locator"] or ""
    return " ".join(filter(None, [exact, word(PASSAGE, found["state"])]))


def numbered(rows: Iterable[Mapping]) -> dict[tuple, Mapping]:
    """Citations by what they cite, the same report a second time as the second."""
    seen: Counter = Counter()
    found = {}
    for row in rows:
        key = row["source"]["id"], (row["via"] or {}).get("id")
        seen[key] += 1
        found[*key, seen[key]] = row
    return found

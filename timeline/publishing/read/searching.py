"""Whether what is shown holds what is searched for, where the index cannot say.

The index holds the words of whole entries, as they are today.
"""

from collections.abc import Iterator, Mapping

from .words import Terms, indexed, meets

VOICES = ("speaker", "on_behalf_of", "relayed_by", "told_to")


def statement_holds(terms: Terms, statement: Mapping) -> bool:
    """Whether a statement's own words, or the names in it, hold what is searched."""
    names = [statement[part]["name"] for part in VOICES if statement[part]]
    return meets(terms, indexed([*own(statement), *names, *_reporters(statement)]))


def entry_holds(terms: Terms, entry: Mapping, document: Mapping) -> bool:
    """Whether an entry, as it was known, holds what is searched.

    The things that it names have all the names of its `document`.
    """
    texts = [entry["title"], entry["summary"], entry["place"]]
    texts += [text for statement in entry["statements"] for text in own(statement)]
    there = set(_ids(entry))
    for rows in document["entities"].values():
        texts += [text for row in rows if row["id"] in there for text in called(row)]
    return meets(terms, indexed(texts))


def own(statement: Mapping) -> list[str | None]:
    """The words of a statement itself."""
    quote = statement["quote"] or {"text": None, "translation": None}
    spoken = [statement["text"], quote["text"], quote["translation"]]
    return [*spoken, statement["described_as"]]


def called(entity: Mapping) -> list[str | None]:
    """What an actor, source, story or topic of a document is called."""
    first = [entity.get("name"), entity.get("title"), entity.get("label")]
    return [*first, *entity.get("names", ())]


def _reporters(statement: Mapping) -> Iterator[str]:
    """The names of those who reported a statement, and of whom they credit."""
    for citation in statement["citations"]:
        for source in (citation["source"], citation["via"]):
            if source and source["publisher"]:
                yield source["publisher"]["name"]


def _ids(value) -> Iterator[str]:
    """Every id that is somewhere in an entry."""
    if isinstance(value, list):
        for item in value:
            yield from _ids(item)
    elif isinstance(value, dict):
        if "id" in value:
            yield value["id"]
        for item in value.values():
            yield from _ids(item)

"""Statements as claims of schema.org, with the words that were quoted."""

from . import sentences
from .base import without_nothing
from .days import whole_day
from .graph import Graph

# Whoever is silent claims nothing: these are about them, not by them.
SILENT = ("no_response", "declined_to_comment")


def claim(statement: dict, event: dict, graph: Graph) -> dict:
    """Holds a statement's node and all that it names; answers with its name."""
    name = graph.reference("statement", statement["id"])
    author = None if statement["kind"] in SILENT else speaker(statement, graph)
    return graph.put(
        {
            **name,
            "@type": "Claim",
            "identifier": statement["id"],
            "url": statement["html_url"],
            "text": statement["text"],
            "inLanguage": statement["language"],
            "genre": statement["kind"],
            "about": about(statement, event, graph),
            "author": author,
            "sourceOrganization": behind(statement, graph),
            "creditText": statement["attribution"],
            "dateCreated": whole_day(statement["said"]),
            "creativeWorkStatus": statement["standing"],
            "correction": corrections(statement, graph),
            "hasPart": quotation(statement, author, name),
            "appearance": appearances(statement, graph),
            "firstAppearance": first_appearance(statement, graph),
        }
    )


def about(statement: dict, event: dict, graph: Graph) -> list[dict]:
    """The event; for a silence, also who was silent."""
    told = [graph.reference("event", event["id"])]
    if statement["kind"] in SILENT and statement["speaker"]:
        told.append(graph.actor(statement["speaker"]))
    return told


def speaker(statement: dict, graph: Graph) -> dict | None:
    """Who speaks; of one unnamed person, the words for them and no name."""
    if statement["speaker"]:
        return graph.actor(statement["speaker"])
    if statement["described_number"] != "one":
        return None
    return {"@type": "Person", "description": statement["described_as"]}


def behind(statement: dict, graph: Graph) -> dict | None:
    """The organisation that is spoken for."""
    actor = statement["on_behalf_of"]
    return graph.actor(actor) if actor and actor["kind"] != "person" else None


def corrections(statement: dict, graph: Graph) -> list[str]:
    """The addresses of the statements that corrected or retracted this one."""
    return [
        graph.reference("statement", link["statement"])["@id"]
        for link in statement["linked_by"]
        if link["kind"] in sentences.FELLED_BY
    ]


def quotation(statement: dict, author: dict | None, name: dict) -> dict | None:
    """The words quoted, and our translation of them where there is one."""
    quote = statement["quote"]
    if quote is None:
        return None
    translated = quote["translation"] and {
        "@type": "Quotation",
        "text": quote["translation"],
        "inLanguage": statement["language"],
    }
    return without_nothing(
        {
            "@id": f"{name['@id']}#quotation",
            "@type": "Quotation",
            "text": quote["text"],
            "inLanguage": quote["language"],
            "creator": author,
            "workTranslation": translated,
        }
    )


def appearances(statement: dict, graph: Graph) -> list[dict]:
    """The reports that carry it: those that are cited, and what copies them."""
    found = {}
    for citation in statement["citations"]:
        for source in (citation["source"], citation["read_in"], *citation["copies"]):
            if source:
                found[source["id"]] = graph.source(source)
        if citation["via"]:
            graph.credited(citation["source"], citation["via"])
    return list(found.values())


def first_appearance(statement: dict, graph: Graph) -> dict | None:
    """The report that the date of the first one is of, where only one has it."""
    first = statement["first_reported"]
    if first is None:
        return None
    found = {
        source["id"]: source
        for citation in statement["citations"]
        for source in (citation["source"], citation["via"], citation["origin"])
        if source and (source["published"] or {}).get("edtf") == first["edtf"]
    }
    return graph.source(*found.values()) if len(found) == 1 else None

"""A statement's attribution: one sentence that says who said it and who reports it."""

from collections.abc import Mapping

ASKED = ("no_response", "declined_to_comment")


def attribution(statement: Mapping) -> str:
    """As in “A company spokeswoman, for OpenAI, as reported by Reuters”.

    `statement` is one of a document or of an entry; its first citation says who
    reports it.
    """
    described = statement["described_as"] or ""
    unnamed = described[:1].upper() + described[1:]
    speaker, told_to = statement["speaker"], statement["told_to"]
    parts = [speaker["name"] if speaker else unnamed]
    if statement["on_behalf_of"]:
        parts.append(f"for {statement['on_behalf_of']['name']}")
    if told_to:
        asked = statement["kind"] in ASKED
        parts.append(f"{'asked by' if asked else 'to'} {told_to['name']}")
    if statement["relayed_by"]:
        parts.append(f"as relayed by {statement['relayed_by']['name']}")
    return ", ".join([*parts, *_reported(statement)])


def _reported(statement: Mapping) -> list[str]:
    citation = next(iter(statement["citations"]), None)
    publisher = citation and citation["source"]["publisher"]
    if not publisher:
        return []
    voices = (statement[part] for part in ("speaker", "told_to", "relayed_by"))
    known = {voice["id"] for voice in voices if voice}
    reported = []
    if publisher["id"] not in known:
        reported.append(f"as reported by {publisher['name']}")
    credited = citation["via"] and citation["via"]["publisher"]
    if credited and credited["id"] not in {*known, publisher["id"]}:
        reported.append(f"citing {credited['name']}")
    return reported

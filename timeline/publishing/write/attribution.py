"""A statement's attribution: one sentence that says who said it and who reports it."""

from timeline.models import Statement, StatementKind

ASKED = (StatementKind.NO_RESPONSE, StatementKind.DECLINED_TO_COMMENT)


def attribution(statement: Statement) -> str:
    """As in “A company spokeswoman, for OpenAI, as reported by Reuters”."""
    described = statement.described_as
    unnamed = described[:1].upper() + described[1:]
    parts = [statement.speaker.name if statement.speaker else unnamed]
    if statement.on_behalf_of:
        parts.append(f"for {statement.on_behalf_of.name}")
    if statement.told_to:
        asked = statement.kind in ASKED
        parts.append(f"{'asked by' if asked else 'to'} {statement.told_to.name}")
    if statement.relayed_by:
        parts.append(f"as relayed by {statement.relayed_by.name}")
    return ", ".join([*parts, *_reported(statement)])


def _reported(statement: Statement) -> list[str]:
    citation = next(iter(statement.citations.all()), None)
    if citation is None or citation.source.publisher is None:
        return []
    publisher = citation.source.publisher
    known = {statement.speaker_id, statement.told_to_id, statement.relayed_by_id}
    reported = [] if publisher.pk in known else [f"as reported by {publisher.name}"]
    credited = citation.via.publisher if citation.via else None
    if credited and credited.pk not in {*known, publisher.pk}:
        reported.append(f"citing {credited.name}")
    return reported

"""Private persons: they have no page, and who names them is in no search engine."""

from collections.abc import Iterable, Mapping

VOICES = ("speaker", "on_behalf_of", "relayed_by", "told_to")
MARK = '"private":true'  # as the feed sends it; in no text, where it would be escaped


def names_private(texts: Iterable[str | bytes]) -> bool:
    """Whether any of these, as the feed sends them, names a private person."""
    mark = MARK.encode()
    return any((mark if isinstance(text, bytes) else MARK) in text for text in texts)


def any_private(sources: Iterable[Mapping], statements: Iterable[Mapping] = ()) -> bool:
    """The same of the publishers of sources, and of who has a voice in statements."""
    named = [source["publisher"] for source in sources]
    named += [statement[part] for statement in statements for part in VOICES]
    return any(one.get("private", False) for one in named if one)

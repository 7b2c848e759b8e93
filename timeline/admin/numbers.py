"""Numbers that a browser sends: as text, and any text may come."""

LONGEST = 18  # digits that every column of a key has room for
OF_VERSIONS = 9


def number(text: str, *, digits: int = LONGEST) -> int | None:
    """A whole number of so many digits at most; None where the text is none.

    Other scripts have digits too, and signs such as “²” that are no number at all.
    """
    plain = text.isascii() and text.isdecimal() and len(text) <= digits
    return int(text) if plain else None


def version_in(posted) -> int | None:
    """The version that was looked at, as a form says; None where it says none."""
    return number(posted.get("version", ""), digits=OF_VERSIONS)

"""How wide a text is about, and where it breaks: for drawings made on the server."""

import unicodedata

NARROW = frozenset("fijlrtI.,:;'’|!()[]- ·")
BROAD = frozenset("mwMW@%&—…")
LONGEST = 300
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    """The width of a text in a sans-serif type of this size, rather more than less."""
    return size * sum(map(_share, text))


def wrapped(text: str, *, size: float, room: float, lines: int) -> list[str]:
    """The text in at most so many lines; what has no place is left out with “…”."""
    found = [""]
    for word in text[:LONGEST].split():
        for part in _parts(word, size=size, room=room):
            longer = f"{found[-1]} {part}" if found[-1] else part
            if width(longer, size) <= room:
                found[-1] = longer
            else:
                found.append(part)
    if len(found) <= lines and len(text) <= LONGEST:
        return [line for line in found if line]
    last = found[lines - 1] if len(found) >= lines else found.pop()
    kept = found[: lines - 1]
    while last and width(last + ELLIPSIS, size) > room:
        last = last[:-1]
    return [*kept, last.rstrip() + ELLIPSIS]


def _parts(word: str, *, size: float, room: float) -> list[str]:
    """A word, in pieces where it is wider than the room."""
    parts, part, used = [], "", 0.0
    for letter in word:
        more = size * _share(letter)
        if part and used + more > room:
            parts.append(part)
            part, used = "", 0.0
        part, used = part + letter, used + more
    return [*parts, part]


def _share(letter: str) -> float:
    """The width of a letter as a share of the size."""
    if letter in NARROW:
        return 0.36
    if letter in BROAD:
        return 0.95
    if letter.isascii():
        return 0.7 if letter.isupper() else 0.59
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.1
    return 0.75

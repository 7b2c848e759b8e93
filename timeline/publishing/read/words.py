"""Words as the search knows them: folded, so that "Córdoba" and "cordoba" are one.

Both databases index the tokens made here, and a question is cut the same way, so that
they find the same.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_WORDS = 16_000  # a tsvector counts positions up to 16,383
MOST_PLACES = 255  # of one word in a tsvector
LONGEST_WORD = 60
BREAK = "_"  # stands between two texts: no word is this
BREAKS = {"": BREAK}
# Scripts written without spaces: there each character is a word.
UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
# Letters that Unicode does not take apart, and that readers write without.
LETTERS = str.maketrans(
    {
        **dict(zip("øłđħŧıð", "oldhtid", strict=True)),
        **{"æ": "ae", "œ": "oe", "þ": "th"},
    }
)
ASCII_WORD = re.compile("[0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is searched for: each is a phrase of one word or more; all are met."""

    phrases: tuple[tuple[str, ...], ...]


def words_of(text: str) -> list[str]:
    """The words of a text: case and diacritics folded, ASCII letters and digits only.

    Any other letter becomes its number behind an underscore, so that no database
    has an opinion of its own on where a word ends.
    """
    if text.isascii():
        found = ASCII_WORD.findall(text.lower())
        if len(text) <= LONGEST_WORD or max(map(len, found), default=0) <= LONGEST_WORD:
            return found
        return [word[:LONGEST_WORD] for word in found]
    return list(_words(text))


def _words(text: str) -> Iterator[str]:
    word: list[str] = []
    for character in _folded(text):
        if not character.isalnum():
            if word:
                yield "".join(word)[:LONGEST_WORD]
            word = []
        elif _stands_alone(character):
            if word:
                yield "".join(word)[:LONGEST_WORD]
            word = []
            yield _ascii(character)
        else:
            word.append(_ascii(character))
    if word:
        yield "".join(word)[:LONGEST_WORD]


def _folded(text: str) -> Iterator[str]:
    """Characters without case or marks."""
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    for character in plain.translate(LETTERS):
        if not unicodedata.combining(character):
            yield character


def _ascii(character: str) -> str:
    return character if character.isascii() else f"_{ord(character):x}"


def _stands_alone(character: str) -> bool:
    number = ord(character)
    return number > 0x0DFF and any(low <= number <= high for low, high in UNSPACED)


def indexed(texts: Iterable[str | None]) -> list[str]:
    """The words of many texts in a row; between two texts no phrase is found."""
    found: list[str] = []
    for text in texts:
        if text:
            found += words_of(text)
            found.append("")
    return found[:MOST_WORDS]


def terms_of(question: str) -> Terms:
    """What a question asks for: words, and phrases in double quotes.

    A word that falls into several ("co-operate") is a phrase of them.
    """
    parts = question.replace("“", '"').replace("”", '"').split('"')
    phrases = []
    for place, part in enumerate(parts):
        quoted = place % 2 == 1 and place < len(parts) - 1
        for piece in [part] if quoted else part.split():
            if words := tuple(words_of(piece)):
                phrases.append(words)
    return Terms(tuple(dict.fromkeys(phrases)))


def meets(terms: Terms, words: list[str]) -> bool:
    """Whether these words hold every phrase."""
    text = f" {' '.join(words)} "
    return all(f" {' '.join(phrase)} " in text for phrase in terms.phrases)


def stored(words: list[str], *, vendor: str) -> str:
    """Words as the database of this kind stores them to be found."""
    if vendor != "postgresql":
        return " ".join(map(BREAKS.get, words, words))
    if len(words) <= MOST_PLACES:  # PostgreSQL puts a word's places together
        return " ".join([f"{one}:{at}" for at, one in enumerate(words, 1) if one])
    places: dict[str, list[str]] = {}
    for at, one in enumerate(words, start=1):
        if one:
            places.setdefault(one, []).append(str(at))
    kept = ((one, ",".join(found[:MOST_PLACES])) for one, found in places.items())
    return " ".join(f"{one}:{found}" for one, found in kept)


def asked(terms: Terms, *, vendor: str) -> str:
    """Terms in the language of the database's own search."""
    if vendor != "postgresql":
        return " ".join(f'"{" ".join(phrase)}"' for phrase in terms.phrases)
    phrases = (" <-> ".join(f"'{word}'" for word in row) for row in terms.phrases)
    return " & ".join(f"({phrase})" for phrase in phrases)

"""Whether a passage stands in a text, whatever copying did to its characters."""

import unicodedata

from timeline.models import Citation

FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "\u00ad": None,
    }
)


def found_once(citation: Citation, text: str) -> bool:
    """Whether prefix, passage and suffix stand together in a text exactly once."""
    return stands_once(f"{citation.prefix}{citation.exact}{citation.suffix}", text)


def stands_once(words: str, text: str) -> bool:
    """Whether these words stand in a text exactly once."""
    words, text = fold(words), fold(text)
    return words in text and text.find(words) == text.rfind(words)


def fold(text: str) -> str:
    """Text without the differences that copying makes: spaces, quotes, dashes."""
    folded = unicodedata.normalize("NFC", text).translate(FOLDED)
    return "".join(folded.split())

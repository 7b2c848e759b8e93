"""From EDTF text to an `UncertainDate`."""

from functools import lru_cache

from timeline.dates.errors import BadDate
from timeline.dates.structure import read
from timeline.dates.value import UncertainDate

MAX_LENGTH = 60


@lru_cache(maxsize=4096)
def parse(text: str) -> UncertainDate:
    """The date that `text` states; raises `BadDate` with a sentence for the editor.

    ISO 8601-2 as in the Library of Congress text of EDTF: levels 0 and 1, and of
    level 2 sets, qualified parts, unspecified digits and parts of a year.
    """
    if len(text) > MAX_LENGTH:
        raise BadDate(f"A date has at most {MAX_LENGTH} characters; shorten it.")
    edtf = text.strip()
    node = read(edtf)
    return UncertainDate(
        edtf,
        node.earliest,
        node.latest,
        node.precision,
        bool(node.uncertain),
        bool(node.approximate),
    )

"""What is wrong with a text that is no date, in a sentence that says what to do."""

import re

_GENERAL = (
    "is not a date; write it like 2026-03-03, 2026-03 or 2026, "
    "with .. for a date that is not known."
)

# The first that is found is what the editor is told.
_COMPLAINTS = (
    (r"[A-Za-z]{3}", None),
    (
        r"Y-?[0-9]",
        "Years run from -9999 to 9999; write them with four digits and without Y.",
    ),
    (
        r"[0-9]E[0-9]|[0-9]S[0-9]",
        "Significant digits and exponents are not kept; write X for each digit "
        "that is not known, as in 19XX.",
    ),
    (r"[ux]", "Write a capital X for each digit that is not known."),
    (r"[tz]", "Write the letters T and Z as capitals."),
    (r"\s", "Leave out the spaces inside the date."),
    (r"[^\x00-\x7f]", "Use plain digits and plain hyphens only."),
    (r"[?~%]{2}", "Write one mark for a part: % means both ? and ~."),
    (r"T.*[?~%]|[?~%].*T", "A time cannot be marked ?, ~ or %; mark its day instead."),
    (r"T.*X|X.*T", "A time needs a full date; leave out the time or the X."),
    (
        r"T",
        "Write a time like 2026-03-03T14:30:00Z, with whole seconds and with Z, "
        "an offset such as +01:00, or no zone.",
    ),
    (r"^[0-9]{3}$", "Write a decade with X for its last digit, as in 198X."),
    (
        r"^[0-9]{1,2}$",
        "Begin with a year of four digits; a century is written like 19XX.",
    ),
    (r"^[0-9]{5,}$", "Write a year with four digits and hyphens after it."),
    (r"^[0-9]{1,2}[-./]", "Begin with the year: write 2026-03-03."),
    (r"[\[\]{}]", "A set begins with [ and ends with ], or { and }, around all of it."),
    (r"\.\.", "Two dots go inside a set, as in [2026-02-26..2026-02-28]."),
)


def about(text: str) -> str:
    """The sentence for `text`; what was typed is shown in plain ASCII."""
    general = f"{text!a} {_GENERAL}"
    for pattern, sentence in _COMPLAINTS:
        if re.search(pattern, text):
            return sentence or general
    return general

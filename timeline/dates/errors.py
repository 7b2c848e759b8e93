"""What goes wrong with a date, said in a sentence for the editor who typed it."""


class BadDate(ValueError):
    """The text is not a date that can be kept; the message says what to do."""


class UnknownPhrase(BadDate):
    """The words, or the anchor they are counted from, do not settle a date."""

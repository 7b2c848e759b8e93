"""A date that may be uncertain: the text as it was typed, and what follows from it."""

from dataclasses import dataclass

from timeline.dates.wording import describe

UNDATED = 2**40  # in the year 36812: after every bound a date can have


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """An EDTF text with its bounds; made by `parse`.

    Bounds are in seconds since 1970-01-01T00:00Z and both inclusive: the latest of a
    day is its 23:59:59. None means that nothing is known on that side.
    """

    edtf: str
    earliest: int | None
    latest: int | None
    precision: str
    uncertain: bool
    approximate: bool

    @property
    def sort_key(self) -> int:
        """The earliest bound, else the latest, else after everything that has one."""
        if self.earliest is not None:
            return self.earliest
        return UNDATED if self.latest is None else self.latest

    @property
    def display(self) -> str:
        """The date in words fit for print, such as "by 3 March 2026"."""
        return describe(self.edtf)

    def __str__(self) -> str:
        return self.edtf

"""The day, month or year of the anchor that relative words are counted from."""

from dataclasses import dataclass

from timeline.dates.calendar import DAY, civil_from_days, day_text, weekday, year_text
from timeline.dates.errors import UnknownPhrase
from timeline.dates.parsing import parse
from timeline.dates.value import UncertainDate


@dataclass(frozen=True, slots=True)
class Anchor:
    """The first and the last day of a date; a time counts by the day as written."""

    date: UncertainDate
    first: int | None
    last: int | None

    @classmethod
    def of(cls, date: UncertainDate) -> "Anchor":
        day, _, clock = date.edtf.partition("T")
        if clock and day[0] not in "[{" and "/" not in date.edtf:
            written = parse(day).earliest // DAY
            return cls(date, written, written)
        if date.earliest is None or date.latest is None:
            return cls(date, None, None)
        return cls(date, date.earliest // DAY, date.latest // DAY)

    def day(self) -> int:
        self._refuse_unless(self.first == self.last, "day")
        return self.first

    def month(self) -> int:
        """Months since the beginning of year 0."""
        first, last = map(self._civil, (self.first, self.last))
        self._refuse_unless(first[:2] == last[:2], "month")
        return first[0] * 12 + first[1] - 1

    def year(self) -> int:
        first, last = map(self._civil, (self.first, self.last))
        self._refuse_unless(first[0] == last[0], "year")
        return first[0]

    def monday(self) -> int:
        """The Monday that the anchor's week begins with."""
        day = self.day()
        return day - weekday(day)

    def _civil(self, day: int | None) -> tuple[int, int, int]:
        self._refuse_unless(day is not None, "day")
        return civil_from_days(day)

    def _refuse_unless(self, is_settled: bool, unit: str) -> None:
        doubtful = self.date.uncertain or self.date.approximate
        if not is_settled or self.first is None or doubtful:
            raise UnknownPhrase(
                f"These words are counted from a {unit}, and {self.date} does not "
                f"settle one; enter the date itself or give the source a {unit}."
            )


def span(first: int, last: int) -> str:
    """Some day from first to last."""
    if first == last:
        return day_text(first)
    return f"[{day_text(first)}..{day_text(last)}]"


def month_text(months: int) -> str:
    """The month that begins so many months after year 0 does."""
    year, month = divmod(months, 12)
    return f"{year_text(year)}-{month + 1:02d}"

"""What a page of a list is asked for in its address, with the feed's own parameters."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.dates import MAX_LENGTH, BadDate, UncertainDate, instant, parse
from timeline.publishing import read
from timeline.publishing.read.given import LONGEST, MOST_TERMS, MOST_VALUES, NAME

from .listing import NEWEST_FIRST, OLDEST_FIRST, with_parameters
from .words import ACTOR_ROLES, STANDINGS, STATEMENT_KINDS

NAMED = {
    "actor": ("actors", "actor"),
    "speaker": ("speakers", "actor"),
    "topic": ("topics", "topic"),
    "source": ("sources", "source"),
    "publisher": ("publishers", "actor"),
}
LISTED: dict[str, tuple[str, Mapping]] = {
    "role": ("roles", ACTOR_ROLES),
    "statement_kind": ("statement_kinds", STATEMENT_KINDS),
    "standing": ("standings", STANDINGS),
}
LABELS = {
    "actor": gettext_lazy("Who"),
    "speaker": gettext_lazy("Who spoke"),
    "role": gettext_lazy("Part in it"),
    "statement_kind": gettext_lazy("Kind of statement"),
    "topic": gettext_lazy("Topic"),
    "standing": gettext_lazy("What became of it"),
    "source": gettext_lazy("Report"),
    "publisher": gettext_lazy("Reported by"),
    "q": gettext_lazy("Words"),
    "known_at": gettext_lazy("What had been reported by"),
    "as_of": gettext_lazy("As this page stood on"),
    "order": gettext_lazy("Order"),
}
ORDERS = (NEWEST_FIRST, OLDEST_FIRST, "-published")
Pair = tuple[str, str]


class Wrong(ValueError):
    """A value that says nothing, with the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; `given` are the parameters that say so, in their order.

    `ids` holds, by parameter and value, the thing that a name stands for. Of what is
    wrong `faults` has a label and a sentence each; nothing is to be shown then.
    """

    query: read.Query
    as_of: datetime | None = None
    words: str = ""
    given: tuple[Pair, ...] = ()
    ids: tuple[tuple[Pair, str], ...] = ()
    faults: tuple[Pair, ...] = ()

    @property
    def chosen(self) -> list[Pair]:
        """The parameters that narrow the list."""
        return [pair for pair in self.given if pair[0] in NAMED or pair[0] in LISTED]

    @property
    def is_of_the_past(self) -> bool:
        return bool(self.as_of or self.query.known_at)

    def without(self, *names: str) -> list[Pair]:
        """The parameters but these."""
        return [pair for pair in self.given if pair[0] not in names]

    def at(self, head: read.Head) -> int:
        """The sequence that is shown."""
        if self.as_of is None:
            return head.sequence
        return min(head.sequence, read.sequence_at(self.as_of))


def asked_for(given: QueryDict, query: read.Query) -> Asked:
    """What a request asks for, beside what `query` asks for already.

    Parameters without a value, and those that no page has, are passed over.
    """
    reading = _Reading(given)
    for name, (part, noun) in NAMED.items():
        query = reading.into(query, name, part, reading.named(noun))
    for name, (part, words) in LISTED.items():
        query = reading.into(query, name, part, reading.listed(words))
    query = reading.into(query, "q", "terms", reading.terms)
    query = reading.into(query, "known_at", "known_at", reading.day)
    as_of = reading.meaning("as_of", reading.moment)
    query = reading.into(query, "order", "order", reading.order)
    return Asked(
        query=query,
        as_of=as_of,
        words=plain(given.get("q", "")),
        given=tuple(pair for pair in reading.pairs if pair != ("order", NEWEST_FIRST)),
        ids=tuple(reading.ids.items()),
        faults=tuple(reading.faults),
    )


class _Reading:
    """The parameters of one request as they are read, one after the other."""

    def __init__(self, given: QueryDict):
        self.given = given
        self.pairs: list[Pair] = []
        self.ids: dict[Pair, str] = {}
        self.faults: list[Pair] = []

    def into(self, query: read.Query, name: str, part: str, mean: Callable):
        """The query with what a parameter means; as it was where it is not given."""
        meaning = self.meaning(name, mean)
        return query if meaning is None else replace(query, **{part: meaning})

    def meaning(self, name: str, mean: Callable):
        """What a parameter means; None where it is not given, or wrong."""
        cleaned = (plain(value) for value in self.given.getlist(name))
        values = list(dict.fromkeys(filter(None, cleaned)))
        if not values:
            return None
        try:
            meaning = mean(name, values)
        except Wrong as error:
            self.faults.append((str(LABELS[name]), str(error)))
            return None
        self.pairs += [(name, value) for value in values]
        return meaning

    def named(self, noun: str) -> Callable:
        def mean(name: str, values: list[str]) -> tuple[str, ...]:
            few(values)
            known = [value for value in values if NAME.fullmatch(value)]
            ids = read.ids_of(noun, known)
            if len(ids) < len(values):
                raise Wrong(_("Nothing that was ever published has this name."))
            self.ids |= {(name, value): ids[value] for value in values}
            return tuple(sorted(set(ids.values())))

        return mean

    def listed(self, words: Mapping) -> Callable:
        def mean(_name: str, values: list[str]) -> tuple[str, ...]:
            few(values)
            if set(values) - words.keys():
                raise Wrong(_("Choose one of: %s.") % ", ".join(words))
            return tuple(sorted(values))

        return mean

    def terms(self, _name: str, values: list[str]) -> read.Terms:
        terms = read.terms_of(once(values))
        if not terms.phrases:
            raise Wrong(_("There is no word in it: give letters or digits."))
        if len(terms.phrases) > MOST_TERMS:
            told = ngettext(
                "At most %d word or phrase at once.",
                "At most %d words or phrases at once.",
                MOST_TERMS,
            )
            raise Wrong(told % MOST_TERMS)
        return terms

    def day(self, _name: str, values: list[str]) -> UncertainDate:
        text = once(values, longest=MAX_LENGTH)
        try:
            date = parse(text)
        except BadDate as error:
            raise Wrong(_("This is no day: give one such as 2026-03-03.")) from error
        if date.latest is None:
            raise Wrong(_("This has no end: give a day such as 2026-03-03."))
        return parse(instant(date.latest).partition("T")[0])

    def moment(self, _name: str, values: list[str]) -> datetime:
        moment = read.moment_of(once(values, longest=MAX_LENGTH))
        if moment is None:
            raise Wrong(
                _(
                    "This is no day and no time with its zone:"
                    " give one such as 2026-03-03 or 2026-03-03T12:00:00Z."
                )
            )
        return moment

    def order(self, _name: str, values: list[str]) -> str:
        if once(values) not in ORDERS:
            raise Wrong(_("Choose one of: %s.") % ", ".join(ORDERS))
        return values[0]


def ordering(asked: Asked, path: str) -> dict:
    """In which order the events are, and the address of the other one."""
    rest, order = asked.without("order"), asked.query.order
    if order == NEWEST_FIRST:
        rest.append(("order", OLDEST_FIRST))
    return {
        "oldest_first": order == OLDEST_FIRST,
        "by_publication": order == "-published",
        "turned": with_parameters(path, rest),
    }


def few(values: list[str]) -> None:
    if len(values) > MOST_VALUES:
        raise Wrong(_("At most %d at once.") % MOST_VALUES)


def once(values: list[str], *, longest: int = LONGEST) -> str:
    """The one value, which is not too long."""
    if len(values) > 1:
        raise Wrong(_("Give this once."))
    if len(values[0]) > longest:
        raise Wrong(_("At most %d characters; shorten it.") % longest)
    return values[0]


def plain(text: str) -> str:
    """A text on one line, without what cannot be seen."""
    shown = (letter if letter.isprintable() else " " for letter in text)
    return re.sub(" +", " ", "".join(shown)).strip()


def end_shown(moment: datetime) -> str:
    """An instant in words; of the last of a day, the day."""
    moment = moment.astimezone(UTC)
    day = moment.date().isoformat()
    if moment.time().isoformat("minutes") == "23:59":
        return _("the end of %s (UTC)") % parse(day).display
    minute = moment.replace(tzinfo=None).isoformat(timespec="minutes")
    return parse(f"{minute}Z").display

"""The filters of a page: what may be chosen, with how many events that leaves.

All of it is plain links: one more parameter in the address, or one less.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from django.utils.translation import ngettext

from timeline.publishing import read

from .asking import LABELS, LISTED, Asked, Pair
from .listing import with_parameters
from .words import STANDINGS, STATEMENT_KINDS, words

is_plain = re.compile(r"[a-z0-9_-]+").fullmatch  # as slugs are
AT_FIRST = 6  # of a filter; the rest is folded
MOST_OFFERED = 60


class Choice(NamedTuple):
    """A value of a filter; `count` events are left where it is chosen."""

    name: str
    count: int
    address: str


class Filter(NamedTuple):
    """What may be chosen of one kind; `rest` is shown when it is asked for."""

    label: str
    first: list[Choice]
    rest: list[Choice]
    how_many_more: str


class Chosen(NamedTuple):
    """What is chosen, and the address of the page without it."""

    label: str
    name: str
    address: str


def filters_of(asked: Asked, found: read.Tally, path: str) -> list[Filter]:
    """The filters that would leave something and are not in use."""

    def named(key: str) -> Pair:
        return found.names[key]

    def told(table: Mapping) -> Callable[[str], Pair]:
        return lambda value: (value, words(table, value))

    offered = (
        ("actor", found.actors, named),
        ("statement_kind", found.kinds, told(STATEMENT_KINDS)),
        ("topic", found.topics, named),
        ("standing", found.standings, told(STANDINGS)),
    )
    in_use = {name for name, _ in asked.given}
    rows = (
        _filter(name, counts, called, asked, path)
        for name, counts, called in offered
        if counts and name not in in_use
    )
    return [row for row in rows if row.first]


def _filter(
    name: str,
    counts: Counter[str],
    called: Callable[[str], Pair],
    asked: Asked,
    path: str,
) -> Filter:
    """One filter, what most events have first."""
    rows = [(called(key), count) for key, count in counts.items()]
    rows.sort(key=lambda row: (-row[1], row[0][1]))
    address = with_one_more(asked, name, path)
    choices = [
        Choice(told, count, address(value))
        for (value, told), count in rows[:MOST_OFFERED]
    ]
    first, rest = choices[:AT_FIRST], choices[AT_FIRST:]
    more = ngettext("%(count)d more", "%(count)d more", len(rest))
    return Filter(str(LABELS[name]), first, rest, more % {"count": len(rest)})


def with_one_more(asked: Asked, name: str, path: str) -> Callable[[str], str]:
    """The address of the page for each value of one more parameter.

    The parameters are in the order in which they are read.
    """
    order = list(LABELS)
    pairs = sorted(asked.given, key=lambda one: order.index(one[0]))
    place = order.index(name)
    before = [one for one in pairs if order.index(one[0]) <= place]
    start = with_parameters(path, [*before, (name, "")])
    rest = urlencode(pairs[len(before) :])
    end = f"&{rest}" if rest else ""
    return lambda value: (
        f"{start}{value if is_plain(value) else quote_plus(value)}{end}"
    )


def chosen_of(asked: Asked, path: str) -> list[Chosen]:
    """What narrows the list, each with a way out of it."""
    ids = dict(asked.ids)
    names = read.names_of(set(ids.values()))
    return [
        Chosen(
            str(LABELS[pair[0]]),
            _name_of(pair, ids, names),
            with_parameters(path, _without(asked.given, pair)),
        )
        for pair in asked.chosen
    ]


def _name_of(pair: Pair, ids: Mapping[Pair, str], names: Mapping[str, str]) -> str:
    name, value = pair
    if name in LISTED:
        return words(LISTED[name][1], value)
    return names.get(ids[pair]) or value


def _without(given: Iterable[Pair], pair: Pair) -> list[Pair]:
    return [one for one in given if one != pair]

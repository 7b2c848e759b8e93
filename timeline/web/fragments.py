"""Entries and statements as HTML, made once and kept.

A page holds some fifty entries, of which few change. Each is rendered by itself, and
kept by all that it depends on: the entry as it is sent, the statements elsewhere that
its own link to, what its sources say of how they were made, and the language.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from hashlib import sha256

import orjson
from django.conf import settings
from django.utils.translation import ngettext
from markupsafe import Markup

from timeline.drawing import Where, macro, where
from timeline.publishing import read

from .entries import by_id, entry_shown
from .kept import Kept
from .parsed import Entry, made_with_ai

MOST_KEPT = 32 * 2**20  # bytes
FOLDED_FROM = 3  # statements of AI-generated sources alone, beside others
ON_STORY, ON_EVENT = "4", "3"  # the level of a statement's heading

LookUp = Callable[[Iterable[str], read.Head], Mapping[str, Mapping]]

_kept: Kept[Markup] = Kept(most=MOST_KEPT, size=len)


def entries_html(
    entries: Sequence[Entry], head: read.Head, *, look_up: LookUp
) -> list[Markup]:
    """Each entry as HTML.

    `look_up` finds the statements elsewhere that those of the entries link to.
    """
    wanted = {one for entry in entries for one in entry.elsewhere}
    linked = look_up(wanted, head) if wanted else {}
    made = {one for entry in entries for one in entry.made_with_ai}
    told = read.own_words(made) if made else {}
    here = where()
    return [
        _entry_html(
            *(entry, here),
            {one: linked[one] for one in entry.elsewhere if one in linked},
            {one: told[one] for one in entry.made_with_ai if one in told},
        )
        for entry in entries
    ]


def _entry_html(entry: Entry, here: Where, linked: Mapping, told: Mapping) -> Markup:
    about = b""
    if linked or told:
        rows = [linked, [[one, *row] for one, row in told.items()]]
        about = sha256(orjson.dumps(rows)).digest()
    key = *entry.key, about, *here
    html = _kept.get(key)
    if html is None:
        html = render_entry(entry_shown(entry, by_id([entry]) | linked), told)
        if not settings.DEBUG:
            _kept.put(key, html)
    return html


def render_entry(shown: dict, told: Mapping) -> Markup:
    """The HTML of an entry, as `entry_shown` has it."""
    add_own_words(shown["statements"], told)
    folded = [row for row in shown["statements"] if row["rests_on_ai_alone"]]
    if len(folded) < FOLDED_FROM or len(folded) == len(shown["statements"]):
        folded = []
    hidden = {row["id"] for row in folded}
    openly = [row for row in shown["statements"] if row["id"] not in hidden]
    shown |= {
        "openly": [statement_html(row) for row in openly],
        "folded": [statement_html(row, own=False) for row in folded],
        "folded_words": folded_words(len(folded)) if folded else "",
        "folded_sources": sources_of(folded),
    }
    return macro("entry")(shown)


def statement_html(
    shown: Mapping, *, level: str = ON_STORY, full: bool = False, own: bool = True
) -> Markup:
    """The HTML of a statement, as `statement_shown` has it.

    `full` has all that is known of it in the open, `own` what its sources say of how
    they were made.
    """
    return macro("statement")(shown, level, full, own)


def groups_html(groups: Iterable[tuple[str, list[Markup]]]) -> Markup:
    """The HTML of entries under their headings."""
    return macro("groups")(groups)


def asking_html(shown: Mapping) -> Markup:
    """The HTML of what a page can be asked for, as `story.asking_shown` has it."""
    known, stood = shown["known"], shown["stood"]
    beside = {"previous": known.previous, "following": known.following}
    told = {name: day and day._asdict() for name, day in beside.items()}
    of_times = {"known": known._asdict() | told, "stood": stood._asdict()}
    return macro("asking")(shown | of_times)


def told_in_full(shown: dict, entry: Mapping) -> dict:
    """An entry whose statements know their HTML for a page of its own: `in_full`."""
    add_own_words(shown["statements"], read.own_words(made_with_ai(entry)))
    for row in shown["statements"]:
        row["in_full"] = partial(statement_html, row, level=ON_EVENT, full=True)
    return shown


def add_own_words(statements: Iterable[dict], told: Mapping) -> None:
    """Have the sources of statements say themselves how they were made."""
    for statement in statements if told else ():
        for citation in statement["citations"]:
            for source in (citation["source"], citation["via"], citation["read_in"]):
                if source and source["id"] in told:
                    source["own_words"] = told[source["id"]]._asdict()


def sources_of(statements: Iterable[Mapping]) -> list[Mapping]:
    """The sources that these statements were found in, each once."""
    found = {
        citation["source"]["id"]: citation["source"]
        for statement in statements
        for citation in statement["citations"]
    }
    return list(found.values())


def folded_words(count: int) -> str:
    """What stands for statements that are folded away."""
    told = ngettext(
        "%(count)d more statement, found in AI-generated sources alone",
        "%(count)d more statements, found in AI-generated sources alone",
        count,
    )
    return told % {"count": count}

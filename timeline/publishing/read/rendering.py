"""From a document and its revision to the JSON that is sent."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter

import orjson

from .facts import noun_of

FORM = 3  # raise it when what is rendered changes: entries are then made anew
PATHS = {
    "event": "events",
    "statement": "statements",
    "actor": "actors",
    "source": "sources",
    "story": "stories",
    "topic": "topics",
}
# What is made of these is the same wherever they are.
SHARED = ("actor", "source", "story", "topic")
ADDRESS = ("url", "html_url")
NOT_IN_ENTRY = ("version", "entities", "act", "order")
# What these say is never an object or a list.
SINGLE = frozenset(
    "id slug url html_url title name label summary kind private role mode status"
    " importance place described_as described_number ground reason_unnamed text"
    " language attribution standing own_words after_update credit production"
    " production_words reporting original_url archived_url known_by_credit"
    " edtf display earliest latest precision uncertain approximate rule"
    " number sequence note published_at digest state exact prefix suffix"
    " locator".split()
)
ORDER = {
    name: place
    for place, name in enumerate(
        (
            "id slug url html_url title name label summary kind private role mode"
            " status importance place date stories topics actors related statements"
            " speaker described_as described_number ground reason_unnamed"
            " on_behalf_of relayed_by told_to said_in said text language quote"
            " attribution standing links linked_by first_reported origins citations"
            " source via origin read_in copies own_words after_update credit passage"
            " publisher byline published updated production production_words"
            " reporting original_url archived_url known_by_credit lineage names"
            " identifiers affiliations former_slugs event organisation since until"
            " edtf display earliest latest precision uncertain approximate words"
            " anchor rule number sequence note caused_by published_at digest revision"
        ).split()
    )
}


def dump(value) -> str:
    """Compact JSON text, as it is sent."""
    return orjson.dumps(value).decode()


def entry_body(
    document: Mapping, revision: Mapping, *, site: str, memo: dict | None = None
) -> str:
    """An entry as the feed sends it: a document with addresses and its revision.

    `memo` keeps what was made of the actors and sources that several documents name
    by one and the same object.
    """
    entry = {**document}
    for key in NOT_IN_ENTRY:
        entry.pop(key, None)
    entry["revision"] = {
        "kind": revision["kind"],
        "number": revision["number"],
        "sequence": revision["sequence"],
        "note": revision["note"],
        "caused_by": document["act"]["caused_by"],
        "published_at": revision["published_at"],
        "digest": revision["digest"],
    }
    return dump(_addressed(entry, site, "", {} if memo is None else memo))


def thing_body(entity: Mapping, *, site: str, memo: dict | None = None) -> str:
    """An actor, source, story or topic as the feed sends it, without its counts.

    `memo` as in `entry_body`.
    """
    return dump(_addressed(entity, site, "", {} if memo is None else memo))


def addressed(value, *, site: str, page: str):
    """`value` in the order of the interface, with the addresses of all it names."""
    return _addressed(value, site, page, {})


def _addressed(value, site: str, page: str, memo: dict):
    kind = type(value)
    if kind is list:
        return [_addressed(item, site, page, memo) for item in value]
    if kind is not dict:
        return value
    if held := memo.get(id(value)):
        return held[1]
    if "slug" not in value or "id" not in value:
        return _made(value, None, site, page, memo)
    noun = noun_of(value["id"])
    made = _made(value, noun, site, page, memo)
    if noun in SHARED:
        memo[id(value)] = value, made  # itself, so that no other takes its place
    return made


def _made(value: dict, noun: str | None, site: str, page: str, memo: dict) -> dict:
    order, several, at_once = _in_order(tuple(value), noun is not None)
    held = [key for key in several if value.get(key)]
    if at_once:
        made = dict(zip(order, at_once(value), strict=True))
    elif held:
        made = {**value}
    else:
        return value
    if noun:
        made.update(addresses(noun, value["slug"], site=site, page=page))
        if value.get("private"):
            made["html_url"] = None  # a private person has no page
        page = made["html_url"] if noun == "event" else page
    for key in held:
        known = memo.get(id(item := made[key]))
        made[key] = known[1] if known else _addressed(item, site, page, memo)
    return made


def addresses(noun: str, slug: str, *, site: str, page: str) -> dict[str, str]:
    """Where the feed and the pages have a thing; a statement is on its event's page."""
    path = f"{PATHS[noun]}/{slug}/"
    return {
        "url": f"{site}/api/v1/{path}",
        "html_url": f"{page}#{slug}" if noun == "statement" else f"{site}/{path}",
    }


@lru_cache(maxsize=1000)
def _in_order(
    keys: tuple[str, ...], has_address: bool
) -> tuple[list[str], list[str], Callable | None]:
    """The keys of an object, of which there are few kinds, as they are sent.

    Then those that may hold more than one value, and what takes the values in that
    order, with the web name where an address comes; None where they are in it.
    """
    order = sorted({*keys, *ADDRESS} if has_address else keys, key=_place)
    several = [key for key in order if key not in SINGLE]
    if order == list(keys):
        return order, several, None
    taken = ("slug" if key in ADDRESS and has_address else key for key in order)
    return order, several, itemgetter(*taken)


def _place(key: str) -> tuple[int, str]:
    return ORDER.get(key, len(ORDER)), key


def moved(text: str, *, made_for: str, site: str) -> str:
    """The same JSON for another site; only addresses that were rendered change.

    An escaped quotation mark keeps any text from looking like such an address, and
    the path of the feed tells it from the address of a passage.
    """
    if made_for == site:
        return text
    for start in ('"url":"{}/api/v1/', '"html_url":"{}/'):
        text = text.replace(start.format(made_for), start.format(site))
    return text

"""Objects of a file from its text, with a look at names that stand twice in one."""

import json
import re

import orjson

MOST_DIGITS = 18  # more than any number of the format has
NAME, SPACED_NAME = '":', re.compile(r'"[ \t\n\r]+:')


class Twice(dict):
    """An object in which a name stands twice."""

    name = ""


def _number(digits: str) -> int | float:
    """A whole number; one that no field can take is given in short."""
    return int(digits) if len(digits) <= MOST_DIGITS else float("inf")


def _object(pairs: list[tuple]) -> dict:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice, seen = Twice(found), set()
    for name, _value_of_it in pairs:
        if name in seen:
            twice.name = name
        seen.add(name)
    return twice


CAREFUL = json.JSONDecoder(object_pairs_hook=_object, parse_int=_number)
QUICK = json.JSONDecoder(parse_int=_number)


def decoded(text: str, at: int) -> tuple[object, int]:
    """The value that begins at a place, and where it ends.

    An object in which a name stands twice is a `Twice`. Looking for one takes as long
    as all the rest, so it is looked for where there are more names in the text than in
    what was read: they end in a quotation mark and a colon, as hardly anything else.
    """
    value, end = QUICK.raw_decode(text, at)
    if type(value) is dict and type(fields := value.get("fields")) is dict:
        nested = dict in map(type, fields.values())
        once = text.count(NAME, at, end) == len(value) + len(fields)
        if once and not nested and not SPACED_NAME.search(text, at, end):
            return value, end
    return CAREFUL.raw_decode(text, at)


def decoded_together(text: str) -> list[dict]:
    """Objects with a comma between each two; none where any is out of the ordinary.

    That is told apart by `decoded`, one by one: what is no JSON, what is no object with
    fields, and a name that stands twice.
    """
    try:
        found = orjson.loads(f"[{text}]")
        if {type(one["fields"]) for one in found} != {dict}:
            return []
        names = sum([len(one) + len(one["fields"]) for one in found])
    except (orjson.JSONDecodeError, TypeError, LookupError):
        return []
    once = text.count(NAME) == names and not SPACED_NAME.search(text)
    return found if once else []

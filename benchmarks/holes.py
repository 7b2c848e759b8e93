"""Texts with holes, and the things that they name, with holes for what they are.

A hole is a word that no text has (`zq7q`); its number is its place in a list of values.
"""

import re

from timeline.dates import as_json, parse

MOST_STATEMENTS, MOST_SOURCES, MOST_ACTORS = 3, 4, 5
OWN = "event12 event9 event title summary text0 text1 text2 number sequence kind note"
NAMED = "story12 story topic12 topic near12 near9 near published_at digest"
OF_SOURCE = "12 number title outlet12 outlet kind production"
DATES = ("date", *(f"reported{place}" for place in range(MOST_STATEMENTS + 1)))
DATES += tuple(f"source{place}" for place in range(MOST_SOURCES))
HOLES = {
    name: number
    for number, name in enumerate(
        [
            *OWN.split(),
            *NAMED.split(),
            *(f"actor{n}_{x}" for n in range(MOST_ACTORS) for x in ("12", "number")),
            *(f"source{n}_{x}" for n in range(MOST_SOURCES) for x in OF_SOURCE.split()),
            *(f"{name}_{way}" for name in DATES for way in ("canonical", "sent")),
        ]
    )
}
HOLE = re.compile(r"zq(\d+)q")


def hole(name: str) -> str:
    """What stands in the texts for one value."""
    return f"zq{HOLES[name]}q"


class Text:
    """A text with holes: `filled` takes the values of all holes, by number."""

    def __init__(self, text: str):
        self.pieces = HOLE.split(text)
        self.numbers = [int(number) for number in self.pieces[1::2]]

    def filled(self, values: list[str]) -> str:
        self.pieces[1::2] = [values[number] for number in self.numbers]
        return "".join(self.pieces)


def with_dates(text: str, way: str, write) -> str:
    """Texts with holes where the dates stood."""
    for place, name in enumerate(DATES):
        text = text.replace(write(stand_in(place)), hole(f"{name}_{way}"))
    return text


def stand_in(place: int) -> dict:
    return as_json(parse(f"{1101 + place}-02-03"))


def date_hole(name: str) -> dict:
    return stand_in(DATES.index(name))


def actor(place: int) -> dict:
    number = hole(f"actor{place}_number")
    return {
        "id": f"act_{hole(f'actor{place}_12')}",
        "slug": f"person-{number}",
        "name": f"Person Number {number}",
        "kind": "person",
    }


def source(place: int, *, undated: bool) -> dict:
    """A source as citations name it."""
    part = {name: hole(f"source{place}_{name}") for name in OF_SOURCE.split()}
    return {
        "id": f"src_{part['12']}",
        "slug": f"report-{part['number']}",
        "title": part["title"],
        "label": None,
        "publisher": {
            "id": f"act_{part['outlet12']}",
            "slug": f"outlet-{part['outlet']}",
            "name": f"Outlet Number {part['outlet']}",
            "kind": "outlet",
        },
        "kind": part["kind"],
        "published": None if undated else date_hole(f"source{place}"),
        "production": part["production"],
        "status": "current",
        "original_url": f"https://outlet-{part['outlet']}.example/{part['number']}",
    }


def whole_actor(row: dict) -> dict:
    empty = ("names", "identifiers", "affiliations", "former_slugs")
    return {**row, **{key: [] for key in empty}}


def whole_source(row: dict) -> dict:
    return {
        **row,
        "language": "en",
        "archived_url": None,
        "byline": [],
        "updated": None,
        "production_words": None,
        "reporting": "unknown",
        "known_by_credit": False,
        "lineage": [],
        "copies": [],
    }

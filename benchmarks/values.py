"""What the record at hand is asked for: frequent and rare values, words, places."""

import json
from itertools import combinations
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from django.db import connection

from timeline.api.pagination import Place, cursor_to, place_at
from timeline.models.record import Facet, FactCount, NamedThing, Revision
from timeline.publishing.read.words import asked, terms_of

from .asking import get
from .invented import VOCABULARY, WORDS

FEED = "/api/v1/timeline/"
RARE = 100  # entries, about, that a rare value is met by
NAMED = {
    "story": Facet.STORY,
    "topic": Facet.TOPIC,
    "actor": Facet.ACTOR,
    "source": Facet.SOURCE,
    "publisher": Facet.PUBLISHER,
    "speaker": Facet.SPEAKER,
}
WORDED = {
    "role": Facet.ROLE,
    "statement_kind": Facet.KIND,
    "standing": Facet.STANDING,
    "importance": Facet.IMPORTANCE,
    "min_origins": Facet.ORIGINS,
}
MATCHING = {
    "sqlite": "SELECT COUNT(*) FROM timeline_currentsearch_index"
    " WHERE timeline_currentsearch_index MATCH %s",
    "postgresql": "SELECT COUNT(*) FROM timeline_currentsearch"
    " WHERE words @@ %s::tsquery",
}


def path_of(*pairs: tuple[str, str], to: str = FEED) -> str:
    return f"{to}?{urlencode(pairs)}" if pairs else to


def extremes(facet: Facet) -> tuple[FactCount, FactCount]:
    """The fact of a kind that most entries have, and one that few have."""
    rows = FactCount.objects.filter(facet=facet)
    frequent = rows.order_by("-entries").first()
    few = rows.filter(entries__lte=RARE).order_by("-entries").first()
    return frequent, few or rows.order_by("entries").first()


def values() -> dict[str, dict[str, str]]:
    """A frequent and a rare value of each parameter by which facts are found."""
    found = {}
    for name, facet in (NAMED | WORDED).items():
        frequent, rare = (row.thing for row in extremes(facet))
        if name in NAMED:
            slugs = dict(
                NamedThing.objects.filter(pk__in=(frequent, rare)).values_list(
                    "thing", "slug"
                )
            )
            frequent, rare = slugs[frequent], slugs[rare]
        found[name] = {"frequent": frequent, "rare": rare}
    return found


def pairs_of_filters() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every two filters, with frequent and rare values of each."""
    known = {**values(), "from": {"frequent": "2024", "rare": "2026-06-30"}}
    known["until"] = {"frequent": "2024", "rare": "1700"}
    known["q"] = {"frequent": word(0.3), "rare": word(20 / entries())}
    found = []
    for first, second in combinations(known, 2):
        for one, value in known[first].items():
            for other, beside in known[second].items():
                said = f"{first} ({one}) and {second} ({other})"
                found.append((said, [(first, value), (second, beside)]))
    return [row for row in found if not ends_first(dict(row[1]))]


def ends_first(given: dict[str, str]) -> bool:
    return "from" in given and "until" in given and given["from"] > given["until"]


def entries() -> int:
    return FactCount.objects.get(facet=Facet.EVERY, thing="").entries


def matching(text: str) -> int:
    """How many current entries hold these words."""
    with connection.cursor() as cursor:
        question = asked(terms_of(text), vendor=connection.vendor)
        cursor.execute(MATCHING[connection.vendor], [question])
        return cursor.fetchone()[0]


def word(share: float) -> str:
    """A word that about this share of the entries hold."""
    low, high = 0, VOCABULARY - 1
    wanted = share * entries()
    while high - low > 1:
        middle = int((max(low, 1) * high) ** 0.5)
        if middle in (low, high):
            break
        if matching(WORDS[middle]) > wanted:
            low = middle
        else:
            high = middle
    near = range(high, min(high + 40, VOCABULARY))
    return WORDS[min(near, key=lambda rank: abs(matching(WORDS[rank]) - wanted))]


def phrase() -> str:
    """Two words of a title that stand side by side in few entries."""
    entry = json.loads(get(FEED)[2])["results"][7]
    return '"{} {}"'.format(*entry["title"].split()[2:4])


def cursor_at(row: int, path: str = FEED) -> str:
    """The address of the page behind so many rows, without walking there."""
    following = json.loads(get(path)[2])["next"]
    cursor = parse_qs(urlsplit(following).query)["cursor"][0]
    place = place_at(cursor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sort_key FROM timeline_currentbody"
            " ORDER BY sort_key DESC LIMIT 1 OFFSET %s",
            [row],
        )
        (key,) = cursor.fetchone()
    there = Place(place.sequence, [key, *place.key[1:]], False, place.list)
    return f"{path}{'&' if '?' in path else '?'}cursor={quote(cursor_to(there))}"


def changes_behind(sequence: int) -> str:
    """The address of the hundred changes behind a row."""
    digest = Revision.objects.values_list("digest", flat=True).get(pk=sequence)
    since = ("since", f"{sequence}-{digest[:16]}")
    return path_of(since, ("page_size", "100"), to="/api/v1/changes/")

"""The questions of the feed, answered the slow and plain way: document by document.

What the interface promises, over parsed documents and with nothing of the code that
answers readers, but for what had been reported by a day, which has tests of its own.
"""

import json
import re
import unicodedata
from dataclasses import dataclass

from timeline.dates import parse
from timeline.models.record import CurrentBody, PastEntry, Revision
from timeline.publishing.read.known import known_entries

SITE = "https://timeline.example"
SHOWING = ("publication", "update", "correction", "minor", "release")
VOICES = ("speaker", "on_behalf_of", "relayed_by", "told_to")
STATEMENT_LISTS = ("speakers", "statement_kinds", "standings", "sources", "publishers")


@dataclass(frozen=True)
class Shown:
    """One entry as readers saw it, with all that its document names."""

    entry: dict
    named: dict  # id: the names of an actor or source, a story or topic
    sequence: int
    ordinal: int  # of the event, by first publication


class Record:
    """All that the record holds, parsed once."""

    def __init__(self):
        self.rows = list(Revision.objects.order_by("sequence"))
        self.documents = {
            row.sequence: json.loads(row.document) for row in self.rows if row.document
        }
        bodies = [
            *CurrentBody.objects.values_list("sequence", "body"),
            *PastEntry.objects.values_list("sequence", "body"),
        ]
        self.bodies = dict(bodies)
        events = dict.fromkeys(row.event_id for row in self.rows)
        self.ordinals = {event: place for place, event in enumerate(events)}
        self._known = {}

    def shown(self, at):
        """What readers of today see of the record as it stood at a sequence."""
        stood, (held, lost) = {}, kept_back(self.rows)
        for row in self.rows[:at]:
            if row.kind in ("withdrawal", "merge", "hold"):
                stood.pop(row.event_id, None)
            elif row.kind == "suppression":
                if stood.get(row.event_id) in json.loads(row.suppresses):
                    del stood[row.event_id]
            elif row.kind in SHOWING and (row.document or row.salt is None):
                stood[row.event_id] = row.sequence
        return [
            self.entry(sequence)
            for event, sequence in stood.items()
            if event not in held and sequence not in lost
        ]

    def entry(self, sequence):
        row, document = self.rows[sequence - 1], self.documents[sequence]
        place = self.ordinals[row.event_id]
        return Shown(document, names_in(document), sequence, place)

    def known(self, at, day):
        """The same, as it had been reported by the end of a day."""
        if (at, day) not in self._known:
            self._known[at, day] = list(self._reduced(at, day))
        return self._known[at, day]

    def _reduced(self, at, day):
        whole = self.shown(at)
        rows = [(row.sequence, self.bodies[row.sequence]) for row in whole]
        texts = known_entries(
            rows, by=parse(day).latest, at=at, site=SITE, made_for=SITE
        )
        for row, text in zip(whole, texts, strict=True):
            if text:
                entry = json.loads(text)
                ids = ids_in(entry)
                named = {key: row.named[key] for key in row.named.keys() & ids}
                yield Shown(entry, named, row.sequence, row.ordinal)


def kept_back(rows):
    """The events that are on hold, and the sequences whose text was destroyed."""
    held, lost = set(), set()
    for row in rows:
        lost |= set(json.loads(row.suppresses))
        if row.kind == "hold":
            held.add(row.event_id)
        elif row.kind == "release":
            held.discard(row.event_id)
    return held, lost


def names_in(document):
    """By id, what each thing that a document names is called."""
    entities = document["entities"]
    named = {row["id"]: [row["name"], *row["names"]] for row in entities["actors"]}
    named |= {row["id"]: [row["title"], row["label"]] for row in entities["sources"]}
    named |= {row["id"]: [row["title"]] for row in entities["stories"]}
    return named | {row["id"]: [row["name"]] for row in entities["topics"]}


def ids_in(value):
    """Every id that is somewhere in an entry."""
    if isinstance(value, list):
        return {key for item in value for key in ids_in(item)}
    if isinstance(value, dict):
        return {value.get("id")} | {key for v in value.values() for key in ids_in(v)}
    return set()


def answer(record, question, at):
    """The ids that a question gets, in order: (event, sequence), or of statements.

    `question` has the fields of `Query`, but values as the parameters have them.
    """
    asked = dict(question)
    day = asked.pop("known_at", None)
    shown = record.known(at, day) if day else record.shown(at)
    rows = in_order(
        [row for row in shown if entry_meets(row, asked)], asked.get("order", "-date")
    )
    if not asked.get("of_statements"):
        return [(row.entry["id"], row.sequence) for row in rows]
    return [
        (said["id"], row.sequence)
        for row in rows
        for said in in_whole_order(row, record.documents[row.sequence])
        if statement_meets(said, row, asked)
    ]


def in_order(rows, order):
    if order == "-published":
        return sorted(rows, key=lambda row: -row.sequence)
    way = -1 if order == "-date" else 1

    def place(row):
        date = parse(row.entry["date"]["edtf"])
        second = date.latest if date.earliest is None else date.earliest
        return second is None, way * (second or 0), way * row.ordinal

    return sorted(rows, key=place)


def in_whole_order(row, document):
    """The statements of an entry, in the order that its whole document has."""
    place = {said["id"]: place for place, said in enumerate(document["statements"])}
    return sorted(row.entry["statements"], key=lambda said: place[said["id"]])


def entry_meets(row, asked):
    """Whether an entry is what is asked for; of statements, what concerns the event."""
    entry = row.entry
    loose = asked.get("match", "may") == "may"
    if not within(entry["date"], asked.get("since"), asked.get("until"), loose):
        return False
    for name, part in (("stories", "stories"), ("topics", "topics")):
        if name in asked and not {r["id"] for r in entry[part]} & set(asked[name]):
            return False
    if "importance" in asked and entry["importance"] not in asked["importance"]:
        return False
    if asked.get("of_statements"):
        return True
    if entry["origins"]["count"] < asked.get("min_origins", 0):
        return False
    if not (took_part(entry, asked) and has_words(texts_of(row), asked.get("terms"))):
        return False
    of_one = {name: asked[name] for name in STATEMENT_LISTS if name in asked}
    return not of_one or any(
        statement_meets(said, row, of_one) for said in entry["statements"]
    )


def took_part(entry, asked):
    actors, roles = asked.get("actors"), asked.get("roles")
    if not actors and not roles:
        return True
    parts = [row for row in entry["actors"] if not roles or row["role"] in roles]
    if not actors:
        return bool(parts)
    there = {row["id"] for row in parts}
    if not roles:
        there |= {key for said in entry["statements"] for key in heard(said)}
    return bool(there & set(actors))


def heard(statement):
    return {statement[part]["id"] for part in VOICES if statement[part]}


def statement_meets(said, row, asked):
    """Whether one statement is all that is asked of one."""
    there = {
        "speakers": {said["speaker"]["id"]} if said["speaker"] else set(),
        "statement_kinds": {said["kind"]},
        "standings": {said["standing"]},
        "sources": {source["id"] for source in found_in(said)},
        "publishers": {
            source["publisher"]["id"]
            for source in found_in(said)
            if source["publisher"]
        },
        "actors": heard(said),
        "events": {row.entry["id"]},
    }
    if any(not there[name] & set(asked[name]) for name in there if name in asked):
        return False
    if said["origins"]["count"] < asked.get("min_origins", 0):
        return False
    loose = asked.get("match", "may") == "may"
    limits = asked.get("said_since"), asked.get("said_until")
    if any(limits) and (not said["said"] or not within(said["said"], *limits, loose)):
        return False
    return has_words(texts_of_statement(said), asked.get("terms"))


def found_in(said):
    """The sources by which a statement is found."""
    for citation in said["citations"]:
        yield citation["source"]
        yield from citation["copies"]
        yield from (citation[part] for part in ("via", "read_in") if citation[part])


def within(date, since, until, loose):
    bounds = parse(date["edtf"])
    first, last = bounds.earliest, bounds.latest
    low = parse(since).earliest if since else None
    high = parse(until).latest if until else None
    if loose:
        after = low is None or last is None or last >= low
        return after and (high is None or first is None or first <= high)
    after = low is None or (first is not None and first >= low)
    return after and (high is None or (last is not None and last <= high))


def texts_of(row):
    entry = row.entry
    texts = [entry["title"], entry["summary"], entry["place"]]
    for said in entry["statements"]:
        texts += own_texts(said)
    return [*texts, *(name for names in row.named.values() for name in names)]


def own_texts(said):
    quote = said["quote"] or {"text": None, "translation": None}
    return [said["text"], quote["text"], quote["translation"], said["described_as"]]


def texts_of_statement(said):
    """Its own words, and the names of who spoke and of who reported it."""
    names = [said[part]["name"] for part in VOICES if said[part]]
    for citation in said["citations"]:
        for source in (citation["source"], citation["via"]):
            if source and source["publisher"]:
                names.append(source["publisher"]["name"])
    return [*own_texts(said), *names]


def has_words(texts, question):
    """Whether each word, or phrase in quotation marks, is in one of the texts."""
    if not question:
        return True
    phrases = re.findall(r'"([^"]+)"|(\S+)', question)
    words = [f" {' '.join(plain(text))} " for text in texts if text]
    return all(
        any(f" {' '.join(plain(quoted or word))} " in text for text in words)
        for quoted, word in phrases
    )


def plain(text):
    """The words of a text without case and accents; Chinese by the character."""
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("ł", "l")
    kept = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.findall(r"[一-鿿]|[^\W_一-鿿]+", kept)

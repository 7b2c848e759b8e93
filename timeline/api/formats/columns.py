"""The columns of the tables, a sentence each; they stay, and new ones go last."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from .sentences import DISPUTED_BY, FELLED_BY, has_fallen


class Column(NamedTuple):
    """A column: its name, a sentence for the documentation, and how it is found."""

    name: str
    sentence: str
    value: Callable[[dict], object]


def at(*keys: str) -> Callable[[dict], object]:
    """What is found along these keys; None where one of them leads nowhere."""

    def found(row: dict) -> object:
        for key in keys:
            if row is None:
                return None
            row = row[key]
        return row

    return found


def each(list_name: str, key: str = "slug", joint: str = " ") -> Callable[[dict], str]:
    """One field of all in a list, in one cell."""
    return lambda row: joint.join(str(item[key]) for item in row[list_name])


def total(entry: dict) -> int:
    return len(entry["statements"])


def standing(entry: dict) -> int:
    return sum(not has_fallen(row) for row in entry["statements"])


def sources(entry: dict) -> str:
    """The slugs of the cited sources, each once, in the order of citation."""
    found = {
        citation["source"]["slug"]: None
        for statement in entry["statements"]
        for citation in statement["citations"]
    }
    return " ".join(found)


def publishers(row: dict) -> str:
    return " ".join(publisher["slug"] for publisher in row["origins"]["publishers"])


def linked_by(kinds: Iterable[str]) -> Callable[[dict], str]:
    """The ids of the statements that have links of these kinds to one."""
    return lambda row: " ".join(
        link["statement"] for link in row["linked_by"] if link["kind"] in kinds
    )


def citations(statement: dict) -> Iterator[dict]:
    """A row a citation: the statement, with `citation` and its `place` from 1."""
    for place, citation in enumerate(statement["citations"], start=1):
        yield {**statement, "citation": citation, "place": place}


def named(source: dict) -> str:
    return source["title"] or source["label"] or ""


EVENT_COLUMNS = (
    Column("id", "The permanent id of the event.", at("id")),
    Column("slug", "Its name in addresses.", at("slug")),
    Column("url", "Its address in this feed.", at("url")),
    Column("html_url", "Its page.", at("html_url")),
    Column("title", "Its title.", at("title")),
    Column("summary", "Its summary.", at("summary")),
    Column("status", "planned, happened, cancelled or postponed.", at("status")),
    Column("importance", "major, normal or minor.", at("importance")),
    Column("place", "Where it was, in words.", at("place")),
    Column("date", "When it was, as EDTF (ISO 8601-2).", at("date", "edtf")),
    Column("date_display", "The date in English words.", at("date", "display")),
    Column(
        "earliest",
        "The earliest instant the date may mean, in UTC; empty if it has none.",
        at("date", "earliest"),
    ),
    Column(
        "latest",
        "The latest instant the date may mean, in UTC; empty if it has none.",
        at("date", "latest"),
    ),
    Column("precision", "The unit the date is known to.", at("date", "precision")),
    Column("uncertain", "true if the date may be wrong.", at("date", "uncertain")),
    Column("approximate", "true if it is about then.", at("date", "approximate")),
    Column("date_words", "The report's own words for the date.", at("date", "words")),
    Column("stories", "Slugs of its stories, with spaces between.", each("stories")),
    Column("topics", "Slugs of its topics, with spaces between.", each("topics")),
    Column("actors", "Slugs of who took part, with spaces between.", each("actors")),
    Column(
        "actor_names",
        "Their names in the same order, with semicolons between.",
        each("actors", "name", "; "),
    ),
    Column(
        "roles", "Their roles in the same order, with spaces.", each("actors", "role")
    ),
    Column("statements", "How many statements it has.", total),
    Column("standing", "How many are neither corrected nor retracted.", standing),
    Column("sources", "Slugs of the sources cited, with spaces between.", sources),
    Column(
        "first_reported",
        "When the first report of it was published, as EDTF.",
        at("first_reported", "edtf"),
    ),
    Column(
        "origins",
        "How many publishers reported it on their own; not whether it is true.",
        at("origins", "count"),
    ),
    Column("origin_publishers", "Their slugs, with spaces between.", publishers),
    Column(
        "origins_unknown",
        "true if of some report the origin is not known.",
        at("origins", "unknown"),
    ),
    Column("revision", "The number of its newest revision.", at("revision", "number")),
    Column(
        "revision_kind",
        "What that was: publication, update, correction or minor.",
        at("revision", "kind"),
    ),
    Column("revision_note", "What it says of itself.", at("revision", "note")),
    Column(
        "published_at", "When it was published, in UTC.", at("revision", "published_at")
    ),
    Column("sequence", "Its place in the record.", at("revision", "sequence")),
)

STATEMENT_COLUMNS = (
    Column("id", "The permanent id of the statement.", at("id")),
    Column("slug", "Its name in addresses.", at("slug")),
    Column("url", "Its address in this feed.", at("url")),
    Column("html_url", "Where it is on the page of its event.", at("html_url")),
    Column("event_id", "The permanent id of its event.", at("event", "id")),
    Column("event", "The slug of its event.", at("event", "slug")),
    Column("event_title", "The title of its event.", at("event", "title")),
    Column("event_date", "When that was, as EDTF.", at("event", "date", "edtf")),
    Column("kind", "announcement, claim, report, denial and so on.", at("kind")),
    Column("mode", "direct_quote, partial_quote, paraphrase and so on.", at("mode")),
    Column(
        "standing",
        "stands, clarified, disputed, corrected or retracted.",
        at("standing"),
    ),
    Column(
        "replaced_by",
        "Ids of the statements that correct or retract it, with spaces between.",
        linked_by(FELLED_BY),
    ),
    Column(
        "disputed_by",
        "Ids of the statements that deny or contradict it, with spaces between.",
        linked_by(DISPUTED_BY),
    ),
    Column(
        "speaker", "The slug of who speaks; empty if unnamed.", at("speaker", "slug")
    ),
    Column("speaker_name", "Their name.", at("speaker", "name")),
    Column(
        "described_as", "The report's words for who is unnamed.", at("described_as")
    ),
    Column(
        "described_number",
        "How many: one, two, several, unsaid.",
        at("described_number"),
    ),
    Column(
        "on_behalf_of", "The slug of who is spoken for.", at("on_behalf_of", "slug")
    ),
    Column("relayed_by", "The slug of who relays it.", at("relayed_by", "slug")),
    Column("told_to", "The slug of who was told.", at("told_to", "slug")),
    Column("said", "When it was said, as EDTF.", at("said", "edtf")),
    Column("text", "What is asserted, in the desk's words.", at("text")),
    Column("language", "The language of that.", at("language")),
    Column("quote", "The words quoted.", at("quote", "text")),
    Column("quote_language", "The language of those.", at("quote", "language")),
    Column("quote_translation", "Our translation of them.", at("quote", "translation")),
    Column("attribution", "Who said it to whom, in a sentence.", at("attribution")),
    Column(
        "first_reported",
        "When the first report of it was published, as EDTF.",
        at("first_reported", "edtf"),
    ),
    Column(
        "origins",
        "How many publishers reported it on their own; not whether it is true.",
        at("origins", "count"),
    ),
    Column("origin_publishers", "Their slugs, with spaces between.", publishers),
    Column(
        "origins_unknown",
        "true if of some report the origin is not known.",
        at("origins", "unknown"),
    ),
    Column("citation", "Which of the statement's citations, from 1.", at("place")),
    Column("source", "The slug of the source cited.", at("citation", "source", "slug")),
    Column(
        "source_title",
        "Its title or, where it has none, what the desk calls it.",
        lambda row: named(row["citation"]["source"]),
    ),
    Column("source_kind", "wire, article and so on.", at("citation", "source", "kind")),
    Column(
        "publisher",
        "The slug of its publisher.",
        at("citation", "source", "publisher", "slug"),
    ),
    Column(
        "publisher_name",
        "The publisher's name.",
        at("citation", "source", "publisher", "name"),
    ),
    Column(
        "published",
        "When it was published, as EDTF.",
        at("citation", "source", "published", "edtf"),
    ),
    Column(
        "production",
        "human, ai_assisted, ai_generated or unknown.",
        at("citation", "source", "production"),
    ),
    Column(
        "source_status",
        "current, corrected, retracted or unavailable.",
        at("citation", "source", "status"),
    ),
    Column("source_url", "Its own address.", at("citation", "source", "original_url")),
    Column("via", "The slug of what it credits.", at("citation", "via", "slug")),
    Column("origin", "The slug of the trail's end.", at("citation", "origin", "slug")),
    Column("read_in", "The slug of the copy read.", at("citation", "read_in", "slug")),
    Column(
        "own_words", "true if the source adds this itself.", at("citation", "own_words")
    ),
    Column(
        "credit",
        "Whether what it credits says so: unchecked, found, not_found.",
        at("citation", "credit"),
    ),
    Column(
        "passage_state",
        "Whether the passage was found: found, not_found, unchecked.",
        at("citation", "passage", "state"),
    ),
    Column(
        "passage", "The passage, word for word.", at("citation", "passage", "exact")
    ),
    Column(
        "locator", "Where it is in the source.", at("citation", "passage", "locator")
    ),
    Column("passage_url", "Its address.", at("citation", "passage", "url")),
)

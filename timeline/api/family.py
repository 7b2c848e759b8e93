"""The shapes that occur in the feed and in the record alike."""

from .schemas import (
    COUNT,
    FLAG,
    PLACE,
    PRECISION,
    SLUG,
    TEXT,
    TIME,
    URL,
    id_of,
    many,
    null,
    one_of,
    ref,
    thing,
)

# What a report says besides where another turned out to be the same.
MERGED = {"former_slugs": many(SLUG)}
# What is said of private persons, and of nobody else.
PRIVATE = {"private": {"const": True}}


class Family:
    """These shapes, by names with a prefix; without one, with this site's addresses."""

    def __init__(self, prefix: str):
        self.prefix = prefix

    def ref(self, name: str) -> dict:
        return ref(f"{self.prefix}{name}")

    def named(self, noun: str, **more: dict) -> dict:
        """What is said of a thing wherever it is named."""
        page = null(URL) if noun == "actor" else URL  # none of a private person
        where = {} if self.prefix else {"url": URL, "html_url": page}
        return {"id": id_of(noun), "slug": SLUG, **where, **more}

    def shapes(self) -> dict[str, dict]:
        found = {**self.dates(), **self.names(), **self.sources(), **self.statements()}
        return {f"{self.prefix}{name}": shape for name, shape in found.items()}

    def dates(self) -> dict[str, dict]:
        return {
            "Date": thing(
                {
                    "edtf": TEXT,
                    "display": TEXT,
                    "earliest": null(TIME),
                    "latest": null(TIME),
                    "precision": PRECISION,
                    "uncertain": FLAG,
                    "approximate": FLAG,
                    "words": null(TEXT),
                    "anchor": null(self.ref("NamedSource")),
                    "rule": null(TEXT),
                },
                description=(
                    "A date as uncertain as it is: ISO 8601-2 text, its bounds (null:"
                    " none), the words it came from, the report they are counted from"
                    " and the rule that resolved them."
                ),
            )
        }

    def names(self) -> dict[str, dict]:
        actor = self.named("actor", name=TEXT, kind=one_of("actor_kind"))
        story = self.named("story", title=TEXT)
        return {
            "NamedActor": thing(actor, optional=PRIVATE),
            "Participant": thing(
                {**actor, "role": one_of("participant_role")}, optional=PRIVATE
            ),
            "NamedSource": thing(self.source_name()),
            "NamedStory": thing(story),
            "NamedTopic": thing(self.named("topic", name=TEXT)),
            "RelatedEvent": thing(
                self.named("event", title=TEXT, kind=one_of("related_kind"))
            ),
            "CausedBy": thing(self.named("event", number=PLACE)),
        }

    def source_name(self) -> dict:
        return self.named("source", title=null(TEXT), label=null(TEXT))

    def brief_source(self) -> dict:
        return {
            **self.source_name(),
            "publisher": null(self.ref("NamedActor")),
            "kind": one_of("source_kind"),
            "published": null(self.ref("Date")),
            "production": one_of("production"),
            "status": one_of("source_status"),
            "original_url": null(URL),
        }

    def whole_source(self) -> dict:
        brief = self.ref("BriefSource")
        byline = {
            "name": TEXT,
            "role": one_of("byline_role"),
            "place": null(TEXT),
            "actor": null(self.ref("NamedActor")),
        }
        lineage = {"kind": one_of("source_link_kind"), "source": brief}
        return {
            **self.brief_source(),
            "language": null(TEXT),
            "archived_url": null(URL),
            "byline": many(thing(byline)),
            "updated": null(self.ref("Date")),
            "production_words": null(TEXT),
            "reporting": one_of("reporting"),
            "known_by_credit": FLAG,
            "lineage": many(thing(lineage)),
            "copies": many(brief),
        }

    def whole_actor(self) -> dict:
        affiliation = {
            "role": TEXT,
            "organisation": self.ref("NamedActor"),
            "since": null(self.ref("Date")),
            "until": null(self.ref("Date")),
            "source": self.ref("NamedSource"),
            "read_in": null(self.ref("NamedSource")),
        }
        return {
            **self.named("actor", name=TEXT, kind=one_of("actor_kind")),
            "names": many(TEXT),
            "identifiers": many(
                thing({"scheme": one_of("identifier_scheme"), "value": TEXT})
            ),
            "affiliations": many(thing(affiliation)),
            "former_slugs": many(SLUG),
        }

    def whole_story(self) -> dict:
        return self.named("story", title=TEXT, summary=TEXT)

    def sources(self) -> dict[str, dict]:
        brief = self.ref("BriefSource")
        passage = {
            "state": one_of("passage_state"),
            "exact": null(TEXT),
            "prefix": null(TEXT),
            "suffix": null(TEXT),
            "locator": null(TEXT),
            "url": null(URL),
        }
        citation = {
            "source": brief,
            "via": null(brief),
            "origin": brief,
            "read_in": null(brief),
            "copies": many(brief),
            "own_words": FLAG,
            "after_update": FLAG,
            "credit": one_of("credit"),
            "passage": thing(passage),
        }
        origins = {
            "count": COUNT,
            "publishers": many(self.ref("NamedActor")),
            "unknown": FLAG,
        }
        return {
            "BriefSource": thing(self.brief_source()),
            "Citation": thing(
                citation,
                description="Where a statement was found.",
            ),
            "Origins": thing(
                origins,
                description=(
                    "Who reported that something was said, by the ends of the trails:"
                    " articles that carry one wire story are one origin. It does not"
                    " say that it is true. `unknown`: of some origin nobody knows"
                    " whether it reported this itself."
                ),
            ),
        }

    def statements(self) -> dict[str, dict]:
        link = {
            "kind": one_of("statement_link_kind"),
            "statement": id_of("statement"),
            "event": id_of("event"),
        }
        return {
            "StatementLink": thing(link),
            "Statement": thing(
                self.statement(),
                description="Who said what, and to whom.",
            ),
        }

    def statement(self) -> dict:
        actor, date = null(self.ref("NamedActor")), null(self.ref("Date"))
        source = null(self.ref("BriefSource"))
        quote = {"text": TEXT, "language": TEXT, "translation": null(TEXT)}
        return {
            **self.named("statement"),
            "kind": one_of("statement_kind"),
            "mode": one_of("mode"),
            "speaker": actor,
            "described_as": null(TEXT),
            "described_number": null(one_of("described_number")),
            "ground": null(TEXT),
            "reason_unnamed": null(TEXT),
            "on_behalf_of": actor,
            "relayed_by": actor,
            "told_to": actor,
            "said_in": null(thing({"words": null(TEXT), "source": source})),
            "said": date,
            "text": TEXT,
            "language": TEXT,
            "quote": null(thing(quote)),
            "attribution": TEXT,
            "standing": one_of("standing"),
            "links": many(self.ref("StatementLink")),
            "linked_by": many(self.ref("StatementLink")),
            "first_reported": date,
            "origins": self.ref("Origins"),
            "citations": many(self.ref("Citation")),
        }

    def event(self) -> dict:
        return {
            **self.named("event", title=TEXT, summary=TEXT),
            "status": one_of("event_status"),
            "importance": one_of("importance"),
            "place": null(TEXT),
            "date": self.ref("Date"),
            "stories": many(self.ref("NamedStory")),
            "topics": many(self.ref("NamedTopic")),
            "actors": many(self.ref("Participant")),
            "related": many(self.ref("RelatedEvent")),
            "statements": many(self.ref("Statement")),
            "first_reported": null(self.ref("Date")),
            "origins": self.ref("Origins"),
        }

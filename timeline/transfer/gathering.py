"""What an export is made of: all that some stories name, in however many steps."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from timeline.models import (
    COPIES,
    Actor,
    Affiliation,
    Citation,
    Event,
    EventStory,
    EventTopic,
    Participation,
    Source,
    SourceByline,
    SourceLink,
    Statement,
    Story,
    Topic,
)

from .staging import ask

AT_ONCE = 500  # things
NAMED_BY_EVENTS = (
    (Event, "id", ("date_anchor_id",), Source),
    (Participation, "event_id", ("actor_id",), Actor),
    (EventStory, "event_id", ("story_id",), Story),
    (EventTopic, "event_id", ("topic_id",), Topic),
    (
        Statement,
        "event_id",
        ("speaker_id", "on_behalf_of_id", "relayed_by_id", "told_to_id"),
        Actor,
    ),
    (Statement, "event_id", ("said_in_source_id", "said_anchor_id"), Source),
)
NAMED_BY_THINGS = (
    (Source, Source, "id", ("publisher_id",), Actor),
    (Source, SourceByline, "source_id", ("actor_id",), Actor),
    (Source, SourceLink, "source_id", ("target_id",), Source),
    (Actor, Affiliation, "actor_id", ("organisation_id",), Actor),
    (Actor, Affiliation, "actor_id", ("source_id", "read_in_id"), Source),
)


class NoSuchStory(Exception):
    """A web name that no story of the desk has."""


class Gathered:
    """Everything that some stories are made of, by primary key; or the whole desk.

    `stubs` are other stories that their events belong to.
    """

    def __init__(self, slugs: Iterable[str] | None):
        self.slugs = None if slugs is None else sorted(set(slugs))
        self.keys: dict[type, set[int]] = {
            model: set() for model in (Topic, Story, Actor, Source, Event)
        }
        self.stubs: set[int] = set()

    def gather(self) -> None:
        """Find everything that the stories name, in however many steps."""
        if self.slugs is None:
            for model, keys in self.keys.items():
                keys |= first_of(ask(f"SELECT id FROM {table_of(model)}"))
            return
        stories = self._stories()
        for some in chunks(stories):
            asked = f"SELECT event_id FROM {table_of(EventStory)} WHERE story_id IN "
            self.keys[Event] |= first_of(ask(asked + listed(some)))
        for some in chunks(self.keys[Event]):
            for model, column, named, target in NAMED_BY_EVENTS:
                self.keys[target] |= named_by(model, column, named, some)
            asked = (
                "SELECT c.source_id, c.via_id, c.read_in_id"
                f" FROM {table_of(Citation)} c JOIN {table_of(Statement)} s"
                f" ON s.id = c.statement_id WHERE s.event_id IN {listed(some)}"
            )
            self.keys[Source] |= keys_in(ask(asked))
        self.stubs = self.keys[Story] - stories
        self.keys[Story] |= stories
        self._close()

    def _stories(self) -> set[int]:
        found = dict(ask(f"SELECT slug, id FROM {table_of(Story)}"))
        for slug in self.slugs:
            if slug not in found:
                told = _("There is no story “%(name)s” on this desk.")
                raise NoSuchStory(told % {"name": slug})
        return {found[slug] for slug in self.slugs}

    def _close(self) -> None:
        """Add what people and reports name, and the copies of reports."""
        fresh = {model: set(self.keys[model]) for model in (Actor, Source)}
        while any(fresh.values()):
            found = {Actor: set(), Source: set()}
            for noun, model, column, named, target in NAMED_BY_THINGS:
                for some in chunks(fresh[noun]):
                    found[target] |= named_by(model, column, named, some)
            kinds = ", ".join(f"'{kind}'" for kind in COPIES)
            for some in chunks(fresh[Source]):
                asked = (
                    f"SELECT source_id FROM {table_of(SourceLink)} WHERE target_id IN"
                )
                asked += f" {listed(some)} AND kind IN ({kinds})"
                found[Source] |= first_of(ask(asked))
            fresh = {noun: found[noun] - self.keys[noun] for noun in found}
            for noun, keys in fresh.items():
                self.keys[noun] |= keys


def table_of(model: type) -> str:
    return model._meta.db_table


def listed(keys: Iterable[int]) -> str:
    return f"({', '.join(map(str, sorted(keys)))})"


def chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    keys = sorted(keys)
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def first_of(rows: Iterable[tuple]) -> set[int]:
    return {row[0] for row in rows}


def keys_in(rows: Iterable[tuple]) -> set[int]:
    return {key for row in rows for key in row if key is not None}


def named_by(model: type, column: str, named: tuple, keys: list[int]) -> set[int]:
    columns = ", ".join(named)
    asked = f"SELECT {columns} FROM {table_of(model)} WHERE {column} IN {listed(keys)}"
    return keys_in(ask(asked))

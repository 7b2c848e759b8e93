"""What a list has in a file: the columns of each noun, one by one.

Notes, reasons, held texts and whatever else stays on the desk are no column: a file is
passed on.
"""

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.resources import Resource

from timeline.models import Act, Actor, Event, Source, Statement, Story, Topic
from timeline.models.record import Revision, RevisionKind

from .standing import moment, review_of, state_of
from .support import (
    STANDING_WORDS,
    citing_counts,
    origins_in_words,
    origins_of_events,
    standings_of,
)

AT_ONCE = 200  # rows whose relations are read together


def column(label, value) -> Field:
    """A column with this heading; `value` is an attribute, or a function of the row."""
    if callable(value):
        return Field(column_name=label, dehydrate_method=value)
    return Field(column_name=label, attribute=value)


def choice(label, name: str) -> Field:
    """A column of a closed list, in words."""
    return column(label, lambda row: str(getattr(row, f"get_{name}_display")()))


def names(rows) -> str:
    return "; ".join(str(row) for row in rows)


class Columns(Resource):
    """The columns of one noun, and what is read for many rows at once."""

    model = None
    one = ()  # relations to one row
    many = ()  # relations to many rows

    def iter_queryset(self, queryset):
        rows = queryset.prefetch_related(*self.many)
        rows = rows.select_related(*self.one) if self.one else rows
        for several in in_batches(rows.iterator(chunk_size=AT_ONCE)):
            self.look_up(several)
            yield from several

    def look_up(self, rows):
        """Read for these rows what no column of theirs holds."""

    def get_export_headers(self, selected_fields=None):
        headings = super().get_export_headers(selected_fields=selected_fields)
        return [str(heading) for heading in headings]


class EventColumns(Columns):
    model = Event
    one = ("owner",)
    many = ("story_links__story", "topic_links__topic", "participations__actor")

    id = column(_("permanent id"), "public_id")
    slug = column(_("web name"), "slug")
    title = column(_("title"), "title")
    summary = column(_("summary"), "summary")
    date = column(_("when"), lambda row: str(row.date or ""))
    date_display = column(
        _("when, in words"), lambda row: row.date.display if row.date else ""
    )
    date_words = column(_("when, in the report's words"), "date_words")
    place = column(_("place"), "place")
    status = choice(_("status"), "status")
    importance = choice(_("importance"), "importance")
    actors = column(_("who took part"), lambda row: names_of(row, "participations"))
    stories = column(_("stories"), lambda row: names_of(row, "story_links"))
    topics = column(_("topics"), lambda row: names_of(row, "topic_links"))
    statements = column(_("statements"), "said")
    origins = column(_("origins"), "origins")
    state = column(_("in the record"), lambda row: str(state_of(row)[1]))
    review = column(_("review"), lambda row: in_review(row))
    owner = column(_("owner"), lambda row: str(row.owner or ""))

    def look_up(self, rows):
        origins = origins_of_events(rows)
        words = origins_in_words(origins[row.pk] for row in rows)
        for row, told in zip(rows, words, strict=True):
            row.origins = told


class StatementColumns(Columns):
    model = Statement
    one = ("event", "speaker", "on_behalf_of", "relayed_by", "told_to")
    many = ("citations__source", "citations__via")

    id = column(_("permanent id"), "public_id")
    slug = column(_("web name"), "slug")
    event = column(_("event"), "event__title")
    event_slug = column(_("web name of the event"), "event__slug")
    position = column(_("order"), "position")
    kind = choice(_("kind"), "kind")
    mode = choice(_("how it is told"), "mode")
    speaker = column(_("speaker"), lambda row: str(row.speaker or row.described_as))
    on_behalf_of = column(_("on behalf of"), lambda row: str(row.on_behalf_of or ""))
    relayed_by = column(_("relayed by"), lambda row: str(row.relayed_by or ""))
    told_to = column(_("said to"), lambda row: str(row.told_to or ""))
    said = column(_("said when"), lambda row: str(row.said or ""))
    said_words = column(_("said when, in the report's words"), "said_words")
    text = column(_("what was said, in our words"), "text")
    language = column(_("language"), "language")
    quote = column(_("the words quoted"), "quote")
    quote_language = column(_("language of the quote"), "quote_language")
    quote_translation = column(_("our translation"), "quote_translation")
    found_in = column(_("found in"), lambda row: sources_of(row, "source"))
    citing = column(_("citing"), lambda row: sources_of(row, "via"))
    standing = column(_("standing"), lambda row: str(STANDING_WORDS[row.standing]))

    def look_up(self, rows):
        found = standings_of(rows)
        for row in rows:
            row.standing = found[row.pk]


class SourceColumns(Columns):
    model = Source
    one = ("publisher",)

    id = column(_("permanent id"), "public_id")
    slug = column(_("web name"), "slug")
    title = column(_("title"), "title")
    label = column(_("label"), "label")
    kind = choice(_("kind"), "kind")
    publisher = column(_("published by"), lambda row: str(row.publisher or ""))
    published = column(_("published"), lambda row: str(row.published or ""))
    published_words = column(_("date in its words"), "published_words")
    updated = column(_("last updated"), lambda row: str(row.updated or ""))
    original_url = column(_("web address"), "original_url")
    archived_url = column(_("archived copy"), "archived_url")
    language = column(_("language"), "language")
    reporting = choice(_("reporting"), "reporting")
    production = choice(_("made by"), "production")
    production_words = column(
        _("what the page says of how it was made"), "production_words"
    )
    status = choice(_("status"), "status")
    by_credit = column(
        _("known only by credit"),
        lambda row: str(_("yes") if row.known_by_credit else _("no")),
    )
    citing = column(_("cited"), "citing")

    def look_up(self, rows):
        counts = citing_counts(row.pk for row in rows)
        for row in rows:
            row.citing = counts[row.pk]


class ActorColumns(Columns):
    model = Actor
    many = ("other_names",)

    id = column(_("permanent id"), "public_id")
    slug = column(_("web name"), "slug")
    name = column(_("name"), "name")
    other_names = column(_("other names"), lambda row: names(row.other_names.all()))
    kind = choice(_("kind"), "kind")
    events = column(_("took part in"), "taken_part")
    statements = column(_("statements"), "spoken_in")


class StoryColumns(Columns):
    model = Story

    id = column(_("permanent id"), "public_id")
    slug = column(_("web name"), "slug")
    title = column(_("title"), "title")
    summary = column(_("summary"), "summary")
    events = column(_("events"), "count")


class TopicColumns(Columns):
    model = Topic

    id = column(_("permanent id"), "public_id")
    slug = column(_("web name"), "slug")
    name = column(_("name"), "name")
    events = column(_("events"), "count")


class RecordColumns(Columns):
    model = Revision

    sequence = column(_("place in the record"), "sequence")
    event = column(_("event"), "event_id")
    slug = column(_("web name"), "slug")
    number = column(_("number"), "number")
    kind = column(_("kind"), lambda row: str(RevisionKind(row.kind).label))
    note = column(_("note"), "note")
    published = column(_("published at"), lambda row: moment(row.published_at))
    who = column(_("who"), "acted")

    def look_up(self, rows):
        acts = Act.objects.filter(sequence__in=[row.pk for row in rows])
        found = dict(acts.values_list("sequence", "by_name"))
        for row in rows:
            row.acted = found.get(row.pk, "")


COLUMNS = {
    columns.model: columns
    for columns in (
        EventColumns,
        StatementColumns,
        SourceColumns,
        ActorColumns,
        StoryColumns,
        TopicColumns,
        RecordColumns,
    )
}


def in_batches(rows):
    """The rows, some at a time, as lists."""
    several = []
    for row in rows:
        several.append(row)
        if len(several) == AT_ONCE:
            yield several
            several = []
    if several:
        yield several


def names_of(event: Event, links: str) -> str:
    """What the links of an event lead to, each once."""
    field = {"participations": "actor", "story_links": "story"}.get(links, "topic")
    found = [getattr(link, field) for link in getattr(event, links).all()]
    return names(dict.fromkeys(found))


def in_review(event: Event) -> str:
    return str(event.get_review_state_display()) if review_of(event) else ""


def sources_of(statement: Statement, field: str) -> str:
    """The reports that a statement was found in, or that these credit, each once."""
    found = [getattr(row, field) for row in statement.citations.all()]
    return names(dict.fromkeys(filter(None, found)))

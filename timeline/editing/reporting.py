"""Reporting: what an editor read becomes a report, an event and who said what, at once.

Each verb is one save. What is not asked for is derived, and can be changed later on
the pages of the things themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.dates import BadDate, Typed, UncertainDate, parse, read_typed
from timeline.models import (
    Actor,
    ActorKind,
    Event,
    Mode,
    Source,
    SourceKind,
    SourceSnapshot,
    Statement,
    StatementKind,
    Story,
)

from .checking import BadInput, checked, naming_the_row
from .citing import Unplaced, cite, held_texts
from .filing import put
from .naming import free_name, statement_name
from .people import called, likely_kind, new_actor
from .quoting import spoken
from .recording import recording
from .refusing import Refused, require
from .saving import saving

ADDING = tuple(f"timeline.add_{noun}" for noun in ("source", "event", "statement"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as it is entered: where it is, what it says, who published it when."""

    address: str = ""
    text: str = ""
    publisher: str = ""
    published: UncertainDate | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What a report says: what happened, when, and what who said of it.

    Without `words`, the report itself says it. `at` is where the words were selected
    in the text, where that is known.
    """

    title: str
    when: str = ""
    who: str = ""
    words: str = ""
    at: int | None = None


def from_report(
    report: Report | Source, happening: Happening, *, by, story: Story | None = None
) -> Event:
    """Add an event with what a report says of it, and the report where it is new.

    It is put into the `story`, if there is one. Raises `PermissionDenied`, `BadInput`
    with the name of a field, or `Refused`.
    """
    [event] = several_from_report(report, [happening], by=by, story=story)
    return event


def several_from_report(
    report: Report | Source,
    happenings: Iterable[Happening],
    *,
    by,
    story: Story | None = None,
) -> list[Event]:
    """Add many events that one report tells of: all of them, or none.

    Raises as `from_report` does; `BadInput` says of which row.
    """
    require(by, *ADDING)
    with transaction.atomic(), recording(by=by):
        source = report if isinstance(report, Source) else add_report(report, by=by)
        return [
            add_event(source, happening, by=by, row=row, story=story)
            for row, happening in enumerate(happenings)
        ]


def report_in(event: Event, source: Source, *, by, version: int, words: str = ""):
    """Let a report say that an event happened: a statement in its own voice.

    Raises `PermissionDenied`, `Stale`, `BadInput` or `Refused`.
    """
    require(by, "timeline.change_event", "timeline.add_statement")
    with saving(event, version=version, by=by):
        return add_voice(event, source, words=words)


def hold_text(source: Source, text: str, *, by) -> None:
    """Keep the text of a report as it was pasted, unless it is held already.

    Raises `PermissionDenied`, `Stale` or `BadInput`.
    """
    if not unix_lines(text).strip() or unix_lines(text) in held_texts(source):
        return
    require(by, "timeline.change_source")
    with saving(source, version=source.version, by=by):
        hold(source, text)


# What the verbs are made of


def add_report(report: Report, *, by) -> Source:
    """The report itself, with its text and its publisher."""
    publisher = somebody("publisher", report.publisher, by, kind=ActorKind.OUTLET)
    if publisher is None:
        raise BadInput("publisher", _("Say who published it."))
    label = "" if report.title else label_of(report, publisher)
    row = Source(
        kind=SourceKind.ARTICLE,
        publisher=publisher,
        title=report.title,
        label=label,
        slug=free_name(Source, report.title or label),
        original_url=report.address,
        published=report.published,
    )
    checked(row, original_url="address", title="text", published="published")
    with saving(row, version=None, by=by):
        row.save()
        hold(row, report.text)
    return row


def hold(source: Source, text: str) -> None:
    """Keep a text of a report, within its save."""
    if text.strip():
        number = source.snapshots.count() + 1
        row = SourceSnapshot(source=source, taken_at=timezone.now(), position=number)
        row.text = unix_lines(text)
        checked(row, text="text").save()


def label_of(report: Report, publisher: Actor) -> str:
    """What to call a report whose text is not at hand."""
    if report.published is None:
        return _("Report by %(publisher)s") % {"publisher": publisher}
    return _("Report by %(publisher)s, %(date)s") % {
        "publisher": publisher,
        "date": report.published.display,
    }


def add_event(
    source: Source,
    happening: Happening,
    *,
    by,
    row: int = 0,
    story: Story | None = None,
) -> Event:
    """One event, with its statement and where that was found, in its story."""
    with naming_the_row(row):
        when = when_of(happening.when, source)
        event = Event(
            title=happening.title,
            slug=free_name(Event, happening.title),
            date=when.date if when else None,
            date_words=when.text if when and when.counted else "",
            date_anchor=source if when and when.counted else None,
            date_rule=when.rule if when and when.counted else "",
        )
        checked(event, title="title", date_words="when")
        with saving(event, version=None, by=by):
            event.save()
            if story:
                put(event, story)
            add_said(event, source, happening, by=by)
        return event


def when_of(words: str, source: Source) -> Typed | None:
    """When it happened: as typed, or else by the day of the report that tells it."""
    if words.strip():
        try:
            return read_typed(words, source.published)
        except BadDate as error:
            raise BadInput("when", str(error)) from error
    published = source.published
    if published is None or published.precision != "day":
        return None
    day = published.edtf
    try:
        return Typed(day, parse(f"[..{day}]"))
    except BadDate:  # a time, or a day that is doubtful: nothing follows from it
        return None


def add_said(event: Event, source: Source, happening: Happening, *, by) -> Statement:
    """What somebody said of it, or else what the report itself says."""
    if not happening.words.strip():
        if happening.who.strip():
            raise BadInput(
                "words",
                _(
                    "Give the words that they said, or leave the speaker out: then "
                    "the report itself says it."
                ),
            )
        return add_voice(event, source)
    if not happening.who.strip():
        raise BadInput("who", _("Say who said it, or leave the words out."))
    words = unix_lines(happening.words).strip()
    told = spoken(words, "\n".join(held_texts(source)))
    person = called_or_refused(happening.who)
    if person.name:
        kind = likely_kind(person.name)
        actor = somebody("who", person.name, by, kind=kind)
    else:
        actor = person.actor
    row = Statement(
        event=event,
        kind=StatementKind.CLAIM,
        mode=told.mode,
        speaker=actor,
        described_as=person.described_as,
        text=event.title,
        quote=told.quote,
    )
    return add_statement(row, source, words=words, at=happening.at)


def add_voice(event: Event, source: Source, *, words: str = "") -> Statement:
    """A statement of the report in its own voice, that this happened."""
    if source.publisher is None:
        raise BadInput(
            "report", _("Say who published “%(report)s” first.") % {"report": source}
        )
    row = Statement(
        event=event,
        kind=StatementKind.REPORT,
        mode=Mode.NARRATION,
        speaker=source.publisher,
        text=event.title,
    )
    return add_statement(row, source, words=unix_lines(words).strip())


def add_statement(
    row: Statement, source: Source, *, words: str, at: int | None = None
) -> Statement:
    """A statement after the others of its event, and where it was found."""
    last = row.event.statements.order_by("-position").first()
    row.position = last.position + 1 if last else 1
    row.slug = statement_name(row.event, row.text)
    checked(row, quote="words", described_as="who").save()
    try:
        cite(row, source, words=words, at=at)
    except Unplaced as refused:
        raise BadInput("words", *refused.sentences) from refused
    return row


def somebody(field: str, words: str, by, *, kind: str) -> Actor | None:
    """Whoever is called so; added where nobody is."""
    if not words.strip():
        return None
    person = called_or_refused(words, field)
    if person.actor:
        return person.actor
    row = new_actor(person.name or person.described_as, kind=kind, by=by)
    checked(row, name=field)
    with saving(row, version=None, by=by):
        row.save()
    return row


def called_or_refused(words: str, field: str = "who"):
    try:
        return called(words)
    except Refused as refused:
        raise BadInput(field, *refused.sentences) from refused


def unix_lines(text: str) -> str:
    """Text with the line ends that it is held with, whatever a browser sends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")

"""One of the six of `benchmarks.writers`, in a process of its own.

    python -m benchmarks.writer fill EVENTS
    python -m benchmarks.writer publish WRITER WRITERS PAUSE
    python -m benchmarks.writer append|row|insert|create WRITER WRITERS PAUSE DATABASE

Works on DATABASE_URL. Those that write say when they are ready, and wait for a line.
`append` appends the documents that DATABASE holds to the record, one an act, as a
publication does: in order, numbered and chained, under its lock. `row` inserts the very
rows, with neither. `insert` writes all that DATABASE holds of each event by SQL,
`create` by `bulk_create`.
"""

import json
import random
import sys
import time

import psycopg
from django.db import connection, transaction

import benchmarks.ready  # noqa: F401
from timeline.models import Act, Actor, Citation, Event, Source, Statement, Story
from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentSaid,
    CurrentSearch,
    CurrentStatement,
    KnownEvent,
    Revision,
    ThingName,
)
from timeline.publishing.write import publish
from timeline.publishing.write.acting import take
from timeline.publishing.write.before import before
from timeline.publishing.write.log import Draft, append, hold_record_lock

# What is written of one event alone, and the column that says of which.
OWN = {
    Revision: "sequence",
    Act: "sequence",
    KnownEvent: "sequence",
    CurrentEntry: "sequence",
    CurrentBody: "sequence",
    CurrentFact: "sequence",
    CurrentSaid: "sequence",
    CurrentStatement: "event_id",
    CurrentSearch: "sort_key",
    ThingName: "thing",
}


def fill(count):
    """A desk with so many events of two statements, by few people and sources."""
    people = [
        Actor.objects.create(slug=f"person-{n}", name=f"Person {n}", kind="person")
        for n in range(20)
    ]
    papers = [
        Actor.objects.create(slug=f"paper-{n}", name=f"Paper {n}", kind="outlet")
        for n in range(5)
    ]
    sources = [
        Source.objects.create(
            slug=f"report-{n}",
            title=f"Report {n}",
            kind="article",
            publisher=papers[n % 5],
            published="2026-03-03",
            reporting="own",
        )
        for n in range(40)
    ]
    stories = [
        Story.objects.create(slug=f"story-{n}", title=f"Story {n}") for n in range(6)
    ]
    for number in range(count):
        add_event(number, people, sources, stories)


def add_event(number, people, sources, stories):
    event = Event.objects.create(
        slug=f"event-{number}", title=f"Event {number}", date="2026-03-03"
    )
    event.story_links.create(story=stories[number % len(stories)])
    event.participations.create(actor=people[number % len(people)])
    for place in range(2):
        statement = Statement.objects.create(
            event=event,
            slug=f"said-{number}-{place}",
            kind="claim",
            mode="paraphrase",
            speaker=people[(number + place) % len(people)],
            text=f"Point {place} of what there is to say of {number}.",
            position=place,
        )
        source = sources[(3 * number + place) % len(sources)]
        Citation.objects.create(statement=statement, source=source, passage="found")


def share(writer, writers):
    """The events of one writer."""
    events = Event.objects.order_by("pk")
    return [event for event in events if event.pk % writers == writer]


def when_told():
    """Wait until all are ready."""
    print("ready", flush=True)
    sys.stdin.readline()


def paused(work, pause):
    """Each piece of work, once all are told, with pauses of at most so many seconds."""
    when_told()
    for piece in work:
        yield piece
        if float(pause):
            time.sleep(random.random() * float(pause))


def publish_all(writer, writers, pause):
    """By the verb of the desk."""
    for event in paused(share(int(writer), int(writers)), pause):
        publish(event, by=None, version=event.version)


def written(events, database):
    """The rows of each event that a database holds: {model: rows}, one an event."""
    with psycopg.connect(database) as other:
        tables = {model: table(other, model, column) for model, column in OWN.items()}
    known = tables[KnownEvent]
    entries = {row[0]["event_id"]: row[0] for row in tables[CurrentEntry].values()}
    assert len(known) == len(entries)
    for event in events:
        entry = entries[event.public_id]
        own = {
            "event_id": [event.public_id],
            "sequence": [entry["sequence"]],
            "sort_key": [entry["sort_key"]],
            "thing": [
                event.public_id,
                *(
                    row["statement_id"]
                    for row in tables[CurrentStatement][event.public_id]
                ),
            ],
        }
        yield {
            model: [row for key in own[column] for row in tables[model].get(key, [])]
            for model, column in OWN.items()
        }


def table(other, model, column):
    """The rows of a table as dictionaries, by the value of a column."""
    rows = other.cursor(row_factory=psycopg.rows.dict_row)
    found = {}
    for row in rows.execute(f"SELECT * FROM {model._meta.db_table}"):
        if model is Act:
            del row["id"]
        found.setdefault(row[column], []).append(row)
    return found


def append_all(writer, writers, pause, database):
    """To the record alone, as a publication appends."""
    work = [
        (event, draft_of(rows[Revision][0]))
        for event, rows in prepared(writer, writers, database)
    ]
    for event, draft in paused(work, pause):
        with transaction.atomic():
            take(event.pk, event.version, live_state="live")
            hold_record_lock()
            append([draft], last=before([draft.event_id], []).last, by=None)


def draft_of(row):
    document = json.loads(row["document"])
    document.pop("act")
    return Draft(row["event_id"], row["slug"], row["kind"], document=document)


def row_all(writer, writers, pause, database):
    """The rows that appending wrote, as they are."""
    work = [
        (event, [(model, model(**rows[model][0])) for model in (Revision, Act)])
        for event, rows in prepared(writer, writers, database)
    ]
    for event, rows in paused(work, pause):
        with transaction.atomic():
            take(event.pk, event.version, live_state="live")
            for model, row in rows:
                model.objects.bulk_create([row])


def prepared(writer, writers, database):
    events = share(int(writer), int(writers))
    return zip(events, written(events, database), strict=True)


def insert_all(writer, writers, pause, database):
    """The same rows by SQL, one statement a table."""
    work = list(prepared(writer, writers, database))
    connection.ensure_connection()
    own = connection.connection
    for event, rows in paused(work, pause):
        with own.transaction(), psycopg.Cursor(own) as cursor:
            cursor.execute(
                "UPDATE timeline_event SET live_state = 'live', published_version = %s"
                " WHERE id = %s AND version = %s",
                [event.version, event.pk, event.version],
            )
            for model, some in rows.items():
                if some:
                    insert(cursor, model._meta.db_table, some)


def insert(cursor, name, rows):
    columns = list(rows[0])
    holes = f"({', '.join(['%s'] * len(columns))})"
    cursor.execute(
        f"INSERT INTO {name} ({', '.join(columns)})"
        f" VALUES {', '.join([holes] * len(rows))}",
        [row[column] for row in rows for column in columns],
    )


def create_all(writer, writers, pause, database):
    """The same rows as Django writes them."""
    work = [
        (event, {model: [model(**row) for row in some] for model, some in rows.items()})
        for event, rows in prepared(writer, writers, database)
    ]
    for event, rows in paused(work, pause):
        with transaction.atomic():
            same = Event.objects.filter(pk=event.pk, version=event.version)
            same.update(live_state="live", published_version=event.version)
            for model, some in rows.items():
                model.objects.bulk_create(some)


def main(what, *arguments):
    if what == "fill":
        fill(int(*arguments))
    else:
        {
            "publish": publish_all,
            "append": append_all,
            "row": row_all,
            "insert": insert_all,
            "create": create_all,
        }[what](*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A small desk to publish from: one call makes one thing, with fixed dates."""

from itertools import count
from types import SimpleNamespace

from django.contrib.auth.models import Permission, User
from django.utils import timezone

from timeline.editing import saving
from timeline.models import (
    Actor,
    Citation,
    Event,
    RelatedEvent,
    Source,
    SourceLink,
    SourceSnapshot,
    Statement,
    StatementLink,
    Story,
)
from timeline.models.record import (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentSaid,
    CurrentSearch,
    CurrentStatement,
    FactCount,
    KnownEvent,
    NamedThing,
    PastEntry,
    PastFact,
    PastSaid,
    PastSearch,
    Rendering,
    Revision,
    StoryFact,
    StoryPeriod,
    StoryThing,
    ThingFact,
    ThingName,
)
from timeline.publishing.read.documents import current_document
from timeline.publishing.write import (
    hold,
    merge,
    publish,
    release,
    suppress,
    withdraw,
)

DERIVED = (
    CurrentBody,
    CurrentEntry,
    CurrentFact,
    CurrentSaid,
    CurrentSearch,
    CurrentStatement,
    FactCount,
    KnownEvent,
    NamedThing,
    PastEntry,
    PastFact,
    PastSaid,
    PastSearch,
    Rendering,
    StoryFact,
    StoryPeriod,
    StoryThing,
    ThingFact,
    ThingName,
)
numbers = count(1)


def an_actor(name="The Agency", **fields):
    fields.setdefault("slug", f"actor-{next(numbers)}")
    return Actor.objects.create(**{"kind": "organisation", "name": name} | fields)


def a_source(title="A report", **fields):
    if "publisher" not in fields:
        fields["publisher"] = an_actor("The Paper", kind="outlet")
    fields.setdefault("slug", f"source-{next(numbers)}")
    standard = {"kind": "article", "reporting": "own", "published": "2026-03-03"}
    return Source.objects.create(**standard | {"title": title} | fields)


def taken(source, target, kind="republishes"):
    return SourceLink.objects.create(source=source, target=target, kind=kind)


def held(source, text):
    return SourceSnapshot.objects.create(
        source=source, taken_at=timezone.now(), text=text
    )


def a_story(title="A story", **fields):
    return Story.objects.create(
        **{"slug": f"story-{next(numbers)}", "title": title} | fields
    )


def an_event(title="Something happened", *, statements=1, source=None, **fields):
    """An event with so many statements, all of them found in one source."""
    fields.setdefault("slug", f"event-{next(numbers)}")
    event = Event.objects.create(**{"title": title, "date": "2026-03-03"} | fields)
    source = source or (a_source() if statements else None)
    for place in range(1, statements + 1):
        a_statement(event, f"{title}, point {place}.", source=source)
    return event


def a_statement(event, text="It was said.", *, source=None, **fields):
    if "described_as" not in fields and "speaker" not in fields:
        fields["speaker"] = an_actor()
    standard = {
        "slug": f"statement-{next(numbers)}",
        "kind": "claim",
        "mode": "paraphrase",
        "position": event.statements.count(),
    }
    row = Statement.objects.create(event=event, **standard | {"text": text} | fields)
    if source:
        a_citation(row, source)
    return row


def a_citation(statement, source, **fields):
    return Citation.objects.create(
        statement=statement, source=source, **{"passage": "found"} | fields
    )


def first(event):
    """The first statement of an event."""
    return event.statements.order_by("position", "pk").first()


def link(statement, kind, target):
    return StatementLink.objects.create(statement=statement, kind=kind, target=target)


def relate(event, target, kind="precedes"):
    return RelatedEvent.objects.create(event=event, kind=kind, target=target)


def edit(row, **changes):
    """One save of an event, or of a statement of it, as the desk makes it."""
    event = row if isinstance(row, Event) else row.event
    event.refresh_from_db()
    with saving(event, version=event.version):
        row.refresh_from_db()
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()


def put(event, *, by=None, note="Something changed.", **options):
    """Publish an event as it is on the desk now."""
    event.refresh_from_db()
    return publish(event, by=by, version=event.version, note=note, **options)


def take_away(event, *, by=None, note="It was wrong.", **options):
    event.refresh_from_db()
    return withdraw(event, by=by, version=event.version, note=note, **options)


def keep_back(event, *, by=None, **options):
    event.refresh_from_db()
    return hold(event, by=by, version=event.version, **options)


def bring_back(event, *, by=None, **options):
    event.refresh_from_db()
    return release(event, by=by, version=event.version, **options)


def give_way(event, into, *, by=None, **options):
    event.refresh_from_db()
    return merge(event, into=into, by=by, version=event.version, **options)


def destroy_text(event, *revisions, by=None, reason="A court ordered it.", **options):
    """Suppress these revisions of an event, or all that have a text."""
    numbers = revisions or [row.number for row in record_of(event) if row.document]
    return suppress(event, revisions=numbers, by=by, reason=reason, **options)


def somebody(*permissions, username="m.keller"):
    """An account with these permissions of the desk."""
    user = User.objects.create_user(username)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def an_editor(username="m.keller"):
    may = ("publish_event", "withdraw_event", "merge_event", "hold_event")
    return somebody(*may, username=username)


def live(event):
    """The document of a live event, its statements by id."""
    document = current_document(event.public_id)
    if document is None:
        return None
    said = {row["id"]: row for row in document["statements"]}
    return SimpleNamespace(document=document, said=said, **document)


def standing(statement):
    return live(statement.event).said[statement.public_id]["standing"]


def record_of(event):
    """What the record holds of an event, oldest first."""
    return list(Revision.objects.filter(event_id=event.public_id).order_by("sequence"))


def kinds_of(event):
    return [row.kind for row in record_of(event)]


def size():
    return Revision.objects.count()


def derived():
    """Every row of every derived table, without the keys that the database makes."""
    return {
        model.__name__: sorted((rest(row) for row in model.objects.values()), key=repr)
        for model in DERIVED
    }


def rest(row):
    return {key: value for key, value in row.items() if key not in ("id", "pk")}

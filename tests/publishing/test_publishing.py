"""Publishing one event: what is appended, what is refused, what stays on the desk."""

import hashlib
import json
import re
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from timeline.dates import parse
from timeline.editing import Refused, Stale
from timeline.models import Act, Event
from timeline.models.record import DeclaredLink, KnownEvent, Revision, ThingName
from timeline.publishing.read.documents import current_document, known_event
from timeline.publishing.write import (
    NotReady,
    publish,
    publish_many,
    verify_record,
    withdraw,
)
from timeline.publishing.write import log as log_module
from timeline.publishing.write.linking import together

from .desk import (
    DERIVED,
    a_citation,
    a_source,
    a_statement,
    a_story,
    an_actor,
    an_editor,
    an_event,
    edit,
    first,
    held,
    kinds_of,
    link,
    live,
    put,
    record_of,
    relate,
    size,
    somebody,
    take_away,
)

pytestmark = pytest.mark.django_db


def canonical_by_hand(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_the_first_publication_is_the_first_row_of_the_chain():
    event = an_event("The talks")

    revision = publish(event, by=None, version=1)

    assert revision == Revision.objects.get()
    assert (revision.sequence, revision.number, revision.kind) == (1, 1, "publication")
    assert (revision.event_id, revision.slug) == (event.public_id, event.slug)
    assert (revision.note, revision.caused_by, revision.successor) == ("", None, None)
    assert revision.previous == "0" * 64
    assert re.fullmatch(r"[0-9a-f]{32}", revision.salt)


def test_digests_are_those_that_anyone_can_compute_from_what_is_public():
    put(an_event("One"))
    put(an_event("Münster"))
    previous = "0" * 64

    for row in Revision.objects.order_by("sequence"):
        content = hashlib.sha256((row.salt + row.document).encode()).hexdigest()
        chained = {
            "previous": previous,
            "sequence": row.sequence,
            "id": row.event_id,
            "number": row.number,
            "kind": row.kind,
            "published_at": row.published_at,
            "successor": row.successor,
            "content": content,
        }
        digest = hashlib.sha256(canonical_by_hand(chained).encode()).hexdigest()

        assert row.content == content
        assert row.digest == digest
        assert row.document == canonical_by_hand(json.loads(row.document))
        previous = digest


def test_each_revision_has_a_salt_of_its_own():
    event = an_event()
    put(event)
    edit(event, title="Another title")
    put(event)

    salts = {row.salt for row in record_of(event)}

    assert len(salts) == 2


def test_publishing_marks_the_version_on_the_desk():
    event = an_event()
    edit(event, title="Better")

    put(event)

    event = Event.objects.get()
    assert (event.live_state, event.version, event.published_version) == ("live", 2, 2)
    assert not event.has_unpublished_changes
    assert list(Event.objects.live()) == [event]


def test_editing_a_published_event_changes_nothing_public():
    event = an_event("Before")
    put(event)
    rows = [list(model.objects.values()) for model in DERIVED]

    edit(event, title="After")

    assert [list(model.objects.values()) for model in DERIVED] == rows
    assert list(Event.objects.with_unpublished_changes()) == [event]


def test_publishing_what_has_not_changed_appends_nothing():
    event = an_event()
    put(event)
    edit(event, notes="For the desk alone.")

    again = put(event)

    assert again is None
    assert kinds_of(event) == ["publication"]
    assert list(Event.objects.with_unpublished_changes()) == []


@pytest.mark.parametrize("kind", ["update", "correction", "minor"])
def test_a_live_event_is_updated_corrected_or_changed_a_little(kind):
    event = an_event("Teh talks")
    put(event)
    edit(event, title="The talks")

    revision = put(event, kind=kind, note="The title was misspelt.")

    assert (revision.kind, revision.number) == (kind, 2)
    assert revision.note == "The title was misspelt."
    assert live(event).title == "The talks"
    assert live(event).act == {"note": "The title was misspelt.", "caused_by": None}


def test_a_change_without_a_kind_is_an_update():
    event = an_event()
    put(event)
    edit(event, summary="More.")

    revision = put(event, note="")

    assert revision.kind == "update"


@pytest.mark.parametrize("kind", ["publication", "withdrawal", "nonsense"])
def test_a_live_event_cannot_be_given_another_kind(kind):
    event = an_event()
    put(event)
    edit(event, title="Changed")

    with pytest.raises(Refused) as refusal:
        put(event, kind=kind)

    assert refusal.value.sentences == [
        "This event is live: say whether this is an update, a correction or minor."
    ]


def another_speaker(event):
    edit(first(event), speaker=an_actor("Somebody else"))


def another_on_whose_behalf(event):
    edit(first(event), on_behalf_of=an_actor("A company"))


def an_unnamed_speaker(event):
    edit(first(event), speaker=None, described_as="a person in the room")


def other_words_quoted(event):
    edit(first(event), quote="other words")


def no_words_quoted(event):
    edit(first(event), quote="")


def another_date(event):
    edit(event, date="2026-03-04")


def another_date_of_saying(event):
    edit(first(event), said="2026-03-02")


def another_standing(event):
    one, other = event.statements.order_by("pk")
    link(one, "corrects", other)


def another_standing_elsewhere(event):
    other = an_event()
    put(other)
    link(first(event), "corrects", first(other))


def a_statement_less(event):
    event.statements.last().delete()


SUBSTANCE = [
    (another_speaker, "a speaker"),
    (another_on_whose_behalf, "a speaker"),
    (an_unnamed_speaker, "a speaker"),
    (other_words_quoted, "quoted words"),
    (no_words_quoted, "quoted words"),
    (another_date, "a date"),
    (another_date_of_saying, "a date"),
    (another_standing, "what stands"),
    (another_standing_elsewhere, "what stands"),
    (a_statement_less, "a statement is taken out"),
]


@pytest.mark.parametrize(("change", "words"), SUBSTANCE)
def test_what_changes_the_substance_is_never_minor(change, words):
    event = an_event(statements=2)
    edit(first(event), quote="the words")
    put(event)
    change(event)

    with pytest.raises(Refused) as refusal:
        put(event, kind="minor")

    assert refusal.value.sentences == [
        f"This is not minor, for it changes {words}: call it an update or a correction."
    ]
    assert kinds_of(event) == ["publication"]


@pytest.mark.parametrize(("change", "words"), SUBSTANCE)
@pytest.mark.parametrize("note", ["", "  \n"])
def test_what_changes_the_substance_needs_a_note(change, words, note):
    event = an_event(statements=2)
    edit(first(event), quote="the words")
    put(event)
    change(event)

    with pytest.raises(Refused) as refusal:
        put(event, note=note)

    assert refusal.value.sentences == [
        f"Tell readers in the note what changed ({words})."
    ]

    put(event, note="This changed.")

    assert kinds_of(event) == ["publication", "update"]


def test_a_correction_needs_a_note():
    event = an_event("Teh talks")
    put(event)
    edit(event, title="The talks")

    with pytest.raises(Refused) as refusal:
        put(event, kind="correction", note="")

    assert refusal.value.sentences == [
        "Tell readers in the note what changed (what was wrong)."
    ]


def test_one_publishes_what_one_saw():
    event = an_event()
    seen = event.version
    edit(event, title="Changed meanwhile")

    with pytest.raises(Stale) as refusal:
        publish(event, by=None, version=seen)

    assert "“Changed meanwhile”" in refusal.value.sentences[0]
    assert size() == 0
    assert Event.objects.get().live_state == "never"


def test_an_event_deleted_meanwhile_is_stale():
    event = an_event()
    Event.objects.filter(pk=event.pk).update(version=9)
    Event.objects.filter(pk=event.pk).delete()

    with pytest.raises(Stale):
        publish(event, by=None, version=1)


def test_publishing_needs_the_permission_for_it():
    event = an_event()
    writer = somebody("change_event", username="writer")

    with pytest.raises(PermissionDenied):
        publish(event, by=writer, version=1)
    with pytest.raises(PermissionDenied):
        list(publish_many([event], by=writer))

    assert size() == 0


def test_withdrawing_needs_its_own_permission():
    event = an_event()
    publisher = somebody("publish_event", username="publisher")
    put(event, by=publisher)

    with pytest.raises(PermissionDenied):
        withdraw(event, by=publisher, version=1, note="Wrong.")

    assert kinds_of(event) == ["publication"]


def test_a_deactivated_account_publishes_nothing():
    event, editor = an_event(), an_editor()
    editor.is_active = False

    with pytest.raises(PermissionDenied):
        publish(event, by=editor, version=1)


def test_who_acted_and_why_stays_on_the_desk():
    event, other = an_event(), an_event()
    link(first(other), "corrects", first(event))
    editor = an_editor("canary-editor")
    edit(event, notes="CANARY note of the desk")
    statement = first(event)
    edit(statement, notes="CANARY note on a statement")
    source = statement.citations.get().source
    source.notes = "CANARY note on a source"
    source.save()
    held(source, "CANARY text of the source")

    put(event, by=editor, note="For readers.", reason="CANARY reason")
    put(other, by=editor, note="For readers.", reason="CANARY reason")
    take_away(other, by=editor, note="For readers.", reason="CANARY reason")

    rows = [
        repr(row)
        for model in (Revision, DeclaredLink, *DERIVED)
        for row in model.objects.values()
    ]
    assert [row for row in rows if "canary" in row.lower()] == []
    acts = Act.objects.order_by("sequence").values_list("sequence", "by_name", "reason")
    assert list(acts) == [
        (1, "canary-editor", "CANARY reason"),
        (2, "canary-editor", "CANARY reason"),
        (3, "canary-editor", ""),
        (4, "canary-editor", "CANARY reason"),
        (5, "canary-editor", ""),
    ]
    assert {act.by for act in Act.objects.all()} == {editor}


def test_what_the_command_line_publishes_is_kept_as_such():
    put(an_event())

    act = Act.objects.get()

    assert (act.by, act.by_name) == (None, "command line")


def test_a_note_is_stored_as_composed_text_and_without_space_around_it():
    event = an_event()
    put(event)
    edit(event, title="Changed")

    revision = put(event, note="  Ame\u0301lie's name. \n")

    assert revision.note == "Am\u00e9lie's name."
    assert live(event).act["note"] == revision.note


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800"])
def test_a_note_that_cannot_be_stored_is_refused_with_a_sentence(character):
    event = an_event()
    put(event)
    edit(event, title="Changed")

    for text in ({"note": f"A{character}b"}, {"reason": f"A{character}b"}):
        with pytest.raises(Refused) as refusal:
            put(event, **text)

        assert "cannot be stored" in refusal.value.sentences[0]


def test_an_event_that_is_not_ready_is_not_published():
    event = an_event(date=None, statements=0)

    with pytest.raises(NotReady) as refusal:
        put(event)

    assert refusal.value.sentences == [
        "Say when it happened; “..” will do where nobody knows.",
        "Add a statement and where it was found: nothing here has a source.",
    ]
    assert [problem.field for problem in refusal.value.problems] == [
        "date",
        "statements",
    ]
    assert size() == 0


def test_a_web_name_that_the_record_gave_to_one_event_is_not_given_to_another():
    event = an_event("One", slug="the-talks")
    put(event)
    edit(event, slug="the-earlier-talks")
    other = an_event("Other", slug="the-talks")

    with pytest.raises(Refused) as refusal:
        put(other)

    assert refusal.value.sentences == [
        "The record has given this web name to another: “the-talks”. Choose anew."
    ]
    assert live(event).slug == "the-talks"

    edit(other, slug="the-other-talks")
    put(other)

    names = ThingName.objects.filter(noun="event", thing=event.public_id)
    assert set(names.values_list("name", flat=True)) == {event.public_id, "the-talks"}


@pytest.mark.parametrize("noun", ["event", "statement", "actor", "source", "story"])
def test_a_web_name_is_fixed_once_it_is_published(noun):
    story, event, other = a_story(), an_event(), an_event(statements=0)
    statement = first(event)
    source = statement.citations.get().source
    a_statement(other, source=source, speaker=statement.speaker)
    event.story_links.create(story=story)
    other.story_links.create(story=story)
    put(event)
    things = {"event": event, "statement": statement, "source": source}
    thing = (things | {"actor": statement.speaker, "story": story})[noun]
    slug = thing.slug
    take_away(event)

    type(thing).objects.filter(pk=thing.pk).update(slug="another-name")

    with pytest.raises(Refused) as refusal:
        put(event if noun in ("event", "statement") else other)
    assert refusal.value.sentences == [
        f"A web name is fixed once it is published: change “another-name” back to "
        f"“{slug}”."
    ]
    assert not ThingName.objects.filter(name="another-name").exists()


def test_what_is_read_at_once_is_what_the_record_holds_composed():
    event = an_event()
    edit(first(event), language="e\u0301")

    put(event)

    assert live(event).statements[0]["language"] == "\u00e9"
    assert list(verify_record()) == []


def test_things_of_two_kinds_may_share_a_web_name():
    story = a_story(slug="nato")
    event = an_event(slug="nato")
    event.story_links.create(story=story)

    put(event)

    names = ThingName.objects.filter(name="nato").order_by("noun")
    assert list(names.values_list("noun", "thing")) == [
        ("event", event.public_id),
        ("story", story.public_id),
    ]


def test_a_trail_that_comes_back_is_refused_by_name():
    a, b = a_source("A"), a_source("B")
    event = an_event(statements=0)
    statement = a_statement(event, "It was said.")
    a_citation(statement, a, via=b)
    a_citation(statement, b, via=a)

    with pytest.raises(Refused) as refusal:
        put(event)

    assert "“It was said.” comes back" in refusal.value.sentences[0]
    assert size() == 0


def test_a_statement_without_a_source_stays_on_the_desk():
    event = an_event()
    a_statement(event, "CANARY without a source")

    put(event)

    assert "CANARY" not in json.dumps(live(event).document)
    assert len(live(event).statements) == 1


def test_a_withdrawn_event_keeps_its_revisions_and_leaves_the_entries():
    event = an_event()
    put(event)

    revision = take_away(event, note="It did not happen.")

    assert (revision.kind, revision.number) == ("withdrawal", 2)
    assert (revision.document, revision.note) == (None, "It did not happen.")
    assert live(event) is None
    assert record_of(event)[0].document
    assert known_event(event.public_id).state == "withdrawn"
    event.refresh_from_db()
    assert event.live_state == "withdrawn"


@pytest.mark.parametrize("note", ["", " \n "])
def test_readers_are_told_why_an_event_was_withdrawn(note):
    event = an_event()
    put(event)

    with pytest.raises(Refused):
        take_away(event, note=note)

    assert live(event)


def test_only_a_live_event_can_be_withdrawn():
    never, gone = an_event(), an_event()
    put(gone)
    take_away(gone)

    for event in (never, gone):
        with pytest.raises(Refused) as refusal:
            take_away(event)

        assert refusal.value.sentences == ["“Something happened” is not live."]
    assert Event.objects.get(pk=never.pk).live_state == "never"


def test_a_withdrawn_event_may_name_a_live_one_in_its_place():
    event, other, draft = an_event(), an_event("Other"), an_event("Draft")
    put(event)
    put(other)

    for wrong in (draft, event):
        with pytest.raises(Refused):
            take_away(event, successor=wrong)
    revision = take_away(event, successor=other)

    assert revision.successor == other.public_id
    assert KnownEvent.objects.get(pk=event.public_id).successor == other.public_id


def test_a_withdrawal_of_an_older_version_is_refused():
    event = an_event()
    put(event)
    edit(event, title="Changed")

    with pytest.raises(Stale):
        withdraw(event, by=None, version=1, note="Wrong.")


def test_a_withdrawn_event_is_published_anew():
    event = an_event()
    put(event)
    take_away(event)

    revision = put(event, kind="update", note="")

    assert (revision.kind, revision.number) == ("publication", 3)
    assert live(event).title == "Something happened"
    assert known_event(event.public_id).state == "live"


def test_an_event_keeps_its_place_among_those_of_one_second():
    events = [an_event(f"Part {place}") for place in range(3)]
    for event in events:
        put(event)
    take_away(events[0])
    put(events[0])

    order = KnownEvent.objects.order_by("sort_key").values_list("event_id", flat=True)

    assert list(order) == [event.public_id for event in events]


def test_an_event_of_unknown_date_comes_after_all_others():
    unknown, far = an_event(date=".."), an_event(date="9999-12-31")
    put(unknown)
    put(far)

    order = KnownEvent.objects.order_by("sort_key").values_list("event_id", flat=True)

    assert list(order) == [far.public_id, unknown.public_id]
    assert live(unknown).date["edtf"] == ".."


class Clock(datetime):
    """A clock that says what it is told to."""

    says = datetime(2026, 3, 4, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):
        return cls.says


def test_the_record_never_goes_back_in_time_when_the_clock_does(monkeypatch):
    monkeypatch.setattr(log_module, "datetime", Clock)
    times = []

    for day in (4, 2, 5):
        monkeypatch.setattr(Clock, "says", datetime(2026, 3, day, tzinfo=UTC))
        times.append(put(an_event()).published_at)

    assert times == [
        "2026-03-04T00:00:00.000000Z",
        "2026-03-04T00:00:00.000000Z",
        "2026-03-05T00:00:00.000000Z",
    ]


def test_many_events_published_in_one_act_follow_one_another_without_a_gap():
    events = [an_event(f"Part {place}") for place in range(5)]

    (act,) = publish_many(events, by=None)

    assert [row.sequence for row in act] == [1, 2, 3, 4, 5]
    assert len({row.published_at for row in act}) == 1
    assert {row.event_id for row in act} == {event.public_id for event in events}


def test_one_event_that_is_not_ready_keeps_the_whole_act_back():
    good, bad = an_event(), an_event(date=None)

    with pytest.raises(NotReady):
        list(publish_many([good, bad], by=None))

    assert size() == 0
    assert not Event.objects.exclude(live_state="never").exists()


def test_linked_events_are_published_together_where_they_fit():
    a, b, c, d, e = (an_event(name) for name in "abcde")
    link(first(a), "corrects", first(d))
    relate(e, d)

    a, b, c, d, e = (event.pk for event in (a, b, c, d, e))
    assert list(together([a, b, c, d, e], at_most=3)) == [[a, d, e], [b, c]]
    assert list(together([b, c, a, d, e], at_most=4)) == [[b, c], [a, d, e]]
    assert list(together([a, b, c, d, e], at_most=5)) == [[a, d, e, b, c]]


def test_more_linked_events_than_fit_are_divided():
    events = [an_event(str(place)) for place in range(5)]
    for one, other in zip(events, events[1:], strict=False):
        relate(one, other)

    keys = [event.pk for event in events]
    groups = list(together(keys, at_most=2))

    assert [len(group) for group in groups] == [2, 2, 1]
    assert [key for group in groups for key in group] == keys


def test_nothing_to_publish_makes_no_act():
    assert list(together([], at_most=3)) == []
    assert list(publish_many([], by=None)) == []


def test_a_document_is_the_same_however_often_it_is_built():
    event = an_event(statements=3)
    put(event)
    document = current_document(event.public_id)

    take_away(event)
    put(event, note="Something changed.")

    again = current_document(event.public_id)
    assert {**again, "act": None} == {**document, "act": None}


def test_a_document_holds_all_that_it_names_and_no_address_of_this_site():
    outlet = an_actor("The Wire", kind="outlet")
    wire = a_source("The wire story", publisher=outlet, kind="wire")
    copy = a_source("The copy", original_url="https://copy.example/1")
    copy.links.create(kind="republishes", target=wire)
    event = an_event("The talks", statements=0)
    event.story_links.create(story=a_story("The story", slug="the-story"))
    statement = a_statement(event, "It was said.", said="2026-03-02")
    a_citation(statement, wire, read_in=copy, exact="was said", prefix="It ")

    put(event)

    document = live(event).document
    names = {row["name"] for row in document["entities"]["actors"]}
    titles = {row["title"] for row in document["entities"]["sources"]}
    (citation,) = document["statements"][0]["citations"]
    assert names == {"The Wire", "The Agency", "The Paper"}
    assert titles == {"The wire story", "The copy"}
    assert document["entities"]["stories"][0]["title"] == "The story"
    assert [row["title"] for row in citation["copies"]] == ["The copy"]
    assert citation["origin"]["title"] == "The wire story"
    assert citation["passage"]["url"] == (
        "https://copy.example/1#:~:text=It-,was%20said"
    )
    assert document["origins"]["publishers"][0]["name"] == "The Wire"
    assert document["first_reported"]["edtf"] == "2026-03-03"
    assert "timeline.example" not in json.dumps(document)
    assert "revision" not in document
    assert parse(document["date"]["edtf"]) == event.date


@pytest.mark.parametrize("state", ["held", "merged"])
def test_what_is_on_hold_or_merged_is_not_published(state):
    event = an_event("The talks")
    Event.objects.update(live_state=state)

    with pytest.raises(Refused) as refusal:
        publish(event, by=None, version=1)

    assert "“The talks” cannot be published or withdrawn" in str(refusal.value)
    assert Event.objects.get().live_state == state


def test_one_event_that_was_saved_since_keeps_the_whole_act_back():
    fresh, stale = an_event(), an_event()
    Event.objects.filter(pk=stale.pk).update(version=2)

    with pytest.raises(Stale):
        list(publish_many([fresh, stale], by=None))

    assert size() == 0
    assert not Event.objects.exclude(live_state="never").exists()


def test_one_event_on_hold_keeps_the_whole_act_back():
    free, held = an_event(), an_event()
    Event.objects.filter(pk=held.pk).update(live_state="held")

    with pytest.raises(Refused, match="on hold"):
        list(publish_many([free, held], by=None))

    assert size() == 0
    assert Event.objects.get(pk=free.pk).live_state == "never"


def test_each_of_several_events_is_published_at_its_own_version():
    one, other = an_event(), an_event()
    Event.objects.filter(pk=other.pk).update(version=7)
    other.refresh_from_db()

    list(publish_many([one, other], by=None))

    versions = Event.objects.order_by("pk").values_list("published_version", flat=True)
    assert list(versions) == [1, 7]

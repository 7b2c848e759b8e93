"""Saving on the desk: nothing accepted is lost, nothing refused is written."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.publishing.desk import (
    a_citation,
    a_source,
    a_statement,
    a_story,
    an_actor,
    an_event,
    edit,
    first,
    link,
    put,
    somebody,
    taken,
)
from timeline.editing import (
    Refused,
    Stale,
    check_event,
    check_source,
    claim,
    published_names,
    saving,
)
from timeline.models import Event, Source, Statement, StatementLink, Story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [an_event, an_actor, a_source, a_story])
def test_a_claim_takes_the_next_version(make):
    root = make()

    claim(root, version=1)

    assert root.version == 2
    root.refresh_from_db()
    assert root.version == 2


def test_a_claim_on_a_version_that_is_gone_is_refused():
    event = an_event("The talks")
    claim(Event.objects.get(), version=1)

    with pytest.raises(Stale) as refusal:
        claim(event, version=1)

    assert refusal.value.sentences[0].startswith(
        "Somebody else saved “The talks” after you opened it."
    )
    assert Event.objects.get().version == 2


def test_a_claim_on_a_row_that_is_gone_is_refused():
    event = an_event(statements=0)
    Event.objects.all().delete()

    with pytest.raises(Stale):
        claim(event, version=1)


def test_what_is_saved_is_saved_with_its_version():
    event = an_event("Before")

    with saving(event, version=1):
        event.title = "After"
        event.save()

    saved = Event.objects.get()
    assert (saved.title, saved.version) == ("After", 2)


def test_the_second_of_two_who_opened_one_event_writes_nothing():
    one, other = an_event("Before"), Event.objects.get()
    with saving(one, version=1):
        one.title = "The first"
        one.save()

    with pytest.raises(Stale), saving(other, version=1):
        other.title = "The second"
        other.save()
        raise AssertionError("what is refused is never begun")

    assert Event.objects.get().title == "The first"


def test_a_new_root_needs_no_version():
    event = Event(title="New", slug="new", date="2026")

    with saving(event, version=None):
        event.save()

    assert Event.objects.get().version == 1


def test_a_refused_save_writes_nothing_and_gives_its_version_back():
    event, other = an_event("Before"), an_event("Other")
    link(first(event), "corrects", first(other))

    with pytest.raises(Refused), saving(event, version=1):
        event.title = "After"
        event.save()
        link(first(other), "corrects", first(event))

    assert event.version == 1
    event.refresh_from_db()
    assert (event.title, event.version) == ("Before", 1)
    assert StatementLink.objects.count() == 1

    edit(event, title="After")

    assert event.version == 2


def test_an_error_in_a_save_writes_nothing():
    event = an_event("Before")

    with pytest.raises(RuntimeError), saving(event, version=1):
        event.title = "After"
        event.save()
        raise RuntimeError

    event.refresh_from_db()
    assert (event.title, event.version) == ("Before", 1)


def test_a_save_of_what_was_read_before_it_was_published_keeps_it_published():
    event = an_event("Before")
    opened = Event.objects.get()
    put(event)

    with saving(opened, version=1):
        opened.title = "After"
        opened.save()

    event.refresh_from_db()
    assert (event.live_state, event.published_version) == ("live", 1)
    assert event.has_unpublished_changes


def test_a_circle_of_corrections_is_named_by_its_statements():
    one = an_event(statements=0)
    a = a_statement(one, "A said so.", source=a_source())
    b = a_statement(one, "B said so.", source=a_source())
    c = a_statement(one, "C said so.", source=a_source())
    link(a, "corrects", b)
    link(b, "clarifies", c)
    check_event(one)
    link(c, "retracts", a)

    with pytest.raises(Refused) as refusal:
        check_event(one)

    (sentence,) = refusal.value.sentences
    assert sentence.startswith(
        "These statements correct, retract or clarify one another in a circle: “"
    )
    assert sentence.endswith(". Remove one of the links.")
    assert all(f"“{row} said so.”" in sentence for row in "ABC")


def test_a_circle_of_corrections_across_three_events_is_found_from_each():
    a, b, c = an_event("A"), an_event("B"), an_event("C")
    link(first(a), "corrects", first(b))
    link(first(b), "corrects", first(c))
    link(first(c), "corrects", first(a))

    for event in (a, b, c):
        with pytest.raises(Refused):
            check_event(event)


@pytest.mark.parametrize("kind", ["denies", "contradicts", "confirms", "repeats"])
def test_statements_may_contradict_one_another(kind):
    a, b = an_event("A"), an_event("B")
    link(first(a), kind, first(b))
    link(first(b), kind, first(a))

    check_event(a)
    check_event(b)

    assert StatementLink.objects.count() == 2


def test_a_source_taken_from_itself_by_way_of_others_is_refused():
    a, b, c = a_source("A"), a_source("B"), a_source("C")
    taken(a, b)
    taken(b, c, "translates")
    for source in (a, b, c):
        check_source(source)
    taken(c, a, "rewrites")

    for source in (a, b, c):
        with pytest.raises(Refused) as refusal:
            check_source(source)

        assert refusal.value.sentences == [
            f"“{source}” would be taken from itself, by way of others. Change one of "
            "the links under “taken from”."
        ]


def test_sources_may_update_and_correct_one_another():
    a, b = a_source("A"), a_source("B")
    taken(a, b, "updates")
    taken(b, a, "corrects")

    check_source(a)
    check_source(b)

    assert Source.objects.count() == 2


def test_citations_that_credit_one_another_are_refused_with_their_names():
    a, b = a_source("A"), a_source("B")
    event = an_event(statements=0)
    statement = a_statement(event, "It was said.")
    a_citation(statement, a, via=b)
    check_event(event)
    a_citation(statement, b, via=a)

    with pytest.raises(Refused) as refusal:
        check_event(event)

    assert refusal.value.sentences == [
        "The trail of “It was said.” comes back to where it was: A → B → A. Change "
        "“citing” or the links of one of these reports."
    ]


def test_a_credit_that_was_not_found_ends_the_trail():
    a, b = a_source("A"), a_source("B")
    event = an_event(statements=0)
    statement = a_statement(event)
    a_citation(statement, a, via=b)
    a_citation(statement, b, via=a, credit="not_found")

    check_event(event)

    assert Statement.objects.get() == statement


def test_a_lineage_that_closes_the_trail_of_a_citation_is_refused():
    a, b, c = a_source("A"), a_source("B"), a_source("C")
    statement = a_statement(an_event(statements=0), "It was said.")
    a_citation(statement, a, via=b)
    taken(b, c)
    check_source(b)
    taken(c, a)

    for source in (a, b, c):
        with pytest.raises(Refused) as refusal:
            check_source(source)

        assert "The trail of “It was said.” comes back" in refusal.value.sentences[0]
    with pytest.raises(Refused):
        check_event(statement.event)


def test_a_lineage_that_only_another_statement_could_close_is_allowed():
    a, b = a_source("A"), a_source("B")
    event = an_event(statements=0)
    a_citation(a_statement(event, "One."), a, via=b)
    a_citation(a_statement(event, "Other."), b, via=a)

    check_event(event)
    check_source(a)

    assert event.statements.count() == 2


def test_a_source_saved_with_a_circle_is_not_saved():
    a, b = a_source("A"), a_source("B")
    taken(a, b)

    with pytest.raises(Refused), saving(b, version=1):
        taken(b, a)

    assert b.links.count() == 0


def test_only_what_the_record_has_named_counts_as_published():
    event, draft = an_event(), an_event()
    put(event)
    source = first(event).citations.get().source
    ids = [
        event.public_id,
        draft.public_id,
        first(event).public_id,
        first(draft).public_id,
        source.public_id,
        source.publisher.public_id,
        an_actor().public_id,
        "evt_nothing",
    ]

    assert published_names(ids) == {
        event.public_id,
        first(event).public_id,
        source.public_id,
        source.publisher.public_id,
    }
    assert published_names([]) == set()


def test_who_may_not_change_a_thing_saves_none():
    event, reader = an_event("The talks"), somebody("view_event")

    with pytest.raises(PermissionDenied), saving(event, version=1, by=reader):
        event.title = "Changed"
        event.save()
    with pytest.raises(PermissionDenied), saving(Story(), version=None, by=reader):
        pass

    assert Event.objects.get().title == "The talks"

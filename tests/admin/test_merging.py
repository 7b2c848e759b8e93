"""Duplicates: suggested, merged, undone; what rests on a thing; correct once."""

import pytest
from django.urls import reverse

from tests.admin.desk import account, at_the_desk, filled_in, list_url, text, url
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    AffiliationFactory,
    CitationFactory,
    OutletFactory,
    ParticipationFactory,
    SourceFactory,
    SourceLinkFactory,
    SourceSnapshotFactory,
    ready_event,
)
from timeline.editing import Refused, Stale, saving
from timeline.editing.addresses import report_at
from timeline.editing.citing import held_texts
from timeline.editing.duplicates import alike, keep_apart, likely_pairs
from timeline.editing.merging import merge_things
from timeline.editing.people import called
from timeline.editing.unmerging import undo_merge
from timeline.models import Actor, Event, Merge, Source
from timeline.publishing.write import publish, readiness

pytestmark = pytest.mark.django_db


def join(duplicate, into, by=None):
    for row in (duplicate, into):
        row.refresh_from_db()
    return merge_things(
        duplicate,
        into=into,
        version=duplicate.version,
        into_version=into.version,
        by=by,
    )


@pytest.fixture
def two():
    """Two rows for one agency, each named by an event."""
    one, other = OutletFactory(name="Reuters"), OutletFactory(name="REUTERS Ltd.")
    ready_event(source=SourceFactory(publisher=one))
    event = ready_event(source=SourceFactory(publisher=other))
    event.statements.update(speaker=other)
    ParticipationFactory(event=event, actor=other)
    AffiliationFactory(organisation=other)
    return one, other, event


# Suggestions


def test_names_that_differ_in_nothing_that_matters_are_suggested(two):
    one, other, _event = two
    ActorFactory(name="Associated Press")

    assert likely_pairs(Actor, limit=10) == [(one, other)]
    assert alike(other) == [one]


def test_near_names_and_other_names_are_suggested_on_the_page():
    actor = ActorFactory(name="Samuel Altmann")
    near = ActorFactory(name="Samuel Altman")
    known = ActorFactory(name="CEO of OpenAI")
    ActorNameFactory(actor=known, name="Samuel Altmann")
    ActorFactory(name="Samantha Power")

    assert set(alike(actor)) == {near, known}


def test_reports_with_one_address_however_written_are_suggested():
    one = SourceFactory(original_url="https://www.wire.example/a/?utm_source=x")
    other = SourceFactory(original_url="http://wire.example/a")
    SourceFactory(original_url="https://wire.example/b")
    SourceFactory(original_url="")

    assert likely_pairs(Source, limit=10) == [(one, other)]


def test_what_is_not_the_same_is_not_suggested_again(two):
    one, other, _event = two
    page = reverse("admin:timeline_actor_alike")
    browser = at_the_desk()
    assert "REUTERS Ltd." in text(browser.get(page))

    browser.post(page, {"one": other.pk, "other": one.pk})

    assert likely_pairs(Actor, limit=10) == []
    assert alike(one) == []
    assert "looks like the same thing twice" in text(browser.get(page))


# Merging and undoing


def test_merging_moves_all_that_names_the_one_and_leaves_its_own_rows(two):
    one, other, event = two
    other.refresh_from_db()
    name = ActorNameFactory(actor=other)

    merge = join(other, one, by=account("Editor"))

    event.refresh_from_db()
    assert event.statements.get().speaker == one
    assert event.participations.get().actor == one
    assert event.version == 2
    assert Source.objects.filter(publisher=other).count() == 0
    assert one.affiliated.count() == 1
    assert name in other.other_names.all()
    assert len(merge.moved) == 4
    assert called("REUTERS Ltd.").actor == one


def test_undoing_moves_back_what_is_still_as_it_was_moved(two):
    one, other, event = two
    merge = join(other, one)
    event.refresh_from_db()
    third = ActorFactory()
    with saving(event, version=event.version):
        event.participations.update(actor=third)

    stayed = undo_merge(merge, by=account("Editor"))

    event.refresh_from_db()
    assert event.statements.get().speaker == other
    assert event.participations.get().actor == third
    assert stayed == [event.participations.get()]
    other.refresh_from_db()
    assert other.merged_into is None
    with pytest.raises(Refused):
        undo_merge(merge, by=None)


def test_only_the_newest_of_a_chain_is_undone_first(two):
    one, other, event = two
    first = join(other, one)
    third = OutletFactory()
    second = join(one, third)

    with pytest.raises(Refused, match="undo that first"):
        undo_merge(first, by=None)

    undo_merge(second, by=None)
    undo_merge(first, by=None)
    assert event.statements.get().speaker == other


def test_of_two_who_merge_one_into_the_other_the_second_is_told(two):
    one, other, _event = two
    seen = {"version": other.version, "into_version": one.version}
    merge_things(other, into=one, by=None, **seen)

    with pytest.raises(Stale):
        merge_things(one, into=other, version=1, into_version=1, by=None)


def test_what_cites_both_has_to_be_mended_first():
    event = ready_event()
    citation = event.statements.get().citations.get()
    other = CitationFactory(statement=citation.statement).source

    with pytest.raises(Refused, match="names both"):
        join(other, citation.source)

    assert not Merge.objects.exists()
    page = reverse("admin:timeline_source_merge", args=[other.pk])
    asked = text(at_the_desk().get(f"{page}?into={citation.source.pk}"))
    assert "names both" in asked and "disabled" in asked


def test_a_merge_that_lets_a_trail_come_back_to_itself_is_refused():
    wire, copy, again = SourceFactory(), SourceFactory(), SourceFactory()
    SourceLinkFactory(source=wire, target=copy)
    SourceLinkFactory(source=again, target=wire)

    with pytest.raises(Refused, match="taken from itself"):
        join(copy, again)

    copy.refresh_from_db()
    assert copy.merged_into is None


def test_nothing_names_again_what_was_merged(two):
    one, other, event = two
    join(other, one)
    event.refresh_from_db()

    with (
        pytest.raises(Refused, match="was merged into"),
        saving(event, version=event.version),
    ):
        event.statements.update(speaker=other)

    assert event.statements.get().speaker == one


def test_a_form_that_was_open_meanwhile_shows_both_versions(two):
    one, other, event = two
    browser = at_the_desk()
    opened = browser.get(url(event))
    join(other, one)

    answered = browser.post(url(event), filled_in(opened, title="Mine"))

    assert answered.status_code == 200
    assert "Somebody else saved" in text(answered)


def test_an_address_of_a_merged_report_finds_the_one_that_stands():
    one = SourceFactory(original_url="https://wire.example/a")
    other = SourceFactory(original_url="https://wire.example/b")
    join(other, one)

    assert report_at("https://www.wire.example/b/") == one


def test_texts_held_of_the_duplicate_are_held_of_what_stands_for_it():
    one, other = SourceFactory(), SourceFactory(title="The same, entered twice")
    SourceSnapshotFactory(source=one, text="What the one page said.")
    SourceSnapshotFactory(source=other, text="What the other page said.")
    event = ready_event(source=other)
    event.statements.get().citations.update(exact="the other page", passage="found")
    join(other, one)

    page = text(at_the_desk().get(url(one)))
    event.refresh_from_db()

    assert held_texts(one) == ["What the one page said.", "What the other page said."]
    assert f'<a href="{url(other)}#snapshots-group">1 text held there</a>' in page
    assert "What the other page said." in text(at_the_desk().get(url(other)))
    assert [row.field for row in readiness(event) if row.bars] == []
    publish(event, by=None, version=event.version)


def test_a_choice_and_the_list_leave_out_what_was_merged(two):
    one, other, _event = two
    join(other, one)
    browser = at_the_desk()

    listed = browser.get(list_url(Actor)).context["cl"].result_list
    merged = browser.get(list_url(Actor, merged="yes")).context["cl"].result_list
    address = reverse(
        "admin:autocomplete",
        query={
            "app_label": "timeline",
            "model_name": "statement",
            "field_name": "speaker",
            "term": "reuters",
        },
    )
    offered = browser.get(address).json()["results"]

    assert other not in listed and list(merged) == [other]
    assert [row["text"] for row in offered] == ["Reuters"]


def test_a_merge_page_by_page(two):
    one, other, event = two
    publish(event, by=None, version=1)
    browser = at_the_desk()
    page = reverse("admin:timeline_actor_merge", args=[other.pk])
    seen = {"into": one.pk, "version": other.version}

    asked = text(browser.post(page, seen))
    assert "What moves to “Reuters”" in asked
    assert not Merge.objects.exists()
    done = browser.post(page, {**seen, "seen": f"{one.pk}:{one.version}"})

    assert done["Location"] == reverse("admin:timeline_actor_correct", args=[one.pk])
    told = browser.get(done["Location"])
    assert "1 live event carries old words" in text(told)
    browser.post(done["Location"], {"kind": "correction", "note": "One agency."})
    assert not Event.objects.with_unpublished_changes().exists()
    assert "Undo the merge" in text(browser.get(url(other)))
    history = text(browser.get(url(event, "history")))
    assert "Merged “REUTERS Ltd.” into “Reuters”." in history

    browser.post(reverse("admin:timeline_actor_unmerge", args=[other.pk]))

    assert event.statements.get().speaker == other


def test_who_may_not_merge_is_refused_by_the_verb_too(two):
    one, other, _event = two

    for verb in (join, lambda a, b, by: keep_apart(a, b, by=by)):
        with pytest.raises(Exception, match="may not do this"):
            verb(other, one, by=account("Writer"))


# What rests on this?


def test_what_rests_on_a_report_and_what_on_it_alone():
    wire, copy = SourceFactory(), SourceFactory()
    SourceLinkFactory(source=copy, target=wire)
    alone = ready_event(source=copy)
    both = ready_event(source=wire)
    CitationFactory(statement=both.statements.get())
    ready_event()

    response = at_the_desk("Viewer").get(
        reverse("admin:timeline_source_rests", args=[wire.pk])
    )

    rests = response.context["rests"]
    found = {(row.page, row.alone) for row in rests.statements}
    assert found == {
        (url(alone.statements.get()), True),
        (url(both.statements.get()), False),
    }
    assert {(row.page, row.alone) for row in rests.events} == {
        (url(alone), True),
        (url(both), False),
    }


@pytest.mark.parametrize("noun", [Source, Actor])
def test_deleting_is_refused_with_what_rests_on_it(noun):
    event = ready_event()
    source = event.statements.get().citations.get().source
    row = source if noun is Source else source.publisher

    for method in ("get", "post"):
        browser = at_the_desk()
        data = {"post": "yes"} if method == "post" else {}
        response = getattr(browser, method)(url(row, "delete"), data, follow=True)

        assert "cannot be deleted" in text(response)
        assert event.statements.get().text in text(response)
    assert noun.objects.filter(pk=row.pk).exists()

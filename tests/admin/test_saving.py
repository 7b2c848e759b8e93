"""Saves are of a whole, at the version that was opened; what was typed is kept."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from tests.admin.desk import (
    add_url,
    at_the_desk,
    filled_in,
    list_url,
    said,
    text,
    url,
    with_new_row,
)
from tests.factories import (
    ActorFactory,
    CitationFactory,
    EventFactory,
    OutletFactory,
    ParticipationFactory,
    SourceFactory,
    SourceLinkFactory,
    SourceSnapshotFactory,
    StatementFactory,
    StatementLinkFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from timeline.editing import saving
from timeline.models import (
    Actor,
    Event,
    Participation,
    Source,
    SourceSnapshot,
    Statement,
    Story,
)
from timeline.publishing.write import publish

pytestmark = pytest.mark.django_db
STALE = "after you opened it"


@pytest.fixture
def browser():
    return at_the_desk()


def version(row):
    return type(row).objects.values_list("version", flat=True).get(pk=row.pk)


def save(browser, row, **changes):
    return browser.post(url(row), filled_in(browser.get(url(row)), **changes))


def saved_by_somebody_else(row):
    with saving(row, version=row.version):
        pass


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (ready_event, "title"),
        (ActorFactory, "name"),
        (SourceFactory, "title"),
        (StoryFactory, "title"),
        (TopicFactory, "name"),
    ],
)
def test_a_save_takes_the_next_version_once(browser, make, field):
    row = make()

    response = save(browser, row, **{field: "Something else"})

    assert response.status_code == 302
    row.refresh_from_db()
    assert (getattr(row, field), row.version) == ("Something else", 2)


@pytest.mark.parametrize(
    "make", [ready_event, ActorFactory, SourceFactory, StoryFactory, TopicFactory]
)
def test_a_save_that_changes_nothing_takes_no_version(browser, make):
    row = make()

    response = save(browser, row)

    assert response.status_code == 302
    assert version(row) == 1


def test_a_changed_row_of_a_thing_is_a_change_of_the_thing(browser):
    event = ready_event()
    part = ParticipationFactory(event=event, role="agent")

    save(browser, event, **{"participations-0-role": "host"})

    part.refresh_from_db()
    assert (part.role, version(event)) == ("host", 2)


def test_an_older_form_is_refused_with_what_was_typed(browser):
    event = ready_event()
    data = filled_in(browser.get(url(event)), title="Typed by me")
    saved_by_somebody_else(event)

    response = browser.post(url(event), data)

    assert response.status_code == 200
    assert STALE in text(response)
    assert 'value="Typed by me"' in text(response)
    assert "Open the newest version" in text(response)
    assert Event.objects.get(pk=event.pk).title != "Typed by me"
    assert version(event) == 2
    assert not LogEntry.objects.exists()


def test_an_older_form_with_only_a_new_row_is_refused_and_keeps_it(browser):
    event = ready_event()
    who = ActorFactory(name="Newly entered")
    data = with_new_row(
        filled_in(browser.get(url(event))), "participations", actor=who.pk, role="host"
    )
    saved_by_somebody_else(event)

    response = browser.post(url(event), data)

    assert STALE in text(response)
    assert "Newly entered" in text(response)
    assert not event.participations.exists()


def test_rows_that_somebody_else_removed_stay_on_the_older_form(browser):
    event = ready_event()
    StatementFactory(event=event)
    data = filled_in(browser.get(url(event)))
    data = {**data, "statements-1-text": "Typed into the second."}
    with saving(event, version=event.version):
        event.statements.first().delete()

    response = browser.post(url(event), data)

    assert STALE in text(response)
    assert "Typed into the second." in text(response)
    assert version(event) == 2


def test_a_statement_counts_as_a_save_of_its_event(browser):
    event = ready_event()
    statement = event.statements.get()

    response = save(browser, statement, text="Put in other words.")

    assert response.status_code == 302
    assert version(event) == 2


def test_a_citation_alone_counts_as_a_save_of_the_event(browser):
    event = ready_event()
    statement = event.statements.get()

    save(browser, statement, **{"citations-0-locator": "paragraph 9"})

    assert statement.citations.get().locator == "paragraph 9"
    assert version(event) == 2


def test_the_event_form_is_older_once_a_statement_was_saved(browser):
    event = ready_event()
    older = filled_in(browser.get(url(event)), title="Typed by me")

    save(browser, event.statements.get(), text="Put in other words.")
    response = browser.post(url(event), older)

    assert STALE in text(response)
    assert Statement.objects.get().text == "Put in other words."


def test_the_statement_form_is_older_once_the_event_was_saved(browser):
    event = ready_event()
    statement = event.statements.get()
    older = filled_in(browser.get(url(statement)), text="Typed by me.")

    save(browser, event, title="Something else")
    response = browser.post(url(statement), older)

    assert STALE in text(response)
    assert "Typed by me." in text(response)
    assert version(event) == 2


def test_a_save_between_check_and_write_is_refused_all_the_same(browser, monkeypatch):
    event = ready_event()
    data = filled_in(browser.get(url(event)), title="Typed by me")
    monkeypatch.setattr("timeline.admin.saving.DeskForm.is_stale", False)
    saved_by_somebody_else(event)

    response = browser.post(url(event), data)

    assert STALE in text(response)
    assert 'value="Typed by me"' in text(response)
    assert version(event) == 2


def test_a_form_without_a_version_is_refused(browser):
    event = ready_event()
    data = filled_in(browser.get(url(event)), title="Forged")
    del data["version"]

    response = browser.post(url(event), data)

    assert response.status_code == 200
    assert version(event) == 1


def test_citing_in_a_circle_is_refused_with_a_sentence(browser):
    event = ready_event()
    statement = event.statements.get()
    one = statement.citations.get()
    other = CitationFactory(statement=statement, via=one.source)
    fields = {"citations-0-via": other.source.pk, "text": "Typed by me."}

    response = save(browser, statement, **fields)

    assert response.status_code == 200
    assert "comes back to where it was" in text(response)
    assert "Typed by me." in text(response)
    assert f'<option value="{other.source.pk}" selected>' in text(response)
    one.refresh_from_db()
    assert (one.via, version(event)) == (None, 1)


def test_a_circle_of_reports_is_refused_with_a_sentence(browser):
    link = SourceLinkFactory()
    data = filled_in(browser.get(url(link.target)), title="Typed by me")
    data = with_new_row(data, "links", kind="rewrites", target=link.source.pk)

    response = browser.post(url(link.target), data)

    assert response.status_code == 200
    assert "would be taken from itself" in text(response)
    assert "Typed by me" in text(response)
    assert version(link.target) == 1


def test_a_circle_of_corrections_is_refused_with_a_sentence(browser):
    link = StatementLinkFactory()
    data = filled_in(browser.get(url(link.target)))
    data = with_new_row(data, "links", kind="corrects", target=link.statement.pk)

    response = browser.post(url(link.target), data)

    assert "in a circle" in text(response)
    assert not link.target.links.exists()


def test_a_rule_that_spans_fields_of_both_pages_is_a_sentence(browser):
    event = ready_event()
    event.statements.update(quote="Words.", quote_translation="Unsere Worte.")

    response = save(browser, event, **{"statements-0-quote": ""})

    assert response.status_code == 200
    assert "There is no quote to translate." in text(response)


def test_two_rows_that_only_together_break_a_rule_are_a_sentence(browser):
    source = SourceFactory()
    data = filled_in(browser.get(url(source)), title="Typed by me")
    for kind in ("republishes", "translates"):
        data = with_new_row(data, "links", kind=kind, target=SourceFactory().pk)

    response = browser.post(url(source), data)

    assert response.status_code == 200
    assert "one other at most" in text(response)
    assert "Typed by me" in text(response)
    assert not source.links.exists()


def test_a_row_listed_twice_is_a_sentence(browser):
    part = ParticipationFactory()
    data = filled_in(browser.get(url(part.event)))
    data = with_new_row(data, "participations", actor=part.actor.pk, role=part.role)

    response = browser.post(url(part.event), data)

    assert response.status_code == 200
    assert Participation.objects.count() == 1


def test_a_character_that_cannot_be_stored_is_a_sentence(browser):
    event = ready_event()

    response = save(browser, event, title="A\x01title", summary="Typed by me")

    assert "cannot be stored" in text(response)
    assert "Typed by me" in text(response)


def test_a_new_event_with_all_its_rows_is_one_save(browser):
    who, story = ActorFactory(), StoryFactory()
    data = filled_in(browser.get(add_url(Event)), title="New", slug="new", date="..")
    data = with_new_row(data, "participations", actor=who.pk, role="agent")
    data = with_new_row(data, "story_links", story=story.pk)
    for words in ("First of all.", "And then."):
        data = with_new_row(
            data,
            "statements",
            speaker=who.pk,
            described_as="",
            kind="claim",
            mode="paraphrase",
            text=words,
            quote="",
            position="",
        )

    response = browser.post(add_url(Event), data)

    assert response.status_code == 302
    event = Event.objects.get()
    assert event.version == 1
    assert [(row.slug, row.position) for row in event.statements.all()] == [
        ("new-first-of-all", 1),
        ("new-and-then", 2),
    ]


def test_a_statement_without_a_web_name_gets_one_that_is_free(browser):
    event = EventFactory(slug="the-event")
    StatementFactory(event=event, slug="the-event-it-was-said")
    data = filled_in(
        browser.get(add_url(Statement)),
        event=event.pk,
        speaker=ActorFactory().pk,
        kind="claim",
        mode="paraphrase",
        text="It was said.",
    )

    response = browser.post(add_url(Statement), data)

    assert response.status_code == 302
    assert Statement.objects.latest("pk").slug == "the-event-it-was-said-2"
    assert version(event) == 2


def test_a_web_name_is_fixed_once_it_was_published(browser):
    event = ready_event()
    draft = filled_in(browser.get(url(event)))
    publish(event, by=None, version=event.version)

    page = browser.get(url(event))
    browser.post(url(event), {**filled_in(page), "slug": "another", "title": "New"})

    assert "slug" in draft
    assert "slug" not in filled_in(page)
    event.refresh_from_db()
    assert event.slug != "another"
    for thing in (event.statements.get(), Story.objects.get(), Actor.objects.first()):
        assert "slug" not in filled_in(browser.get(url(thing)))


def test_a_web_name_that_readers_know_is_not_given_again(browser):
    event = ready_event()
    publish(event, by=None, version=event.version)
    statement = event.statements.get()
    with saving(event, version=event.version):
        StatementFactory(event=event, speaker=statement.speaker)
        statement.delete()
    other = event.statements.get()

    response = save(browser, other, slug=statement.slug)

    assert "Readers know something else by this web name" in text(response)


def test_saving_a_live_event_says_what_readers_still_see(browser):
    event = ready_event()
    publish(event, by=None, version=event.version)

    response = browser.post(
        url(event),
        filled_in(browser.get(url(event)), title="Changed", _continue="1"),
        follow=True,
    )

    assert any("Readers still see" in message for message in said(response))
    assert "live, with unpublished changes" in text(response)
    assert f"/events/{event.slug}/" in text(response)


def test_saving_a_statement_of_a_live_event_says_so_too(browser):
    event = ready_event()
    publish(event, by=None, version=event.version)

    response = save(browser, event.statements.get(), text="Put otherwise.")

    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert any("Readers still see" in message for message in messages)


def test_a_writer_is_not_told_to_publish():
    event = ready_event()
    publish(event, by=None, version=event.version)
    writer = at_the_desk("Writer")

    for row in (event, event.statements.get()):
        form = filled_in(writer.get(url(row)), notes="Changed.")
        told = said(writer.post(url(row), form, follow=True))[0]

        assert "an editor can publish your changes" in told


def test_a_saved_statement_leads_to_its_event_and_to_a_list_that_was_narrowed(browser):
    statement = ready_event().statements.get()
    narrowed = "_changelist_filters=kind__exact%3Dclaim"

    saved = save(browser, statement, notes="For the desk.")
    form = filled_in(browser.get(url(statement)))
    from_list = browser.post(f"{url(statement)}?{narrowed}", form)

    assert saved["Location"] == url(statement.event)
    assert from_list["Location"] == list_url(Statement, kind__exact="claim")


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"exact": "We “have” a deal"}, "found"),
        ({"exact": "We have no deal"}, "unchecked"),
        ({"exact": "deal"}, "unchecked"),
        ({"prefix": "no ", "exact": "deal"}, "found"),
        ({"exact": ""}, "unchecked"),
        ({"exact": "have", "unchecked_reason": "It was read aloud."}, "unchecked"),
        ({"exact": "We", "passage": "not_found"}, "not_found"),
    ],
)
def test_a_passage_is_looked_for_in_the_text_that_is_held(browser, given, state):
    statement = ready_event().statements.get()
    citation = statement.citations.get()
    SourceSnapshotFactory(source=citation.source, text='We "have" a deal, or no deal.')

    given = {"unchecked_reason": "", **given}
    typed = {f"citations-0-{name}": value for name, value in given.items()}
    save(browser, statement, **typed)

    citation.refresh_from_db()
    assert citation.passage == state


def test_a_passage_is_looked_for_in_the_copy_that_was_read(browser):
    statement = ready_event().statements.get()
    copy = SourceSnapshotFactory(text="We have a deal.").source

    given = {"exact": "a deal", "read_in": copy.pk, "unchecked_reason": ""}
    typed = {f"citations-0-{name}": value for name, value in given.items()}
    save(browser, statement, **typed)

    assert statement.citations.get().passage == "found"


def test_saving_keeps_what_publishing_wrote_meanwhile(browser):
    event = ready_event()
    data = filled_in(browser.get(url(event)), title="Changed")
    publish(event, by=None, version=event.version)

    browser.post(url(event), {**data, "slug": event.slug})

    event.refresh_from_db()
    assert (event.live_state, event.published_version, event.version) == ("live", 1, 2)


def test_words_and_what_they_are_counted_from_give_the_date_and_its_rule(browser):
    event = ready_event(date="")
    wire = SourceFactory(published="2026-03-03")

    save(browser, event, date_words="late last week", date_anchor=wire.pk)

    event.refresh_from_db()
    assert str(event.date) == "[2026-02-26..2026-02-28]"
    assert event.date_rule == "part-of-week"


def test_words_that_nobody_knows_are_refused_and_never_guessed(browser):
    event = ready_event(date="")
    wire = SourceFactory(published="2026-03-03")

    response = save(browser, event, date_words="in due course", date_anchor=wire.pk)

    assert response.status_code == 200
    assert "not in the table of phrases" in text(response)


def test_a_held_text_is_added_and_never_altered(browser):
    held = SourceSnapshotFactory(text="As it was.")
    data = filled_in(browser.get(url(held.source)))
    data = with_new_row(
        data,
        "snapshots-2",
        taken_at_0="2026-03-05",
        taken_at_1="12:00:00",
        text="As it is now.",
    )
    forged = {"snapshots-0-text": "Forged.", "snapshots-0-DELETE": "on"}

    response = browser.post(url(held.source), {**data, **forged})

    assert response.status_code == 302
    texts = set(SourceSnapshot.objects.values_list("text", flat=True))
    assert texts == {"As it was.", "As it is now."}
    assert version(held.source) == 2


# Deleting


def delete_by_list(browser, *rows):
    data = {
        "action": "delete_selected",
        "_selected_action": [row.pk for row in rows],
        "post": "yes",
    }
    return browser.post(list_url(type(rows[0])), data, follow=True)


def test_removing_a_statement_is_a_save_of_its_event(browser):
    event = ready_event()
    publish(event, by=None, version=event.version)

    browser.post(url(event.statements.get(), "delete"), {"post": "yes"})

    assert not event.statements.exists()
    event.refresh_from_db()
    assert event.has_unpublished_changes


def test_removing_statements_in_the_list_is_one_save_of_each_event(browser):
    one, other = ready_event(), ready_event()
    StatementFactory(event=one)

    delete_by_list(browser, *Statement.objects.all())

    assert not Statement.objects.exists()
    assert (version(one), version(other)) == (2, 2)


def test_a_statement_is_removed_on_its_events_page(browser):
    event = ready_event()
    StatementFactory(event=event)

    save(browser, event, **{"statements-1-DELETE": "on"})

    assert event.statements.count() == 1
    assert version(event) == 2


def test_an_event_that_was_published_is_not_deleted(browser):
    draft, live = ready_event(), ready_event()
    publish(live, by=None, version=live.version)

    by_button = browser.post(url(live, "delete"), {"post": "yes"})
    by_list = delete_by_list(browser, draft, live)

    assert by_button.status_code == 403
    assert "withdraw it in place of deleting it" in " ".join(said(by_list))
    assert Event.objects.count() == 2


def test_a_draft_is_deleted(browser):
    event = ready_event()

    delete_by_list(browser, event)

    assert not Event.objects.exists()


def test_what_statements_rest_on_is_not_deleted(browser):
    event = ready_event()
    source = Source.objects.get()

    page = browser.post(url(source, "delete"), {"post": "yes"})
    by_list = delete_by_list(browser, source)

    assert page.url.endswith("/rests/")  # the list of what rests on it
    assert by_list.status_code == 200
    assert Source.objects.count() == 1
    assert version(event) == 1


def test_a_form_for_something_deleted_meanwhile_says_so(browser):
    outlet = OutletFactory()
    data = filled_in(browser.get(url(outlet)), name="Typed by me")
    outlet.delete()

    response = browser.post(url(outlet), data, follow=True)

    assert any("Perhaps it was deleted?" in message for message in said(response))

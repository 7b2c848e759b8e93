"""The history of a thing: what each road writes of it, compared and restored."""

import ast
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.desk import (
    NOUNS,
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
    ParticipationFactory,
    SourceFactory,
    SourceSnapshotFactory,
    StatementFactory,
    StatementLinkFactory,
    TopicFactory,
    ready_event,
)
from timeline.editing import erase_history, forget_texts, restore, saves, saving, told
from timeline.models import (
    Actor,
    Citation,
    Event,
    Participation,
    Source,
    SourceSnapshot,
    Statement,
    StatementLink,
)
from timeline.publishing.write import publish

pytestmark = pytest.mark.django_db
APP = Path(__file__).parents[2] / "timeline"


@pytest.fixture
def browser():
    return at_the_desk()


def save(browser, row, **changes):
    response = browser.post(url(row), filled_in(browser.get(url(row)), **changes))
    assert response.status_code == 302


def written(model):
    """The rows of history of a model, oldest first, in short."""
    rows = model.history.model.objects.order_by("history_id")
    return [(row.history_type, row.saved_version, row.by_name) for row in rows]


def restore_page(row, version):
    return f"{url(row, 'history')}{version}/restore/"


# What each road writes


def test_a_save_says_who_when_and_why_once(browser):
    event = ready_event(title="As it was")

    save(browser, event, title="As it is", why="The agency says so.")

    assert written(Event) == [("~", 1, ""), ("~", 2, "editor")]
    newest = saves(event).first()
    assert (newest.history_change_reason, newest.title) == (
        "The agency says so.",
        "As it is",
    )
    assert newest.history_user.get_username() == "editor"


def test_a_row_of_a_thing_is_written_with_the_thing(browser):
    event = ready_event()
    part = ParticipationFactory(event=event, role="agent")

    save(browser, event, **{"participations-0-role": "host"})

    assert written(Participation) == [("+", 1, ""), ("~", 2, "editor")]
    assert written(Event)[-1] == ("~", 2, "editor")
    assert Participation.history.model.objects.latest("history_id").role == "host"
    assert part.role == "agent"


def test_what_was_not_touched_is_not_written_again(browser):
    event = ready_event()
    before = len(written(Citation))

    save(browser, event, title="Other")
    save(browser, event, title="Another")

    assert len(written(Citation)) == before + 1  # as it was when history began
    assert [version for _, version, _ in written(Event)] == [1, 2, 3]


def test_a_new_thing_is_written_with_its_rows(browser):
    save_as_new = {
        "name": "Newly made",
        "kind": "organisation",
        "slug": "newly-made",
    }
    page = browser.get("/admin/timeline/actor/add/")
    form = with_new_row(filled_in(page, **save_as_new), "other_names", name="NM")

    assert browser.post("/admin/timeline/actor/add/", form).status_code == 302

    assert written(Actor) == [("+", 1, "editor")]
    [save] = told(Actor.objects.get(), saves(Actor.objects.get()))
    assert save.made and not save.found


def test_deleting_by_the_list_is_written(browser):
    event, other = ready_event(), ready_event()
    chosen = {
        "action": "delete_selected",
        "_selected_action": [row.pk for row in Statement.objects.all()],
        "post": "yes",
    }

    browser.post(list_url(Statement), chosen)

    assert [kind for kind, *_ in written(Statement)].count("-") == 2
    assert written(Event).count(("~", 2, "editor")) == 2
    assert [kind for kind, *_ in written(Citation)].count("-") == 2
    assert not other.statements.exists() and not event.statements.exists()


def test_a_file_is_written_once_by_its_name():
    call_command("loaddata", "openai_nato", no_publish=True, verbosity=0)
    rows = Event.history.model.objects.all()

    assert {row.history_change_reason for row in rows} == {"Loaded from openai_nato."}
    assert rows.count() == Event.objects.count()
    assert Citation.history.model.objects.count() == Citation.objects.count()
    again = rows.count()
    call_command("loaddata", "openai_nato", no_publish=True, verbosity=0)
    assert rows.all().count() == again


def test_publishing_is_no_edit_and_is_not_written(browser):
    event = ready_event()
    save(browser, event, title="Other")
    event.refresh_from_db()
    before = written(Event)

    publish(event, by=None, version=event.version)

    assert written(Event) == before


def test_what_was_refused_is_not_written(browser):
    event = ready_event()

    with pytest.raises(RuntimeError), saving(event, version=1):
        event.save()
        raise RuntimeError

    assert written(Event) == []


def test_what_was_written_past_the_door_is_found_at_the_next_save(browser):
    event = ready_event(title="As it was")
    save(browser, event, title="Second")
    Event.objects.filter(pk=event.pk).update(title="By hand", version=3)
    ParticipationFactory(event=event)

    save(browser, event, title="Fourth")

    assert [version for _, version, _ in written(Event)] == [1, 2, 3, 4]
    assert written(Participation) == [("+", 3, "")]


def test_no_verb_writes_past_the_history():
    """Pairs set by a manager, and rows written in bulk, would not be heard."""
    pairs = {"actors", "stories", "topics"}
    found = []
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(
                node.func, ast.Attribute
            ):
                continue
            owner = node.func.value
            of_pairs = isinstance(owner, ast.Attribute) and owner.attr in pairs
            if of_pairs and node.func.attr in ("add", "set", "remove", "clear"):
                found.append(f"{path.name}:{node.lineno}")
            of_nouns = ast.unparse(owner).startswith(
                tuple(f"{noun.__name__}." for noun in NOUNS)
            )
            if of_nouns and node.func.attr in ("bulk_create", "bulk_update"):
                found.append(f"{path.name}:{node.lineno}")

    assert found == []


# The pages


def test_the_page_says_who_changed_what_when_and_why(browser):
    event = ready_event(title="As it was")
    who = ActorFactory(name="A new participant")
    save(browser, event, title="As it is", why="Called them.")
    form = filled_in(browser.get(url(event)))
    form = with_new_row(form, "participations", actor=who.pk, role="host")
    browser.post(url(event), form)

    page = text(browser.get(url(event, "history")))

    assert page.index("A new participant (host)") < page.index("Called them.")
    assert "as it was when its history began" in page
    assert "editor" in page and "Restore…" in page


def test_the_history_of_a_statement_is_of_the_saves_that_touched_it(browser):
    event = ready_event()
    statement = event.statements.get()
    save(browser, event, title="Something else", why="About the title.")
    save(browser, statement, text="Put otherwise.", why="About the statement.")
    save(browser, statement, **{"citations-0-locator": "page 9"}, why="About where.")

    page = text(browser.get(url(statement, "history")))

    assert "About the statement." in page and "About where." in page
    assert "About the title." not in page


def test_two_states_are_compared_in_words(browser):
    event = ready_event(date="2026-03-03", importance="normal")
    statement = event.statements.get()
    other = SourceFactory(title="The other report")
    save(browser, event, date="[..2026-03-02]", importance="major")
    save(browser, statement, **{"citations-0-source": other.pk})

    response = browser.get(f"{url(event, 'history')}compare/?one=1&other=3")

    page = text(response)
    assert "by 2 March 2026 ([..2026-03-02])" in page
    assert "3 March 2026 (2026-03-03)" in page
    assert "The other report" in page
    assert not any("_id" in change.row for change in response.context["changes"])
    backwards = browser.get(f"{url(event, 'history')}compare/?one=3&other=1")
    assert backwards.context["changes"] == response.context["changes"]


@pytest.mark.parametrize("query", ["", "?one=1&other=99", "?one=x&other=\0"])
def test_states_that_are_not_there_are_asked_for_again(browser, query):
    event = ready_event()
    save(browser, event, title="Other")

    response = browser.get(f"{url(event, 'history')}compare/{query}", follow=True)

    assert "Choose two states of the list." in text(response)


def test_history_is_paged_and_asks_as_often_for_many_as_for_few(browser):
    event = ready_event()
    for number in range(3):
        save(browser, event, title=f"Title {number}")
    browser.get(url(event, "history"))
    with CaptureQueriesContext(connection) as few:
        browser.get(url(event, "history"))
    for number in range(30):
        with saving(Event.objects.get(), version=number + 4) as root:
            root.title = f"Title {number}"
            root.save()
            ParticipationFactory(event=event)

    with CaptureQueriesContext(connection) as many:
        page = browser.get(url(event, "history"))

    assert len(page.context["saves"]) == 25
    assert len(many) <= len(few) + 1  # the name of a participant
    second = text(browser.get(url(event, "history") + "?p=2"))
    assert "as it was when its history began" in second


# Restoring


def test_an_earlier_state_comes_back_with_its_links(browser):
    event = ready_event(title="As it was")
    part = ParticipationFactory(event=event, role="host")
    first = event.statements.get()
    first_text = first.text
    link = StatementLinkFactory(statement=first)
    save(browser, event, title="Changed", **{"participations-0-DELETE": "on"})
    at_that_time = {
        model: set(model.objects.values_list("pk", flat=True))
        for model in (Citation, Statement)
    }
    browser.post(url(first, "delete"), {"post": "yes"})
    StatementFactory(event=event)

    page = browser.get(restore_page(event, 1))
    response = browser.post(
        restore_page(event, 1),
        {"version": page.context["version"], "why": "It was right."},
        follow=True,
    )

    assert "Restored as it was on" in said(response)[0]
    event.refresh_from_db()
    assert (event.title, event.version) == ("As it was", 4)
    assert event.participations.get() == part
    again = event.statements.get()
    assert (again.text, again.public_id) == (first_text, first.public_id)
    assert StatementLink.objects.get() == link
    assert set(Citation.objects.values_list("pk", flat=True)) == at_that_time[Citation]
    newest = saves(event).first()
    assert "It was right." in newest.history_change_reason


def test_the_page_shows_what_restoring_changes(browser):
    event = ready_event(title="As it was")
    save(browser, event, title="As it is")

    page = text(browser.get(restore_page(event, 1)))

    assert "As it was" in page and "As it is" in page
    assert Event.objects.get().title == "As it is"


def test_restoring_at_an_older_version_is_refused(browser):
    event = ready_event(title="As it was")
    save(browser, event, title="Second")
    page = browser.get(restore_page(event, 1))
    save(browser, event, title="Third")

    response = browser.post(
        restore_page(event, 1), {"version": page.context["version"]}
    )

    assert "after you opened it" in text(response)
    assert Event.objects.get().title == "Third"


def test_what_named_something_deleted_is_left_out_and_said(browser):
    event = ready_event(title="As it was")
    part = ParticipationFactory(event=event)
    save(browser, event, title="Changed", **{"participations-0-DELETE": "on"})
    name = part.actor.name
    browser.post(url(part.actor, "delete"), {"post": "yes"})

    response = browser.post(restore_page(event, 1), {"version": 2}, follow=True)

    assert any(
        f"“{name}” has been deleted" in line and "Not brought back" in line
        for line in said(response)
    )
    event.refresh_from_db()
    assert event.title == "As it was" and not event.participations.exists()


def test_a_state_that_itself_names_something_deleted_is_refused(browser):
    anchor = SourceFactory(title="The gone report")
    event = ready_event(date_anchor=anchor, date_words="late last week")
    save(browser, event, date_anchor="", date_words="")
    browser.post(url(anchor, "delete"), {"post": "yes"})

    response = browser.post(restore_page(event, 1), {"version": 2})

    assert "“The gone report”, which it named then, has been deleted." in text(response)
    assert Event.objects.get().version == 2


def test_what_readers_know_by_its_web_name_keeps_it(browser):
    event = ready_event(slug="first-name")
    save(browser, event, slug="second-name", title="Changed")
    event.refresh_from_db()
    publish(event, by=None, version=event.version)

    restore(event, to=1, version=2, by=None)

    event.refresh_from_db()
    assert (event.slug, event.version) == ("second-name", 3)


def test_who_may_not_change_it_does_not_restore_it(browser):
    event = ready_event()
    save(browser, event, title="Changed")
    viewer = at_the_desk("Viewer")

    assert viewer.get(url(event, "history")).status_code == 200
    assert "Restore…" not in text(viewer.get(url(event, "history")))
    assert viewer.get(restore_page(event, 1)).status_code == 403
    assert viewer.post(restore_page(event, 1), {"version": 2}).status_code == 403


def test_a_writer_removes_no_statement_by_restoring(browser):
    event = ready_event()
    save(browser, event, title="Changed")
    with saving(Event.objects.get(), version=2):
        StatementFactory(event=event)

    response = at_the_desk("Writer").post(restore_page(event, 2), {"version": 3})

    assert response.status_code == 403
    assert event.statements.count() == 2


def test_held_texts_stay_and_are_not_copied(browser):
    source = SourceFactory(title="As it was")
    save(browser, source, title="Changed")
    source.refresh_from_db()
    with saving(source, version=source.version):
        SourceSnapshotFactory(source=source, text="A long text.")

    source.refresh_from_db()
    restore(source, to=1, version=source.version, by=None)

    assert Source.objects.get(pk=source.pk).title == "As it was"
    assert SourceSnapshot.objects.get().text == "A long text."
    assert not hasattr(SourceSnapshot.history.model.objects.first(), "text")


@pytest.mark.parametrize("make", [ActorFactory, TopicFactory, SourceFactory])
def test_every_noun_has_a_history_and_comes_back(browser, make):
    row = make()
    field = "title" if hasattr(row, "title") else "name"
    before = getattr(row, field)
    save(browser, row, **{field: "Changed"})

    assert "when its history began" in text(browser.get(url(row, "history")))
    browser.post(restore_page(row, 1), {"version": 2})

    row.refresh_from_db()
    assert getattr(row, field) == before


# Forgetting


def test_a_history_that_was_erased_says_nothing_and_goes_on(browser):
    event = ready_event(title="A name to be forgotten")
    statement = event.statements.get()
    save(browser, statement, text="Secret words.", why="Secret reason.")
    save(browser, statement, text="Plain words.")
    save(browser, event, title="A plain title")

    event.refresh_from_db()
    assert erase_history(event, before=event.version) > 0

    assert not any(
        hidden in str(list(model.history.model.objects.values()))
        for model in (Event, Statement, Citation)
        for hidden in ("forgotten", "Secret")
    )
    logged = str(list(LogEntry.objects.values()))
    assert "forgotten" not in logged and "Secret" not in logged
    page = text(browser.get(url(event, "history")))
    assert "editor" in page and "forgotten" not in page
    refused = browser.post(restore_page(event, 2), {"version": event.version})
    assert "destroyed for good" in text(refused)
    save(browser, statement, text="Newer words.")
    restore(event, to=4, version=5, by=None)
    assert Statement.objects.get().text == "Plain words."


def test_texts_are_forgotten_wherever_they_are(browser):
    event, actor = ready_event(title="About Jane Roe"), ActorFactory(name="Jane Roe")
    save(browser, event, title="About somebody")
    save(browser, actor, name="Somebody", why="Jane Roe asked for it.")

    assert forget_texts(["Jane Roe"]) == 3

    assert "Jane Roe" not in str(list(Event.history.model.objects.values()))
    assert "Jane Roe" not in str(list(Actor.history.model.objects.values()))
    assert forget_texts(["", " "]) == 0

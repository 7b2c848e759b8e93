"""The preview of an event: the page that readers get once it is published."""

import re

import pytest

from tests.admin.desk import account, at_the_desk, text, url
from tests.factories import (
    EventFactory,
    StatementLinkFactory,
    ready_event,
)
from timeline.editing import saving
from timeline.models.record import KnownEvent, Revision
from timeline.publishing.write import hold, merge, publish

pytestmark = pytest.mark.django_db
REVISIONS = re.compile(r'<section [^>]*"all_revisions".*?</section>', re.DOTALL)


def main_part(response):
    """What is in the page but its frame, and the list of its revisions."""
    body = text(response).partition("<main")[2].partition("</main>")[0]
    body, count = REVISIONS.subn("", body)
    assert count == 1
    return body


def previewed(event, role="Viewer"):
    return at_the_desk(role).get(url(event, "preview"))


def shown_to_readers(client, event):
    return client.get(f"/events/{event.slug}/")


def saved(event, **changes):
    with saving(event, version=event.version) as row:
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()
    event.refresh_from_db()


def linked_events():
    """A live event, and a draft of which a statement corrects one of its."""
    live, draft = ready_event(title="Live"), ready_event(title="A draft")
    publish(live, by=None, version=live.version)
    said, target = draft.statements.get(), live.statements.get()
    StatementLinkFactory(statement=said, target=target, kind="corrects")
    return live, draft


def test_it_is_what_readers_see_once_a_draft_is_published(client):
    _live, draft = linked_events()

    before = main_part(previewed(draft))
    publish(draft, by=None, version=draft.version)

    assert before == main_part(shown_to_readers(client, draft))
    assert "Corrects" in before and "<s>" in before


def test_it_is_what_readers_see_once_a_live_event_is_published_again(client):
    event = ready_event(title="As it was")
    publish(event, by=None, version=event.version)
    saved(event, title="As it will be")

    before = main_part(previewed(event))
    assert "As it will be" not in text(shown_to_readers(client, event))
    publish(event, by=None, version=event.version)

    assert before == main_part(shown_to_readers(client, event))
    assert "As it will be" in before


def test_of_what_has_not_changed_it_is_the_page_itself(client):
    event = ready_event()
    publish(event, by=None, version=event.version)

    shown = previewed(event), shown_to_readers(client, event)
    assert main_part(shown[0]) == main_part(shown[1])
    assert all("Revision 1" in text(page) for page in shown)


def test_it_says_that_it_is_one_and_is_in_no_index(client):
    event = ready_event()

    response = previewed(event)

    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex, nofollow">' in text(response)
    assert "readers do not see it" in text(response)
    assert f'href="{url(event)}">Back to the desk' in text(response)
    assert "canonical" not in text(response)
    assert "no-store" in response["Cache-Control"]
    publish(event, by=None, version=event.version)
    assert "robots" not in text(shown_to_readers(client, event))


def test_nothing_is_written():
    _live, draft = linked_events()

    previewed(draft)

    assert Revision.objects.count() == 1
    assert not KnownEvent.objects.filter(pk=draft.public_id).exists()


def test_it_is_there_before_the_event_is_ready():
    event = EventFactory(title="Hardly begun", date="")

    response = previewed(event)

    assert response.status_code == 200
    assert "Hardly begun" in main_part(response)


def test_it_is_there_while_the_event_is_on_hold():
    event = ready_event(title="Kept back")
    publish(event, by=None, version=event.version)
    hold(event, by=None, version=event.version, reason="Counsel rang.")

    assert "Kept back" in main_part(previewed(event))


def test_what_was_merged_has_none():
    event, other = ready_event(), ready_event()
    for row in (event, other):
        publish(row, by=None, version=row.version)
    merge(event, by=None, version=event.version, into=other)

    response = at_the_desk("Viewer").get(url(event, "preview"), follow=True)

    assert response.redirect_chain == [(url(event), 302)]
    assert "was merged into another event" in text(response)
    assert "desk-preview" not in text(response)


def test_the_pages_of_the_event_lead_to_it():
    event = ready_event()
    editor = at_the_desk()

    for page in ("change", "publish"):
        assert f'href="{url(event, "preview")}"' in text(editor.get(url(event, page)))


def test_nobody_else_sees_it(client):
    page = url(ready_event(title="Unseen"), "preview")

    assert client.get(page).status_code == 302
    outsider = account("Viewer")
    outsider.groups.clear()
    client.force_login(outsider)
    assert client.get(page).status_code == 403

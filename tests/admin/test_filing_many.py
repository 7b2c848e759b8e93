"""Topics, stories and importance of many at once: what was done, and what was not."""

import pytest
from django.urls import reverse

from tests.admin.desk import at_the_desk, list_url, said, text
from tests.factories import (
    EventTopicFactory,
    StoryFactory,
    TopicFactory,
    ready_event,
)
from timeline.editing import Refused, Stale, file_under, weigh
from timeline.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return at_the_desk("Writer")


def asked(browser, action, events):
    """The page that asks before an action of the list."""
    keys = [event.pk for event in events]
    data = {"action": f"{action}_selected", "_selected_action": keys}
    return browser.post(list_url(Event), data)


def chosen(browser, action, events, **words):
    """What the list says once the page was answered."""
    seen = [f"{event.pk}:{event.version}" for event in events]
    page = reverse(f"admin:timeline_event_{action}_chosen")
    return browser.post(page, {"seen": seen, **words}, follow=True)


def test_topics_are_put_on_many_events_and_taken_from_others(writer):
    old, new = TopicFactory(name="Old"), TopicFactory(name="New")
    first, second = ready_event(title="First"), ready_event(title="Second")
    EventTopicFactory(event=first, topic=old)
    page = text(asked(writer, "topics", [first, second]))

    done = chosen(writer, "topics", [first, second], into=new.pk, out_of=old.pk)

    assert "First" in page and "Put under these topics" in page
    assert list(first.topics.all()) == list(second.topics.all()) == [new]
    [sentence] = said(done)
    assert sentence.startswith("Changed: ")
    assert "First" in sentence and "Second" in sentence


def test_what_is_there_already_is_refused_by_name(writer):
    story = StoryFactory()
    there, new = ready_event(story=story, title="There"), ready_event(title="New")

    sentences = said(chosen(writer, "stories", [there, new], into=story.pk))

    there.refresh_from_db()
    assert there.version == 1
    assert story in new.stories.all()
    assert any("Not done" in line and "There" in line for line in sentences)
    assert any(line.startswith("Changed: ") and "New" in line for line in sentences)


def test_importance_is_given_to_many(writer):
    first, second = ready_event(), ready_event(importance="major", title="Major")

    sentences = said(chosen(writer, "importance", [first, second], importance="major"))

    assert set(Event.objects.values_list("importance", flat=True)) == {"major"}
    assert any("Its importance is “major” already." in line for line in sentences)


def test_what_was_saved_since_it_was_chosen_is_left_as_it_is(writer):
    event = ready_event()
    Event.objects.update(version=2)

    sentences = said(chosen(writer, "importance", [event], importance="major"))

    assert Event.objects.get().importance == "normal"
    assert "Somebody else changed it after you chose it" in sentences[0]


@pytest.mark.parametrize(
    ("action", "words", "sentence"),
    [
        ("topics", {}, "Choose at least one."),
        ("topics", {"into": "x"}, "is not a valid value"),
        ("topics", {"into": "\0"}, "Null characters are not allowed"),
        ("stories", {"into": "99999999999999999999"}, "Select a valid choice"),
        ("importance", {}, "Choose one."),
        ("importance", {"importance": "forged"}, "Select a valid choice"),
    ],
)
def test_odd_answers_are_asked_again(writer, action, words, sentence):
    event = ready_event()

    page = chosen(writer, action, [event], **words)

    assert page.status_code == 200
    assert sentence in text(page)
    event.refresh_from_db()
    assert event.version == 1


def test_a_topic_is_not_put_on_and_taken_off_at_once(writer):
    topic = TopicFactory(name="Both")

    page = chosen(writer, "topics", [ready_event()], into=topic.pk, out_of=topic.pk)

    assert "to be put in and to be taken out: Both." in text(page)


def test_the_verbs_refuse_what_is_old_or_changes_nothing():
    event, topic = ready_event(), TopicFactory()

    file_under(event, by=None, version=1, into=[topic])

    with pytest.raises(Refused, match="Nothing would change"):
        file_under(event, by=None, version=2, into=[topic])
    with pytest.raises(Stale):
        weigh(event, by=None, version=1, importance="major")
    event.refresh_from_db()
    assert [row.topic for row in event.topic_links.all()] == [topic]
    assert event.version == 2


@pytest.mark.parametrize("seen", ["²:1", "1:²", "٣:1", "1", ":", "9" * 5000 + ":1"])
def test_what_is_no_number_chooses_nothing(writer, seen):
    event = ready_event()
    page = reverse("admin:timeline_event_topics_chosen")
    action = {"action": "submit_selected", "_selected_action": [event.pk]}

    assert writer.post(page, {"seen": seen}).status_code == 302
    assert writer.post(list_url(Event), {**action, "seen": seen}).status_code == 302
    assert writer.get(list_url(Event, owner=seen)).status_code == 200
    assert writer.get(list_url(Event, p=seen)).status_code in (200, 302)

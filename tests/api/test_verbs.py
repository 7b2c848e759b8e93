"""What readers get of events that are on hold, released, merged or suppressed."""

import json

import pytest

from tests.factories import ActorFactory, RelatedEventFactory, SourceFactory
from tests.publishing.desk import bring_back, destroy_text, give_way, keep_back
from timeline.models import Event

from .telling import (
    API,
    SITE,
    ask,
    body,
    edited,
    get,
    path_of,
    put,
    said,
    slugs,
    taken_away,
    told,
    walk,
)

pytestmark = pytest.mark.django_db

GONE = "This was published and has been taken away. Its revisions are still listed."


def problem(path, status):
    """What is said where the feed cannot answer."""
    answer = get(path)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return json.loads(answer.content)


def two_revisions(slug="the-talks"):
    """A live event that has been edited once."""
    event = told(slug, title="CANARY talks")
    edited(event, title="The talks")
    return event


def rows(**parameters):
    return body("changes/", **parameters)["results"]


# Hold and release


def test_every_form_of_an_event_on_hold_is_kept_back():
    event = two_revisions()
    statement = event.statements.get()

    keep_back(event)

    for name in ("the-talks", event.public_id):
        for tail in ("", "revisions/", "revisions/1/", "revisions/2/", "revisions/3/"):
            sentence = problem(f"events/{name}/{tail}", 451)["detail"]
            assert sentence == (
                "This is on hold: it is not shown while it is being examined."
            )
    for name in (statement.slug, statement.public_id):
        assert get(f"statements/{name}/").status_code == 404
    assert slugs() == slugs("events/") == []


def test_what_only_an_event_on_hold_named_is_not_found_until_it_is_released():
    event = told("the-talks")
    speaker = event.statements.get().speaker
    told("other")
    named = body(f"actors/{speaker.slug}/")

    keep_back(event)

    assert get(f"actors/{speaker.slug}/").status_code == 404
    assert speaker.slug not in slugs("actors/")

    bring_back(event)

    assert body(f"actors/{speaker.slug}/") == named


def test_an_event_on_hold_is_not_shown_as_of_a_day_when_it_was():
    event = two_revisions()
    stood = rows()[1]["published_at"]
    before = body("timeline/", as_of=stood)["results"]
    assert [entry["slug"] for entry in before] == ["the-talks"]

    keep_back(event)

    assert body("timeline/", as_of=stood)["results"] == []

    bring_back(event)

    assert body("timeline/", as_of=stood)["results"] == before


def test_a_walk_begun_before_does_not_meet_what_was_put_on_hold_since():
    events = [told(f"event-{place}", date=f"2026-03-0{place}") for place in range(1, 5)]
    acts = iter([lambda: keep_back(events[1]), lambda: None])

    pages = walk(page_size=2, between=lambda: next(acts)())

    assert pages == [["event-4", "event-3"], ["event-1"]]


def test_a_walk_begun_before_meets_what_was_held_and_released_as_it_was():
    events = [told(f"event-{place}", date=f"2026-03-0{place}") for place in range(1, 5)]

    def between():
        keep_back(events[1])
        bring_back(events[1])
        edited(events[1], title="Another title")

    page = body(page_size=2, path="timeline/")
    between()
    rest = body(path_of(page["next"]))["results"]

    assert [entry["slug"] for entry in rest] == ["event-2", "event-1"]
    assert rest[0]["revision"]["number"] == 1


def test_between_hold_and_release_nothing_of_it_stood():
    event = told("the-talks")
    keep_back(event)
    told("other")
    bring_back(event)

    found = [slugs(as_of=row["published_at"]) for row in rows()]

    assert found == [["the-talks"], [], ["other"], ["other", "the-talks"]]


def test_the_record_is_sent_without_the_text_of_what_is_on_hold():
    event = two_revisions()
    told("other")
    before = rows()

    keep_back(event, note="A complaint is looked into.")

    held = rows()
    assert [row["held"] for row in held] == [True, True, False, True]
    for place in (0, 1):
        hidden = {"salt": None, "document": None, "held": True}
        assert held[place] == before[place] | hidden
    assert held[2] == before[2]
    assert held[3] | {"salt": None, "note": "A complaint is looked into."} == held[3]

    bring_back(event)

    released = rows()
    assert released[:3] == before
    assert [row["held"] for row in released] == [False] * 5
    assert released[4]["kind"] == "release"
    assert released[4]["document"]["title"] == "The talks"


def test_a_release_is_the_newest_revision_and_the_older_ones_are_readable_again():
    event = two_revisions()
    before = [get(f"events/the-talks/revisions/{number}/").content for number in (1, 2)]
    keep_back(event)
    bring_back(event, note="It was unfounded.")

    assert body("events/the-talks/")["revision"]["kind"] == "release"
    assert body("events/the-talks/")["revision"]["note"] == "It was unfounded."
    listed = body("events/the-talks/revisions/")["results"]
    assert [row["kind"] for row in listed] == [
        *("release", "hold", "update", "publication")
    ]
    again = [get(f"events/the-talks/revisions/{number}/").content for number in (1, 2)]
    assert again == before
    assert body("events/the-talks/revisions/4/") == body("events/the-talks/")


def test_a_withdrawn_event_can_be_kept_back_with_its_revisions():
    event = told("the-talks")
    taken_away(event)
    tombstone = problem("events/the-talks/", 410)

    keep_back(event)

    problem("events/the-talks/", 451)
    problem("events/the-talks/revisions/1/", 451)

    bring_back(event)

    assert problem("events/the-talks/", 410) == tombstone
    assert get("events/the-talks/revisions/1/").status_code == 200


@pytest.mark.parametrize(
    ("act", "status"),
    [(keep_back, 451), (destroy_text, 410), (taken_away, 410)],
)
def test_an_old_etag_does_not_bring_back_what_was_taken_away(act, status):
    event = told("the-talks")
    for path in ("events/the-talks/", "events/the-talks/revisions/1/"):
        first = ask(path)
        assert ask(path, If_None_Match=first["ETag"]).status_code == 304
    kept = first["ETag"]

    act(event)

    again = ask("events/the-talks/", If_None_Match=kept)
    assert again.status_code == status


# Merge


def test_a_merged_event_leads_to_where_it_was_merged_in_the_end():
    one, two, three = told("one"), told("two"), told("three")

    give_way(one, two)
    give_way(two, three)

    for name in ("one", "two", one.public_id):
        answer = get(f"events/{name}/")
        assert answer.status_code == 308
        assert answer["Location"] == f"{SITE}{API}events/three/"
    assert slugs() == ["three"]
    assert rows()[3]["successor"] == two.public_id


def test_a_merged_event_leads_to_what_became_of_the_other():
    one, two = told("one"), told("two")
    give_way(one, two)

    taken_away(two)

    answer = get("events/one/")
    assert answer.status_code == 308
    problem(path_of(answer["Location"]), 410)

    put(two)
    keep_back(two)

    problem(path_of(get("events/one/")["Location"]), 451)


def test_the_revisions_of_a_merged_event_stay_readable():
    one, two = told("one"), told("two")
    said_before = get("events/one/").content

    give_way(one, two, note="Reported twice.")

    assert get("events/one/revisions/1/").content == said_before
    merge = body("events/one/revisions/2/")
    assert merge["revision"]["kind"] == "merge"
    assert merge["successor"] == "two"
    assert len(body("events/one/revisions/")["results"]) == 2


def test_what_a_withdrawn_event_names_in_its_place_is_where_that_was_merged():
    one, two, three = told("one"), told("two"), told("three")
    taken_away(one, successor=two)

    give_way(two, three)

    assert problem("events/one/", 410)["tombstone"]["successor"] == "three"


# Suppress


def test_a_suppressed_event_is_gone_and_says_so():
    event = two_revisions()

    row = destroy_text(event, note="A court ordered it.")

    said = problem("events/the-talks/", 410)
    assert said["detail"] == GONE
    assert said["tombstone"] == {
        "id": event.public_id,
        "kind": "suppression",
        "note": "A court ordered it.",
        "successor": None,
        "published_at": row.published_at,
    }
    for number in (1, 2):
        again = problem(f"events/the-talks/revisions/{number}/", 410)
        assert again["tombstone"] == said["tombstone"]
    listed = body("events/the-talks/revisions/")["results"]
    assert [row["suppressed"] for row in listed] == [False, True, True]


def test_a_past_revision_that_was_suppressed_is_nowhere():
    event = two_revisions()
    stood = rows()[0]["published_at"]
    page = get("events/the-talks/").content

    destroy_text(event, 1, note="It named a child.")

    assert get("events/the-talks/").content == page
    tombstone = problem("events/the-talks/revisions/1/", 410)["tombstone"]
    assert tombstone["note"] == "It named a child."
    assert body("timeline/", as_of=stood)["results"] == []
    assert body("events/the-talks/revisions/3/")["revision"]["kind"] == "suppression"
    assert slugs() == ["the-talks"]


def test_what_is_left_of_a_suppressed_event_stays_readable():
    event = two_revisions()
    stood = rows()[0]["published_at"]

    destroy_text(event, 2)

    problem("events/the-talks/revisions/2/", 410)
    assert body("events/the-talks/revisions/1/")["title"] == "CANARY talks"
    assert slugs(as_of=stood) == ["the-talks"]
    assert slugs() == []


def test_the_record_is_sent_without_what_was_suppressed():
    event = two_revisions()
    before = rows()

    destroy_text(event, 1)

    after = rows()
    gone = {"salt": None, "document": None, "suppressed": True}
    assert after[0] == before[0] | gone
    assert after[1] == before[1]
    assert (after[2]["kind"], after[2]["suppresses"]) == ("suppression", [1])
    assert "CANARY" not in get("changes/").content.decode()


def test_no_canary_of_a_suppressed_event_is_in_any_answer():
    speaker = ActorFactory(slug="canary-ltd", name="Canary Ltd")
    source = SourceFactory(slug="canary-report", title="Canary report")
    event, other = told("the-talks", title="Canary talks"), told("other")
    said(event, speaker=speaker, source=source)
    edited(event, title="Canary talks, renamed", summary="Canary summary")
    RelatedEventFactory(event=other, target=event)
    put(other)
    at = [row["published_at"] for row in rows()]
    destroy_text(event)

    paths = [
        *("", "timeline/", "events/", "actors/", "sources/", "stories/", "topics/"),
        *("changes/", "record/", "events/the-talks/", "events/the-talks/revisions/"),
        *(f"events/the-talks/revisions/{number}/" for number in (1, 2, 3)),
        *("events/other/", "events/other/revisions/"),
        *(f"events/other/revisions/{number}/" for number in (1, 2, 3, 4)),
        *(f"timeline/?as_of={instant}" for instant in at),
        *(f"/{path}" for path in ("", "events/the-talks/", "events/other/")),
    ]
    told_so = {path: get(path) for path in paths}

    assert [
        path
        for path, answer in told_so.items()
        if "canary" in (answer.content.decode() + str(answer.headers)).lower()
    ] == []
    assert {answer.status_code for answer in told_so.values()} == {200, 410}
    assert [slugs(q="canary", as_of=instant) for instant in at] == [[]] * len(at)
    assert get("actors/canary-ltd/").content == get("actors/nobody/").content


def test_a_web_name_that_was_replaced_is_forgotten():
    event = told("canary-talks")
    Event.objects.filter(pk=event.pk).update(title="Clean")

    destroy_text(event, 1, slug="talks")

    assert get("events/canary-talks/").content == get("events/nowhere/").content
    assert problem("events/talks/", 410)["tombstone"]["id"] == event.public_id
    assert "canary" not in get("changes/").content.decode()
    event.refresh_from_db()
    put(event)
    assert body("events/talks/")["id"] == event.public_id

"""Walks over the pages of a list, while others publish, edit and withdraw."""

import json
import random
from contextlib import contextmanager

import pytest
from django.core.signing import Signer
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import StoryFactory
from timeline.api.pagination import SALT, Place, cursor_to, place_at
from timeline.models.record import Revision
from timeline.publishing.write import rebuild

from .telling import (
    API,
    SITE,
    body,
    edited,
    faults,
    get,
    path_of,
    put,
    slugs,
    taken_away,
    told,
    walk,
)

pytestmark = pytest.mark.django_db

DATES = ["2026-03-03", "..", "2026-03-03", "2025", "[..2026-04-01]", "..", "2026-03-03"]
ORDERS = ["-date", "date", "-published"]


def several():
    return [told(f"event-{place}", date) for place, date in enumerate(DATES)]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_hold_each_entry_once_forwards_and_back(order, size):
    several()
    whole = slugs(order=order)

    pages = walk(page_size=size, order=order)

    assert [slug for page in pages for slug in page] == whole
    assert all(len(page) == size for page in pages[:-1])
    assert backwards(page_size=size, order=order) == pages[::-1]


def backwards(**parameters):
    """The pages from the last to the first, along `previous`."""
    page = body("timeline/", **parameters)
    while page["next"]:
        page = body(path_of(page["next"]))
    pages = [[entry["slug"] for entry in page["results"]]]
    while page["previous"]:
        page = body(path_of(page["previous"]))
        pages.append([entry["slug"] for entry in page["results"]])
    return pages


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("seed", range(2))
def test_a_walk_shows_the_record_as_it_stood_whatever_happens_meanwhile(
    order, size, seed
):
    acts = Acts(several(), random.Random(seed))
    story = StoryFactory(slug="the-story")
    acts.add(story=story), acts.add(story=story)
    stood = {entry["slug"]: entry for entry in entries(order=order)}
    page, seen = body(page_size=size, order=order, path="timeline/"), []
    pages = [page]

    while page["next"]:
        acts.one(), acts.one()
        page = body(path_of(page["next"]))
        pages.append(page)
    for page in pages:
        seen += page["results"]

    assert seen == list(stood.values())
    for later, earlier in zip(pages[:0:-1], pages[-2::-1], strict=True):
        acts.one()
        assert body(path_of(later["previous"]))["results"] == earlier["results"]


def entries(**parameters):
    return body("timeline/", **parameters)["results"]


class Acts:
    """Random acts on a set of events, and on new ones."""

    def __init__(self, events, chance):
        self.live, self.away = list(events), []
        self.chance, self.number = chance, 100

    def one(self):
        kinds = [self.add, self.move, self.reword, self.withdraw, self.bring_back]
        self.chance.choice(kinds)()

    def add(self, **fields):
        self.number += 1
        date = self.chance.choice(DATES)
        self.live.append(told(f"event-{self.number}", date, **fields))

    def move(self):
        event = self.chance.choice(self.live)
        edited(event, kind="correction", date=self.chance.choice([*DATES, "2027"]))

    def reword(self):
        self.number += 1
        edited(self.chance.choice(self.live), title=f"Title {self.number}")

    def withdraw(self):
        if len(self.live) > 1:
            event = self.live.pop(self.chance.randrange(len(self.live)))
            taken_away(event)
            self.away.append(event)

    def bring_back(self):
        if self.away:
            event = self.away.pop()
            put(event)
            self.live.append(event)


def test_a_walk_over_a_filter_shows_what_met_it_when_it_began():
    story = StoryFactory(slug="the-story")
    events = [told(f"in-{place}", story=story) for place in range(4)]
    told("outside")

    def leave():
        if events:
            event = events.pop(0)
            event.story_links.all().delete()
            edited(event, title=f"{event.title}, moved")

    pages = walk(story="the-story", page_size=1, between=leave)

    assert pages == [["in-3"], ["in-2"], ["in-1"], ["in-0"]]
    assert slugs(story="the-story") == ["in-3"]


def test_the_pages_around_are_in_a_header_too():
    several()

    first = get("timeline/", page_size=3)
    second = get(path_of(json.loads(first.content)["next"]))

    page = json.loads(second.content)
    licence = "<https://creativecommons.org/licenses/by/4.0/>"
    assert second["Link"] == (
        f'<{page["next"]}>; rel="next", <{page["previous"]}>; rel="prev",'
        f' {licence}; rel="license"'
    )
    assert first["Link"].count("rel=") == 2


def test_the_next_address_keeps_the_parameters_and_leaves_out_what_follows_readers():
    story = StoryFactory(slug="the-story")
    for slug in ("one", "two"):
        told(slug, story=story)

    page = body(
        "timeline/", page_size=1, story="the-story", utm_source="x", order="date"
    )

    start = f"{SITE}{API}timeline/?page_size=1&story=the-story&order=date&cursor="
    assert page["next"].startswith(start)


def test_the_same_page_has_the_same_bytes():
    several()

    assert (
        get("timeline/", page_size=2).content == get("timeline/", page_size=2).content
    )


def test_the_size_of_pages_may_change_on_the_way():
    several()
    page = body("timeline/", page_size=2)

    rest = body(path_of(page["next"].replace("page_size=2", "page_size=200")))

    assert [entry["slug"] for entry in page["results"] + rest["results"]] == slugs()


def test_a_cursor_of_another_filter_is_refused():
    several()
    cursor = body("timeline/", page_size=2)["next"].partition("cursor=")[2]

    for parameters in [{"order": "date"}, {"from": "2020"}, {"match": "must"}]:
        ((name, sentence),) = faults(cursor=cursor, **parameters)
        assert name == "cursor"
        assert sentence.endswith("leave it out to begin again.")
    assert faults("stories/", cursor=cursor) == faults(cursor=cursor, order="date")


def test_a_garbled_or_forged_cursor_is_refused():
    several()
    cursor = body("timeline/", page_size=2)["next"].partition("cursor=")[2]
    signature = cursor.rpartition(".")[2]

    for wrong in (
        "nonsense",
        cursor[:-1],
        cursor[1:],
        f"WzEsMixmYWxzZSwieCJd.{signature}",
        f"{cursor}.{signature}",
        "é",
        "\0",
    ):
        ((name, _sentence),) = faults(cursor=wrong)
        assert name == "cursor"


def test_a_cursor_from_beyond_the_record_says_where_to_begin_again(db):
    several()
    far = body("timeline/", page_size=2, order="date")["next"]
    restore_to(3)

    answer = get(path_of(far))

    assert answer.status_code == 410
    told_so = json.loads(answer.content)
    assert told_so["resync"] == f"{SITE}{API}timeline/?page_size=2&order=date"
    assert body(path_of(told_so["resync"]))["results"]


def restore_to(sequence):
    """The record as an older backup held it."""
    Revision.objects.filter(sequence__gt=sequence).delete()
    rebuild()


@contextmanager
def just_before(words, act):
    """Lets `act` happen once, right before the first query that has these words."""
    acts = [act]

    def wrapper(execute, sql, params, many, context):
        if words in sql and acts:
            acts.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield
    assert acts == []


def test_an_act_between_the_two_reads_of_a_page_shows_nothing_twice():
    events = several()
    before = entries(page_size=3)

    with just_before("MAX(until_sequence)", lambda: edited(events[2], title="Other")):
        after = entries(page_size=3)

    assert after == before


def test_an_act_between_the_reads_of_an_event_is_no_error():
    event = told("event")
    path = "events/event/"

    with just_before('FROM "timeline_knownevent"', lambda: taken_away(event)):
        assert get(path).status_code == 410
    with just_before('FROM "timeline_knownevent"', lambda: put(event)):
        assert get(path).status_code == 200
    with just_before('FROM "timeline_pastentry"', lambda: edited(event, title="Other")):
        assert get(f"{path}revisions/1/").status_code == 200


@pytest.mark.parametrize("size", [1, 2, 3])
def test_things_are_walked_by_slug_forwards_and_back(size):
    for slug in ("delta", "alpha", "charlie", "bravo"):
        told(slug, story=StoryFactory(slug=slug))

    pages = walk("stories/", page_size=size)

    assert [slug for page in pages for slug in page] == [
        *("alpha", "bravo", "charlie", "delta")
    ]
    last = walk_to_end("stories/", page_size=size)
    assert walk(path_of(last), along="previous")[1:] == pages[-2::-1]


def walk_to_end(path, **parameters):
    """The address of the last page."""
    address, page = f"{SITE}{API}{path}", body(path, **parameters)
    while page["next"]:
        address, page = page["next"], body(path_of(page["next"]))
    return address


@given(
    sequence=st.integers(0, 2**53),
    key=st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=2),
    back=st.booleans(),
)
def test_a_cursor_is_signed_as_the_framework_signs(sequence, key, back):
    place = Place(sequence, key, back, "0123456789abcdef")
    value = [sequence, key, back, place.list]

    assert cursor_to(place) == Signer(salt=SALT, sep=".").sign_object(value)
    assert place_at(cursor_to(place)) == place

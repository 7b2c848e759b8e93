"""Many walks at once, while everything that can happen to events does.

An entry that the record showed when a walk began is on exactly one of its pages, as it
then was. What is on hold when its page is read is left out, and so is a text that was
destroyed: such an entry is passed over. What is released again before its page is read
is there as it was.
"""

import random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from timeline.editing import Refused
from timeline.models.record import Revision

from .plainly import Record, answer, kept_back
from .telling import body, path_of
from .world import World, undone

pytestmark = pytest.mark.django_db

VERBS = (
    *("reword", "move", "add", "withdraw", "publish"),
    *("hold", "release", "merge", "suppress"),
)
ORDERS = ("-date", "date", "-published")
FILTERS = (
    {},
    {"stories": 0},
    {"actors": 1},
    {"statement_kinds": ["claim", "report", "denial"]},
    {"since": "2026-02"},
    {"since": "2025", "until": "2026-03-03"},
    {"standings": ["stands"], "publishers": 0},
)
PARAMETERS = {
    "stories": "story",
    "actors": "actor",
    "importance": "importance",
    "statement_kinds": "statement_kind",
    "standings": "standing",
    "publishers": "publisher",
    "since": "from",
    "until": "until",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Events to begin with, the same for every example."""
    with django_db_blocker.unblock(), undone():
        yield World(random.Random(6), events=9, acts=3)


class Walk:
    """One walk: what it is to show, how far it is, and the page that was read last.

    `shown` are event and sequence of each of the rows `expected`.
    """

    def __init__(self, size, expected, shown, page):
        self.size, self.expected, self.shown = size, expected, shown
        self.start = self.end = 0
        self.take(page)

    def take(self, page):
        """Look at a page, which must be the next one, and go to its end."""
        ahead = self.visible(range(self.end, len(self.expected)))
        assert page["results"] == self.rows(ahead[: self.size])
        assert (page["next"] is not None) == (len(ahead) > self.size)
        self.page, self.start = page, self.end
        if page["results"]:
            self.start, self.end = ahead[0], ahead[: self.size][-1] + 1

    @property
    def goes_on(self):
        return self.page["next"] is not None

    def read_on(self):
        self.take(body(path_of(self.page["next"])))

    def look_back(self):
        """Look at the page before, without going there."""
        before = self.visible(range(self.start))
        page = body(path_of(self.page["previous"]))
        assert page["results"] == self.rows(before[-self.size :])
        assert (page["previous"] is not None) == (len(before) > self.size)

    def rows(self, places):
        return [self.expected[place] for place in places]

    def visible(self, places):
        """The places of what is neither on hold now nor destroyed."""
        held, lost = kept_back(Revision.objects.order_by("sequence"))
        return [
            place
            for place in places
            if self.shown[place][0] not in held and self.shown[place][1] not in lost
        ]


class Walks(RuleBasedStateMachine):
    """Readers who walk, and a desk that goes on working."""

    world = None

    def __init__(self):
        super().__init__()
        self.undone = undone()
        self.undone.__enter__()
        self.began_with = list(self.world.events)
        self.open = []

    @rule(
        of_statements=st.booleans(),
        order=st.sampled_from(ORDERS),
        size=st.integers(1, 3),
        asked=st.sampled_from(FILTERS),
    )
    def set_out(self, of_statements, order, size, asked):
        question = {"of_statements": of_statements, "order": order, **self.meant(asked)}
        record = Record()
        keys = answer(record, question, len(record.rows))
        path, given = address_of(question)
        expected = body(path, page_size=200, **given)["results"]
        assert [row["id"] for row in expected] == [key for key, _sequence in keys]
        shown = [(record.rows[at - 1].event_id, at) for _key, at in keys]
        page = body(path, page_size=size, **given)
        self.open.append(Walk(size, expected, shown, page))

    def meant(self, asked):
        """A filter with the ids of this world; numbers stand for its things."""
        things = {
            "stories": self.world.stories,
            "actors": self.world.people,
            "publishers": self.world.outlets,
        }
        return {
            name: (things[name][value].public_id,) if name in things else value
            for name, value in asked.items()
        }

    @precondition(lambda self: self.going())
    @rule(which=st.integers(0, 9))
    def read_on(self, which):
        going = self.going()
        going[which % len(going)].read_on()

    @precondition(lambda self: self.going())
    @rule(which=st.integers(0, 9))
    def read_on_and_look_back(self, which):
        going = self.going()
        walk = going[which % len(going)]
        walk.read_on()
        if walk.page["previous"]:
            walk.look_back()

    def going(self):
        return [walk for walk in self.open if walk.goes_on]

    @rule(verb=st.sampled_from(VERBS), seed=st.integers(0, 99))
    def act(self, verb, seed):
        self.world.chance = random.Random(seed)
        try:
            getattr(self.world, verb)()
        except Refused as refusal:
            assert "in a circle" in refusal.sentences[0]

    def teardown(self):
        try:
            for walk in self.open:
                while walk.goes_on:
                    walk.read_on()
        finally:
            self.world.events = self.began_with
            self.undone.__exit__(None, None, None)


def address_of(question):
    """The path and the parameters of a question."""
    given = {PARAMETERS.get(name, name): value for name, value in question.items()}
    return "statements/" if given.pop("of_statements") else "timeline/", given


def test_every_walk_shows_the_record_as_it_stood_at_its_first_page(world):
    Walks.world = world

    run_state_machine_as_test(
        Walks,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )

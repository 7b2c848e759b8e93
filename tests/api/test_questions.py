"""Every question, against a plain reading of every document.

The record is drawn at random and the same each time. `plainly` says what each question
should get; all plans of the query layer must get that, on pages of every size, forwards
and back, today and as of every act.
"""

import json
import random
from itertools import combinations

import pytest

from timeline.dates import parse
from timeline.models.record import Revision
from timeline.publishing import read
from timeline.publishing.read import planning, timeline
from timeline.publishing.read.asking import groups_of
from timeline.publishing.read.planning import Planner
from timeline.publishing.read.selecting import Selection
from timeline.publishing.read.tables import CURRENT, PAST

from .plainly import SITE, Record, answer
from .telling import body, path_of
from .world import KINDS, ROLES, World, head, undone

pytestmark = pytest.mark.django_db

ORDERS = ("-date", "date", "-published")
# What decides between plans, small and large; each road is taken under some of them.
PLANS = {
    "as it is": {},
    "few": {"FEW": 0},
    "two": {"FEW": 2},
    "cheap probes": {"PROBE": 0, "FEW": 3},
    "dear probes": {"PROBE": 10**6, "FEW": 3},
    "never early": {"EARLY": 0},
}
NUMBER = 200  # of questions under each plan
DATE_FIELDS = ("since", "until", "said_since", "said_until", "known_at")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One record for all tests here; what each test does is undone as ever."""
    with django_db_blocker.unblock(), undone():
        yield Asked(World(random.Random(3)))


class Asked:
    """A world, its record read plainly, and what can be asked of it."""

    def __init__(self, world):
        self.record = Record()
        self.head = head()
        self.options = options(world)

    def at(self, chance):
        """A sequence: the head as often as all before it, and the first ones often."""
        early = chance.randint(1, self.head // 9)
        return chance.choice(
            [self.head, self.head, chance.randint(1, self.head), early]
        )


def options(world):
    """The values of each parameter, by the field of `Query`."""
    ids = {
        "stories": world.stories,
        "topics": world.topics,
        "actors": [*world.people, *world.outlets],
        "speakers": [*world.people, *world.outlets],
        "sources": world.sources,
        "publishers": world.outlets,
        "events": world.events,
    }
    found = {
        name: [(row.public_id,) for row in rows]
        + [(rows[0].public_id, rows[1].public_id)]
        for name, rows in ids.items()
    }
    return found | {
        "roles": [*((role,) for role in ROLES), ROLES[:3]],
        "statement_kinds": [*((kind,) for kind in KINDS), KINDS[:3]],
        "standings": [("stands",), ("corrected",), ("disputed", "clarified")],
        "importance": [("major",), ("minor", "normal")],
        "min_origins": [1, 2, 3],
        "since": ["2026-03-03", "2026", "-0100", "2026-03-04T12:00:00Z"],
        "until": ["2026-03-03", "2025-06", "1950", "2026-03-04T09:00:00Z"],
        "said_since": ["2026-03-02", "2026-03-03"],
        "said_until": ["2026-03-02", "2025"],
        "match": ["must"],
        "terms": ["treaty", "cordoba", '"treaty contract"', "co-operate vote", "北京"]
        + ["ŁÓDŹ alias", "aide", "paper", '"Pérson 2"', '"contract treaty" summit'],
        "known_at": ["2026-02-27", "2026-03-02", "2026-03-03", "2026-03-31"],
    }


OF_EVENTS_ALONE = {"roles", "importance"}
OF_STATEMENTS_ALONE = {"events", "said_since", "said_until"}


def fields_of(asked, *, of_statements):
    unfit = OF_EVENTS_ALONE if of_statements else OF_STATEMENTS_ALONE
    return [name for name in asked.options if name not in unfit]


def drawn(asked, chance, names, **fixed):
    """A question with a value of each of these."""
    return fixed | {name: chance.choice(asked.options[name]) for name in names}


def query_of(question, **more):
    meant = dict(question)
    for name in DATE_FIELDS:
        if name in meant:
            meant[name] = parse(meant[name])
    if "terms" in meant:
        meant["terms"] = read.terms_of(meant["terms"])
    return read.Query(**meant, **more)


def walked(query, at, top):
    """The rows of all pages, forwards; the same from the last page back."""
    pages, after = [], None
    while True:
        page = read.page(query, at=at, head=top, made_for=SITE, after=after)
        pages.append(page)
        if not page.more_after:
            break
        after = page.last
    back, page = [pages[-1]], pages[-1]
    while page.more_before and page.first:
        page = read.page(
            query, at=at, head=top, made_for=SITE, after=page.first, back=True
        )
        back.append(page)
    return ids_of(pages, query), ids_of(reversed(back), query)


def ids_of(pages, query):
    bodies = [json.loads(text) for page in pages for text in page.bodies]
    if query.of_statements:
        return [row["id"] for row in bodies]
    return [(row["id"], row["revision"]["sequence"]) for row in bodies]


def differences(asked, questions, chance):
    """The questions whose walk is not what the documents say."""
    wrong = []
    for question in questions:
        at = asked.at(chance)
        expected = answer(asked.record, question, at)
        if question.get("of_statements"):
            expected = [key for key, _sequence in expected]
        size = chance.randint(1, 7) + len(expected) // 4
        forwards, back = walked(query_of(question, page_size=size), at, asked.head)
        if not forwards == back == expected:
            wrong.append((question, at, size, forwards, back, expected))
    return wrong


def report(wrong):
    """The shortest of what is wrong."""
    first = sorted(map(str, wrong), key=len)[:2]
    return "\n".join([f"{len(wrong)} are wrong, such as", *first])


@pytest.mark.parametrize("of_statements", [False, True])
def test_each_parameter_alone_gets_what_the_documents_say(world, of_statements):
    chance = random.Random(10)
    questions = [
        {"of_statements": of_statements, "order": chance.choice(ORDERS), name: value}
        for name in fields_of(world, of_statements=of_statements)
        for value in world.options[name]
    ]
    plain = [{"of_statements": of_statements, "order": order} for order in ORDERS * 3]

    wrong = differences(world, plain + questions, chance)

    assert not wrong, report(wrong)


@pytest.mark.parametrize("of_statements", [False, True])
def test_any_two_parameters_get_what_the_documents_say(world, of_statements):
    chance = random.Random(20)
    questions = [
        drawn(
            world,
            chance,
            pair,
            of_statements=of_statements,
            order=chance.choice(ORDERS),
        )
        for pair in combinations(fields_of(world, of_statements=of_statements), 2)
    ]

    wrong = differences(world, questions, chance)

    assert not wrong, report(wrong)


@pytest.mark.parametrize("plan", PLANS)
def test_whatever_the_plan_the_answer_is_the_same(world, plan, monkeypatch):
    for name, number in PLANS[plan].items():
        monkeypatch.setattr(planning, name, number)
    monkeypatch.setattr(timeline, "FRESH", 0)
    chance = random.Random(30)

    wrong = differences(world, any_questions(world, chance, NUMBER), chance)

    assert not wrong, report(wrong)


def any_questions(asked, chance, number):
    """Questions of one parameter to four, of either list."""
    for _ in range(number):
        of_statements = chance.random() < 0.5
        names = fields_of(asked, of_statements=of_statements)
        some = chance.sample(names, chance.choice([1, 1, 2, 2, 3, 4]))
        order = chance.choice(ORDERS)
        yield drawn(asked, chance, some, of_statements=of_statements, order=order)


def test_every_road_of_the_planner_is_taken_here(world, monkeypatch):
    taken = set()

    for numbers in PLANS.values():
        with monkeypatch.context() as patch:
            for name, number in numbers.items():
                patch.setattr(planning, name, number)
            chance = random.Random(30)
            for question in any_questions(world, chance, NUMBER):
                taken |= plans_of(query_of(question), world.at(chance), world.head)

    assert taken == {
        *(("facts", False), ("facts", True), ("entries", False), ("entries", True)),
        *(("known", True), ("search", False), ("search", True), ("said", True)),
    }


def plans_of(query, at, top):
    groups = groups_of(query)
    planner = Planner(query, groups, at=at, head=top)
    return {
        (plan.driver, plan.gathers)
        for tables in (CURRENT, PAST)
        for bounded in (False, True)
        for plan in [
            planner.plan(Selection(tables, query, groups, at), bounded=bounded)
        ]
    }


@pytest.mark.parametrize("of_statements", [False, True])
def test_as_of_every_act_the_list_is_what_it_was(world, of_statements):
    chance = random.Random(40)
    wrong = []

    for at in range(world.head + 1):
        order = chance.choice(ORDERS)
        question = {"of_statements": of_statements, "order": order}
        expected = answer(world.record, question, at)
        if of_statements:
            expected = [key for key, _sequence in expected]
        forwards, back = walked(query_of(question, page_size=40), at, world.head)
        if not forwards == back == expected:
            wrong.append((question, at, forwards, back, expected))

    assert not wrong, report(wrong)


NAMES = {
    "stories": "story",
    "topics": "topic",
    "actors": "actor",
    "roles": "role",
    "sources": "source",
    "publishers": "publisher",
    "speakers": "speaker",
    "statement_kinds": "statement_kind",
    "standings": "standing",
    "events": "event",
    "since": "from",
    "until": "until",
    "said_since": "said_from",
    "said_until": "said_until",
    "terms": "q",
}


def test_over_http_the_answers_are_the_same(world):
    chance = random.Random(50)
    wrong = []

    for question in any_questions(world, chance, 40):
        if is_refused(question, world.record):
            continue
        at = world.at(chance)
        acts = Revision.objects.filter(pk__gte=at).order_by("sequence")
        moment = acts.first().published_at
        at = acts.filter(published_at=moment).last().sequence
        path = "statements/" if question.pop("of_statements") else "timeline/"
        asked = {NAMES.get(name, name): value for name, value in question.items()}
        found = pages(path, as_of=moment, page_size=5, **asked)
        question["of_statements"] = path == "statements/"
        expected = [key for key, _ in answer(world.record, question, at)]
        if found != expected:
            wrong.append((question, moment, found, expected))

    assert not wrong, report(wrong)


def is_refused(question, record):
    """Whether a question names what was never published, or ends before it begins."""
    never = set(question.get("events", ())) - record.ordinals.keys()
    return bool(never) or any(
        parse(question[first]).earliest > parse(question[last]).latest
        for first, last in (("since", "until"), ("said_since", "said_until"))
        if first in question and last in question
    )


def pages(path, **parameters):
    page, found = body(path, **parameters), []
    while True:
        found += [row["id"] for row in page["results"]]
        if page["next"] is None:
            return found
        page = body(path_of(page["next"]))

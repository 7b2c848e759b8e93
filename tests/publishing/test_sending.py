"""Statements that wait for one another, and questions that are asked together."""

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from timeline.models.record import NamedThing, StoryThing, ThingName
from timeline.publishing.write import publish
from timeline.publishing.write.filling import delete, insert
from timeline.publishing.write.rows import Plain, Wanted, rows_of_each
from timeline.publishing.write.sending import kept_back, write

from .desk import an_event

pytestmark = pytest.mark.django_db
COLUMNS = ("story", "thing", "entries")
ADD = "INSERT INTO timeline_storything (story, thing, entries) VALUES (%s, %s, %s)"
AWKWARD = "100 % %s it's \\ “x”; --"


class Heard:
    """What was sent, a text for each time."""

    def __init__(self):
        self.texts = []

    def __call__(self, execute, sql, params, many, context):
        self.texts.append(sql)
        return execute(sql, params, many, context)


@pytest.fixture
def heard():
    with connection.execute_wrapper(found := Heard()):
        yield found.texts


def held():
    rows = StoryThing.objects.order_by("story", "thing")
    return list(rows.values_list("story", "thing", "entries"))


def test_what_was_kept_back_is_there_for_the_next_question(heard):
    with transaction.atomic(), kept_back():
        write(ADD, ["one", "a", 1])
        write(ADD, ["one", "b", 2])
        assert held() == [("one", "a", 1), ("one", "b", 2)]
        write(ADD, ["one", "c", 3])
    assert len(held()) == 3


def test_it_is_sent_in_its_order(heard):
    with transaction.atomic(), kept_back():
        insert(StoryThing, COLUMNS, [("one", "a", 1)])
        delete(StoryThing, "story", ["one"])
        insert(StoryThing, COLUMNS, [("one", "a", 2)])
        found, more = rows_of_each(
            Wanted(StoryThing, "story", ["one"], "entries"),
            Plain("SELECT COUNT(*) FROM timeline_storything WHERE story <> %s", ["x"]),
        )
    assert (found, more) == ([(2,)], [(1,)])


def test_text_of_any_kind_arrives_as_it_is():
    with transaction.atomic(), kept_back():
        insert(StoryThing, COLUMNS, [(AWKWARD[:20], "a", 1)])
        insert(
            StoryThing,
            COLUMNS,
            [(AWKWARD[:20], f"{n} '\\\n\"", n) for n in range(2, 40)],
        )
        assert (
            len(rows_of_each(Wanted(StoryThing, "story", [AWKWARD[:20]], "thing"))[0])
            == 39
        )
    assert {row[0] for row in held()} == {AWKWARD[:20]}
    assert (AWKWARD[:20], "7 '\\\n\"", 7) in held()


def test_nothing_stays_nothing_and_an_empty_text_a_text():
    columns = ("thing", "noun", "slug", "sequence", "events", "statements")
    columns += ("earliest", "latest", "body", "words")
    insert(
        NamedThing,
        columns,
        [
            (f"act_{n}", "actor", f"s{n}", 2**60, n, 0, None, -n, '{"a": null}', "")
            for n in range(20)
        ],
    )
    insert(
        ThingName,
        ("noun", "name", "thing", "former"),
        [("actor", str(n), "act_1", n % 2 == 0) for n in range(20)],
    )
    row = NamedThing.objects.get(pk="act_7")
    assert (row.earliest, row.latest, row.words) == (None, -7, "")
    assert (row.sequence, row.body) == (2**60, '{"a": null}')
    assert ThingName.objects.filter(former=True).count() == 10


def test_what_the_database_refuses_is_refused_before_all_is_said_to_be_done():
    with pytest.raises(IntegrityError), transaction.atomic(), kept_back():
        write(ADD, ["one", "a", 1])
        write(ADD, ["one", "a", 1])
    assert held() == []


def test_what_fails_elsewhere_leaves_nothing_behind():
    with pytest.raises(ZeroDivisionError), transaction.atomic(), kept_back():
        write(ADD, ["one", "a", 1])
        raise ZeroDivisionError
    assert held() == []


def test_one_within_another_is_one():
    with transaction.atomic(), kept_back():
        with kept_back():
            write(ADD, ["one", "a", 1])
        write(ADD, ["one", "b", 1])
    assert len(held()) == 2


@pytest.mark.postgres
@pytest.mark.parametrize("count", [1, 40, 200])
def test_no_text_is_cut_to_fit(count):
    rows = [("one", f"{n:03}" + "x" * 30, n) for n in range(count)]
    with pytest.raises(DataError), transaction.atomic():
        insert(StoryThing, COLUMNS, rows)


def test_many_rows_are_copied_after_what_waits():
    with transaction.atomic(), kept_back():
        write(ADD, ["one", "a", 1])
        delete(StoryThing, "story", ["one"])
        insert(StoryThing, COLUMNS, [("one", f"{n:03}", n) for n in range(200)])
        delete(StoryThing, "thing", ["007"])
    assert len(held()) == 199


@pytest.mark.postgres
def test_where_values_are_not_put_into_the_text_each_is_sent_by_itself(
    heard, monkeypatch
):
    monkeypatch.setitem(
        connection.settings_dict, "OPTIONS", {"server_side_binding": True}
    )
    with transaction.atomic(), kept_back():
        write(ADD, ["one", "a", 1])
        write(ADD, ["one", "b", 1])
        assert sum("INSERT" in text for text in heard) == 2


@pytest.mark.postgres
def test_a_publication_needs_few_round_trips(heard):
    event = an_event(statements=2)
    heard.clear()
    publish(event, by=None, version=event.version)
    said = [text for text in heard if "SAVEPOINT" not in text]
    locked = next(n for n, text in enumerate(said) if "advisory_xact_lock" in text)
    assert len(said) <= 15
    assert len(said) - locked <= 10

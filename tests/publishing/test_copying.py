"""Many values for PostgreSQL as one text say what they say one by one."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.models import Topic
from timeline.publishing.write.copying import array, copy, told
from timeline.publishing.write.rows import Wanted, rows_of_each

AWKWARD = [
    "",
    " ",
    "\\",
    "\\N",
    "\\.",
    "NULL",
    '"',
    "'",
    "{",
    "}",
    ",",
    "\t",
    "\n",
    "\r",
]
texts = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8
) | st.sampled_from(AWKWARD).flatmap(lambda one: st.just(one * 2))
rows = st.lists(
    st.tuples(
        texts | st.none(),
        st.integers(-(2**63), 2**63 - 1) | st.none(),
        st.booleans() | st.none(),
        texts,
    ),
    max_size=8,
)
KINDS = ("text", "bigint", "boolean", "text")
asked_once = settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([1, 2], ["1", "2"]),
        (["plain", "a\\b\tc\nd\re"], ["plain", "a\\\\b\\tc\\nd\\re"]),
        ([True, False], ["t", "f"]),
        ([None, "x", 1, True], ["\\N", "x", "1", "t"]),
    ],
)
def test_a_column_in_words(values, words):
    assert list(told(values)) == words


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([1, 2], "{1,2}"),
        (["a", 'b"c', "d\\e", ""], '{"a","b\\"c","d\\\\e",""}'),
        ([None, 1], "{NULL,1}"),
        ([None, "NULL"], '{NULL,"NULL"}'),
        ([True, None], "{t,NULL}"),
    ],
)
def test_a_list_as_postgresql_writes_it(values, text):
    assert array(values) == text


@pytest.mark.postgres
@pytest.mark.django_db
@asked_once
@given(rows)
def test_what_is_copied_is_what_is_there(found):
    with transaction.atomic(), connection.cursor() as cursor:
        columns = [f"c{place} {kind}" for place, kind in enumerate(KINDS)]
        cursor.execute(f"CREATE TEMPORARY TABLE copied ({', '.join(columns)})")
        copy("copied", ["c0", "c1", "c2", "c3"], iter(found))
        cursor.execute("SELECT * FROM copied")
        assert cursor.fetchall() == found
        cursor.execute("DROP TABLE copied")


@pytest.mark.postgres
@pytest.mark.django_db
@asked_once
@given(rows.filter(bool))
def test_a_list_is_read_as_it_was_meant(found):
    lists = ", ".join(f"%s::{kind}[]" for kind in KINDS)
    with connection.cursor() as cursor:
        values = [*map(array, zip(*found, strict=True))]
        cursor.execute(f"SELECT * FROM unnest({lists})", values)
        assert cursor.fetchall() == found


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*AWKWARD[2:], "a's", "%s", "日本", "openai"])
def test_rows_are_found_by_any_name(name):
    Topic.objects.create(slug="one", name=name)
    Topic.objects.create(slug="two", name="another")

    (found,) = rows_of_each(Wanted(Topic, "name", [name, "x"], "name"))

    assert found == [(name,)]

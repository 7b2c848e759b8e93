"""Many values for PostgreSQL at once say what they say one by one."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.models import Topic
from timeline.publishing.write.copying import array, copy
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
    ("values", "text"),
    [
        ([1, 2], "{1,2}"),
        (["a", 'b"c', "d\\e", ""], '{"a","b\\"c","d\\\\e",""}'),
        ([None, 1], "{NULL,1}"),
        ([None, "NULL"], '{NULL,"NULL"}'),
        ([True, None], "{True,NULL}"),
    ],
)
def test_a_list_as_postgresql_writes_it(values, text):
    assert array(values) == text


@pytest.mark.postgres
@pytest.mark.django_db
@asked_once
@given(rows, st.booleans())
def test_what_is_copied_is_what_is_there(found, with_words):
    """In PostgreSQL's own form, and as text where a column has no such form."""
    kinds = {f"c{place}": kind for place, kind in enumerate(KINDS)}
    if with_words:
        kinds |= {"words": "tsvector"}
        found = [(*row, "'end':2 'the':1") for row in found]
    listed = ", ".join(f"{column} {kind}" for column, kind in kinds.items())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE copied ({listed})")
        copy("copied", kinds, iter(found))
        cursor.execute("SELECT * FROM copied")
        assert cursor.fetchall() == found
        cursor.execute("DROP TABLE copied")


@pytest.mark.postgres
@pytest.mark.django_db
def test_times_and_small_numbers_are_copied():
    kinds = {"at": "timestamp with time zone", "n": "smallint", "m": "integer"}
    found = [(datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC), -1, 2**31 - 1)]
    with transaction.atomic(), connection.cursor() as cursor:
        listed = ", ".join(f"{column} {kind}" for column, kind in kinds.items())
        cursor.execute(f"CREATE TEMPORARY TABLE copied ({listed})")
        copy("copied", kinds, found)
        cursor.execute("SELECT * FROM copied")
        assert cursor.fetchall() == found


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("varchar(3)", "four"),
        ("text", "a\0b"),
        ("smallint", 2**15),
        ("integer", -(2**31) - 1),
        ("bigint", 2**63),
    ],
)
def test_what_does_not_fit_is_refused_as_any_other_statement_would_be(kind, value):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE copied (c {kind})")
        with pytest.raises(DataError), transaction.atomic():
            copy("copied", {"c": kind.partition("(")[0]}, [(value,)])


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

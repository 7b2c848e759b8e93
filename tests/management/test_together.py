"""Objects that are read, and values that are converted, many at a time."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.story_file import objects
from timeline.models import Citation, Event, Participation, Source, Statement
from timeline.transfer.converting import Wrong
from timeline.transfer.decoding import decoded, decoded_together
from timeline.transfer.files import AT_ONCE, Unreadable, objects_in
from timeline.transfer.objects import alike
from timeline.transfer.shapes import BY_LABEL, BY_MODEL, SHAPES

PARTS = [(shape, part) for shape in SHAPES for part in shape.parts]
TEXTS = [
    *(
        "",
        " ",
        "plain",
        "two\nlines",
        "tab\t",
        "naïve",
        "nai\u0308ve",
        "\u0308",
        "日本",
    ),
    *("openai", "Not A Slug", "a" * 101, "a" * 100, "\x07", "\ud800", "\x85"),
    *("2026-03-03", "2026-02-30", "../2026", "..", "claim", "person", "article"),
    *("https://a.example/x", "ftp://a.example", "https://a.example/a b"),
    *("evt_000000000000", "stm_00000000000a", "2026-03-03T14:05:00Z", "9999-12-31"),
]
values = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from([*({text}.pop() for text in TEXTS)]).map(lambda text: [text]),
    st.sampled_from([None, True, False, 0, 1, -1, 2**31, 1.5, [], ["a", "b"], {}]),
)


def one_by_one(part, found):
    """What the values become, or None where one of them is wrong."""
    try:
        rows = [part.convert(value) for value in found]
    except Wrong:
        return None
    return [list(column) for column in zip(*rows, strict=True)]


@pytest.mark.parametrize(
    ("shape", "part"), PARTS, ids=[f"{s.label}.{p.name}" for s, p in PARTS]
)
@given(st.lists(values, min_size=1, max_size=4))
def test_many_values_become_what_each_becomes(shape, part, found):
    try:
        columns = [list(column) for column in part.together(found)]
    except Wrong:
        return  # they are looked at one by one

    assert columns == one_by_one(part, found)


@pytest.mark.parametrize("text", ["plain", "two\nlines", "naïve", "日本", ""])
def test_texts_that_are_stored_as_they_are_are_taken_together(text):
    part = BY_MODEL[Event].named["notes"]
    assert part.together([text, "other"]) == ([text, "other"],)


@pytest.mark.parametrize("text", ["nai\u0308ve", "\x07", "a\x85b", "\ud800", 7, None])
def test_others_are_looked_at_one_by_one(text):
    part = BY_MODEL[Event].named["notes"]
    with pytest.raises(Wrong):
        part.together(["plain", text])


def thing(**fields):
    return {"model": "timeline.topic", "fields": fields}


MANY = [thing(slug=f"topic-{number}", name=f"Topic {number}") for number in range(20)]


@pytest.mark.parametrize("more", [{}, {"indent": 1}, {"separators": (",", ":")}])
def test_a_file_gives_the_same_objects_however_it_is_laid_out(tmp_path, more):
    odd = [
        thing(slug="a", name='It says "}, {" and "name":'),
        thing(slug="b", name="}, {"),
        {**thing(slug="c", name="C"), "stub": True, "more": {"slug": [{"a": 1}, {}]}},
        thing(slug="d", name="naïve 日本 \u2028 😀"),
    ]
    file = tmp_path / "story.json"
    for some in (MANY, [*MANY, *odd, *MANY], [*odd, *MANY], [*MANY, *odd], odd, []):
        file.write_text(json.dumps(some, ensure_ascii=False, **more))
        assert [one for found in objects_in(file) for one in found] == some


def test_objects_are_read_together_across_what_is_read_at_once(tmp_path):
    some = [thing(slug=f"topic-{n}", name="A name" * 100) for n in range(4000)]
    file = tmp_path / "story.json"
    file.write_text(json.dumps(some))
    assert file.stat().st_size > 2 * AT_ONCE

    groups = list(objects_in(file))

    assert [one for found in groups for one in found] == some
    assert len(groups) < 20


@pytest.mark.parametrize(
    "text",
    [
        '{"model": "a", "fields": {"slug": 1, "slug": 2}}',
        '{"model": "a", "model": "b", "fields": {}}',
        '{"model": "a", "fields" : {"slug": 1}}',
        '{"model": "a", "fields": {"slug": {"a": 1}}}',
        '{"model": "a"}',
        '{"model": "a", "fields": ["a"]}',
        '{"model": "a", "fields": []}',
        '{"model": "a", "fields": {"slug": NaN}}',
        '{"model": "a", "fields": {"slug": "\\ud800"}}',
        '{"model": "a", "fields": {"slug": "a\nb"}}',
        "[]",
        "7",
        "",
    ],
)
def test_what_is_out_of_the_ordinary_is_read_one_by_one(text):
    assert decoded_together(text) == []
    assert decoded_together(f'{text}, {{"model": "a", "fields": {{}}}}') == []


@given(
    st.lists(
        st.fixed_dictionaries(
            {"model": st.text(), "fields": st.dictionaries(st.text(), st.text())}
        ),
        min_size=1,
    )
)
def test_objects_read_together_are_those_read_one_by_one(some):
    text = json.dumps(some)[1:-1]
    found = decoded_together(text)
    if found:
        assert found == some
        assert found[0] == decoded(text, 0)[0]


def test_a_name_that_stands_twice_is_told_among_many(tmp_path):
    file = tmp_path / "story.json"
    twice = '{"model": "timeline.topic", "fields": {"slug": "a", "slug": "b"}}'
    rows = [json.dumps(one) for one in MANY]
    file.write_text(f"[{', '.join([*rows, twice, *rows])}]")

    found = [one for some in objects_in(file) for one in some]

    assert [type(one["fields"]).__name__ for one in found].count("Twice") == 1


def test_what_stands_before_a_fault_is_given(tmp_path):
    file = tmp_path / "story.json"
    file.write_text(json.dumps(MANY)[:-1] + ', {"model": nope, "fields": {}}]')
    found = []
    with pytest.raises(Unreadable, match="object 21 is not JSON"):
        for some in objects_in(file):
            found += some
    assert found == MANY


def test_objects_alike_come_together_with_their_places():
    some = [thing(slug="a"), thing(name="b"), thing(slug="c"), 7, {**thing(), "pk": 1}]
    places = [[n for n, _value in found] for found in alike(some, 5)]
    assert places == [[5, 7], [6], [8], [9]]


@pytest.mark.parametrize(
    "other",
    [
        {**thing(slug="a"), "publish": True},
        {**thing(slug="a"), "stub": False},
        {**thing(slug="a"), "publish": 1},
        {**thing(slug="a"), "stub": ["x"]},
        {**thing(slug="a"), "model": "timeline.story"},
        thing(slug="a", name="b"),
    ],
)
def test_objects_that_differ_in_more_than_values_do_not(other):
    assert len(alike([thing(slug="b"), other], 1)) == 2


def test_plain_objects_are_all_taken_together_and_become_what_each_becomes():
    seen = set()
    for found in alike(objects(600), 1):
        shape = BY_LABEL[found[0][1]["model"]]
        fields = [value["fields"] for _n, value in found]
        rows = [list(row) for row in zip(*shape.columns_of(fields), strict=True)]
        assert [(row, []) for row in rows] == [shape.row(one) for one in fields]
        seen.add(shape.model)
    assert {Event, Statement, Citation, Source, Participation} < seen

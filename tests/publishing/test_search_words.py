"""Words as the search cuts and folds them, the same on both databases."""

import pytest
from django.db import connection

from timeline.publishing.read.words import (
    LONGEST_WORD,
    MOST_WORDS,
    Terms,
    asked,
    indexed,
    meets,
    stored,
    terms_of,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Treaty, signed.", ["the", "treaty", "signed"]),
        ("Córdoba", ["cordoba"]),
        ("Co\u0301rdoba", ["cordoba"]),
        ("CÓRDOBA", ["cordoba"]),
        ("Łódź and Wałęsa", ["lodz", "and", "walesa"]),
        ("Tromsø, Đoković, Þingvellir", ["tromso", "dokovic", "thingvellir"]),
        ("Ærø Œuvre", ["aero", "oeuvre"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("İstanbul ISPARTA Isparta ısparta", ["istanbul", *["isparta"] * 3]),
        ("ﬁnance ①", ["finance", "1"]),
        ("co-operate; U.S. don't", ["co", "operate", "u", "s", "don", "t"]),
        ("GPT-4 2026-03-03", ["gpt", "4", "2026", "03", "03"]),
        ("_under_score_", ["under", "score"]),
        ("", []),
        ("—…!?\0", []),
    ],
)
def test_case_and_marks_are_folded_and_anything_else_parts_words(text, words):
    assert words_of(text) == words


def test_letters_outside_ascii_become_their_numbers():
    assert words_of("Я") == ["_44f"]
    assert words_of("мир") == ["_43c_438_440"]
    assert words_of("МИР") == words_of("мир")


def test_scripts_without_spaces_are_cut_into_characters():
    assert words_of("北京") == ["_5317", "_4eac"]
    assert words_of("在北京GPT") == ["_5728", "_5317", "_4eac", "gpt"]
    assert terms_of("北京") == Terms((("_5317", "_4eac"),))


def test_a_part_of_a_run_of_chinese_is_found_and_its_reverse_is_not():
    words = indexed(["他在北京说"])

    assert meets(terms_of("北京"), words)
    assert not meets(terms_of("京北"), words)


def test_every_word_is_of_letters_that_no_database_reads_otherwise():
    text = "".join(map(chr, range(0x20, 0x3100)))

    words = words_of(text)

    assert words
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789_")
    assert all(word and set(word) <= allowed for word in words)
    assert max(map(len, words)) == LONGEST_WORD


def test_long_words_are_cut_alike_in_texts_and_in_questions():
    word = "x" * (LONGEST_WORD + 5)

    assert words_of(word) == ["x" * LONGEST_WORD]
    assert meets(terms_of(word), indexed([word]))


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("one two", (("one",), ("two",))),
        ('"one two" three', (("one", "two"), ("three",))),
        ("“one two” three", (("one", "two"), ("three",))),
        ('one "two three', (("one",), ("two",), ("three",))),
        ('"" one', (("one",),)),
        ("co-operate", (("co", "operate"),)),
        ("one ONE Óne", (("one",),)),
        ('"one two" "ONE  two"', (("one", "two"),)),
        ('one"two three"four', (("one",), ("two", "three"), ("four",))),
        ("… — !", ()),
        ('""', ()),
        ("", ()),
    ],
)
def test_a_question_is_words_and_phrases_in_quotation_marks(question, phrases):
    assert terms_of(question) == Terms(phrases)


def test_no_phrase_is_found_over_two_texts():
    words = indexed(["the treaty", None, "", "was signed"])

    assert meets(terms_of('"the treaty" "was signed"'), words)
    assert not meets(terms_of('"treaty was"'), words)


def test_a_word_is_met_whole_or_not_at_all():
    words = indexed(["a treaty"])

    assert meets(terms_of("treaty a"), words)
    assert not meets(terms_of("treat"), words)
    assert not meets(terms_of("treaty signed"), words)


def test_more_words_than_an_index_counts_are_left_out():
    words = indexed(["word " * (MOST_WORDS + 10), "behind"])

    assert len(words) == MOST_WORDS
    assert not meets(terms_of("behind"), words)


def test_sqlite_stores_a_row_of_words_with_a_mark_between_texts():
    words = indexed(["The treaty", "signed"])

    assert stored(words, vendor="sqlite") == "the treaty _ signed _"
    assert asked(terms_of('"the treaty" signed'), vendor="sqlite") == (
        '"the treaty" "signed"'
    )


def test_postgresql_stores_each_word_with_its_places():
    words = indexed(["the treaty", "the end"])

    assert stored(words, vendor="postgresql") == "the:1 treaty:2 the:4 end:5"
    assert asked(terms_of('"the treaty" end'), vendor="postgresql") == (
        "('the' <-> 'treaty') & ('end')"
    )


def test_a_word_said_often_keeps_as_many_places_as_postgresql_counts():
    words = indexed(["so " * 300])

    places = stored(words, vendor="postgresql").removeprefix("so:").split(",")

    assert len(places) == 255


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("more", [0, 250])
def test_postgresql_puts_the_places_of_a_word_together(more):
    words = indexed(["the treaty", "the end", "so " * more])

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector", [stored(words, vendor="postgresql")])
        ((found,),) = cursor.fetchall()

    held = dict(one.split(":") for one in found.replace("'", "").split())
    assert (held["the"], held["treaty"], held["end"]) == ("1,4", "2", "5")
    assert len(held.get("so", "").split(",")) == max(more, 1)


def test_nothing_in_a_question_is_read_as_the_language_of_a_database():
    question = "' OR 1=1 -- & | ! <-> NEAR(a b) col:x a* ^b (c) \\ %"

    for vendor in ("sqlite", "postgresql"):
        said = asked(terms_of(question), vendor=vendor)
        for mark in ("<->", "&", "(", ")", "'", '"', " "):
            said = said.replace(mark, "")
        assert said.isalnum()

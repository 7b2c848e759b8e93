"""CSV, as the module of the language and spreadsheets read it."""

import csv
import io

import pytest

from tests.api.formats.samples import (
    actor,
    citation,
    corrected,
    date,
    entry,
    source,
    statement,
    statements_of,
    statements_written,
    written,
)
from timeline.api.formats import EVENT_COLUMNS, STATEMENT_COLUMNS


def rows(text):
    """The rows, by the names of the columns; every row has to be whole."""
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    header, *lines = table
    return [dict(zip(header, line, strict=True)) for line in lines]


def only(*entries):
    (row,) = rows(written("csv", *entries))
    return row


def test_an_event_is_a_row():
    row = only(entry(edtf="[..2026-03-03]"))

    assert row == {
        "id": "eve_opened",
        "slug": "opened",
        "url": "https://timeline.example/api/v1/events/opened/",
        "html_url": "https://timeline.example/events/opened/",
        "title": "The bridge opens",
        "summary": "It took ten years.",
        "status": "happened",
        "importance": "normal",
        "place": "",
        "date": "[..2026-03-03]",
        "date_display": "by 3 March 2026",
        "earliest": "",
        "latest": "2026-03-03T23:59:59Z",
        "precision": "day",
        "uncertain": "false",
        "approximate": "false",
        "date_words": "",
        "stories": "bridge",
        "topics": "transport",
        "actors": "agency",
        "actor_names": "The Agency",
        "roles": "agent",
        "statements": "1",
        "standing": "1",
        "sources": "report",
        "first_reported": "2026-03-03",
        "origins": "1",
        "origin_publishers": "paper",
        "origins_unknown": "false",
        "revision": "1",
        "revision_kind": "publication",
        "revision_note": "",
        "published_at": "2026-03-04T10:00:00.000001Z",
        "sequence": "1",
    }


def test_a_citation_of_a_statement_is_a_row():
    said = statement(
        quote={"text": "So ist es.", "language": "de", "translation": "So it is."},
        said=date("2026-03-02"),
        told_to=actor("paper", "The Paper", "outlet"),
        citations=[
            citation(),
            citation(
                source=source("second", None, None, label="A second report"),
                via=source("report"),
                own_words=True,
            ),
        ],
    )

    first, second = rows(
        statements_written("csv", *statements_of(entry(statements=[said])))
    )

    assert first["id"] == second["id"] == "sta_said"
    assert [first["citation"], second["citation"]] == ["1", "2"]
    assert [first["source"], second["source"]] == ["report", "second"]
    assert [first["source_title"], second["source_title"]] == [
        "A report",
        "A second report",
    ]
    assert [first["published"], second["published"]] == ["2026-03-03", ""]
    assert [first["via"], second["via"]] == ["", "report"]
    assert [first["own_words"], second["own_words"]] == ["false", "true"]
    assert first["event"] == "opened"
    assert first["event_date"] == "2026-03-03"
    assert first["quote"] == "So ist es."
    assert first["quote_translation"] == "So it is."
    assert first["said"] == "2026-03-02"
    assert first["told_to"] == "paper"
    assert first["passage"] == "the words"


def test_a_statement_that_no_longer_stands_is_a_row_that_says_what_replaced_it():
    truth = statement("truth")
    wrong = corrected(truth, slug="wrong")
    event = entry(statements=[truth, wrong])

    stands, fallen = rows(statements_written("csv", *statements_of(event)))

    assert (stands["standing"], stands["replaced_by"]) == ("stands", "")
    assert (fallen["standing"], fallen["replaced_by"]) == ("corrected", truth["id"])
    assert (only(event)["statements"], only(event)["standing"]) == ("2", "1")


def test_a_speaker_without_a_name_has_the_words_for_them():
    unnamed = statement(
        speaker=None, described_as="a spokeswoman", described_number="one"
    )

    (row,) = rows(
        statements_written("csv", *statements_of(entry(statements=[unnamed])))
    )

    assert (row["speaker"], row["speaker_name"]) == ("", "")
    assert row["described_as"] == "a spokeswoman"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠a"]
)
def test_a_cell_is_never_a_formula(text):
    row = only(entry(title=text, place=text))

    assert row["title"] == row["place"] == f"'{text}"


def test_a_year_before_0_is_text_too():
    row = only(entry(edtf="-0043-03-15"))

    assert row["date"] == "'-0043-03-15"
    assert row["earliest"] == "'-0043-03-15T00:00:00Z"
    assert row["date_display"] == "15 March 44 BC"


def test_a_text_keeps_its_lines_quotes_and_commas():
    text = 'one\r\ntwo\nthree\rfour, "five", six; \x0b'

    assert only(entry(title=text))["title"] == text


def test_what_no_file_can_hold_is_marked():
    assert only(entry(title="a\x00b\ud800c"))["title"] == "a\ufffdb\ufffdc"


def test_lines_end_as_rfc_4180_says_and_the_first_is_the_header():
    text = written("csv", entry(), entry("second"))

    header, first, second, rest = text.split("\r\n")
    assert header == ",".join(column.name for column in EVENT_COLUMNS)
    assert (first[:10], second[:10], rest) == ("eve_opened", "eve_second", "")
    assert not text.startswith("\ufeff")


def test_a_table_of_nothing_has_its_header():
    assert rows(written("csv")) == []
    assert written("csv").startswith("id,slug,")


@pytest.mark.parametrize("columns", [EVENT_COLUMNS, STATEMENT_COLUMNS])
def test_every_column_has_a_name_of_its_own_and_a_sentence(columns):
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.sentence.endswith(".") for column in columns)


# The promise that `docs/api.md` makes: these stay, in this order; new ones go last.
PROMISED = {
    EVENT_COLUMNS: """
        id slug url html_url title summary status importance place date date_display
        earliest latest precision uncertain approximate date_words stories topics
        actors actor_names roles statements standing sources first_reported origins
        origin_publishers origins_unknown revision revision_kind revision_note
        published_at sequence
    """,
    STATEMENT_COLUMNS: """
        id slug url html_url event_id event event_title event_date kind mode standing
        replaced_by disputed_by speaker speaker_name described_as described_number
        on_behalf_of relayed_by told_to said text language quote quote_language
        quote_translation attribution first_reported origins origin_publishers
        origins_unknown citation source source_title source_kind publisher
        publisher_name published production source_status source_url via origin
        read_in own_words credit passage_state passage locator passage_url
    """,
}


@pytest.mark.parametrize("columns", PROMISED)
def test_columns_that_were_promised_stay_where_they_are(columns):
    promised = PROMISED[columns].split()

    assert [column.name for column in columns][: len(promised)] == promised

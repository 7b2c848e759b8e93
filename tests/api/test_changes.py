"""The record from a point on, and its head."""

import json

import pytest

from timeline.models.record import Revision
from timeline.publishing.read.canonical import row_digest

from .telling import API, SITE, body, edited, faults, get, path_of, taken_away, told

pytestmark = pytest.mark.django_db

START = f"{SITE}{API}changes/"


def several():
    event = told("first")
    told("second")
    edited(event, title="Another title")
    taken_away(event)


def test_the_rows_come_in_order_and_chain():
    several()

    page = body("changes/")

    rows = page["results"]
    assert [row["sequence"] for row in rows] == [1, 2, 3, 4]
    assert [row["kind"] for row in rows] == [
        *("publication", "publication", "update", "withdrawal")
    ]
    assert [row["previous"] for row in rows[1:]] == [row["digest"] for row in rows[:-1]]
    assert [row_digest(row) for row in rows] == [row["digest"] for row in rows]
    assert page["previous"] is None


def test_a_row_has_the_shape_that_is_promised():
    told("first")

    (row,) = body("changes/")["results"]

    assert set(row) == {
        *("sequence", "previous", "digest", "content", "salt", "id", "slug", "number"),
        *("kind", "note", "caused_by", "published_at", "successor", "suppresses"),
        *("suppressed", "held", "document"),
    }
    assert row["document"] == json.loads(Revision.objects.get().document)


def test_documents_are_sent_as_they_are_kept():
    told("first")

    page = get("changes/").content.decode()

    assert f'"document":{Revision.objects.get().document}}}' in page


def test_next_is_always_an_address_to_come_back_with():
    several()
    last = Revision.objects.get(pk=4)

    page = body("changes/", page_size=3)
    rest = body(path_of(page["next"]))
    nothing = body(path_of(rest["next"]))
    edited_once = told("third")
    more = body(path_of(nothing["next"]))

    assert [row["sequence"] for row in rest["results"]] == [4]
    assert rest["next"] == f"{START}?since=4-{last.digest[:16]}&page_size=3"
    assert nothing == {"next": rest["next"], "previous": None, "results": []}
    assert [row["slug"] for row in more["results"]] == [edited_once.slug]


def test_an_empty_record_says_where_to_come_back_to():
    assert body("changes/") == {"next": START, "previous": None, "results": []}
    assert body("changes/", page_size=7)["next"] == f"{START}?page_size=7"
    assert body("record/") == {
        "sequence": 0,
        "digest": "0" * 64,
        "published_at": None,
        "genesis": None,
        "format": 1,
    }


def test_where_an_empty_record_stands_is_a_cursor_too():
    head = body("record/")
    since = f"{head['sequence']}-{head['digest'][:16]}"

    nothing = body("changes/", since=since)
    several()
    page = body(path_of(nothing["next"]))

    assert nothing["results"] == []
    assert [row["sequence"] for row in page["results"]] == [1, 2, 3, 4]


def test_the_cursor_of_a_row_without_text_leads_on():
    several()
    digest = Revision.objects.get(pk=1).digest
    Revision.objects.filter(pk=1).update(document=None, salt=None)

    page = body("changes/", since=f"1-{digest[:16]}", page_size=2)

    assert [row["sequence"] for row in page["results"]] == [2, 3]


def test_the_next_page_is_in_the_header_too():
    several()

    answer = get("changes/", page_size=2)

    assert f'<{json.loads(answer.content)["next"]}>; rel="next"' in answer["Link"]


@pytest.mark.parametrize(
    "since",
    [
        "4",
        "-",
        "4-",
        "4-abc",
        "4-ABCDEF0123456789",
        "٤-0123456789abcdef",
        "4-0123456789abcdef0",
        f"{'9' * 19}-0123456789abcdef",
        "-4-0123456789abcdef",
        "4-0123456789abcdef\0",
    ],
)
def test_a_malformed_cursor_is_refused(since):
    several()

    ((name, sentence),) = faults("changes/", since=since)

    assert name == "since"
    assert "leave it out to begin at the beginning" in sentence


@pytest.mark.parametrize("since", ["4-0123456789abcdef", "99-0123456789abcdef"])
def test_a_cursor_of_another_record_says_where_to_begin_again(since):
    several()

    answer = get("changes/", since=since, page_size=2)

    assert answer.status_code == 410
    said = json.loads(answer.content)
    assert said["resync"] == f"{START}?page_size=2"
    assert body(path_of(said["resync"]))["results"][0]["sequence"] == 1


def test_the_record_says_where_it_stands():
    several()
    last, first = Revision.objects.get(pk=4), Revision.objects.get(pk=1)

    assert body("record/") == {
        "sequence": 4,
        "digest": last.digest,
        "published_at": last.published_at,
        "genesis": first.digest,
        "format": 1,
    }
    assert body("")["record"] == body("record/")

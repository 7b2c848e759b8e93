"""JSON Feed: what its specification asks for, and what readers make of it."""

import json

from tests.api.formats.samples import (
    LATER,
    PUBLISHED,
    SITE,
    entry,
    gone,
    revision,
    written,
)


def read(*entries, **fields):
    return json.loads(written("jsonfeed", *entries, **fields))


def test_the_feed_says_what_it_is_and_on_what_terms():
    assert read(next_url=f"{SITE}/api/v1/timeline/?cursor=next") == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Example Desk: timeline",
        "description": "Events, newest first.",
        "home_page_url": f"{SITE}/topics/transport/",
        "feed_url": f"{SITE}/api/v1/timeline/?topic=transport",
        "next_url": f"{SITE}/api/v1/timeline/?cursor=next",
        "language": "en",
        "authors": [
            {"name": "The Example Desk", "url": "mailto:desk@timeline.example"}
        ],
        "_dateline": {
            "about": f"{SITE}/api/v1/docs/",
            "publisher": "The Example Desk",
            "contact": "desk@timeline.example",
            "licence": "CC BY 4.0",
            "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        },
        "items": [],
    }


def test_a_feed_of_nobody_has_no_author():
    feed = read(publisher="", contact="", licence_name="", licence_url="")

    assert "authors" not in feed
    assert feed["_dateline"] == {"about": f"{SITE}/api/v1/docs/"}


def test_an_event_is_one_item():
    (item,) = read(entry(edtf="[..2026-03-03]"))["items"]
    content = item.pop("content_html")

    assert item == {
        "id": item["id"],
        "url": f"{SITE}/events/opened/",
        "title": "The bridge opens",
        "summary": "It took ten years.",
        "date_modified": PUBLISHED,
        "tags": ["The bridge", "Transport"],
        "_dateline": {
            "id": "eve_opened",
            "slug": "opened",
            "url": f"{SITE}/api/v1/events/opened/",
            "edtf": "[..2026-03-03]",
            "date": "by 3 March 2026",
            "status": "happened",
            "importance": "normal",
            "kind": "publication",
            "note": "",
            "revision": 1,
        },
    }
    assert "by 3 March 2026" in content
    assert "it does not say that it is true" in content


def test_an_update_resurfaces_under_the_same_id_with_its_note():
    (before,) = read(entry())["items"]
    (after,) = read(entry(revision=revision("update", "More is known.", 2, LATER)))[
        "items"
    ]

    assert after["id"] == before["id"]
    assert after["date_modified"] > before["date_modified"]
    assert "Update: More is known." in after["content_html"]


def test_what_is_gone_is_an_item_that_says_so():
    first, second = read(entry("stays"), gone=(gone("opened", successor="b"),))["items"]

    assert first["id"] == read(entry("opened"))["items"][0]["id"]
    assert first["title"] == "Withdrawn: The bridge falls"
    assert first["date_modified"] == LATER
    assert first["_dateline"] == {
        "id": "eve_opened",
        "slug": "opened",
        "kind": "withdrawal",
        "note": "It was wrong.",
        "successor": "b",
    }
    assert second["title"] == "The bridge opens"


def test_ids_are_the_same_in_every_format_that_has_them():
    (item,) = read(entry())["items"]

    assert f"<id>{item['id']}</id>" in written("atom", entry())
    assert f"UID:{item['id'].removeprefix('urn:uuid:')}" in written("ics", entry())


def test_the_feed_says_from_when_it_is_looked_at():
    feed = read(as_of="2026-03-05", known_at="2026-03-04")

    assert feed["description"].startswith(
        "Events, newest first. As this record stood: 5 March 2026."
    )
    assert feed["_dateline"]["as_of"] == "2026-03-05"
    assert feed["_dateline"]["known_at"] == "2026-03-04"


def test_nothing_in_a_text_becomes_markup():
    (item,) = read(entry(summary="<img src=x onerror=alert(1)>\n& more"))["items"]

    assert "&lt;img src=x onerror=alert(1)&gt;<br>&amp; more" in item["content_html"]

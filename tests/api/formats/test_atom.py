"""Atom, as a feed reader and the grammar of RFC 4287 read it."""

from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from tests.api.formats.samples import (
    LATER,
    PUBLISHED,
    SITE,
    corrected,
    entry,
    gone,
    named,
    revision,
    statement,
    written,
)

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
PERMANENT = "urn:uuid:1a1eb840-f85e-5d4f-a0ba-f9221f4aa9c4"  # of eve_opened, for ever


def read(*entries, **fields):
    """The feed as a feed reader sees it; it has to keep to the grammar."""
    text = written("atom", *entries, **fields)
    document = etree.fromstring(text.encode())
    assert GRAMMAR.validate(document), GRAMMAR.error_log
    feed = feedparser.parse(text.encode(), sanitize_html=False)
    assert not feed.bozo
    return feed


def links(holder):
    return {(link.rel, link.get("type", "")): link.href for link in holder.links}


def test_the_feed_says_what_it_is_and_on_what_terms():
    feed = read(entry(), next_url=f"{SITE}/api/v1/timeline/?cursor=next").feed

    assert feed.title == "The Example Desk: timeline"
    assert feed.subtitle == "Events, newest first."
    assert feed.updated == PUBLISHED
    assert feed.author_detail == {
        "name": "The Example Desk",
        "href": SITE,
        "email": "desk@timeline.example",
    }
    terms = "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    assert feed.rights == terms
    assert links(feed) == {
        ("self", "application/atom+xml"): f"{SITE}/api/v1/timeline/?topic=transport",
        ("alternate", "text/html"): f"{SITE}/topics/transport/",
        ("next", "application/atom+xml"): f"{SITE}/api/v1/timeline/?cursor=next",
        ("license", "text/html"): "https://creativecommons.org/licenses/by/4.0/",
    }


def test_every_page_is_of_one_feed():
    pages = [
        read(self_url=f"{SITE}/api/v1/timeline/?topic=a%26b{cursor}&format=atom")
        for cursor in ("", "&cursor=x", "&cursor=y")
    ]

    assert {page.feed.id for page in pages} == {
        f"{SITE}/api/v1/timeline/?topic=a%26b&format=atom"
    }


def test_a_feed_of_nobody_about_nothing_is_still_a_feed():
    feed = read(
        updated=None, publisher="", contact="", licence_name="", licence_url=""
    ).feed

    assert feed.author == urlsplit(SITE).netloc
    assert feed.updated == "1970-01-01T00:00:00Z"


def test_a_contact_on_the_web_is_an_address():
    feed = read(contact="https://timeline.example/contact").feed

    assert feed.author_detail.href == "https://timeline.example/contact"
    assert "email" not in feed.author_detail


def test_an_event_is_one_item():
    item = read(entry()).entries[0]

    assert item.title == "The bridge opens"
    assert item.summary == "It took ten years."
    assert item.updated == PUBLISHED
    assert "published" not in item
    assert links(item) == {
        ("alternate", "text/html"): f"{SITE}/events/opened/",
        ("alternate", "application/json"): f"{SITE}/api/v1/events/opened/",
    }
    assert [(tag.term, tag.label) for tag in item.tags] == [
        ("bridge", "The bridge"),
        ("transport", "Transport"),
    ]
    assert item.content[0].type == "text/html"
    assert "3 March 2026" in item.content[0].value
    assert "The Agency, as reported by The Paper" in item.content[0].value


def test_an_update_resurfaces_under_the_same_id_with_its_note():
    before = read(entry()).entries[0]
    after = read(
        entry(
            title="The bridge opens late",
            revision=revision("correction", "It was not on time.", 2, LATER),
        )
    ).entries[0]

    assert after.id == before.id
    assert after.updated > before.updated
    assert "Correction: It was not on time." in after.content[0].value


def test_the_id_of_an_item_depends_on_nothing_but_the_id_of_the_event():
    moved = entry(slug="opened") | {"slug": "new", "url": "https://new.example/"}

    first, second, third = read(
        entry(), moved, entry("other"), site="https://new.example"
    ).entries

    assert first.id == second.id == PERMANENT
    assert third.id != first.id


def test_what_is_withdrawn_is_an_item_that_says_so():
    item = read(entry("stays"), gone=(gone("opened"),)).entries[0]

    assert item.id == read(entry("opened")).entries[0].id
    assert item.title == "Withdrawn: The bridge falls"
    assert item.updated == LATER
    assert "Withdrawn: It was wrong." in item.content[0].value


def test_what_is_merged_leads_to_what_stands_for_it():
    item = read(gone=(gone(kind="merge", note="", successor="opened"),)).entries[0]

    assert item.title == "Merged into another event: The bridge falls"
    assert f'href="{SITE}/events/opened/"' in item.content[0].value


def test_what_is_gone_stands_among_the_events_in_the_order_of_the_acts():
    instants = [f"2026-03-0{day}T10:00:00Z" for day in (9, 7, 5, 3)]
    events = [
        entry(slug, revision=revision(published_at=when))
        for slug, when in zip("ac", instants[::2], strict=True)
    ]
    taken = [
        gone(slug, published_at=when)
        for slug, when in zip("bd", instants[1::2], strict=True)
    ]

    feed = read(*events, gone=tuple(reversed(taken)))

    assert [item.updated for item in feed.entries] == instants


def test_a_statement_that_no_longer_stands_is_shown_with_what_corrected_it():
    truth = statement("truth", "It opens on Monday.")
    wrong = corrected(truth, slug="wrong", text="It opens on Sunday.")

    content = read(entry(statements=[truth, wrong])).entries[0].content[0].value

    assert "<strong>Corrected: no longer stands.</strong> <s>" in content
    after = content.partition("It opens on Sunday.")[2]
    assert "Instead:" in after
    assert "It opens on Monday." in after


def test_a_correction_in_another_event_is_linked():
    wrong = corrected(statement("elsewhere"), slug="wrong")

    content = read(entry(statements=[wrong])).entries[0].content[0].value

    assert f'href="{SITE}/events/opened/#wrong"' in content


def test_a_disputed_statement_is_marked():
    content = read(entry(statements=[statement(standing="disputed")])).entries[0]

    assert "<strong>Disputed.</strong>" in content.content[0].value


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("happened", "The bridge opens"),
        ("planned", "Planned: The bridge opens"),
        ("cancelled", "Cancelled: The bridge opens"),
        ("postponed", "Postponed: The bridge opens"),
    ],
)
def test_the_title_tells_what_did_not_happen(status, title):
    assert read(entry(status=status)).entries[0].title == title


@pytest.mark.parametrize("edtf", ["-0043-03-15", "..", "9999", "[..2026-03-03]"])
def test_any_date_is_said_in_words(edtf):
    event = entry(edtf=edtf)

    item = read(event).entries[0]

    assert event["date"]["display"] in item.content[0].value


def test_the_feed_says_from_when_it_is_looked_at():
    feed = read(as_of="2026-03-05T10:00:00.000001Z", known_at="2026-03-04").feed

    assert "As this record stood: 10:00 UTC on 5 March 2026." in feed.subtitle
    assert "What had been reported by 4 March 2026" in feed.subtitle
    assert "titles and summaries are today's" in feed.subtitle


def test_texts_are_texts_whatever_they_look_like():
    script = "</title><script>alert(1)</script> & ]]> \x08\x00"
    story = named("story", "s", title=script)
    event = entry(
        title=script,
        summary=script,
        stories=[story],
        statements=[statement(text=script, attribution=script, language='"><x>')],
        revision=revision("update", script),
    )

    feed = read(event, title=script, publisher=script)

    shown = script.replace("\x08\x00", "\ufffd\ufffd")
    assert feed.entries[0].tags[0].label == shown
    assert "<script" not in feed.entries[0].content[0].value
    document = etree.fromstring(written("atom", event).encode())
    assert document.findtext(".//{*}entry/{*}title") == shown

"""What pages say of themselves to other programs, and what search engines are told."""

import json
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from tests.axe import LIBRARY, found_by_axe
from tests.conftest import lacking
from tests.factories import EventTopicFactory, TopicFactory, ready_event
from tests.publishing.desk import edit, keep_back, put, take_away
from timeline.models import Story
from timeline.publishing.read import sitemap
from timeline.web.sharing import FORMATS

SITE = "https://timeline.example"
HOSTILE = "</script><script>alert(1)</script>&<!--"
LOOKED_AT = (
    *("/corrections/", "/record/", "/events/dredging/revisions/2/"),
    *("/stories/canal/", "/embed/stories/canal/"),
)
UNFOLD = "for (const one of document.querySelectorAll('details')) one.open = true"
TOO_WIDE = "return document.documentElement.scrollWidth > innerWidth"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


@pytest.fixture
def event():
    story = Story.objects.create(slug="canal", title="The canal")
    event = ready_event(slug="dredging", title="The harbour is dredged", story=story)
    edit(event, summary="For the first time.", place="Kiel")
    EventTopicFactory(event=event, topic=TopicFactory(slug="ports"))
    put(event)
    return event


def linked_data(page):
    (script,) = page.all("script", type="application/ld+json")
    value = json.loads(script.text)
    assert value["@context"] == "https://schema.org"
    return {node["@type"]: node for node in value["@graph"]}


def said_of(page, name):
    (found,) = page.all("meta", property=name)
    return found.attributes["content"]


def locations(answer, tag=LOC):
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return [one.text for one in ElementTree.fromstring(answer.content).iter(tag)]


def test_an_event_has_a_card(page, event):
    found = page("/events/dredging/")

    assert said_of(found, "og:title") == "The harbour is dredged"
    assert said_of(found, "og:description") == "For the first time."
    assert said_of(found, "og:url") == f"{SITE}/events/dredging/"
    assert said_of(found, "og:type") == "article"
    assert said_of(found, "og:site_name") == "The Example Desk"
    assert found.all("meta", name="twitter:card", content="summary")


def test_an_event_is_linked_data_under_the_names_of_the_feed(page, get, event):
    nodes = linked_data(page("/events/dredging/"))
    feed = get("/api/v1/timeline/?format=jsonld").json()["@graph"]

    there = {node["@id"]: node for node in feed}
    for kind in ("Event", "Claim"):
        assert there[nodes[kind]["@id"]]["@type"] == kind
    assert nodes["Event"]["startDate"] == "2026-03-03"
    assert nodes["Event"]["location"] == {"@type": "Place", "name": "Kiel"}
    assert nodes["Event"]["subjectOf"] == [{"@id": nodes["Claim"]["@id"]}]
    assert nodes["WebPage"]["mainEntity"] == {"@id": nodes["Event"]["@id"]}
    assert nodes["WebPage"]["license"].startswith("https://creativecommons.org/")


def test_an_uncertain_date_is_no_start(page, event):
    edit(event, date="[..2026-03-03]")
    put(event)

    found = linked_data(page("/events/dredging/"))["Event"]

    assert "startDate" not in found
    assert found["description"] == "Date: by 3 March 2026."


def test_a_story_lists_its_events_as_linked_data(page, event):
    nodes = linked_data(page("/stories/canal/"))

    assert nodes["CollectionPage"]["mainEntity"] == [{"@id": nodes["Event"]["@id"]}]
    assert nodes["Event"]["url"] == f"{SITE}/events/dredging/"


def test_no_text_leaves_the_data_block(page, event):
    edit(event, title=HOSTILE, summary=HOSTILE)
    put(event)

    found = page("/events/dredging/")

    assert linked_data(found)["Event"]["name"] == HOSTILE
    assert len(found.all("script", type="application/ld+json")) == 1
    assert said_of(found, "og:title") == HOSTILE


def test_what_is_not_for_search_engines_is_no_linked_data(page, event):
    found = page("/events/dredging/revisions/1/")

    assert not found.all("script", type="application/ld+json")


def test_a_list_leads_to_the_same_in_every_format(page, get, event):
    found = page("/stories/canal/").all("link", rel="alternate")

    for media_type, title in FORMATS.values():
        (link,) = [one for one in found if one.attributes.get("title") == title]
        address = link.attributes["href"]
        assert link.attributes["type"] == media_type
        assert parse_qs(urlsplit(address).query)["story"] == ["canal"]
        answer = get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(media_type)


def test_an_event_alone_is_no_list(page, event):
    found = page("/events/dredging/").all("link", rel="alternate")

    titles = {one.attributes.get("title") for one in found}
    assert titles == {None, "Corrections"}


def test_every_page_is_in_the_sitemap_once(get, event):
    index = locations(get("/sitemap.xml"))
    pages = [
        address for part in index for address in locations(get(part.removeprefix(SITE)))
    ]

    assert len(pages) == len(set(pages))
    expected = ("/", "/corrections/", "/record/", "/events/dredging/")
    assert {f"{SITE}{path}" for path in (*expected, "/topics/ports/")} <= set(pages)
    for address in pages:
        assert get(address.removeprefix(SITE)).status_code == 200


def test_the_sitemap_says_when_an_event_changed_last(get, event):
    (changed,) = locations(get("/sitemap/event-1.xml"), LASTMOD)

    edit(event, title="Changed at the desk")
    assert locations(get("/sitemap/event-1.xml"), LASTMOD) == [changed]
    put(event)
    assert locations(get("/sitemap/event-1.xml"), LASTMOD) > [changed]


def test_what_was_taken_from_view_is_not_in_the_sitemap(get, event):
    for number, take in enumerate((keep_back, take_away)):
        put(other := ready_event(slug=f"other-{number}"))
        take(other, note="It never was.")

    assert locations(get("/sitemap/event-1.xml")) == [f"{SITE}/events/dredging/"]


def test_parts_are_of_a_bounded_size(get, event, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 2)
    for number in range(4):
        put(ready_event(slug=f"other-{number}"))

    index = locations(get("/sitemap.xml"))
    parts = [
        locations(get(part.removeprefix(SITE))) for part in index if "/event-" in part
    ]

    assert [len(part) for part in parts] == [2, 2, 1]
    assert len(set(sum(parts, []))) == 5


@pytest.mark.parametrize("name", ["none-1", "event-0", "event-999999999", "page-2"])
def test_a_part_that_is_none_is_not_found(get, event, name):
    assert get(f"/sitemap/{name}.xml").status_code == 404


def test_robots_are_led_to_the_sitemap_and_kept_from_the_desk(get):
    text = get("/robots.txt").content.decode()

    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /admin/" in text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_nothing_is_refused_and_nobody_kept_out(
    chromium, live_server, settings, event
):
    settings.SITE_URL = live_server.url
    edit(event, title="The port is dredged")
    put(event, kind="correction", note="Another port.")
    if not LIBRARY.exists():
        lacking("axe-core is not there (scripts/axe fetches it)")

    found = [
        complaint
        for path in LOOKED_AT
        for complaint in complaints(chromium, live_server.url + path)
    ]

    assert found == []


def complaints(chromium, address):
    """What the browser and axe say of a page on a phone, with all of it unfolded."""
    shape = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
    try:
        chromium.get(address)
        chromium.execute_script(UNFOLD)
        if chromium.execute_script(TOO_WIDE):
            yield f"{address} is too wide"
        yield from (
            f"{address}: {one['message']}" for one in chromium.get_log("browser")
        )
        yield from (f"{address}: {one}" for one in found_by_axe(chromium))
    finally:
        chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_story_says_how_to_share_and_to_embed_it(page, event):
    found = page("/stories/canal/").one("details", cls="share").text

    assert f"{SITE}/stories/canal/" in found
    assert f'<iframe src="{SITE}/embed/stories/canal/" title="The canal"' in found
    assert f'if (event.origin !== "{SITE}") return;' in found

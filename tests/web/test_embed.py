"""A story in a frame of another site: what it shows, what it lets in, its height."""

import re
import threading
from contextlib import contextmanager
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.publishing.desk import an_event, edit, put
from timeline.models import EventStory, Story
from timeline.web.embed import SHOWN

from .reading import read

SITE = "https://timeline.example"
PATH = "/embed/stories/canal/"
HOSTILE = '</title></code>"><script>parent.document.title = "run"</script>'
HEIGHT = "return document.querySelector('iframe').getBoundingClientRect().height"
NEEDED = "return document.documentElement.scrollHeight"


@pytest.fixture
def story():
    return Story.objects.create(slug="canal", title="The canal")


def told(story, count=1, **fields):
    """So many events of a story, published."""
    for number in range(count):
        event = an_event(f"Event {number}", date=f"2026-03-{number + 1:02}", **fields)
        EventStory.objects.create(event=event, story=story, position=0, key="a")
        put(event)
    return event


def policy_of(answer):
    directives = answer["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


def test_it_shows_the_newest_events_with_links_to_their_pages(get, story):
    told(story, SHOWN + 2)

    found = read(get(PATH))

    titles = found.texts("h2")
    assert titles[0] == f"Event {SHOWN + 1}"
    assert len(titles) == SHOWN
    addresses = set(found.links.values())
    assert all(one.startswith((SITE, "https://", "mailto:")) for one in addresses)
    assert found.links["The canal"] == f"{SITE}/stories/canal/"
    assert f"{SITE}/corrections/?story=canal" in addresses
    assert "with 2 earlier events" in found.main
    assert found.one("base").attributes == {"target": "_blank"}


def test_any_site_may_frame_it_and_nothing_else(get, story):
    event = told(story)

    framed, event, front = (get(path) for path in (PATH, f"/events/{event.slug}/", "/"))

    assert policy_of(framed)["frame-ancestors"] == "*"
    assert "X-Frame-Options" not in framed
    for other in (event, front, get("/embed/stories/nothing/")):
        assert policy_of(other)["frame-ancestors"] == "'none'"
        assert other["X-Frame-Options"] == "DENY"


def test_it_has_no_cookie_no_form_and_one_script(get, story):
    told(story)

    answer = get(PATH)
    found = read(answer)

    assert not answer.cookies
    assert not found.all("form")
    assert [one.attributes["src"] for one in found.all("script")] == [
        "/static/timeline/embed.js"
    ]
    assert policy_of(answer)["script-src"] == "'self'"
    assert policy_of(answer)["form-action"] == "'none'"
    assert "noindex" in answer["X-Robots-Tag"]


def test_an_id_leads_to_the_address_of_the_frame(get, story):
    told(story)

    answer = get(f"/embed/stories/{story.public_id}/")

    assert answer.status_code == 308
    assert answer["Location"] == PATH
    assert "X-Frame-Options" not in answer


@contextmanager
def another_site(html):
    """A site of somebody else's, all of whose pages are this one."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Another</title>{html}".encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def snippet_of(answer):
    """What a reader copies from the page of a story."""
    text = answer.content.decode()
    (code,) = re.findall(r"<pre[^>]*><code>(&lt;iframe.*?)</code></pre>", text, re.S)
    return unescape(re.sub("</?bdi>", "", code))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_another_site_it_is_as_high_as_it_needs_to_be(
    chromium, live_server, settings, get, story
):
    settings.SITE_URL = live_server.url
    event = told(story, 6)
    edit(event, title=HOSTILE)
    put(event)
    Story.objects.filter(pk=story.pk).update(title=HOSTILE)
    edit(event, place="Kiel")
    put(event)
    snippet = snippet_of(get("/stories/canal/"))
    refused = f'<iframe src="{live_server.url}/stories/canal/"></iframe>'

    with another_site(f"<div id=room>{snippet}</div>{refused}") as address:
        chromium.get(address)
        complaints = [
            entry["message"]
            for entry in chromium.get_log("browser")
            if "Content Security Policy" in entry["message"]
        ]
        heights = [height_at(chromium, width) for width in (900, 320)]

        assert chromium.title == "Another"
        (complaint,) = complaints
        assert "frame-ancestors" in complaint
        assert heights[0] < heights[1]
        assert chromium.get_cookies() == []


def height_at(chromium, width):
    """The height of the frame in a room so wide, once it is what its page needs."""
    room = "document.getElementById('room').style.width = arguments[0]"
    chromium.execute_script(room, f"{width}px")

    def fits(chromium):
        height = chromium.execute_script(HEIGHT)
        chromium.switch_to.frame(chromium.find_element(By.TAG_NAME, "iframe"))
        needed = chromium.execute_script(NEEDED)
        inside = chromium.execute_script("return innerWidth")
        shown = chromium.find_elements(By.TAG_NAME, "h2")
        chromium.switch_to.default_content()
        return len(shown) == 6 and inside == width and height == needed and height

    return WebDriverWait(chromium, 20).until(fits)

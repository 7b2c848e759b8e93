"""TimelineJS: what its documentation asks for, and what it shows of it in a browser."""

import html
import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.api.formats.samples import (
    corrected,
    date,
    entry,
    named,
    statement,
    written,
)
from tests.conftest import lacking

LIBRARY = Path(__file__).parents[3] / ".cache" / "timelinejs-3.9.11"
PAGE = """<!doctype html>
<meta charset="utf-8">
<script>window.ran = [];</script>
<link rel="stylesheet" href="/css/timeline.css">
<script src="/js/timeline.js"></script>
<div id="line" style="width: 1200px; height: 700px"></div>
<script>
fetch("/data.json").then(answer => answer.json()).then(data => {
  const options = {font: null, script_path: location.origin + "/js/"};
  window.line = new TL.Timeline("line", data, options);
});
</script>
"""
# As it is typed, and as it is after one or two rounds of escaping.
SCRIPTS = [
    payload
    for script in (
        '<img src="x" onerror="ran.push(1)">',
        "<script>ran.push(2)</script>",
        "\"><svg onload='ran.push(3)'>",
    )
    for payload in (script, html.escape(script), html.escape(html.escape(script)))
] + [
    "www.x'onmouseover='ran.push(4)'autofocus'onfocus='ran.push(5)",
    "https://x.example/'onclick='ran.push(6)",
    "a@b.example'onclick='ran.push(7)",
    "[link](javascript:ran.push(8))",
]


def read(*entries, **fields):
    return json.loads(written("timelinejs", *entries, **fields))


def only(*entries):
    (slide,) = read(*entries)["events"]
    return slide


def test_an_event_is_a_slide():
    slide = only(entry(edtf="2026-03-03/2026-04"))
    text = slide["text"].pop("text")

    assert slide == {
        "unique_id": "eve_opened",
        "start_date": {"year": 2026, "month": 3, "day": 3},
        "end_date": {"year": 2026, "month": 4},
        "display_date": "3 March 2026 to April 2026",
        "text": {"headline": "The bridge opens"},
        "group": "The bridge",
        "autolink": False,
    }
    assert '<p dir="auto">It took ten years.</p>' in text
    assert 'href="https://timeline.example/events/opened/"' in text


@pytest.mark.parametrize(
    ("edtf", "start"),
    [
        ("2026", {"year": 2026}),
        ("2026-03", {"year": 2026, "month": 3}),
        ("2026-03~", {"year": 2026, "month": 3}),
        ("[2026-02-26..2026-02-28]", {"year": 2026, "month": 2}),
        ("2024-21", {"year": 2024}),
        ("-0043-03-15", {"year": -43, "month": 3, "day": 15}),
        (
            "2026-03-03T23:30-05:00",
            {"year": 2026, "month": 3, "day": 4, "hour": 4, "minute": 30},
        ),
        ("2026-03-03/..", {"year": 2026, "month": 3, "day": 3}),
    ],
)
def test_a_start_is_as_exact_as_it_is_known_and_the_date_stands_in_words(edtf, start):
    slide = only(entry(edtf=edtf))

    assert slide["start_date"] == start
    assert "end_date" not in slide
    assert slide["display_date"] == date(edtf)["display"]


@pytest.mark.parametrize("edtf", ["[..2026-03-03]", "../2026-03-03", "..", "198X"])
def test_what_has_no_start_is_told_on_the_first_slide(edtf):
    told = read(entry("vague", edtf), entry("plain"))

    assert [slide["unique_id"] for slide in told["events"]] == ["eve_plain"]
    assert (
        f"<li>{date(edtf)['display']}: "
        '<a href="https://timeline.example/events/vague/">'
        "<bdi>The bridge opens</bdi></a></li>"
    ) in told["title"]["text"]["text"]


def test_the_first_slide_says_what_it_is_and_on_what_terms():
    title = read(known_at="2026-03-04")["title"]

    assert title["text"]["headline"] == "The Example Desk: timeline"
    for words in (
        "What had been reported by 4 March 2026",
        "Published by The Example Desk",
        "Contact: desk@timeline.example",
        "Licence: CC BY 4.0",
    ):
        assert words in title["text"]["text"]


def test_a_statement_that_no_longer_stands_is_shown_with_what_corrected_it():
    truth = statement("truth", "It opens on Monday.")
    wrong = corrected(truth, slug="wrong", text="It opens on Sunday.")

    text = only(entry(statements=[wrong, truth]))["text"]["text"]

    assert "<s>" in text.partition("It opens on Sunday.")[0]
    assert "Instead:" in text.partition("It opens on Sunday.")[2]


@pytest.fixture
def shown(chromium, tmp_path):
    """TimelineJS in a browser with these events, once it has drawn them."""
    if not LIBRARY.is_dir():
        lacking("TimelineJS is not here (scripts/timelinejs fetches it)")
    for name in ("css", "js"):
        (tmp_path / name).symlink_to(LIBRARY / name)
    (tmp_path / "index.html").write_text(PAGE)
    handler = partial(Quietly, directory=tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def show(*entries, **fields):
        (tmp_path / "data.json").write_text(written("timelinejs", *entries, **fields))
        chromium.get(f"http://127.0.0.1:{server.server_port}/")
        slides = len(entries) + 1
        WebDriverWait(chromium, 30).until(lambda page: drawn(page) == slides)
        return chromium

    yield show
    chromium.get("about:blank")
    server.shutdown()
    thread.join()
    server.server_close()


class Quietly(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Leaves the run of the tests without a line for every request."""


def drawn(page):
    return len(page.find_elements(By.CSS_SELECTOR, ".tl-slide .tl-headline"))


def texts(page, selector):
    """What is shown, also of what is out of sight."""
    found = page.find_elements(By.CSS_SELECTOR, selector)
    return [element.get_property("textContent") for element in found]


@pytest.mark.browser
def test_timelinejs_shows_every_slide_in_order_with_its_date_in_words(shown):
    dates = {
        "d": "2026-03-03T14:05Z",
        "c": "[2026-02-26..2026-02-28]",
        "b": "2026",
        "a": "0044-03-15",
        "z": "-0043-03-15/0001",
        "e": "9999-12-31",
    }
    events = [entry(slug, edtf, title=slug) for slug, edtf in dates.items()]

    page = shown(*events)

    order = ["z", "a", "b", "c", "d", "e"]
    assert texts(page, ".tl-slide .tl-headline")[1:] == order
    assert texts(page, ".tl-slide .tl-headline-date")[1:] == [
        date(dates[slug])["display"] for slug in order
    ]
    assert page.execute_script("return line.config.getErrors()") == []
    years = page.execute_script(
        "return line.config.events.map(e => e.start_date.data.date_obj.getFullYear())"
    )
    assert years == [-43, 44, 2026, 2026, 2026, 9999]


@pytest.mark.browser
def test_nothing_that_anybody_wrote_runs_in_timelinejs(shown):
    events = [
        entry(
            f"event-{place}",
            title=script,
            summary=script,
            stories=[named("story", "s", title=script)],
            date={**date("2026-03-03"), "words": script},
            statements=[
                statement(
                    text=script,
                    attribution=script,
                    language=script,
                    quote={"text": script, "language": "en", "translation": script},
                )
            ],
        )
        for place, script in enumerate(SCRIPTS)
    ]

    page = shown(*events, title=SCRIPTS[0], description=SCRIPTS[0])
    page.execute_script(
        "for (const element of document.querySelectorAll('#line *'))"
        " for (const kind of ['mouseover', 'click', 'focus'])"
        " element.dispatchEvent(new Event(kind))"
    )

    assert page.execute_script("return ran") == []
    assert texts(page, ".tl-slide .tl-headline")[1:] == SCRIPTS
    assert texts(page, ".tl-slide .tl-headline-date")[1:] == [
        f"3 March 2026 (as reported: “{script}”)" for script in SCRIPTS
    ]
    assert set(texts(page, ".tl-timegroup-message")) == set(SCRIPTS)
    strange = "#line :is(script, svg, [onerror], [onload], [onclick], [onfocus])"
    assert page.find_elements(By.CSS_SELECTOR, strange) == []

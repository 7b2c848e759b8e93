"""Every public page in Chromium: on screens, by keyboard, without scripts, on paper.

One server and one filled record serve all tests of this module.
"""

import base64
import re
from urllib.request import urlopen

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.axe import LIBRARY, found_as_shown, found_by_axe
from tests.conftest import lacking

from .every_page import ADDRESS, NOT_THERE, PAGES, STORY, fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# What is said aloud begins with what is shown; axe looks for that only when asked to.
MORE = {"rules": {"label-content-name-mismatch": {"enabled": True}}}
# What changes with the width of the screen; all else is looked at once.
LAYOUT = {"runOnly": ["target-size", "scrollable-region-focusable"]}
NARROW, MIDDLE, WIDE = 390, 820, 1440
TOO_WIDE = """
    const room = document.documentElement.clientWidth;
    const all = [...document.body.querySelectorAll("*")].map(
        one => [one.getBoundingClientRect().right, one.outerHTML.slice(0, 80)]
    );
    return document.documentElement.scrollWidth <= room ? [] : [
        `${document.documentElement.scrollWidth} in ${room}`,
        ...all.filter(([right]) => right > room).map(([_, html]) => html).slice(0, 5)
    ];
"""
LISTEN = """
    window.stops = [];
    document.addEventListener("focusin", ({target}) => {
        const style = getComputedStyle(target);
        const box = target.getBoundingClientRect();
        stops.push([target, parseFloat(style.outlineWidth) >= 2
            && style.outlineStyle !== "none"
            && box.bottom > 0 && box.top < innerHeight]);
    });
    const all = "a[href], button, input, select, textarea, summary, [tabindex]";
    window.expected = [...document.querySelectorAll(all)].filter(
        one => one.checkVisibility({visibilityProperty: true}) && one.type !== "hidden"
    );
    return [expected.length, document.querySelectorAll("[type=date]").length];
"""
# What scrolls is stopped at, too: only so can it be scrolled by keyboard.
STOPPED_AT = """
    const found = stops.map(([one]) => one).filter(one => expected.includes(one));
    const told = one => one.outerHTML.slice(0, 120);
    const first = [...new Set(found)];
    return {
        missed: expected.filter(one => !found.includes(one)).map(told),
        unlike: first.filter((one, at) => one !== expected[at]).map(told).slice(0, 3),
        unseen: stops.filter(([_, seen]) => !seen).map(([one]) => told(one)),
    };
"""
TEXT = """
    const copy = document.querySelector("main").cloneNode(true);
    for (const made of copy.querySelectorAll(".slider > *, script")) made.remove();
    return copy.textContent.replace(/\\s+/g, " ");
"""
FETCHED = """
    return performance.getEntriesByType("resource").map(
        one => ({name: one.name, blocks: one.renderBlockingStatus})
    );
"""
PRINTED_ADDRESSES = """
    return [...document.querySelectorAll(".timeline a[href^=http]")].map(one => [
        one.href,
        one.checkVisibility()
            && getComputedStyle(one, "::after").content.includes(one.href),
    ]);
"""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The address of a server on which all pages are; no test writes anything."""
    with django_db_blocker.unblock(), override_settings(ALLOWED_HOSTS=["localhost"]):
        fill()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def opened(chromium, site):
    """Opens a page in a window of this width, and tells of nothing before it."""

    def opened(path, width=WIDE):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        chromium.get_log("browser")
        chromium.get(site + path)
        return chromium

    yield opened
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def complaints(browser, name):
    """What the browser says, but for a status that the page is to have."""
    expected = f"the server responded with a status of {NOT_THERE.get(name, 200)} "
    told = [entry["message"] for entry in browser.get_log("browser")]
    return [message for message in told if expected not in message]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_screen_and_nobody_complains(opened, name):
    if not LIBRARY.is_file():
        lacking("axe-core is not here (scripts/axe fetches it)")
    found = []

    for width in (NARROW, MIDDLE, WIDE):
        page = opened(PAGES[name], width)
        found += [f"{width}: too wide: {one}" for one in page.execute_script(TOO_WIDE)]
        if width == NARROW:
            found += [f"{width}: {one}" for one in found_by_axe(page, **MORE)]
        else:
            found += [f"{width}: {one}" for one in found_as_shown(page, **LAYOUT)]
        found += [f"{width}: {one}" for one in complaints(page, name)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_control_is_reached_by_tab_in_order_and_is_seen(opened, name):
    page = opened(PAGES[name])
    stops, dates = page.execute_script(LISTEN)

    press(page, *[Keys.TAB] * (stops + 4 * dates + 4))

    assert page.execute_script(STOPPED_AT) == {"missed": [], "unlike": [], "unseen": []}


def press(page, *keys):
    ActionChains(page, duration=0).send_keys(*keys).perform()


@pytest.mark.parametrize("name", [name for name in PAGES if name != "embed"])
def test_the_first_tab_skips_to_the_text(opened, name):
    page = opened(PAGES[name])

    press(page, Keys.TAB)
    assert page.switch_to.active_element.text == "Skip to the text"
    press(page, Keys.ENTER, Keys.TAB)

    within = "return !document.activeElement.closest('.masthead, .skip')"
    assert page.current_url.endswith("#main_text")
    assert page.execute_script(within)


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_every_word_is_there(opened, name):
    page = opened(PAGES[name])
    with_scripts = page.execute_script(TEXT)
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page = opened(PAGES[name], NARROW)
        text, too_wide = page.execute_script(TEXT), page.execute_script(TOO_WIDE)
        assert page.find_elements(By.CSS_SELECTOR, ".slider input") == []
    finally:
        page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})

    assert text == with_scripts
    assert too_wide == []


def test_the_slider_goes_through_the_days_by_arrow_keys(opened):
    page = opened(STORY)
    slider = page.find_element(By.CSS_SELECTOR, ".slider input")
    said = page.find_element(By.CSS_SELECTOR, "[data-part=said]")

    while page.switch_to.active_element != slider:
        press(page, Keys.TAB)
    press(page, *[Keys.ARROW_LEFT] * 4)

    WebDriverWait(page, 20).until(lambda page: "By 2 March 2026" in said.text)
    assert page.current_url.endswith("?known_at=2026-03-02")
    assert page.switch_to.active_element == slider
    assert complaints(page, "story") == []


def test_the_story_is_light_and_is_painted_after_one_answer(opened, site):
    page = opened(STORY)

    fetched = page.execute_script(FETCHED)

    assert size_of(site + STORY) < 120_000
    assert [one for one in fetched if one["blocks"] != "non-blocking"] == []
    scripts = [one["name"] for one in fetched if one["name"].endswith(".js")]
    assert len(scripts) == 1
    assert sum(map(size_of, scripts)) < 15_000


def size_of(address):
    with urlopen(address) as answer:
        return len(answer.read())


def test_on_paper_the_story_has_its_titles_and_the_addresses_of_its_sources(opened):
    page = opened(STORY)
    titles = [one.text for one in page.find_elements(By.CSS_SELECTOR, ".entry h3")]
    asked = {"generateDocumentOutline": True, "generateTaggedPDF": True}

    told = page.execute_cdp_cmd("Page.printToPDF", asked)
    paper = base64.b64decode(told["data"])
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    addresses = page.execute_script(PRINTED_ADDRESSES)
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    assert len(re.findall(rb"/Type /Page\b", paper)) > 3
    assert len(titles) == 12
    headings = headings_of(paper)
    assert [one for one in titles if one.replace(" ", "") not in headings] == []
    assert {address for address, _shown in addresses} == {ADDRESS}
    assert all(shown for _address, shown in addresses)
    assert f"/URI ({ADDRESS})".encode() in paper


def headings_of(paper):
    """The headings that a PDF takes from its pages, without their spaces."""
    wide = re.findall(rb"/Title <FEFF([0-9A-F]+)>", paper)
    plain = re.findall(rb"/Title \(((?:[^()\\]|\\.)*)\)", paper)
    found = [bytes.fromhex(one.decode()).decode("utf-16-be") for one in wide] + [
        re.sub(rb"\\(.)", rb"\1", one).decode("latin-1") for one in plain
    ]
    return {one.replace(" ", "") for one in found}

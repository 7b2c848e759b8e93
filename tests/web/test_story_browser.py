"""The page of a story in a browser: a slider over the days, and what it changes."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.factories import SourceFactory, StoryFactory, ready_event
from timeline.publishing.write import publish_many

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAYS = {"Dredging": "2026-03-02", "Flooding": "2026-03-05", "Mooring": "2026-03-09"}


@pytest.fixture
def harbour(chromium, live_server):
    """The page of a story of three events, each reported on a day of its own.

    Its address is new: for a while the browser would show another test's page again.
    """
    story = StoryFactory(title="The harbour")
    events = [
        ready_event(story=story, title=title, source=SourceFactory(published=day))
        for title, day in DAYS.items()
    ]
    list(publish_many(events, by=None))
    chromium.get_log("browser")
    chromium.get(f"{live_server.url}/stories/{story.slug}/")
    return chromium


def titles(page):
    return {
        title
        for title in DAYS
        if title in page.find_element(By.CSS_SELECTOR, ".timeline").text
    }


def wait(page, condition):
    return WebDriverWait(page, 20).until(condition)


def part(page, name):
    return page.find_element(By.CSS_SELECTOR, f"[data-part={name}]")


def move(page, slider, *places):
    """Drag the slider, faster than anybody could."""
    dragged = """
        for (const place of arguments[1]) {
            arguments[0].value = place;
            arguments[0].dispatchEvent(new Event("input"));
        }
    """
    page.execute_script(dragged, slider, places)


def test_dragging_through_the_days_changes_the_page(harbour):
    slider = harbour.find_element(By.CSS_SELECTOR, ".slider input")
    said = part(harbour, "said")
    address = harbour.current_url
    assert slider.get_attribute("aria-valuetext") == "now"

    slider.send_keys(Keys.HOME)
    wait(harbour, lambda page: titles(page) == {"Dredging"})
    assert said.text == "By 2 March 2026, 1 of 3 events had been reported."
    assert said.get_attribute("role") == "status"
    assert slider.get_attribute("aria-valuetext") == "2 March 2026"
    assert harbour.current_url == f"{address}?known_at=2026-03-02"
    assert "This is not the page as it is now." in part(harbour, "past").text
    # A filter that is now chosen keeps the day.
    kept = harbour.find_element(By.CSS_SELECTOR, ".choices [name=known_at]")
    assert kept.get_attribute("value") == "2026-03-02"

    slider.send_keys(Keys.ARROW_RIGHT)
    wait(harbour, lambda page: titles(page) == {"Dredging", "Flooding"})
    assert harbour.switch_to.active_element == slider

    slider.send_keys(Keys.END)
    wait(harbour, lambda page: titles(page) == set(DAYS))
    assert harbour.current_url == address
    assert part(harbour, "past").text == ""
    assert harbour.get_log("browser") == []


def test_the_slider_stays_where_it_is_when_the_page_changes_above_it(harbour):
    size = harbour.get_window_size()
    harbour.set_window_size(1280, 800)
    slider = harbour.find_element(By.CSS_SELECTOR, ".slider input")
    top = "window.scrollTo(0, 0); return arguments[0].getBoundingClientRect().top"
    before = harbour.execute_script(top, slider)

    move(harbour, slider, 2)
    wait(harbour, lambda page: part(page, "past").text)

    after = harbour.execute_script(top.partition("; ")[2], slider)
    assert abs(after - before) < 2
    harbour.set_window_size(size["width"], size["height"])


def test_only_the_last_of_many_moves_is_shown(harbour):
    asked = """
        window.asked = [];
        const plain = window.fetch;
        window.fetch = (address, options) => {
            window.asked.push(String(address));
            return plain(address, options);
        };
    """
    harbour.execute_script(asked)
    slider = harbour.find_element(By.CSS_SELECTOR, ".slider input")

    move(harbour, slider, 0, 2, 1)
    wait(harbour, lambda page: titles(page) == {"Dredging", "Flooding"})

    found = harbour.execute_script("return window.asked")
    assert [address.partition("?")[2] for address in found] == ["known_at=2026-03-05"]


def test_what_cannot_be_loaded_is_said_and_the_page_stays(harbour):
    harbour.execute_script("window.fetch = () => Promise.reject(new Error('none'))")
    slider = harbour.find_element(By.CSS_SELECTOR, ".slider input")

    slider.send_keys(Keys.HOME)

    wait(harbour, lambda page: "could not be loaded" in part(page, "said").text)
    assert titles(harbour) == set(DAYS)
    assert slider.get_attribute("aria-valuetext") == "now"
